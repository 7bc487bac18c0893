import { useLocale } from 'next-intl'
import { LANGUAGE_TAGS } from '../../../../_i18n/locale'

/** A moment by the clocks of the class, whose time zone stands above on each of its pages. */
export function ClassTime({ at, zone }: { at: string; zone: string }) {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const
  const format = new Intl.DateTimeFormat(LANGUAGE_TAGS[useLocale()], { ...style, timeZone: zone })
  return (
    <time dateTime={at} className="whitespace-nowrap figures">
      {format.format(new Date(at))}
    </time>
  )
}
