import type { NextRequest } from 'next/server'
import { LOCALES, type Locale } from '@/lib/contract/localized'

/** The cookie that remembers the reader's choice of language. */
export const LOCALE_COOKIE = 'locale'

/** The reader's language, as an API route needs it for texts of exercises. */
export function localeOf(request: NextRequest): Locale {
  return negotiateLocale(request.cookies.get(LOCALE_COOKIE)?.value, request.headers.get('accept-language'))
}

/**
 * The language of a request: the cookie's, else the best of Accept-Language (RFC 9110, 12.5.4), else English. Only the
 * primary language counts: zh-TW and zh-Hans-CN both read zh.
 */
export function negotiateLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/)
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language)
  return [cookie, ...wanted].map((each) => LOCALES.find((locale) => locale === each)).find(Boolean) ?? 'en'
}
