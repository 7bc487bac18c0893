import type { ReactNode } from 'react'
import { cx } from './cx'

/** Says why nothing is here and what to do about it. */
export function EmptyState({ icon, title, action, className, children }: {
  icon?: ReactNode
  title: string
  action?: ReactNode
  className?: string
  children?: ReactNode
}) {
  return (
    <div
      className={cx(
        'flex flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-12 text-center',
        className,
      )}
    >
      {icon && <div className="mb-1 text-ink-faint [&_svg]:size-7">{icon}</div>}
      <p className="text-body font-medium text-ink">{title}</p>
      {children && <div className="max-w-md text-ui text-ink-soft">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
