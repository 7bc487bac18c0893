import type { ReactNode } from 'react'
import { cx } from './cx'

/** One key of a keyboard. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-surface px-1',
        'text-small text-ink-soft',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
