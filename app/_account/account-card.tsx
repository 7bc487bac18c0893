import type { ReactNode } from 'react'
import { LogoMark } from '../_ui/logo'

/** The frame of the pages where one signs in or up: narrow, one thing to do. */
export function AccountCard({ title, lead, children, after }: {
  title: string
  lead: string
  children: ReactNode
  after?: ReactNode
}) {
  return (
    <div className="mx-auto flex w-full max-w-[26rem] flex-1 flex-col justify-center px-4 py-12">
      <LogoMark className="size-9 text-accent" />
      <h1 className="mt-4 text-display font-[640]">{title}</h1>
      <p className="mt-2 text-body text-ink-soft">{lead}</p>
      <div className="mt-7">{children}</div>
      {after && <p className="mt-6 text-ui text-ink-soft">{after}</p>}
    </div>
  )
}
