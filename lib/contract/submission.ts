import { z } from 'zod'
import { Slug } from './exercise'
import { MAX_SOURCE_BYTES } from './source'
import { VerdictView } from './verdict'

export { MAX_SOURCE_BYTES }

export const SubmissionState = z.enum(['queued', 'grading', 'done'])
export type SubmissionState = z.infer<typeof SubmissionState>

/** Body of POST /api/submissions. */
export const SubmitBody = z.strictObject({
  exercise: Slug,
  source: z.string().min(1),
})
export type SubmitBody = z.infer<typeof SubmitBody>

/** What a page sees of one submission of its own user. */
export const SubmissionView = z.strictObject({
  id: z.string(),
  exercise: Slug,
  state: SubmissionState,
  submittedAt: z.iso.datetime(),
  /** How many submissions are ahead while queued, else null. */
  place: z.number().int().nullable(),
  verdict: VerdictView.nullable(),
  /** Hint of a recognised misconception in the reader's language, or null. */
  hint: z.string().nullable(),
})
export type SubmissionView = z.infer<typeof SubmissionView>

/** A submission as one of a list. `regraded`: it was graded again, and that counts (SubmissionRegrades). */
export const ListedSubmission = SubmissionView.extend({ regraded: z.boolean() })
export type ListedSubmission = z.infer<typeof ListedSubmission>

/**
 * What regrades did to the learner's best score on the exercise. `kept`: the result would give less or other than what
 * had been reached, and that was left. `elsewhere`: the best score comes from another submission.
 */
export const RegradeEffect = z.enum(['raised', 'lowered', 'kept', 'unchanged', 'elsewhere'])
export type RegradeEffect = z.infer<typeof RegradeEffect>

/** What regrades that were applied have found of one submission. Its own verdict stays beside them. */
export const SubmissionRegrades = z.strictObject({
  /** The one that counts first, then those that it took the place of. */
  results: z.array(z.strictObject({ gradedAt: z.iso.datetime(), verdict: VerdictView })).min(1),
  /** The learner's best score as it is now; null for somebody who has none. */
  best: z.strictObject({
    effect: RegradeEffect,
    score: z.number().int(),
    maxScore: z.number().int(),
    /** Whether the exercise counted as passed, and does not any more. */
    passLost: z.boolean(),
  }).nullable(),
})
export type SubmissionRegrades = z.infer<typeof SubmissionRegrades>

/** One submission with what was submitted, and what regrades that were applied found of it; null without one. */
export const SubmissionDetail = SubmissionView.extend({
  source: z.string(),
  regrades: SubmissionRegrades.nullable(),
})
export type SubmissionDetail = z.infer<typeof SubmissionDetail>

/** One server-sent event of GET /api/submissions/:id/events; `data` is this as JSON. */
export const SubmissionEvent = SubmissionView
export type SubmissionEvent = SubmissionView

/** Best result of one user on one exercise. */
export const ProgressView = z.strictObject({
  exercise: Slug,
  state: z.enum(['untouched', 'tried', 'passed']),
  bestScore: z.number().int(),
  maxScore: z.number().int(),
  attempts: z.number().int(),
  firstPassedAt: z.iso.datetime().nullable(),
})
export type ProgressView = z.infer<typeof ProgressView>

/** Body of PUT /api/drafts/:exercise, and what GET answers. Both editor tabs are kept. */
export const DraftBody = z.strictObject({
  source: z.string().max(MAX_SOURCE_BYTES),
  ownTests: z.string().max(MAX_SOURCE_BYTES),
})
export type DraftBody = z.infer<typeof DraftBody>

/** A stored draft: what GET and PUT of /api/drafts/:exercise answer. `updatedAt` tells two computers apart. */
export const DraftView = DraftBody.extend({ updatedAt: z.iso.datetime() })
export type DraftView = z.infer<typeof DraftView>
