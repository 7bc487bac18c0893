import { type ReactNode, useId } from 'react'

/** One part of the settings: what it is on the left, what can be changed on the right. */
export function SettingsSection({ id, title, text, children }: {
  /** For links to it. */
  id?: string
  title: string
  text: string
  children: ReactNode
}) {
  const heading = useId()
  return (
    <section
      id={id}
      aria-labelledby={heading}
      className={
        'grid gap-x-12 gap-y-5 border-t border-line py-9 first:border-t-0 first:pt-0 ' +
        'md:grid-cols-[18rem_minmax(0,28rem)]'
      }
    >
      <div>
        <h2 id={heading} className="text-title font-semibold">
          {title}
        </h2>
        <p className="mt-1.5 text-ui text-ink-soft">{text}</p>
      </div>
      <div>{children}</div>
    </section>
  )
}
