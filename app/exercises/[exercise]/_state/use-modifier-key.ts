'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** What the key beside Enter is called here. */
export function useModifierKey(): 'Cmd' | 'Ctrl' {
  return useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? 'Cmd' : 'Ctrl'),
    () => 'Ctrl',
  )
}
