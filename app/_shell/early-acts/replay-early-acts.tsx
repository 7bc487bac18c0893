'use client'

import { useEffect } from 'react'
import { replayEarlyActs } from './replay'

/** Lets go of what was held as soon as React has taken the page over. */
export function ReplayEarlyActs() {
  useEffect(() => {
    if (window.earlyActs) void replayEarlyActs(window.earlyActs)
  }, [])
  return null
}
