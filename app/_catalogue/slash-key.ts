'use client'

import { useEffect } from 'react'

const EDITABLE = 'input:not([type=checkbox]), textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"]'
const STORED_AS = 'slash-key'

/**
 * Whether the key `/` goes to the search. Who speaks to the computer may trigger single keys by accident, so it can
 * be switched off (WCAG 2.1.4).
 */
export function isSlashKeyOn(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off'
  } catch {
    return true
  }
}

export function switchSlashKey(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED_AS)
    else localStorage.setItem(STORED_AS, 'off')
  } catch {
    // A browser that stores nothing keeps the key on.
  }
}

/** Does something when `/` is pressed outside of anything that takes text. */
export function useSlashKey(go: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const busy = event.target instanceof Element && event.target.closest(EDITABLE) !== null
      if (event.key !== '/' || busy || event.ctrlKey || event.metaKey || event.altKey || !isSlashKeyOn()) return
      event.preventDefault()
      go()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [go])
}
