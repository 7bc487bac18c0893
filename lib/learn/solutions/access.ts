import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import { findProgress } from '@/lib/db/progress'
import { withDatabase } from '../database'
import { findEditorialHold } from '../rules-shown'

/**
 * Whether somebody may see what others share for an exercise: whoever has passed it, as long as no problem set keeps
 * its editorial back from them.
 */
export type SolutionAccess =
  | { state: 'open' }
  /** They have not passed it. */
  | { state: 'locked' }
  /** Until then, or null where that is not to be told. */
  | { state: 'held'; until: Date | null }

async function findAccess(db: Queries, userId: string, exercise: string): Promise<SolutionAccess> {
  if (!(await findProgress(db, userId, exercise))?.firstPassedAt) return { state: 'locked' }
  const hold = await findEditorialHold(db, userId, exercise)
  return hold ? { state: 'held', until: hold.until } : { state: 'open' }
}

/** The same, of an exercise that is in the catalogue. */
export function solutionAccess(userId: string, exercise: string): Promise<SolutionAccess> {
  return withDatabase((db) => findAccess(db, userId, exercise))
}

/** @throws ProblemError `forbidden` for whoever may not see the solutions of others */
export async function assertMayLook(db: Queries, userId: string, exercise: string): Promise<void> {
  if ((await findAccess(db, userId, exercise)).state === 'open') return
  const message = 'Solutions of others open when you have passed the exercise and every problem set of yours with it has closed.'
  throw new ProblemError('forbidden', message)
}
