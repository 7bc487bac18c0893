import type { BoardView } from '@/lib/contract/leaderboard'
import type { Locale } from '@/lib/contract/localized'
import { LANGUAGE_TAGS } from '../_i18n/locale'

/** The first day of a month or week in words: "November 2026", or "Mon 16 Nov 2026" for a week. */
export function spanDay({ span, starts }: Pick<BoardView, 'span' | 'starts'>, locale: Locale): string {
  if (starts === null) return ''
  const style: Intl.DateTimeFormatOptions = span === 'month'
    ? { month: 'long', year: 'numeric' }
    : { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
  const format = new Intl.DateTimeFormat(LANGUAGE_TAGS[locale], { ...style, timeZone: 'UTC' })
  return format.format(new Date(`${starts}T00:00Z`))
}
