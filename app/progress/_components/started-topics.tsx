import { Users } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'
import { LocalTime } from '../../_ui/local-time'
import { ProgressBar } from '../../_ui/progress-bar'
import { StateMark } from '../../_ui/state-mark'
import { Rows, Table, Td, Th, Tr } from '../../_ui/table'

const COLUMNS = 5

/** The numbers behind the drawing, for every topic in which something was tried. */
export function StartedTopics({ topics, progress }: {
  topics: readonly TopicSummary[]
  progress: readonly ProgressView[]
}) {
  const t = useTranslations('progress')
  const locale = useLocale()
  const bySlug = new Map(progress.map((each) => [each.exercise, each]))
  const isStarted = ({ slug }: ExerciseSummary) => (bySlug.get(slug)?.state ?? 'untouched') !== 'untouched'
  return (
    <section aria-labelledby="started" className="pt-12">
      <h2 id="started" className="mb-4 text-title font-semibold">
        {t('details')}
      </h2>
      <Table
        label={t('details')}
        head={
          <>
            <Th className="w-full">{t('columns.exercise')}</Th>
            <Th className="min-w-32">{t('columns.state')}</Th>
            <Th className="min-w-48">{t('columns.best')}</Th>
            <Th right>{t('columns.attempts')}</Th>
            <Th right className="min-w-36 max-md:hidden">
              {t('columns.first')}
            </Th>
          </>
        }
      >
        {topics.filter(({ exercises }) => exercises.some(isStarted)).map((topic) => (
          <Rows key={topic.slug} label={topic.title[locale]}>
            <tr role="row" className="border-b border-line max-sm:block">
              <th
                role="rowheader"
                scope="rowgroup"
                colSpan={COLUMNS}
                className="pt-6 pb-2 text-left text-body font-semibold max-sm:block"
              >
                {topic.title[locale]}
              </th>
            </tr>
            {topic.exercises.map((exercise) => {
              const own = bySlug.get(exercise.slug)
              return own && <Row key={exercise.slug} exercise={exercise} progress={own} />
            })}
          </Rows>
        ))}
      </Table>
    </section>
  )
}

function Row({ exercise, progress }: { exercise: ExerciseSummary; progress: ProgressView }) {
  const t = useTranslations('progress')
  const solutions = useTranslations('solutions')
  const locale = useLocale()
  const { bestScore, maxScore, attempts, firstPassedAt, state } = progress
  const nothing = <span className="text-ink-faint max-sm:hidden">–</span>
  return (
    <Tr>
      <Td>
        <Link href={`/exercises/${exercise.slug}`} prefetch={false} className="hover:text-accent hover:underline">
          {exercise.title[locale]}
        </Link>
        {state === 'passed' && (
          <Link
            href={`/exercises/${exercise.slug}/solutions`}
            prefetch={false}
            title={solutions('title')}
            className="ml-2 inline-block align-middle text-ink-faint hover:text-accent"
          >
            <Users aria-hidden className="size-4" />
            <span className="sr-only">{solutions('titleOf', { title: exercise.title[locale] })}</span>
          </Link>
        )}
      </Td>
      <Td className="max-sm:text-right">
        <StateMark state={state} />
      </Td>
      <Td>
        {attempts === 0 ? (
          nothing
        ) : (
          <span className="flex items-center gap-3">
            <ProgressBar
              value={bestScore}
              of={maxScore}
              label={`${t('columns.best')}: ${exercise.title[locale]}`}
              className="w-24"
            />
            <span className="whitespace-nowrap figures">{t('of', { value: bestScore, total: maxScore })}</span>
          </span>
        )}
      </Td>
      <Td right>
        {attempts === 0 ? (
          nothing
        ) : (
          <Link href={`/submissions?exercise=${exercise.slug}`} prefetch={false} className="text-link figures">
            <span className="max-sm:hidden">{attempts}</span>
            <span className="sm:hidden">{t('tries', { count: attempts })}</span>
            <span className="sr-only">: {exercise.title[locale]}</span>
          </Link>
        )}
      </Td>
      <Td right className="max-md:hidden">
        {firstPassedAt ? <LocalTime at={firstPassedAt} dateOnly /> : nothing}
      </Td>
    </Tr>
  )
}
