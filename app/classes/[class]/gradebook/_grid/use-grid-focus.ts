'use client'

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** A cell by its row and column, both from 0; row 0 is the head with the titles. */
export interface Place {
  row: number
  column: number
}

/** Rows that Page Up and Page Down move by. */
const PAGE = 15

/**
 * Keys of a grid as the ARIA Authoring Practices have them: arrows move by one cell, Home and End within the row, with
 * Ctrl to the first and last cell of all, Page Up and Page Down by a screen. One cell at a time is in the tab order.
 * @param reveal scrolls a cell into view; it is focused once it is drawn
 */
export function useGridFocus({ box, rows, columns, reveal }: {
  box: RefObject<HTMLElement | null>
  /** How many there are, the head included. */
  rows: number
  columns: number
  reveal: (place: Place) => void
}) {
  const [chosen, setChosen] = useState<Place>({ row: Math.min(1, rows - 1), column: 0 })
  const active = { row: Math.min(chosen.row, rows - 1), column: Math.min(chosen.column, columns - 1) }
  const wanted = useRef(false)

  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    targetOf(box.current, chosen)?.focus({ preventScroll: true })
  }, [box, chosen])

  function move(place: Place): void {
    wanted.current = true
    reveal(place)
    setChosen(place)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.shiftKey || event.metaKey) return
    const next = placeAfter(event.key, event.ctrlKey, active, { row: rows - 1, column: columns - 1 })
    if (!next) return
    event.preventDefault()
    if (next.row !== active.row || next.column !== active.column) move(next)
  }

  function onFocus(event: { target: EventTarget }): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row][data-column]') : null
    if (cell) setChosen({ row: Number(cell.dataset.row), column: Number(cell.dataset.column) })
  }

  return { active, move, onKeyDown, onFocus }
}

function placeAfter(key: string, ctrl: boolean, { row, column }: Place, last: Place): Place | null {
  const within = (next: Place): Place => ({
    row: Math.max(0, Math.min(last.row, next.row)), column: Math.max(0, Math.min(last.column, next.column)),
  })
  switch (key) {
    case 'ArrowUp': return within({ row: row - 1, column })
    case 'ArrowDown': return within({ row: row + 1, column })
    case 'ArrowLeft': return within({ row, column: column - 1 })
    case 'ArrowRight': return within({ row, column: column + 1 })
    case 'PageUp': return within({ row: row - PAGE, column })
    case 'PageDown': return within({ row: row + PAGE, column })
    case 'Home': return { row: ctrl ? 0 : row, column: 0 }
    case 'End': return { row: ctrl ? last.row : row, column: last.column }
    default: return null
  }
}

/** What takes the focus of a cell: the link or button in it, or the cell itself. */
function targetOf(box: HTMLElement | null, { row, column }: Place): HTMLElement | null {
  const cell = box?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
  return cell?.querySelector<HTMLElement>('a, button') ?? cell ?? null
}
