'use client'

import { useLocale } from 'next-intl'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { useReaderZone } from './use-reader-zone'
import { cx } from './cx'

/** A moment in the reader's own time zone. While the server does not know that yet, it stands there in UTC. */
export function LocalTime({ at, dateOnly = false, className }: { at: string; dateOnly?: boolean; className?: string }) {
  const tag = LANGUAGE_TAGS[useLocale()]
  const zone = useReaderZone()
  const style = dateOnly ? ({ dateStyle: 'medium' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const)
  const text = new Intl.DateTimeFormat(tag, { ...style, timeZone: zone }).format(new Date(at))
  return (
    <time dateTime={at} suppressHydrationWarning className={cx('whitespace-nowrap figures', className)}>
      {dateOnly || zone !== 'UTC' ? text : `${text} UTC`}
    </time>
  )
}
