import { useTranslations } from 'next-intl'
import type { MarkDistribution } from '@/lib/contract/analytics'
import { CountTable } from '../../../../_ui/count-table'
import { useFigures } from './use-figures'

const HEIGHT = 190
const TOP = 22
const BOTTOM = 26

/** The distribution of marks as columns, with the same numbers as a table below. */
export function MarkChart({ marks }: { marks: MarkDistribution }) {
  const t = useTranslations('insight.analytics')
  const { points } = useFigures()
  const { bins, notStarted, max, mean, median } = marks
  const count = bins.reduce((sum, bin) => sum + bin.count, 0)
  const summary = count === 0 ? t('marks.none') : t('marks.summary', {
    count, notStarted, median: points(median), mean: points(mean), max: points(max),
  })
  return (
    <figure>
      <Columns marks={marks} label={summary} />
      <figcaption className="mt-2 text-ui text-ink-soft">{summary}</figcaption>
      <details className="mt-2 text-ui">
        <summary className="text-accent">{t('chart.table')}</summary>
        <MarkTable marks={marks} />
      </details>
    </figure>
  )
}

/** Drawn in percent of the width, so that the letters stay as large as the text around. */
function Columns({ marks: { bins, notStarted }, label }: { marks: MarkDistribution; label: string }) {
  const t = useTranslations('insight.analytics.marks')
  const columns = [
    ...bins.map(({ from, count }, index) => ({ name: String(from), count, colour: 'fill-accent', gap: index > 0 })),
    { name: t('notStarted'), count: notStarted, colour: 'fill-line-strong', gap: true },
  ]
  // The last one has a long name, and room for two.
  const width = 100 / (columns.length + 1)
  const most = Math.max(1, ...columns.map(({ count }) => count))
  const room = HEIGHT - TOP - BOTTOM
  return (
    <svg role="img" aria-label={label} width="100%" height={HEIGHT} className="overflow-visible">
      {columns.map(({ name, count, colour }, index) => {
        const isLast = index === columns.length - 1
        const left = index * width
        const middle = left + (isLast ? width : width / 2)
        const height = Math.max(count > 0 ? 2 : 0, (count / most) * room)
        return (
          <g key={name} className="text-small">
            <rect
              x={`${isLast ? left + width / 2 + 0.6 : left + 0.6}%`}
              y={HEIGHT - BOTTOM - height}
              width={`${width - 1.2}%`}
              height={height}
              rx={2}
              className={colour}
            />
            {count > 0 && (
              <text x={`${middle}%`} y={HEIGHT - BOTTOM - height - 6} textAnchor="middle" className="fill-ink figures">
                {count}
              </text>
            )}
            <text x={`${middle}%`} y={HEIGHT - 7} textAnchor="middle" className="fill-ink-soft figures">
              {name}
            </text>
          </g>
        )
      })}
      <line x1="0" x2="100%" y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} className="stroke-line-strong" />
    </svg>
  )
}

function MarkTable({ marks: { bins, notStarted } }: { marks: MarkDistribution }) {
  const t = useTranslations('insight.analytics')
  const rows = [
    ...bins.map(({ from, to, count }) => {
      return { name: from === to ? t('marks.full') : t('marks.bin', { from, to: to ?? 100 }), count }
    }),
    { name: t('marks.notStarted'), count: notStarted },
  ]
  return (
    <CountTable
      columns={[t('marks.axis'), t('chart.students')]} className="max-w-md"
      rows={rows.map((row) => ({ key: row.name, ...row }))}
    />
  )
}
