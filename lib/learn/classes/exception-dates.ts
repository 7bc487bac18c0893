import type { SetRow } from '@/lib/db/problem-sets'
import type { ExceptionFields } from '@/lib/db/set-exceptions'

/** In what the dates of an exception contradict those of its set; null when they do not. */
export function findBrokenDate(
  set: Pick<SetRow, 'opensAt' | 'dueAt'>, { dueAt, closesAt }: Pick<ExceptionFields, 'dueAt' | 'closesAt'>,
): 'due-before-opening' | 'closes-before-due' | null {
  if (dueAt && dueAt < set.opensAt) return 'due-before-opening'
  return closesAt && closesAt < (dueAt ?? set.dueAt) ? 'closes-before-due' : null
}
