import type { ReactNode } from 'react'

/** A part of a page with its heading and a line that says what is counted. */
export function Section({ id, title, lead, action, children }: {
  id: string
  title: string
  lead?: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div>
          <h3 id={id} className="text-body font-semibold">
            {title}
          </h3>
          {lead && <p className="max-w-note text-ui text-ink-soft">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
