'use client'

import { useLocale } from 'next-intl'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { LocalTime } from '../_ui/local-time'

/**
 * A moment on a board, in the reader's own time zone. With `dayIn`, the day by the clocks of that zone, where no more
 * is told.
 */
export function RowMoment({ at, dayIn }: { at: string; dayIn: string | null }) {
  const tag = LANGUAGE_TAGS[useLocale()]
  if (dayIn === null) return <LocalTime at={at} />
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: dayIn }).format(new Date(at))
  return <span className="whitespace-nowrap figures">{day}</span>
}
