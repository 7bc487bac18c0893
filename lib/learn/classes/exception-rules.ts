import type { ExceptionRule } from '@/lib/contract/set-exception'
import type { SetRow } from '@/lib/db/problem-sets'
import type { ExceptionFields } from '@/lib/db/set-exceptions'

/** What the rules need of a set. */
export type RuledSet = Pick<SetRow, 'dueAt' | 'closesAt' | 'attemptLimit'>

type Broken = { rule: ExceptionRule; field: 'dueAt' | 'closesAt' | 'attemptLimit' }

/**
 * Why a set cannot have an exception: it says less than the set grants everybody, which would hold for nobody, or
 * contradicts itself. As much as the set is fine: it takes a student out of the exception of the section. Null when
 * nothing is wrong.
 */
export function findBrokenRule(
  set: RuledSet, { dueAt, closesAt, attemptLimit }: Pick<ExceptionFields, 'dueAt' | 'closesAt' | 'attemptLimit'>,
): Broken | null {
  if (dueAt && dueAt < set.dueAt) return { rule: 'due-before-set', field: 'dueAt' }
  if (closesAt && closesAt < set.closesAt) return { rule: 'closes-before-set', field: 'closesAt' }
  if (closesAt && dueAt && closesAt < dueAt) return { rule: 'closes-before-due', field: 'closesAt' }
  if (attemptLimit !== null && attemptLimit < (set.attemptLimit ?? Infinity)) {
    return { rule: 'fewer-attempts', field: 'attemptLimit' }
  }
  return null
}

/** In words, after the name of the field. */
export const RULE_MESSAGES: Record<ExceptionRule, string> = {
  'due-before-set': 'must not be before the set is due',
  'closes-before-set': 'must not be before the set closes',
  'closes-before-due': 'must not be before it is due',
  'fewer-attempts': 'must not be less than the set allows',
}
