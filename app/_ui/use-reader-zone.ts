'use client'

import { useTimeZone } from 'next-intl'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * The reader's own time zone. While the server does not know it yet, it is UTC there: what is written by it needs
 * `suppressHydrationWarning`.
 */
export function useReaderZone(): string {
  const known = useTimeZone() ?? 'UTC'
  return useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => known)
}
