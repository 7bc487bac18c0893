'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { LinkHint } from '../_ui/link-hint'

/** A link of the site's navigation that knows whether the reader is there. */
export function NavLink({ href, exact = false, children }: { href: string; exact?: boolean; children: ReactNode }) {
  const path = usePathname()
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={
        'rounded-md px-3 py-1.5 text-ui font-medium text-ink-soft transition-colors hover:bg-sunken hover:text-ink ' +
        'aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent ' +
        'aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-[0.45em]'
      }
    >
      {children}
      <LinkHint />
    </Link>
  )
}
