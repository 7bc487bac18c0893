import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'

const LOOKS = {
  info: { Icon: Info, box: 'border-line bg-sunken', icon: 'text-ink-soft' },
  good: { Icon: CircleCheck, box: 'border-good/40 bg-good-soft', icon: 'text-good' },
  warn: { Icon: TriangleAlert, box: 'border-warn/40 bg-warn-soft', icon: 'text-warn' },
  bad: { Icon: CircleAlert, box: 'border-bad/40 bg-bad-soft', icon: 'text-bad' },
} as const

/**
 * A message about something that happened. `live` announces it: "polite" for news, "assertive" for an error that
 * answers what the reader just did.
 */
export function Alert({ tone = 'info', title, live, action, className, children }: {
  tone?: keyof typeof LOOKS
  title?: string
  live?: 'polite' | 'assertive'
  action?: ReactNode
  className?: string
  children?: ReactNode
}) {
  const { Icon, box, icon } = LOOKS[tone]
  return (
    <div
      role={live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined}
      className={cx('flex items-start gap-3 rounded-md border px-4 py-3 text-ui text-ink', box, className)}
    >
      <Icon aria-hidden className={cx('mt-0.5 size-4.5 shrink-0', icon)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-ink-soft [:first-child]:text-ink">{children}</div>}
      </div>
      {action}
    </div>
  )
}
