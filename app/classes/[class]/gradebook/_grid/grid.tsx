'use client'

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type MouseEvent, useCallback, useMemo, useRef } from 'react'
import type { Arranged } from './arrange'
import { GridHead } from './grid-head'
import { StudentRow } from './grid-row'
import {
  fixedColumns, HEAD_HEIGHT, type PlacedFixed, type PlacedSlot, ROW_HEIGHT, slotsOf, widthOfFixed, widthOfSlot,
} from './layout'
import type { GridColumn, GridView } from './model'
import { type Place, useGridFocus } from './use-grid-focus'
import { useNarrow } from './use-narrow'

/** What is drawn before the browser has measured anything. */
const FIRST_SIZE = { width: 1200, height: 640 }

/**
 * The grid itself: only the rows and columns in sight are drawn, with a few around them and the one that has the focus.
 */
export function Grid({ arranged, columns, hasSections, order, path, onSort }: {
  arranged: Arranged
  columns: readonly GridColumn[]
  hasSections: boolean
  order: Pick<GridView, 'sort' | 'descending'>
  path: string
  onSort: (key: string) => void
}) {
  const t = useTranslations('gradebook')
  const router = useRouter()
  const narrow = useNarrow()
  const box = useRef<HTMLDivElement>(null)

  const fixed = useMemo(() => placeFixed(narrow, hasSections), [narrow, hasSections])
  const room = fixed.reduce((sum, { size }) => sum + size, 0)
  const all = useMemo(() => slotsOf(narrow, arranged.columns), [narrow, arranged.columns])
  const count = { rows: arranged.rows.length + 1, columns: fixed.length + all.length }

  const focus = useGridFocus({ box, rows: count.rows, columns: count.columns, reveal })
  const { row: activeRow, column: activeColumn } = focus.active

  const rows = useVirtualizer({
    count: arranged.rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    initialRect: FIRST_SIZE,
    rangeExtractor: useCallback((range: Range) => withIndex(range, activeRow - 1), [activeRow]),
  })
  const slots = useVirtualizer({
    horizontal: true,
    count: all.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback((index: number) => {
      const slot = all[index]
      return slot ? widthOfSlot(slot, (each) => columns[each]?.kind === 'total') : 0
    }, [all, columns]),
    // As long as this function is the same, so are the places: rows that stay are not drawn again while one scrolls.
    getItemKey: useCallback((index: number) => {
      const slot = all[index]
      return slot?.kind === 'marks' ? columns[slot.index]?.id ?? index : 'total'
    }, [all, columns]),
    overscan: 4,
    paddingStart: room,
    scrollPaddingStart: room,
    initialRect: FIRST_SIZE,
    rangeExtractor: useCallback(
      (range: Range) => withIndex(range, activeColumn - fixed.length), [activeColumn, fixed.length],
    ),
  })

  function reveal({ row, column }: Place): void {
    if (row > 0) rows.scrollToIndex(row - 1)
    if (column >= fixed.length) slots.scrollToIndex(column - fixed.length)
  }

  const items = slots.getVirtualItems()
  const placed = useMemo((): PlacedSlot[] => items.flatMap(({ index, start, size }) => {
    const slot = all[index]
    return slot ? [{ slot, column: fixed.length + index, start, size }] : []
  }), [items, all, fixed.length])

  /** Links lead on without a new page; with Ctrl and the like they do what links do. */
  function onClick(event: MouseEvent<HTMLDivElement>): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    router.push(link.getAttribute('href') ?? path)
  }

  return (
    <div
      ref={box}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={count.rows + 1}
      aria-colcount={count.columns}
      aria-readonly
      onClick={onClick}
      onKeyDown={focus.onKeyDown}
      onFocus={focus.onFocus}
      className={
        'relative max-h-[max(22rem,calc(100dvh-9rem))] overflow-auto overscroll-x-contain rounded-md border ' +
        'border-line-strong bg-surface'
      }
    >
      <div className="relative" style={{ width: slots.getTotalSize(), height: rows.getTotalSize() }}>
        <GridHead
          fixed={fixed} slots={placed} columns={columns} order={order} onSort={onSort}
          activeColumn={activeRow === 0 ? activeColumn : null}
        />
        <div role="rowgroup">
          {rows.getVirtualItems().map(({ index, start }) => {
            const row = arranged.rows[index]
            return row && (
              <StudentRow
                key={row.student.id} row={row} index={index + 1} top={start} fixed={fixed} slots={placed}
                columns={columns} path={path} activeColumn={activeRow === index + 1 ? activeColumn : null}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function placeFixed(narrow: boolean, hasSections: boolean): PlacedFixed[] {
  let start = 0
  return fixedColumns(narrow, hasSections).map((fixed, column) => {
    const size = widthOfFixed(fixed, narrow)
    start += size
    return { fixed, column, start: start - size, size }
  })
}

/** The range in sight, and beside it the place that has the focus, so that it is never taken out of the page. */
function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes
  return [...indexes, index].sort((a, b) => a - b)
}
