import type { Verdict } from '@/lib/contract/verdict'
import { refreshBoardsAfterGains } from '@/lib/db/boards/refresh'
import type { Queries } from '@/lib/db/client'
import { notifyChange } from '@/lib/db/live'
import { countAttempt } from '@/lib/db/progress'
import { refreshGains } from '@/lib/db/score-gains'
import { markDone } from '@/lib/db/submissions'
import { giveTurn, lockTurnsAround } from '@/lib/db/turns'
import { insertVerdict } from '@/lib/db/verdicts'
import { inTransaction } from './database'

/**
 * Stores the verdict of a submission with all that follows from it: its state, the learner's progress and places
 * on leaderboards, the turn of the learner's next submission, and the word to those who wait. All of it in one transaction, and once: a second verdict
 * for the same submission changes nothing. A verdict of `error` is a fault of ours and counts as no attempt.
 * @returns whether this verdict was the first; false also for a submission that was deleted
 */
export async function recordVerdict(submissionId: string, verdict: Verdict): Promise<boolean> {
  return inTransaction((db) => storeVerdict(db, submissionId, verdict))
}

/** The same within a transaction of the caller's. */
export async function storeVerdict(db: Queries, submissionId: string, verdict: Verdict): Promise<boolean> {
  const userId = await lockTurnsAround(db, submissionId)
  if (userId === null || !(await insertVerdict(db, submissionId, verdict))) return false
  const { exercise, submittedAt } = await markDone(db, submissionId, verdict.exerciseVersion)
  if (verdict.verdict !== 'error') {
    const { score, maxScore } = verdict
    const passed = verdict.verdict === 'passed'
    await countAttempt(db, { submissionId, userId, exercise, score, maxScore, passed, submittedAt })
  }
  await giveTurn(db, userId)
  await notifyChange(db, { submissionId, userId })
  // Last, because many learners share a board and wait for each other here.
  if (verdict.verdict !== 'error') await refreshBoardsAfterGains(db, await refreshGains(db, exercise, [userId]))
  return true
}
