'use client'

import { useEffect, useRef } from 'react'

export interface Hotkeys {
  /** Ctrl or Cmd with Enter. */
  run: () => void
  /** Ctrl or Cmd with Shift and Enter. */
  submit: () => void
}

/**
 * The two keys of the workspace, wherever the focus is. Heard on the way down, before the editor, which has a use of
 * its own for Ctrl+Enter.
 */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      if (event.repeat) return
      if (event.shiftKey) latest.current.submit()
      else latest.current.run()
    }
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
