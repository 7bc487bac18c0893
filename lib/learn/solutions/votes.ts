import { ProblemError } from '@/lib/contract/problem'
import { findShared, isListed } from '@/lib/db/shared-solutions'
import { addVote, removeVote } from '@/lib/db/solution-votes'
import { inTransaction, withDatabase } from '../database'
import { getExercise } from '../exercise-lookup'
import { assertMayLook } from './access'

/**
 * Votes for a program that others share. A second vote of the same person is none.
 * @throws ProblemError `not-found` when nobody shares it; `forbidden` for whoever may not see it, or shares it
 */
export async function voteForProgram(userId: string, slug: string, program: string): Promise<void> {
  const { slug: exercise } = await getExercise(slug)
  await inTransaction(async (db) => {
    await assertMayLook(db, userId, exercise)
    if (!(await isListed(db, exercise, program))) throw new ProblemError('not-found', 'Nobody shares this program any more.')
    if ((await findShared(db, userId, exercise))?.programHash === program) {
      throw new ProblemError('forbidden', 'This program is your own. Vote for what others have written.')
    }
    await addVote(db, userId, exercise, program)
  })
}

/** Takes a vote back, if there is one. */
export async function takeVoteBack(userId: string, exercise: string, program: string): Promise<void> {
  await withDatabase((db) => removeVote(db, userId, exercise, program))
}
