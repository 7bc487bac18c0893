import { History, ThumbsUp, User } from 'lucide-react'
import { getFormatter, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Fragment } from 'react'
import type { ProgramAuthor, SharedProgram } from '@/lib/contract/shared-solution'
import { Badge } from '../_ui/badge'
import { Code } from '../_ui/markdown/code'
import { LongCode } from './long-code'
import { VoteButton } from './vote-button'

/** One program that people share: whose it is, since when, and its code. */
export async function ProgramCard({ exercise, program, number }: {
  exercise: string
  program: SharedProgram
  /** Place in the list, from 1. */
  number: number
}) {
  const t = await getTranslations('solutions.program')
  const { people, authors, firstOn, latestOn, length, votes, voted, own, earlierVersion, source } = program
  const id = `program-${number}`
  const format = await getFormatter()
  const date = (day: string) => () => (
    <time dateTime={day} className="whitespace-nowrap">
      {format.dateTime(new Date(`${day}T00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })}
    </time>
  )
  const more = people - authors.length
  return (
    <article aria-labelledby={id} className="flex min-w-0 flex-col gap-3 border-t border-line pt-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-body font-semibold">
            <span className="sr-only">{t('label', { number })}: </span>
            <span className="min-w-0 wrap-anywhere">
              {authors.length === 0
                ? t('unsigned', { people })
                : t.rich(more > 0 ? 'byMore' : 'by', { more, authors: () => <Authors authors={authors} separator={t('separator')} /> })}
            </span>
            {own && (
              <Badge tone="accent">
                <User aria-hidden />
                {t(people === 1 ? 'ownAlone' : 'own')}
              </Badge>
            )}
            {earlierVersion && (
              <Badge>
                <History aria-hidden />
                {t('earlier')}
              </Badge>
            )}
          </h2>
          <p className="mt-1 flex flex-wrap gap-x-4 text-small text-ink-soft figures">
            <span title={t('lengthHelp')}>{t('length', { length })}</span>
            <span>
              {people > 1
                ? t.rich('dates', { date: date(firstOn), latest: date(latestOn) })
                : t.rich('first', { date: date(firstOn) })}
            </span>
          </p>
          {earlierVersion && <p className="text-small text-ink-soft">{t('earlierHelp')}</p>}
        </div>
        <div className="flex items-center gap-4 text-ui">
          <span className="flex items-center gap-1.5 whitespace-nowrap text-ink-soft figures">
            <ThumbsUp aria-hidden className="size-4" />
            {t('votes', { votes })}
          </span>
          {!own && <VoteButton exercise={exercise} program={program.program} voted={voted} label={t('label', { number })} />}
        </div>
      </header>
      <LongCode lines={source.replace(/\n$/, '').split('\n').length}>
        <Code source={source} numbered />
      </LongCode>
    </article>
  )
}

function Authors({ authors, separator }: { authors: ProgramAuthor[]; separator: string }) {
  return authors.map(({ handle, public: isPublic }, index) => (
    <Fragment key={handle}>
      {index > 0 && separator}
      {isPublic ? (
        <Link href={`/people/${handle}`} prefetch={false} className="text-link">
          {handle}
        </Link>
      ) : (
        handle
      )}
    </Fragment>
  ))
}
