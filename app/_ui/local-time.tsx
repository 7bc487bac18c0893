'use client'

import { useLocale, useTimeZone } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { cx } from './cx'

const never = () => () => {}

/** A moment in the reader's own time zone. While the server does not know that yet, it stands there in UTC. */
export function LocalTime({ at, dateOnly = false, className }: { at: string; dateOnly?: boolean; className?: string }) {
  const tag = LANGUAGE_TAGS[useLocale()]
  const known = useTimeZone() ?? 'UTC'
  const zone = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => known)
  const style = dateOnly ? ({ dateStyle: 'medium' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const)
  const text = new Intl.DateTimeFormat(tag, { ...style, timeZone: zone }).format(new Date(at))
  return (
    <time dateTime={at} suppressHydrationWarning className={cx('whitespace-nowrap figures', className)}>
      {dateOnly || zone !== 'UTC' ? text : `${text} UTC`}
    </time>
  )
}
