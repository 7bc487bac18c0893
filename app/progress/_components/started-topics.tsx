import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ExerciseSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'
import { LocalTime } from '../../_ui/local-time'
import { ProgressBar } from '../../_ui/progress-bar'
import { StateMark } from '../../_ui/state-mark'
import { Table, Td, Th } from '../../_ui/table'
import type { Standing } from './standing'

/** The numbers behind the drawing, for every topic in which something was tried. */
export function StartedTopics({ standings }: { standings: readonly Standing[] }) {
  const t = useTranslations('progress')
  const locale = useLocale()
  return (
    <section aria-labelledby="started" className="pt-12">
      <h2 id="started" className="text-title font-semibold">
        {t('details')}
      </h2>
      {standings.map(({ topic, exercises }) => (
        <div key={topic.slug} className="pt-7">
          <h3 className="mb-2 text-body font-semibold">
            {topic.title[locale]}
          </h3>
          <Table label={topic.title[locale]}>
            <thead>
              <tr>
                <Th className="w-full">{t('columns.exercise')}</Th>
                <Th className="min-w-28">{t('columns.state')}</Th>
                <Th className="min-w-40">{t('columns.best')}</Th>
                <Th right>{t('columns.attempts')}</Th>
                <Th right className="min-w-32">
                  {t('columns.first')}
                </Th>
              </tr>
            </thead>
            <tbody>
              {exercises.map(({ exercise, progress }) => (
                <Row key={exercise.slug} exercise={exercise} progress={progress} />
              ))}
            </tbody>
          </Table>
        </div>
      ))}
    </section>
  )
}

function Row({ exercise, progress }: { exercise: ExerciseSummary; progress: ProgressView }) {
  const t = useTranslations('progress')
  const locale = useLocale()
  const { bestScore, maxScore, attempts, firstPassedAt, state } = progress
  const nothing = <span className="text-ink-faint">–</span>
  return (
    <tr>
      <Td className="min-w-48">
        <Link href={`/exercises/${exercise.slug}`} prefetch={false} className="hover:text-accent hover:underline">
          {exercise.title[locale]}
        </Link>
      </Td>
      <Td>
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
              className="w-20"
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
            {attempts}
          </Link>
        )}
      </Td>
      <Td right>{firstPassedAt ? <LocalTime at={firstPassedAt} dateOnly /> : nothing}</Td>
    </tr>
  )
}
