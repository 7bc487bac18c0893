'use client'

import { useTimeZone } from 'next-intl'
import { useEffect } from 'react'
import { TIME_ZONE_COOKIE } from '../_i18n/time-zone'

const YEAR_SECONDS = 31_536_000

/** Tells the server the reader's time zone, from the next page on. */
export function RememberTimeZone() {
  const known = useTimeZone()
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (zone === known) return
    document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  }, [known])
  return null
}
