import { z } from 'zod'
import { Slug } from './exercise'

/** Body of POST /api/admin/regrades: a dry run against the exercise as it is now. */
export const RegradeBody = z.strictObject({ exercise: Slug })
export type RegradeBody = z.infer<typeof RegradeBody>

/** Body of PUT /api/admin/regrades/:id/state. */
export const RegradeStateBody = z.strictObject({ state: z.enum(['running', 'stopped']) })
export type RegradeStateBody = z.infer<typeof RegradeStateBody>

/** Body of POST /api/admin/regrades/:id/apply. Scores go down only where `lower` says so. */
export const RegradeApplyBody = z.strictObject({ lower: z.boolean() })
export type RegradeApplyBody = z.infer<typeof RegradeApplyBody>

/** `graded`: every submission has its result, and nothing has been applied. */
export const RegradeState = z.enum(['running', 'stopped', 'graded', 'applied'])
export type RegradeState = z.infer<typeof RegradeState>

export const RegradeView = z.strictObject({
  id: z.string(),
  exercise: Slug,
  exerciseVersion: z.string(),
  state: RegradeState,
  startedAt: z.iso.datetime(),
  /** Name of who started it; null when that account is gone. */
  startedBy: z.string().nullable(),
  appliedAt: z.iso.datetime().nullable(),
  /** Whether it was applied with lowering scores. */
  lowered: z.boolean(),
  submissions: z.strictObject({
    total: z.number().int(),
    graded: z.number().int(),
    /** Of those graded: could not be, through no fault of the learner; their old verdicts count on. */
    failed: z.number().int(),
  }),
})
export type RegradeView = z.infer<typeof RegradeView>

const Standing = z.strictObject({ score: z.number().int(), maxScore: z.number().int(), passed: z.boolean() })

/** What a regrade means for one learner. */
export const RegradeChange = z.strictObject({
  learner: z.strictObject({ id: z.string(), name: z.string() }),
  change: z.enum(['gain', 'loss']),
  /** As stored now; null for somebody who has no graded attempt yet. */
  before: Standing.nullable(),
  after: Standing,
})
export type RegradeChange = z.infer<typeof RegradeChange>

/** An entry of the log. */
export const AuditView = z.strictObject({
  at: z.iso.datetime(),
  /** Name; null for the program itself or an account that is gone. */
  actor: z.string().nullable(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditView = z.infer<typeof AuditView>

export const RegradeDetail = RegradeView.extend({
  gains: z.number().int(),
  losses: z.number().int(),
  /** The first of them, losses before gains. Empty of those that have been applied. */
  changes: z.array(RegradeChange),
  log: z.array(AuditView),
})
export type RegradeDetail = z.infer<typeof RegradeDetail>
