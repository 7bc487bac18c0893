import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import type { Submission } from '@/lib/db/submissions'

/** The verdict of a submission that could not be graded through no fault of the learner. It costs nothing. */
export function errorVerdict({ versionHash }: Pick<Submission, 'versionHash'>): Verdict {
  return {
    verdict: 'error',
    reason: 'internal-error',
    score: 0,
    maxScore: 0,
    groups: [],
    tests: [],
    problem: null,
    misconception: null,
    exerciseVersion: versionHash,
    runtimeVersion: 'none',
    limits: DEFAULT_LIMITS,
    seed: 0,
    stats: { wallMs: 0, guestPeakRssKb: null },
  }
}
