'use client'

import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 639px)'

/** Whether the window is as narrow as a phone's. The server takes it for wide. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches, () => false)
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(QUERY)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
