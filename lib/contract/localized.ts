import { z } from 'zod'

/** The languages in which every page, note and exercise exists. */
export const LOCALES = ['en', 'zh'] as const
export const Locale = z.enum(LOCALES)
export type Locale = z.infer<typeof Locale>

/** A short text in every language of the site. */
export const Localized = z.strictObject({
  en: z.string().trim().min(1).describe('English text'),
  zh: z.string().trim().min(1).describe('Simplified Chinese text'),
})
export type Localized = z.infer<typeof Localized>
