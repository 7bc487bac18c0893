import { useTranslations } from 'next-intl'

/** A table whose numbers are also drawn as bars: what is seen and what is read aloud are the same. */
export function Bars({ label, head, rows }: {
  label: string
  /** What the rows are. */
  head: string
  rows: readonly { name: string; count: number }[]
}) {
  const t = useTranslations('insight.analytics.chart')
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <table aria-label={label} className="w-full border-collapse text-ui">
      <thead>
        <tr className="border-b border-line-strong text-small text-ink-soft">
          <th scope="col" className="pb-1.5 text-left font-medium">{head}</th>
          <th scope="col" colSpan={2} className="pb-1.5 text-right font-medium whitespace-nowrap">{t('students')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row" className="w-px py-1 pr-4 text-left font-normal whitespace-nowrap">{name}</th>
            <td aria-hidden className="py-1">
              <Bar share={count / most} />
            </td>
            <td className="w-12 py-1 pl-3 text-right figures">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One bar; its number stands beside it. With `inner`, a part of it, the rest is pale. */
export function Bar({ share, inner }: { share: number; inner?: number }) {
  return (
    <svg aria-hidden width="100%" height="12" className="block">
      <rect width="100%" height="12" rx="2" className="fill-line" opacity="0.5" />
      <rect
        width={`${share * 100}%`}
        height="12"
        rx="2"
        className={inner === undefined ? 'fill-accent' : 'fill-accent/40'}
      />
      {inner !== undefined && <rect width={`${inner * 100}%`} height="12" rx="2" className="fill-accent" />}
    </svg>
  )
}
