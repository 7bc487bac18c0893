import { useFormatter, useTranslations } from 'next-intl'
import type { ExerciseSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'
import { ProgressBar } from '../../_ui/progress-bar'

/** The three numbers at the top. */
export function Totals({ exercises, progress }: {
  exercises: readonly ExerciseSummary[]
  progress: readonly ProgressView[]
}) {
  const t = useTranslations('progress')
  const format = useFormatter()
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  const totals = [
    { label: t('passed'), value: progress.filter(({ state }) => state === 'passed').length, of: exercises.length },
    {
      label: t('points'),
      value: sum(progress.map(({ bestScore }) => bestScore)),
      of: sum(exercises.map(({ points }) => points)),
    },
    { label: t('attempts'), value: sum(progress.map(({ attempts }) => attempts)), of: null },
  ]
  return (
    <dl className="grid grid-cols-1 gap-x-10 gap-y-5 border-y border-line py-6 sm:grid-cols-3">
      {totals.map(({ label, value, of }) => (
        <div
          key={label}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 sm:flex-col sm:justify-start"
        >
          <dt className="text-ui text-ink-soft">{label}</dt>
          <dd className="text-display font-[640] figures">
            {format.number(value)}
            {of !== null && <span className="text-title font-normal text-ink-soft"> / {format.number(of)}</span>}
          </dd>
          {of !== null && (
            <dd className="max-sm:basis-full sm:mt-1 sm:w-full sm:max-w-64">
              <ProgressBar value={value} of={of} label={label} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
