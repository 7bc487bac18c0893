import { DEFAULT_LIMITS } from './exercise'
import type { Verdict } from './verdict'

/** What is known of a grading that failed. */
export type FailedGrading = Pick<Verdict, 'exerciseVersion'> & Partial<Pick<Verdict, 'runtimeVersion' | 'limits' | 'seed'>>

/** The verdict on a source that could not be graded through no fault of the learner. It costs nothing. */
export function errorVerdict({
  exerciseVersion,
  runtimeVersion = 'none',
  limits = DEFAULT_LIMITS,
  seed = 0,
}: FailedGrading): Verdict {
  return {
    verdict: 'error',
    reason: 'internal-error',
    score: 0,
    maxScore: 0,
    groups: [],
    tests: [],
    problem: null,
    misconception: null,
    exerciseVersion,
    runtimeVersion,
    limits,
    seed,
    stats: { wallMs: 0, guestPeakRssKb: null },
  }
}
