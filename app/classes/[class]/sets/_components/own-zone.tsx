'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Says in which time zone the times of the page are: the reader's own, as LocalTime writes them. */
export function OwnZone() {
  const t = useTranslations('sets.own')
  const known = useTimeZone() ?? 'UTC'
  const zone = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => known)
  return <p suppressHydrationWarning>{t('zone', { zone })}</p>
}
