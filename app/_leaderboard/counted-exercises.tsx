import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { BoardRowDetail } from '@/lib/contract/leaderboard'
import { listTopics } from '@/lib/learn/topics'
import { Rows, Table, Td, Th, Tr } from '../_ui/table'
import { RowMoment } from './row-moment'

/** Enough of a version to tell it from others; the whole of it shows on pointing. */
const SHORT = 8

/** The exercises that a place rests on, each with its points, when they were earned, and by which tests. */
export async function CountedExercises({ exercises, dayIn, isOwn }: {
  exercises: BoardRowDetail['exercises']
  /** Zone of the days, where no more than these are told. */
  dayIn: string | null
  isOwn: boolean
}) {
  const t = await getTranslations('leaderboard.detail')
  const locale = await getLocale()
  const known = (await listTopics()).flatMap((topic) => topic.exercises)
  return (
    <Table
      label={t('table')}
      head={
        <>
          <Th className="w-full">{t('columns.exercise')}</Th>
          <Th right>{t('columns.points')}</Th>
          <Th right className="min-w-40">{t('columns.at')}</Th>
          <Th right>{t('columns.version')}</Th>
        </>
      }
    >
      <Rows>
        {exercises.map(({ exercise, points, maxPoints, at, version }) => {
          const title = known.find(({ slug }) => slug === exercise)?.title[locale]
          return (
            <Tr key={exercise}>
              <Td>
                {title === undefined ? `${exercise} (${t('gone')})` : (
                  <Link href={`/exercises/${exercise}`} prefetch={false} className="hover:text-accent hover:underline">
                    {title}
                  </Link>
                )}
                {isOwn && (
                  <>
                    {' '}
                    <Link
                      href={`/submissions?exercise=${exercise}`} prefetch={false} className="ml-2 text-small text-link"
                    >
                      {t('own')}<span className="sr-only">: {title ?? exercise}</span>
                    </Link>
                  </>
                )}
              </Td>
              <Td right className="whitespace-nowrap figures">
                {maxPoints === null ? points : t('outOf', { points, max: maxPoints })}
              </Td>
              <Td right className="text-small text-ink-soft max-sm:text-left"><RowMoment at={at} dayIn={dayIn} /></Td>
              <Td right className="text-small text-ink-soft">
                <code title={version}>{version.slice(0, SHORT)}</code>
              </Td>
            </Tr>
          )
        })}
      </Rows>
    </Table>
  )
}
