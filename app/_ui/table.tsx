import type { ComponentProps, ReactNode, Ref } from 'react'
import { cx } from './cx'

/*
 * Tables of lines. On a phone each line becomes a small block of two columns: the cells say where they stand there with
 * `max-sm:` classes. The roles are written out because browsers drop a table's own with its display.
 */

export function Table({ label, head, children }: {
  label: string
  /** The cells of the head, Th each; not shown on a phone. */
  head: ReactNode
  /** Tr each, or Rows around some of them. */
  children: ReactNode
}) {
  return (
    <table role="table" aria-label={label} className="w-full border-collapse text-ui max-sm:block">
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row">{head}</tr>
      </thead>
      {children}
    </table>
  )
}

export function Rows({ label, ref, children }: {
  label?: string
  ref?: Ref<HTMLTableSectionElement>
  children: ReactNode
}) {
  return (
    <tbody ref={ref} role="rowgroup" aria-label={label} className="max-sm:block">
      {children}
    </tbody>
  )
}

export function Tr({ className, children, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...rest}
      role="row"
      className={cx(
        'border-b border-line max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-4',
        'max-sm:gap-y-1.5 max-sm:py-3',
        className,
      )}
    >
      {children}
    </tr>
  )
}

export function Th({ right = false, className, children }: {
  right?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <th
      role="columnheader"
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
      role="cell"
      className={cx(
        'px-3 align-middle first:pl-0 last:pr-0 max-sm:p-0! sm:h-12 sm:py-2',
        right && 'text-right',
        className,
      )}
    >
      {children}
    </td>
  )
}
