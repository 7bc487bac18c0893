import { errorVerdict } from '@/lib/contract/error-verdict'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { database } from '@/lib/db/client'
import { catalogue } from '@/lib/learn/catalogue'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { regradeSubmission } from '@/lib/learn/regrade-submission'

/** The exercise whose tests have changed. */
export const REGRADED = 'lru-cache'

/** Gives a submission the verdict of tests that the exercise had before. @param score of 10 points */
export async function gradeBefore(submissionId: string, score: number): Promise<void> {
  await database().exerciseVersion.createMany({
    data: [{ hash: 'before', exercise: REGRADED, title: {}, difficulty: 'easy', maxScore: 10 }], skipDuplicates: true,
  })
  await recordVerdict(submissionId, found(score, 'before'))
}

/** Does what graders do with the jobs of regrades. @param scoreOf what each source gets now */
export async function regradeWaiting(scoreOf: (source: string) => number): Promise<void> {
  const version = (await catalogue()).findExercise(REGRADED)!.version
  const grader = { grade: async ({ source }: { source: string }) => found(scoreOf(source), version) }
  const waiting = await database().regradeResult.findMany({ where: { verdict: null } })
  for (const { regradeId, submissionId } of waiting) await regradeSubmission(grader, { regradeId, submissionId })
}

function found(score: number, exerciseVersion: string): Verdict {
  return {
    ...errorVerdict({ exerciseVersion, limits: DEFAULT_LIMITS }),
    verdict: score === 10 ? 'passed' : 'failed', reason: null, score, maxScore: 10,
  }
}
