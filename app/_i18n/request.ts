import { getRequestConfig } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { LOCALE_COOKIE, negotiateLocale } from '@/lib/http/locale'
import { lookUpViewer } from '../_session/viewer'
import { MESSAGES } from './messages'
import { parseTimeZone, TIME_ZONE_COOKIE } from './time-zone'

/**
 * The language, words and time zone of one request. For the language the cookie counts first, then what the account
 * says, then the browser.
 */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value
  const remembered = chosen === undefined ? (await lookUpViewer()).viewer?.locale : chosen
  const timeZone = parseTimeZone((await cookies()).get(TIME_ZONE_COOKIE)?.value)
  const locale = negotiateLocale(remembered, (await headers()).get('accept-language'))
  return { locale, messages: MESSAGES[locale], timeZone }
})
