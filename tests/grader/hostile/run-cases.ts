import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type Limits } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { SAMPLE, sampleSolution } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/** What a hostile solution of the sample exercise tries, and what must come of it. */
export interface HostileCase {
  /** What it tries. The letter and number before it name the check in docs/attacks.md, which quotes this title. */
  attack: string
  source: string
  /** Exactly the verdict's reason, or one of several where the machine decides which limit is met first. */
  reason: Verdict['reason'] | readonly Verdict['reason'][]
  /**
   * Exactly the points that it gets: those of groups that it answers rightly, which are fewer when it ends the run. One
   * for each of several reasons, or one for all of them. Default 0.
   */
  score?: number | readonly number[]
  /** Where the right outcome is that nothing comes of it, and the honest rest passes. */
  passes?: boolean
  limits?: Partial<Limits>
}

/** A loop is stopped soon here; nothing in these tests is decided by a limit that an honest solution could meet. */
export const SHORT = { wallMs: 1_500 }

/** Two tests may be stuck and killed, and there is still time for the others. */
export const LOOPING = { wallMs: 4_000 }

/** For what ends by itself, however busy the machine is. */
export const PATIENT = { wallMs: 25_000 }

/**
 * Grades every case with the real grader, each followed by an honest solution on the same judges, which must pass.
 */
export function runCases(title: string, cases: readonly HostileCase[]): void {
  describe(title, () => {
    const grader = useGrader({ concurrency: 1 })
    it.each(cases.map((each) => [each.attack, each] as const))('%s', async (_, { source, reason, score = 0, passes = false, limits }) => {
      const exercise = { ...SAMPLE, limits: { ...DEFAULT_LIMITS, ...limits } }
      const verdict = await grader.grade({ exercise, source, seed: 1, shuffle: false })
      const reasons = Array.isArray(reason) ? reason : [reason]
      expect(reasons).toContain(verdict.reason)
      const earned = Array.isArray(score) ? score[reasons.indexOf(verdict.reason)] : score
      expect({ verdict: verdict.verdict, score: verdict.score }).toEqual({
        verdict: passes ? 'passed' : 'failed', score: passes ? 20 : earned,
      })
      const next = await grader.grade({ exercise: SAMPLE, source: sampleSolution(), seed: 2 })
      expect(next).toMatchObject({ verdict: 'passed', score: 20 })
    })
  })
}
