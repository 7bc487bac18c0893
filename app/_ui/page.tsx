import type { ReactNode } from 'react'
import { cx } from './cx'

/** The column in which a page stands. */
export function Page({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cx('mx-auto w-full max-w-page px-4 sm:px-6', className)}>{children}</div>
}

/** Title of a page, with a line below it and room for an action. */
export function PageHeader({ title, lead, action }: { title: string; lead?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pt-10 pb-8">
      <div className="min-w-0">
        <h1 className="text-display font-[640] text-balance">{title}</h1>
        {lead && <div className="mt-2 max-w-note text-body text-ink-soft">{lead}</div>}
      </div>
      {action}
    </header>
  )
}
