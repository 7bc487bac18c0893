import { keepExercises, listPendingExercises, setFollowed } from '@/lib/db/boards/exercises'
import { refreshBoardsOf } from '@/lib/db/boards/refresh'
import { listLearnersOf, refreshGains } from '@/lib/db/score-gains'
import { lockUsers } from '@/lib/db/users'
import { catalogue } from '../catalogue'
import { inTransaction, withDatabase } from '../database'

/** Learners whose places follow in one transaction; their verdicts wait that long. */
const BATCH = 100

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Tells leaderboards which exercises the catalogue has, and brings everybody's places in line: exercises that were
 * removed do not count any more, new ones do, and one that moved counts for its new topic. Every grader does this when it
 * starts; what one of them did not finish, the next one does.
 */
export async function followCatalogue(): Promise<void> {
  const { topics } = await catalogue()
  const exercises = topics.flatMap(({ slug: topic, exercises }) => exercises.map(({ slug }) => ({ exercise: slug, topic })))
  await inTransaction((db) => keepExercises(db, exercises))
  for (const exercise of await withDatabase(listPendingExercises)) {
    await followExercise(exercise)
    await withDatabase((db) => setFollowed(db, exercise))
  }
}

async function followExercise(exercise: string): Promise<void> {
  let after = FIRST_ID
  for (;;) {
    const userIds = await withDatabase((db) => listLearnersOf(db, exercise, after, BATCH))
    const last = userIds.at(-1)
    if (last === undefined) return
    await inTransaction(async (db) => {
      await lockUsers(db, userIds)
      await refreshGains(db, exercise, userIds)
      await refreshBoardsOf(db, userIds)
    })
    after = last
  }
}
