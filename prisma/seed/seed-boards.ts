import { keepExercises } from '@/lib/db/boards/exercises'
import { refreshBoardsOf, refreshClassBoards } from '@/lib/db/boards/refresh'
import type { Database, Queries } from '@/lib/db/client'
import { refreshGains } from '@/lib/db/score-gains'
import { lockUsers } from '@/lib/db/users'
import { catalogue } from '@/lib/learn/catalogue'

const HANDLES = [
  'bit-by-bit', 'cache-hit', 'cold-start', 'dry-run', 'even-keel', 'fine-print', 'green-build', 'hot-path',
  'ink-and-paper', 'late-bound', 'merge-sort', 'night-shift', 'one-more-test', 'pair-of-hands', 'quorum', 'red-black',
  'ring-buffer', 'slow-query', 'tail-call', 'warm-cache', 'write-ahead',
]
/** Of so many students one wants to be on nobody's board. */
const HIDDEN_EVERY = 6
/** Students whose places are written in one transaction. */
const BATCH = 100
const LONGEST_MS = 120_000

/** Puts the students of a demo class on leaderboards: on everybody's under handles, and on those of the class. */
export async function seedBoards(db: Database, classId: string): Promise<void> {
  const members = await db.classMember.findMany({
    where: { classId, role: 'student' }, orderBy: { externalId: 'asc' }, select: { userId: true },
  })
  const userIds = members.map(({ userId }) => userId)
  const { topics } = await catalogue()
  const exercises = topics.flatMap(({ slug: topic, exercises }) => {
    return exercises.map(({ slug }) => ({ exercise: slug, topic }))
  })
  const inTransaction = (work: (db: Queries) => Promise<void>) => db.$transaction(work, { timeout: LONGEST_MS })

  await inTransaction((db) => keepExercises(db, exercises))
  for (let start = 0; start < userIds.length; start += BATCH) {
    const batch = userIds.slice(start, start + BATCH)
    await inTransaction(async (db) => {
      await lockUsers(db, batch)
      await giveHandles(db, batch, start)
      for (const { exercise } of exercises) await refreshGains(db, exercise, batch)
      await refreshBoardsOf(db, batch)
    })
  }
  await inTransaction(async (db) => {
    await db.class.update({ where: { id: classId }, data: { boardMode: 'pseudonyms' } })
    await refreshClassBoards(db, classId)
  })
}

async function giveHandles(db: Queries, userIds: readonly string[], start: number): Promise<void> {
  for (const [index, id] of userIds.entries()) {
    const number = start + index
    if (number % HIDDEN_EVERY === HIDDEN_EVERY - 1) continue
    const stem = HANDLES[number % HANDLES.length]!
    // A demo of before may have some of them.
    const taken = await db.user.count({ where: { OR: [{ handle: stem }, { handle: { startsWith: `${stem}-` } }] } })
    const handle = taken === 0 ? stem : `${stem}-${taken + 1}`
    await db.user.update({ where: { id }, data: { handle, onBoards: true, profilePublic: number % 3 === 0 } })
  }
}
