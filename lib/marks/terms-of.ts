import type { LatePolicy } from '@/lib/contract/late-policy'
import type { Exception, MarkedSet, Terms } from './terms'

/**
 * What applies to one student in one set. A student's own exception goes wholly before that of the section: nothing of
 * the section's is left where there is an own one.
 *
 * An exception is a favour: of each date and of the attempts, the more generous of what it says and what the set says
 * holds, also after the set was changed. A later due time takes the steps of a credit timeline along, by as many
 * milliseconds, and keeps the set open at least until it has come.
 */
export function termsOf(set: MarkedSet, timeZone: string, own: Exception | null, section: Exception | null): Terms {
  const other = own ?? section
  const dueAt = Math.max(set.dueAt, other?.dueAt ?? -Infinity)
  return {
    opensAt: set.opensAt,
    dueAt,
    closesAt: Math.max(set.closesAt, dueAt, other?.closesAt ?? -Infinity),
    latePolicy: shifted(set.latePolicy, dueAt - set.dueAt),
    timeZone,
    attemptLimit: set.attemptLimit === null ? null : Math.max(set.attemptLimit, other?.attemptLimit ?? 0),
    exempt: other?.exempt ?? false,
  }
}

/** Whether an exception leaves somebody with nothing but what the set says. */
export function grantsNothing(set: MarkedSet, exception: Exception): boolean {
  const { dueAt, closesAt, attemptLimit, exempt } = termsOf(set, 'UTC', exception, null)
  return !exempt && dueAt === set.dueAt && closesAt === set.closesAt && attemptLimit === set.attemptLimit
}

/** Whether what holds for a student differs from what the set says. */
export function isExcepted(set: MarkedSet, own: Exception | null, section: Exception | null): boolean {
  const other = own ?? section
  return other !== null && !grantsNothing(set, other)
}

function shifted(policy: LatePolicy, ms: number): LatePolicy {
  if (policy.kind !== 'timeline' || ms === 0) return policy
  const steps = policy.steps.map(({ until, percent }) => ({
    until: new Date(Date.parse(until) + ms).toISOString(), percent,
  }))
  return { kind: 'timeline', steps }
}
