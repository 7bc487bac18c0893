import type { Locale } from '@/lib/contract/localized'
import { en } from './messages/en'
import { zh } from './messages/zh'

/** The words of the site, by language and area. English is the model: the other languages have the same keys. */
export type Messages = typeof en

type SameKeys<T> = { [Key in keyof T]: T[Key] extends string ? string : SameKeys<T[Key]> }

export const MESSAGES: Record<Locale, SameKeys<Messages>> = { en, zh }
