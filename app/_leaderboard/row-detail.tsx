import { ArrowLeft, EyeOff } from 'lucide-react'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { BoardRowDetail, BoardView } from '@/lib/contract/leaderboard'
import { ClientMessages } from '../_i18n/client-messages'
import { PageHeader } from '../_ui/page'
import { type BoardPlace, boardHref } from './board-place'
import { CountedExercises } from './counted-exercises'
import { pageNear } from './last-position'
import { pseudonym } from './pseudonym'
import { RowMoment } from './row-moment'
import { Rule } from './rule'
import { SpanNote } from './span-note'

/** What the place of one person on a board rests on. @param view of the same board, for the same viewer */
export function RowDetail({ detail, view, place, ofClass = false }: {
  detail: BoardRowDetail
  view: BoardView
  place: BoardPlace
  ofClass?: boolean
}) {
  const t = useTranslations('leaderboard')
  const format = useFormatter()
  const locale = useLocale()
  const { row, exercises, daysOnly } = detail
  const name = row.name ?? (row.alias === null ? t('row.you') : pseudonym(row.alias, locale))
  const dayIn = daysOnly ? view.timeZone : null
  const isHidden = row.isViewer && view.own?.shown === false
  return (
    <ClientMessages areas={['leaderboard']}>
      <PageHeader
        title={t('detail.title', { name })}
        lead={
          <Link
            href={boardHref(place, pageNear(view, row.rank))} prefetch={false}
            className="inline-flex items-center gap-1.5 text-ui text-link"
          >
            <ArrowLeft aria-hidden className="size-4" />
            {t('detail.back')}
          </Link>
        }
      />
      <SpanNote view={view} ofClass={ofClass} />
      <dl className="my-6 grid gap-x-10 gap-y-4 border-y border-line py-5 sm:grid-cols-3">
        <Fact name={t('detail.rank')}>
          {t('detail.of', { rank: row.rank, people: view.people })}
          {isHidden && (
            <span className="flex items-center gap-1.5 text-small font-normal text-ink-soft">
              <EyeOff aria-hidden className="size-4" />
              {t('detail.hidden')}
            </span>
          )}
        </Fact>
        <Fact name={t('detail.points')}>{format.number(row.points)}</Fact>
        <Fact name={t('detail.reached')}><RowMoment at={row.reachedAt} dayIn={dayIn} /></Fact>
      </dl>
      <Rule span={place.span} ofClass={ofClass} />
      <p className="mb-4 max-w-wide text-ui text-ink-soft">
        {t(`detail.text.${place.span}`)} {daysOnly && t('detail.daysOnly')}
      </p>
      <CountedExercises exercises={exercises} dayIn={dayIn} isOwn={row.isViewer} />
      <p className="mt-4 text-ui font-medium figures">
        {t('detail.sum', { exercises: exercises.length, points: row.points })}
      </p>
    </ClientMessages>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="mt-0.5 text-title font-semibold figures">{children}</dd>
    </div>
  )
}
