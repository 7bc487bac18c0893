import type { Locale } from '@/lib/contract/localized'
import { LANGUAGE_TAGS } from '../_i18n/locale'

/* Words for dates without a zone (`2026-11-21`): the same everywhere, so they are formatted in UTC. */

const A_MONDAY = '2024-01-01'

export function formatDay(day: string, locale: Locale): string {
  return format(day, locale, { dateStyle: 'medium' })
}

export function formatMonth(day: string, locale: Locale): string {
  return format(day, locale, { month: 'short' })
}

/** @param row from 0 for Monday */
export function formatWeekday(row: number, locale: Locale, weekday: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(LANGUAGE_TAGS[locale], { weekday, timeZone: 'UTC' })
    .format(Date.parse(A_MONDAY) + row * 86_400_000)
}

function format(day: string, locale: Locale, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LANGUAGE_TAGS[locale], { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`))
}
