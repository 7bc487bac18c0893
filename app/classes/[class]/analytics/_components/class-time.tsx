import { useLocale } from 'next-intl'
import { LANGUAGE_TAGS } from '../../../../_i18n/locale'

/** A moment by the clocks of the class, whose time zone stands above on each of its pages. */
export function ClassTime({ at, zone }: { at: string; zone: string }) {
  const format = new Intl.DateTimeFormat(LANGUAGE_TAGS[useLocale()], { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  return (
    <time dateTime={at} className="whitespace-nowrap figures">
      {format.format(new Date(at))}
    </time>
  )
}
