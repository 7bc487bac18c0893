import { useFormatter, useTranslations } from 'next-intl'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Ways to write the numbers of these pages in the reader's language; null becomes a dash. */
export function useFigures() {
  const t = useTranslations('insight.analytics')
  const format = useFormatter()
  const number = (value: number | null, most = 1): string => {
    return value === null ? t('nothing') : format.number(value, { maximumFractionDigits: most })
  }
  return {
    number,
    /** Hundredths of a point, as points. */
    points: (mark: number | null): string => number(mark === null ? null : mark / 100, 2),
    /** A time in its largest fitting unit: minutes from one on, hours, and days from two on. */
    duration: (ms: number | null): string => {
      if (ms === null) return t('nothing')
      if (ms < MINUTE) return t('duration.seconds', { value: Math.round(ms / 1000) })
      if (ms < HOUR) return t('duration.minutes', { value: Math.round(ms / MINUTE) })
      if (ms < DAY) return t('duration.hours', { value: number(ms / HOUR) })
      return t('duration.days', { value: Math.round((ms / DAY) * 10) / 10 })
    },
  }
}
