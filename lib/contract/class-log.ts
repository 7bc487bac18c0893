import { z } from 'zod'
import { Localized } from './localized'

/** What entries of a class's log are about. */
export const CLASS_LOG_KINDS = ['people', 'sets', 'exceptions', 'marks', 'exports', 'settings'] as const
export const ClassLogKind = z.enum(CLASS_LOG_KINDS)
export type ClassLogKind = z.infer<typeof ClassLogKind>

/** Most entries of one answer. */
export const MAX_CLASS_LOG = 100

/** Something that was done in a class. Names are those of today; whoever and whatever is gone has none. */
export const ClassLogEntry = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  /** Null when the account is gone. */
  actor: z.string().nullable(),
  /** Such as `class.joined`. */
  action: z.string(),
  /** To whom, if to one person. */
  person: z.string().nullable(),
  section: z.string().nullable(),
  /** Of a set that is gone, only the title is known. */
  set: z.strictObject({ id: z.string().nullable(), title: z.string() }).nullable(),
  exercise: z.strictObject({ slug: z.string(), title: Localized.nullable() }).nullable(),
  /** What else was written down, by ids. */
  detail: z.record(z.string(), z.unknown()),
})
export type ClassLogEntry = z.infer<typeof ClassLogEntry>

/** A page of the log, the latest first. */
export const ClassLogPage = z.strictObject({
  entries: z.array(ClassLogEntry),
  /** Id of the last one when there are earlier ones; ask for those before it. */
  next: z.string().nullable(),
})
export type ClassLogPage = z.infer<typeof ClassLogPage>
