import { type ReactNode, useId } from 'react'

/** One part of the settings: what it is on the left, what can be changed on the right. */
export function Section({ id: anchor, title, text, children }: {
  /** By which an address can point at it. */
  id?: string
  title: string
  text?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      id={anchor}
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-5 border-t border-line py-9 md:grid-cols-[18rem_minmax(0,28rem)]"
    >
      <div>
        <h2 id={id} className="text-title font-semibold">
          {title}
        </h2>
        {text && <p className="mt-1.5 text-ui text-ink-soft">{text}</p>}
      </div>
      <div>{children}</div>
    </section>
  )
}
