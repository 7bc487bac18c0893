import {
  DEAD_AFTER_MS, deleteGraders, isAlive, listGraders, saveHeartbeat, type GraderRow, type Heartbeat,
} from '@/lib/db/graders'
import { findExhaustedJobs, findStrayWorkers, hastenJobs, removeJob, unlockWorkers } from '@/lib/db/queue'
import { deleteOldWindows } from '@/lib/db/rate-limits'
import { findStalledUsers, lockTurns, restoreTurn } from '@/lib/db/turns'
import { inTransaction, withDatabase } from './database'
import { giveUpSubmission } from './grade-submission'

export type { Heartbeat }

/** How often a grader says that it is alive and looks after work that others lost, milliseconds. */
export const HEARTBEAT_MS = 5_000

/** How long a submission whose grading failed waits at most until it is tried again, milliseconds. */
const LONGEST_PAUSE_MS = 5_000

/** Says that a grader is alive, and under which names it works. */
export async function reportGrader(heartbeat: Heartbeat): Promise<void> {
  await withDatabase((db) => saveHeartbeat(db, heartbeat))
}

/** Takes back all that a grader still holds, and forgets it. */
export async function dismissGrader({ id, workerIds }: Pick<Heartbeat, 'id' | 'workerIds'>): Promise<void> {
  await withDatabase(async (db) => {
    await unlockWorkers(db, workerIds)
    await deleteGraders(db, [id])
  })
}

/**
 * Frees the work of graders that are gone, so that others take it up: graders that were silent for too long, those of
 * which `isGone` knows better, and those that vanished without ever having reported. Submissions whose job began too
 * often get a verdict of `error`; those whose job is missing get a new one.
 * @returns what was done, for the log
 */
export async function recoverLostWork(
  isGone: (grader: Pick<GraderRow, 'host' | 'pid'>) => boolean,
): Promise<{ gradersLost: number; submissionsGivenUp: string[] }> {
  return withDatabase(async (db) => {
    const lost = (await listGraders(db)).filter((grader) => !isAlive(grader) || isGone(grader))
    await unlockWorkers(db, lost.flatMap(({ workerIds }) => workerIds))
    await deleteGraders(db, lost.map(({ id }) => id))
    await unlockWorkers(db, await findStrayWorkers(db, DEAD_AFTER_MS))
    const exhausted = await findExhaustedJobs(db)
    for (const { id, submissionId } of exhausted) {
      if (submissionId !== null) await giveUpSubmission(submissionId)
      await removeJob(db, id)
    }
    for (const userId of await findStalledUsers(db)) await restoreTurns(userId)
    await hastenJobs(db, LONGEST_PAUSE_MS)
    await deleteOldWindows(db)
    return { gradersLost: lost.length, submissionsGivenUp: exhausted.flatMap(({ submissionId }) => submissionId ?? []) }
  })
}

async function restoreTurns(userId: string): Promise<void> {
  await inTransaction(async (db) => {
    if (await lockTurns(db, userId)) await restoreTurn(db, userId)
  })
}
