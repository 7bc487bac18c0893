import type { ReactNode } from 'react'
import { cx } from './cx'

/** A table of lines. Where it is wider than the page it scrolls by itself. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-collapse text-ui">{children}</table>
    </div>
  )
}

export function Th({ right = false, className, children }: {
  right?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <th
      scope="col"
      className={cx(
        'border-b border-line-strong px-3 pb-2 text-small font-medium whitespace-nowrap text-ink-soft',
        'first:pl-0 last:pr-0',
        right ? 'text-right' : 'text-left',
        className,
      )}
    >
      {children}
    </th>
  )
}

export function Td({ right = false, className, children }: {
  right?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <td
      className={cx(
        'h-12 border-b border-line px-3 py-2 align-middle first:pl-0 last:pr-0',
        right && 'text-right',
        className,
      )}
    >
      {children}
    </td>
  )
}
