import type { ReactNode } from 'react'

/** How `<code>` in a message looks on the admin pages. */
export function code(text: ReactNode) {
  return <code className="rounded-sm bg-sunken px-1 text-[0.9em]">{text}</code>
}
