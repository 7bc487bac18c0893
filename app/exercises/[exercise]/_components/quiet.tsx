import type { ReactNode } from 'react'

/** The middle of an empty pane: what will be here. */
export function Quiet({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <div className="flex flex-col items-center gap-1 py-8 text-center">
      <span aria-hidden className="mb-1 text-ink-faint [&_svg]:size-6">
        {icon}
      </span>
      <p className="text-ui font-medium">{title}</p>
      <p className="max-w-sm text-small text-ink-soft">{text}</p>
    </div>
  )
}
