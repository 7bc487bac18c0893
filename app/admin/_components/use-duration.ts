import { useTranslations } from 'next-intl'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Says how long something took in its largest fitting unit; seconds up to two minutes, minutes up to two hours. */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations('admin.health')
  return (seconds) => {
    if (seconds < 2 * MINUTE) return t('seconds', { seconds: Math.round(seconds) })
    if (seconds < 2 * HOUR) return t('minutes', { minutes: Math.round(seconds / MINUTE) })
    return t('hours', { hours: Math.round(seconds / HOUR) })
  }
}
