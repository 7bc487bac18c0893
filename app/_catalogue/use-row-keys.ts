'use client'

import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

/**
 * Keys that walk through the results, besides Tab: from the search the down arrow and Enter go to the first one; there
 * the arrows, Home and End walk on, and Escape goes back to the search.
 *
 * @param upToDate whether the list shows what stands in the search; while it does not, going there waits for it
 */
export function useRowKeys(
  list: RefObject<HTMLElement | null>,
  search: RefObject<HTMLInputElement | null>,
  upToDate: boolean,
) {
  const waiting = useRef(false)
  useEffect(() => {
    if (!upToDate || !waiting.current) return
    waiting.current = false
    visibleRows(list.current)[0]?.focus()
  }, [upToDate, list])

  function onSearchKey(event: KeyboardEvent<HTMLInputElement>): void {
    waiting.current = false
    if ((event.key !== 'ArrowDown' && event.key !== 'Enter') || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (upToDate) visibleRows(list.current)[0]?.focus()
    else waiting.current = true
  }

  function onListKey(event: KeyboardEvent<HTMLElement>): void {
    const all = visibleRows(list.current)
    const at = all.findIndex((row) => row === event.target)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const targets: Record<string, HTMLElement | null | undefined> = {
      ArrowDown: all[at + 1] ?? null,
      ArrowUp: at === 0 ? search.current : all[at - 1],
      Home: all[0],
      End: all.at(-1),
      Escape: search.current,
    }
    if (!(event.key in targets)) return
    event.preventDefault()
    targets[event.key]?.focus()
  }

  return { onSearchKey, onListKey }
}

function visibleRows(list: HTMLElement | null): HTMLElement[] {
  const all = list?.querySelectorAll<HTMLElement>('[data-row]') ?? []
  return [...all].filter((row) => row.checkVisibility())
}
