'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Lines, MatchedRegion } from '@/lib/contract/similarity'
import { lineId, type Side } from './line-id'

const SHOWN = 'data-shown'

/** The places where two programs match. Choosing one brings it into view on both sides. */
export function PlaceList({ regions }: { regions: readonly MatchedRegion[] }) {
  const t = useTranslations('insight.similarity.detail')
  const [current, setCurrent] = useState<number | null>(null)
  const show = (region: MatchedRegion, index: number): void => {
    for (const line of document.querySelectorAll(`[${SHOWN}]`)) line.removeAttribute(SHOWN)
    reveal('one', region.one)
    reveal('other', region.other)
    setCurrent(index)
  }
  return (
    <ol className="flex flex-wrap gap-2">
      {regions.map((region, index) => (
        <li key={index}>
          <button
            type="button"
            aria-pressed={index === current}
            aria-label={t('show', {
              number: index + 1, oneFrom: region.one.from, oneTo: region.one.to,
              otherFrom: region.other.from, otherTo: region.other.to,
            })}
            onClick={() => show(region, index)}
            className={
              'flex items-baseline gap-2 rounded-md border border-line bg-surface px-2.5 py-1.5 text-small figures ' +
              'transition-colors ' +
              'hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft'
            }
          >
            <span className="font-semibold text-accent">{index + 1}</span>
            <span>
              {region.one.from}–{region.one.to} ↔ {region.other.from}–{region.other.to}
            </span>
            <span className="text-ink-soft">{t('tokens', { count: region.tokens })}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Marks the lines and scrolls their pane, and nothing else, to where they begin. */
function reveal(side: Side, { from, to }: Lines): void {
  for (let line = from; line <= to; line++) document.getElementById(lineId(side, line))?.setAttribute(SHOWN, '')
  const first = document.getElementById(lineId(side, from))
  const pane = first?.closest('[data-pane]')
  if (!first || !pane) return
  const top = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop
  pane.scrollTo({ top: top - pane.clientHeight / 4, behavior: 'smooth' })
}
