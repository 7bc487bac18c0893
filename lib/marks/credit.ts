import type { LatePolicy } from '@/lib/contract/late-policy'
import { lateDays } from './late-days'
import type { Instant, Terms } from './terms'

export interface Credit {
  /** Of the full mark, 0 to 100. */
  percent: number
  /** Days begun after the due time, whatever the policy makes of them. */
  lateDays: number
}

/**
 * What a submission at `at` is worth; null when it does not count at all. It counts from the opening to the close, both
 * to the millisecond included. Credit never grows with time.
 *
 * Grace days are worth 100 here as long as one set may take that many; whether the student's budget has them is for
 * `markStudent` to say.
 */
export function creditAt(terms: Terms, at: Instant): Credit | null {
  if (at < terms.opensAt || at > terms.closesAt) return null
  const days = lateDays(terms, at)
  const percent = percentOf(terms.latePolicy, at, days)
  return percent === null ? null : { percent, lateDays: days }
}

function percentOf(policy: LatePolicy, at: Instant, days: number): number | null {
  if (policy.kind === 'timeline') return percentOfStep(policy.steps, at)
  if (days === 0) return 100
  switch (policy.kind) {
    case 'none': return null
    case 'per-day': return Math.max(policy.floor, 100 - policy.percent * days)
    case 'grace-days': return days <= policy.most ? 100 : null
  }
}

/** That of the first step that has not passed, nothing after the last one. */
function percentOfStep(steps: readonly { until: string; percent: number }[], at: Instant): number | null {
  return steps.find(({ until }) => at <= Date.parse(until))?.percent ?? null
}
