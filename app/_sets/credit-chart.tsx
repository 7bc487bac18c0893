import { useLocale, useTranslations } from 'next-intl'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import type { Terms } from '@/lib/marks/terms'
import { creditStretches, type Stretch } from './credit'

const WIDTH = 420
const HEIGHT = 132
const LEFT = 44
const RIGHT = 12
const TOP = 12
const BOTTOM = 24

/** Credit over time, drawn, with the numbers behind it. Times are those of `zone`. */
export function CreditChart({ terms, zone }: { terms: Terms; zone: string }) {
  const t = useTranslations('sets.chart')
  const tag = LANGUAGE_TAGS[useLocale()]
  const stretches = creditStretches(terms)
  const from = startOf(terms, stretches)
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const day = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: zone })
  const x = (at: number) => {
    return LEFT + ((Math.max(at, from) - from) / Math.max(1, terms.closesAt - from)) * (WIDTH - LEFT - RIGHT)
  }
  const y = (percent: number) => TOP + (1 - percent / 100) * (HEIGHT - TOP - BOTTOM)
  const line = stretches.map((each, index) => {
    const start = index === 0 ? `M${x(from)},${y(each.percent)}` : `V${y(each.percent)}`
    return `${start}H${x(each.to)}`
  }).join('')
  const due = x(terms.dueAt)
  return (
    <figure>
      <svg
        role="img" aria-label={t('label')} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="block w-full max-w-md text-ink-faint"
      >
        {[0, 50, 100].map((percent) => (
          <g key={percent}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(percent)} y2={y(percent)} stroke="var(--color-line)" />
            <text
              x={LEFT - 8} y={y(percent) + 4} textAnchor="end" fontSize="12" fill="currentColor" className="figures"
            >
              {percent} %
            </text>
          </g>
        ))}
        <path d={`${line}V${y(0)}H${x(from)}Z`} fill="var(--color-accent-soft)" />
        <path d={line} fill="none" stroke="var(--color-accent)" strokeWidth="2" strokeLinejoin="round" />
        <line x1={due} x2={due} y1={TOP} y2={y(0)} stroke="currentColor" strokeDasharray="3 3" />
        <text
          x={due} y={HEIGHT - 6} textAnchor={due > WIDTH * 0.8 ? 'end' : 'middle'} fontSize="12" fill="currentColor"
        >
          {t('due', { date: day.format(terms.dueAt) })}
        </text>
        {due < WIDTH * 0.7 && (
          <text x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end" fontSize="12" fill="currentColor">
            {t('closes', { date: day.format(terms.closesAt) })}
          </text>
        )}
      </svg>
      <figcaption className="mt-2 text-ui">
        <ul className="flex flex-col gap-0.5">
          {stretches.map((stretch) => (
            <li key={stretch.to} className="flex flex-wrap gap-x-3">
              <span className="w-28 font-medium figures">{worth(stretch, terms, t)}</span>
              <span className="text-ink-soft figures">{t('until', { time: format.format(stretch.to) })}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

/** What comes late is what matters: the time before it takes a third of the width at most. */
function startOf({ opensAt, closesAt }: Terms, stretches: readonly Stretch[]): number {
  const loss = stretches[0]?.to ?? closesAt
  return loss >= closesAt ? opensAt : Math.max(opensAt, loss - (closesAt - loss) / 2)
}

function worth(
  { percent, lateDays }: Stretch, { latePolicy }: Terms, t: ReturnType<typeof useTranslations<'sets.chart'>>,
): string {
  if (percent === 0) return t('nothing')
  return latePolicy.kind === 'grace-days' && lateDays > 0 ? t('days', { days: lateDays }) : t('percent', { percent })
}
