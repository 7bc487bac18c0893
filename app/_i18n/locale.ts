import type { Locale } from '@/lib/contract/localized'

/** What `lang` says on <html>, and how browsers and screen readers know the language. */
export const LANGUAGE_TAGS: Record<Locale, string> = { en: 'en', zh: 'zh-CN' }

/** Each language's own name, as its readers look for it. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', zh: '简体中文' }
