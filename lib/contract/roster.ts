import { z } from 'zod'

/** Columns of a roster, in the order in which they stand when the first line is no header. */
export const ROSTER_COLUMNS = ['email', 'name', 'section', 'externalId'] as const
export const RosterColumn = z.enum(ROSTER_COLUMNS)
export type RosterColumn = z.infer<typeof RosterColumn>

/** Most people in one roster. */
export const MAX_ROSTER_PEOPLE = 2000
/** Room for that many long lines. */
export const MAX_ROSTER_BYTES = 512 * 1024

/** Body of POST /api/classes/:class/roster, and of .../roster/preview: a file of comma-separated values as text. */
export const RosterBody = z.strictObject({ csv: z.string().max(MAX_ROSTER_BYTES) })
export type RosterBody = z.infer<typeof RosterBody>

/** What can be wrong with a roster. */
export const ROSTER_RULES = [
  /** There is nobody in it. */
  'empty',
  'too-many-people',
  /** Quotes that do not close or stand within a value. */
  'not-csv',
  /** The header names no column of addresses. */
  'no-email-column',
  /** The header names a column twice. */
  'column-twice',
  /** More values than columns. */
  'too-many-values',
  'missing',
  'not-an-address',
  'too-long',
  'control-characters',
  /** Another line has the address or the external id. */
  'twice',
  /** Staff of the class is on no roster. */
  'is-staff',
  'was-removed',
  /** They were removed, and have deleted the account since. */
  'was-removed-and-left',
  /** Somebody else of the class has the external id. */
  'taken',
  'too-many-sections',
  /** The class would have too many people. */
  'class-full',
] as const
export const RosterRule = z.enum(ROSTER_RULES)
export type RosterRule = z.infer<typeof RosterRule>

export const RosterProblem = z.strictObject({
  /** From 1; of a value over several lines, the last. */
  line: z.int(),
  rule: RosterRule,
  column: RosterColumn.nullable(),
  /** What stands there, shortened. */
  value: z.string(),
  /** The other line, of things that are there twice. */
  otherLine: z.int().nullable(),
})
export type RosterProblem = z.infer<typeof RosterProblem>

/** What a line does: keeps a place, fills in one that is kept, fills in a member, or nothing. */
export const RosterOutcome = z.enum(['invite', 'change-invitation', 'change-member', 'unchanged'])
export type RosterOutcome = z.infer<typeof RosterOutcome>

export const RosterPerson = z.strictObject({
  line: z.int(),
  email: z.string(),
  /** Null where the roster says nothing. What is known already then stays. */
  name: z.string().nullable(),
  section: z.string().nullable(),
  externalId: z.string().nullable(),
  outcome: RosterOutcome,
})
export type RosterPerson = z.infer<typeof RosterPerson>

/** What an import would do, or has done. With any problem nothing is imported. */
export const RosterReport = z.strictObject({
  people: z.array(RosterPerson),
  /** Sections that are made for it. */
  newSections: z.array(z.string()),
  /** Columns of the header that mean nothing here. */
  ignoredColumns: z.array(z.string()),
  /** The first of them. */
  problems: z.array(RosterProblem),
  /** All of them. */
  problemCount: z.int(),
})
export type RosterReport = z.infer<typeof RosterReport>
