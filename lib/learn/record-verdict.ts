import type { Verdict } from '@/lib/contract/verdict'
import { notifyChange } from '@/lib/db/live'
import { countAttempt } from '@/lib/db/progress'
import { markDone } from '@/lib/db/submissions'
import { insertVerdict } from '@/lib/db/verdicts'
import { inTransaction } from './database'

/**
 * Stores the verdict of a submission with all that follows from it: its state, the learner's progress, and the word to
 * those who wait. All of it in one transaction, and once: a second verdict for the same submission changes nothing.
 * A verdict of `error` is a fault of ours and counts as no attempt.
 * @returns whether this verdict was the first
 */
export async function recordVerdict(submissionId: string, verdict: Verdict): Promise<boolean> {
  return inTransaction(async (db) => {
    if (!(await insertVerdict(db, submissionId, verdict))) return false
    const { userId, exercise, submittedAt } = await markDone(db, submissionId, verdict.exerciseVersion)
    if (verdict.verdict !== 'error') {
      const { score, maxScore } = verdict
      const passed = verdict.verdict === 'passed'
      await countAttempt(db, { submissionId, userId, exercise, score, maxScore, passed, submittedAt })
    }
    await notifyChange(db, { submissionId, userId })
    return true
  })
}
