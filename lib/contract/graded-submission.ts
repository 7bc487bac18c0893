import { z } from 'zod'
import { Slug } from './exercise'
import { VerdictKind, VerdictReason } from './verdict'

/** A graded submission of anybody, as admins see it. */
export const GradedSubmission = z.strictObject({
  id: z.string(),
  exercise: Slug,
  author: z.strictObject({ id: z.string(), name: z.string() }),
  submittedAt: z.iso.datetime(),
  verdict: VerdictKind,
  reason: VerdictReason.nullable(),
  /** How often grading began. */
  gradings: z.number().int(),
  exerciseVersion: z.string(),
})
export type GradedSubmission = z.infer<typeof GradedSubmission>

/** The same with what was submitted. */
export const GradedSource = GradedSubmission.extend({ source: z.string() })
export type GradedSource = z.infer<typeof GradedSource>
