'use client'

import { useSyncExternalStore } from 'react'

/** Below this the panes do not fit beside each other. */
const NARROW = '(max-width: 767px)'

function subscribe(changed: () => void): () => void {
  const media = matchMedia(NARROW)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether the window is narrow. `guess` is what the server took it for, so that phones are right from the start. */
export function useNarrow(guess: boolean): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => guess,
  )
}
