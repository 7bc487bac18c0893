'use client'

import { Check, ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { cx } from '../_ui/cx'
import { LinkHint } from '../_ui/link-hint'

/**
 * Some links under a name. It is the browser's own disclosure, which opens without scripts; with them it closes as
 * menus do: by Escape, by pressing elsewhere, and once a link is followed.
 */
export function LinkMenu({ name, links }: {
  name: string
  links: readonly { name: string; href: string; isCurrent: boolean }[]
}) {
  const box = useRef<HTMLDetailsElement>(null)
  const current = links.find(({ isCurrent }) => isCurrent)

  useEffect(() => {
    const closeElsewhere = ({ target }: Event): void => {
      if (target instanceof Node && !box.current?.contains(target)) box.current?.removeAttribute('open')
    }
    addEventListener('pointerdown', closeElsewhere)
    addEventListener('focusin', closeElsewhere)
    return () => {
      removeEventListener('pointerdown', closeElsewhere)
      removeEventListener('focusin', closeElsewhere)
    }
  }, [])

  useEffect(() => box.current?.removeAttribute('open'), [current?.href])

  function closeByKey({ key }: KeyboardEvent): void {
    if (key !== 'Escape' || !box.current?.open) return
    box.current.removeAttribute('open')
    box.current.querySelector('summary')?.focus()
  }

  return (
    <details ref={box} onKeyDown={closeByKey} className="group sm:relative">
      <summary
        className={cx(
          'flex h-9 list-none items-center gap-1.5 rounded-full border pr-2.5 pl-3.5 text-ui transition-colors',
          '[&::-webkit-details-marker]:hidden',
          current ? 'border-accent bg-accent-soft text-ink' : 'border-line-strong text-ink-soft hover:text-ink',
        )}
      >
        <span className="max-w-56 truncate">{current ? `${name}: ${current.name}` : name}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-180" />
      </summary>
      <ul
        className={
          'absolute top-full left-0 z-30 mt-1.5 max-h-96 w-full overflow-y-auto rounded-md border border-line ' +
          'bg-surface p-1 shadow-floating sm:w-72'
        }
      >
        {links.map(({ name, href, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              aria-current={isCurrent ? 'page' : undefined}
              className="flex min-h-9 items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-ui hover:bg-sunken"
            >
              {name}
              {isCurrent && <Check aria-hidden className="ml-auto size-4 shrink-0 text-ink-soft" />}
              <LinkHint />
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}
