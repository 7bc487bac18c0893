import type { ReactNode } from 'react'
import { cx } from './cx'

export interface CountRow {
  key: string | number
  name: ReactNode
  count: ReactNode
  /** Stands out, such as for what is the reader's own. */
  strong?: boolean
}

/** The numbers that a chart draws, for those who would rather read them. */
export function CountTable({ columns: [names, counts], rows, className }: {
  /** Headings of the names and of their counts. */
  columns: readonly [string, string]
  rows: readonly CountRow[]
  className?: string
}) {
  return (
    <table className={cx('mt-2 w-full border-collapse', className)}>
      <thead>
        <tr className="border-b border-line-strong text-small text-ink-soft">
          <th scope="col" className="py-1 text-left font-medium">{names}</th>
          <th scope="col" className="py-1 text-right font-medium">{counts}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, count, strong }) => (
          <tr key={key} className={cx('border-b border-line', strong && 'font-medium')}>
            <th scope="row" className="py-1 text-left font-normal figures">{name}</th>
            <td className="py-1 text-right figures">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
