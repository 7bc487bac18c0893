import { useLocale } from 'next-intl'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { cx } from './cx'

/** A moment by the clocks of a class. Say near it which zone that is. */
export function ClassTime({ at, zone, className }: { at: string; zone: string; className?: string }) {
  const tag = LANGUAGE_TAGS[useLocale()]
  const text = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at))
  return (
    <time dateTime={at} className={cx('whitespace-nowrap figures', className)}>
      {text}
    </time>
  )
}
