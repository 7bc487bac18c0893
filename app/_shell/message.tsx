import type { ReactNode } from 'react'

/** A page that has only something to say: what happened, and what to do. */
export function Message({ icon, title, text, note, children }: {
  icon: ReactNode
  title: string
  text: string
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="mx-auto flex w-full max-w-page flex-1 flex-col justify-center px-4 py-16 sm:px-6">
      <div className="text-accent [&_svg]:size-10 [&_svg]:stroke-[1.5]">{icon}</div>
      <h1 className="mt-5 text-display font-[640] text-balance">{title}</h1>
      <p className="mt-3 max-w-note text-body text-ink-soft">{text}</p>
      <div className="mt-7 flex flex-wrap gap-3">{children}</div>
      {note && <p className="mt-6 font-mono text-small text-ink-soft">{note}</p>}
    </div>
  )
}
