import { z } from 'zod'
import { Moment } from './moment'

/** Share of a mark, in whole percent. */
const Percent = z.int().min(0).max(100)

/** Most steps of a credit timeline. */
const MAX_STEPS = 20

/** One step of a credit timeline: submissions up to and at `until` earn `percent`. */
export const CreditStep = z.strictObject({ until: Moment, percent: Percent })
export type CreditStep = z.infer<typeof CreditStep>

/**
 * What a submission after the due time is worth. Days are counted in the class's time zone: the first late day ends a
 * calendar day after the due time, at the same time by the clock, also where a clock change makes it 23 or 25 hours.
 */
export const LatePolicy = z.discriminatedUnion('kind', [
  /** Nothing. */
  z.strictObject({ kind: z.literal('none') }),
  /** Each day that has begun costs `percent` of the full mark, down to `floor`. */
  z.strictObject({ kind: z.literal('per-day'), percent: Percent.min(1), floor: Percent.default(0) }),
  /** Each day that has begun takes one from the student's budget for the class; without enough it is worth nothing. */
  z.strictObject({ kind: z.literal('grace-days'), most: z.int().min(1).max(30) }),
  /** The percentage of the first step that has not passed, nothing after the last one. The due time is no part of it. */
  z.strictObject({
    kind: z.literal('timeline'),
    steps: z.array(CreditStep).min(1).max(MAX_STEPS).refine(isFalling, {
      message: 'must come one after the other, each worth less than the one before',
      params: { rule: 'steps-in-order' },
    }),
  }),
])
export type LatePolicy = z.infer<typeof LatePolicy>

/** Later steps must be worth less: marks rest on credit that never grows with time. */
function isFalling(steps: readonly CreditStep[]): boolean {
  return steps.every((step, index) => {
    const before = steps[index - 1]
    return before === undefined || (Date.parse(before.until) < Date.parse(step.until) && before.percent > step.percent)
  })
}
