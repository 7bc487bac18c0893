import { z } from 'zod'
import { Id } from './id'
import { Moment } from './moment'
import { AttemptLimit } from './problem-set'
import { Line } from './text'

export const MAX_REASON = 500
/** Characters of a file of exceptions. */
export const MAX_IMPORT = 500_000
/** Most problems, and most exceptions, that an import tells one by one. */
export const MAX_IMPORT_SHOWN = 100
/** Most characters of a wrong value that it repeats. */
export const MAX_IMPORT_VALUE = 80

/** Whom an exception is for. */
export const ExceptionFor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('student'), id: Id }),
  z.strictObject({ kind: z.literal('section'), id: Id }),
])
export type ExceptionFor = z.infer<typeof ExceptionFor>

/** What is wrong with an exception as such: it grants less than the set does, or closes before it is due. */
export const EXCEPTION_RULES = ['due-before-set', 'closes-before-set', 'closes-before-due', 'fewer-attempts'] as const
export type ExceptionRule = (typeof EXCEPTION_RULES)[number]

/** What somebody has more than everybody else. Where the set itself says more, that holds. */
const Granted = z.strictObject({
  /** Null leaves what the set says. */
  dueAt: Moment.nullable(),
  closesAt: Moment.nullable(),
  attemptLimit: AttemptLimit.nullable(),
  /** The set is no part of the total. */
  exempt: z.boolean(),
  reason: Line.max(MAX_REASON),
})

/** Body of PUT .../exceptions: what one student or section is granted, in the place of what they had. */
export const ExceptionBody = Granted.extend({ for: ExceptionFor }).superRefine((body, context) => {
  if (!body.exempt && body.dueAt === null && body.closesAt === null && body.attemptLimit === null) {
    context.addIssue({ code: 'custom', path: [], message: 'must grant something', params: { rule: 'nothing-granted' } })
  }
})
export type ExceptionBody = z.infer<typeof ExceptionBody>

/** An exception as staff see it. */
export const ExceptionView = Granted.extend({
  id: z.uuid(),
  for: ExceptionFor,
  /** Of the student or the section. */
  name: z.string(),
  /** Whether the set has come to grant everybody as much. */
  overtaken: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type ExceptionView = z.infer<typeof ExceptionView>

/** Whom exceptions of a class can be for. */
export const ExceptionTargets = z.strictObject({
  students: z.array(z.strictObject({
    id: z.uuid(), name: z.string(), email: z.string(), sectionId: z.uuid().nullable(),
  })),
  sections: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
})
export type ExceptionTargets = z.infer<typeof ExceptionTargets>

/** Body of POST .../exceptions/import. Without `apply` the file is only checked. */
export const ExceptionImportBody = z.strictObject({ csv: z.string().min(1).max(MAX_IMPORT), apply: z.boolean() })
export type ExceptionImportBody = z.infer<typeof ExceptionImportBody>

export const IMPORT_RULES = [
  'not-csv', 'no-lines', 'too-many-lines', 'unknown-column', 'missing-column', 'unknown-student', 'twice', 'not-a-time',
  'not-a-number', 'not-yes-or-no', 'nothing-granted', 'not-a-reason', ...EXCEPTION_RULES,
] as const

/** What is wrong with a file, by line. With one of these nothing of it is taken. */
export const ImportProblem = z.strictObject({
  /** From 1, as an editor counts; null for the file as a whole. */
  line: z.int().nullable(),
  rule: z.enum(IMPORT_RULES),
  /** What stands there, shortened. */
  value: z.string(),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const ExceptionImportResult = z.strictObject({
  /** The first of them. */
  problems: z.array(ImportProblem).max(MAX_IMPORT_SHOWN),
  /** All of them. */
  problemCount: z.int(),
  /** What the file grants to whom, the first in its order; empty with problems. */
  granted: z.array(Granted.extend({
    name: z.string(),
    /** Whose exception it takes the place of: the student's, else that of the section. */
    replaces: z.enum(['own', 'section']).nullable(),
  })).max(MAX_IMPORT_SHOWN),
  grantedCount: z.int(),
  applied: z.boolean(),
})
export type ExceptionImportResult = z.infer<typeof ExceptionImportResult>
