import { useTranslations } from 'next-intl'
import { ProgressBar } from '../../_ui/progress-bar'
import { countIn, type Standing } from './standing'

/** The three numbers at the top. */
export function Totals({ standings }: { standings: readonly Standing[] }) {
  const t = useTranslations('progress')
  const all = standings.flatMap(({ exercises }) => exercises)
  const sum = (value: (each: (typeof all)[number]) => number) => all.reduce((total, each) => total + value(each), 0)
  const totals = [
    { label: t('passed'), value: countIn(all, 'passed'), of: all.length },
    {
      label: t('points'),
      value: sum(({ progress }) => progress.bestScore),
      of: sum(({ exercise }) => exercise.points),
    },
    { label: t('attempts'), value: sum(({ progress }) => progress.attempts), of: null },
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
            {value}
            {of !== null && <span className="text-title font-normal text-ink-soft"> / {of}</span>}
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
