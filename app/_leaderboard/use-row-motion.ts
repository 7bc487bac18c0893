'use client'

import { useLayoutEffect, useRef } from 'react'
import type { BoardRow } from '@/lib/contract/leaderboard'

const SLIDE_MS = 150
const GLOW_MS = 2_500
const BOARD_ROW = 'data-row'

/**
 * Shows what an update of a table did: rows slide to their new places, and those that brought it about, whose points
 * changed or that are new, glow for a moment. The rows carry their ids in `data-row`. Nothing moves for readers who
 * want no motion.
 * @returns the ref of the table's body
 */
export function useRowMotion(rows: readonly BoardRow[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const before = useRef<Map<string, { top: number; points: number }> | null>(null)

  useLayoutEffect(() => {
    const known = before.current
    const now = new Map<string, { top: number; points: number }>()
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const element of body.current?.querySelectorAll<HTMLElement>(`[${BOARD_ROW}]`) ?? []) {
      const id = element.getAttribute(BOARD_ROW) ?? ''
      const row = rows.find((each) => each.id === id)
      if (!row) continue
      const { offsetTop: top } = element
      now.set(id, { top, points: row.points })
      const was = known?.get(id)
      if (!known || isStill) continue
      if (was && was.top !== top) {
        const from = { transform: `translateY(${was.top - top}px)` }
        element.animate([from, { transform: 'none' }], { duration: SLIDE_MS, easing: 'ease-out' })
      }
      if (was?.points !== row.points) {
        element.animate([{ backgroundColor: 'var(--color-accent-soft)' }, {}], { duration: GLOW_MS, easing: 'ease-in' })
      }
    }
    before.current = now
  }, [rows])

  return body
}
