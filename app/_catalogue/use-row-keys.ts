'use client'

import { type KeyboardEvent, type RefObject, useEffect } from 'react'

const EDITABLE = 'input, textarea, select, [contenteditable="true"]'

/**
 * Keys of the catalogue: `/` goes to the search, the arrow keys walk from it through the rows and back, Home and
 * End go to the first and last row, Escape goes back to the search.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, search: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      const typing = event.target instanceof Element && event.target.closest(EDITABLE) !== null
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      search.current?.focus()
      search.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [search])

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]

  function onSearchKey(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
    event.preventDefault()
    rows()[0]?.focus()
  }

  function onListKey(event: KeyboardEvent<HTMLElement>): void {
    const all = rows()
    const at = all.findIndex((row) => row === event.target)
    if (at < 0) return
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
