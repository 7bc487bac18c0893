import Link from 'next/link'
import { cx } from './cx'
import { LinkHint } from './link-hint'

/** One of several views of the same page: a link that says whether it is the one that is shown. */
export function PillLink({ href, isCurrent, scroll, children }: {
  href: string
  isCurrent: boolean
  /** Whether the page goes to its top. */
  scroll?: boolean
  children: string
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={scroll}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'inline-flex h-9 items-center rounded-full border px-3.5 text-ui transition-colors',
        isCurrent ? 'border-accent bg-accent-soft text-ink' : 'border-line-strong text-ink-soft hover:text-ink',
      )}
    >
      {children}
      <LinkHint />
    </Link>
  )
}
