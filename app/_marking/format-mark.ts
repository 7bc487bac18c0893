import type { Locale } from '@/lib/contract/localized'
import { LANGUAGE_TAGS } from '../_i18n/locale'

const HUNDREDTHS = 100

const FORMATS = Object.fromEntries(
  Object.entries(LANGUAGE_TAGS).map(([locale, tag]) => [locale, new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })]),
) as Record<Locale, Intl.NumberFormat>

/** A mark in points, with as many decimals as it has: 725 is "7.25", 1000 is "10". */
export function formatMark(mark: number, locale: Locale): string {
  return FORMATS[locale].format(mark / HUNDREDTHS)
}

/** What somebody typed as points, in hundredths; null when it is no number with at most two decimals. */
export function parseMark(text: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (!match) return null
  return Number(match[1]) * HUNDREDTHS + Number((match[2] ?? '').padEnd(2, '0'))
}
