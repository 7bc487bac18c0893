import type { LatePolicy } from '@/lib/contract/late-policy'
import type { Exception, MarkedSet, Terms } from './terms'

/**
 * What applies to one student in one set. A student's own exception goes wholly before that of the section: nothing of
 * the section's is left where there is an own one.
 *
 * Another due time takes the steps of a credit timeline along, by as many milliseconds, and keeps the set open at least
 * until it has come; a closing time that the exception names itself stands as it is.
 */
export function termsOf(set: MarkedSet, timeZone: string, own: Exception | null, section: Exception | null): Terms {
  const other = own ?? section
  const dueAt = other?.dueAt ?? set.dueAt
  return {
    opensAt: set.opensAt,
    dueAt,
    closesAt: other?.closesAt ?? Math.max(set.closesAt, dueAt),
    latePolicy: shifted(set.latePolicy, dueAt - set.dueAt),
    timeZone,
    attemptLimit: other?.attemptLimit ?? set.attemptLimit,
    exempt: other?.exempt ?? false,
  }
}

function shifted(policy: LatePolicy, ms: number): LatePolicy {
  if (policy.kind !== 'timeline' || ms === 0) return policy
  const steps = policy.steps.map(({ until, percent }) => ({
    until: new Date(Date.parse(until) + ms).toISOString(), percent,
  }))
  return { kind: 'timeline', steps }
}
