import type { StuckStudent } from '@/lib/contract/analytics'
import { VerdictReason } from '@/lib/contract/verdict'

/** From so many submissions in a row that fail in the same way, somebody is stuck. */
export const STUCK_AFTER = 3

/** Submissions of one student that are looked at, from the last one back. */
export const MOST_LOOKED_AT = 20

/** One failed submission. */
export interface Failed {
  reason: string | null
  broken: readonly { group: string; name: string }[]
}

type Cause = Pick<StuckStudent, 'rule' | 'reason' | 'times'>

/**
 * What the last submissions have in common: what ended all of them before a rule was broken, or the rule that most of
 * them break in a row. Submissions that say nothing of rules, such as one with a slip in its syntax, do not end a row.
 * @param failed latest first
 * @returns null for somebody who gets on
 */
export function findCause(failed: readonly Failed[]): Cause | null {
  const reason = failed[0]?.reason ?? null
  const alike = rowLength(failed, (each) => each.reason === reason && each.broken.length === 0)
  if (reason !== null && alike >= STUCK_AFTER) return { rule: null, reason: VerdictReason.parse(reason), times: alike }
  const telling = failed.filter(({ broken }) => broken.length > 0)
  const causes = (telling[0]?.broken ?? []).map(({ group, name }): Cause => {
    const times = rowLength(telling, ({ broken }) => broken.some((rule) => rule.group === group && rule.name === name))
    return { rule: { group, name }, reason: null, times }
  })
  const [worst] = causes.sort((a, b) => b.times - a.times)
  return worst && worst.times >= STUCK_AFTER ? worst : null
}

function rowLength<T>(list: readonly T[], holds: (each: T) => boolean): number {
  const end = list.findIndex((each) => !holds(each))
  return end < 0 ? list.length : end
}
