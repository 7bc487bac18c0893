'use client'

import { useEffect, useState } from 'react'
import type { Heading } from '../../../_ui/markdown/headings'

/** Table of contents beside a note; the section that is being read is marked. Hidden where there is no room. */
export function Contents({ title, headings }: { title: string; headings: Heading[] }) {
  const here = useSectionInView(headings)
  return (
    <nav aria-label={title} className="hidden lg:block">
      <div className="sticky top-0 max-h-dvh overflow-y-auto pt-12 pb-6">
        <p className="text-small font-medium text-ink">{title}</p>
        <ol className="mt-3 border-l border-line">
          {headings.map(({ id, text }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                aria-current={id === here ? 'location' : undefined}
                className={
                  '-ml-px block border-l-2 border-transparent py-1 pl-3.5 text-small text-ink-soft hover:text-ink ' +
                  'aria-[current]:border-accent aria-[current]:text-ink'
                }
              >
                {text}
              </a>
            </li>
          ))}
        </ol>
      </div>
    </nav>
  )
}

/** Id of the last heading above the upper third of the window. */
function useSectionInView(headings: readonly Heading[]): string | null {
  const [here, setHere] = useState<string | null>(null)
  useEffect(() => {
    function update() {
      const edge = window.innerHeight / 3
      const above = headings.filter(({ id }) => {
        const element = document.getElementById(id)
        return element !== null && element.getBoundingClientRect().top <= edge
      })
      setHere(above.at(-1)?.id ?? null)
    }
    update()
    window.addEventListener('scroll', update, { passive: true })
    window.addEventListener('resize', update)
    return () => {
      window.removeEventListener('scroll', update)
      window.removeEventListener('resize', update)
    }
  }, [headings])
  return here
}
