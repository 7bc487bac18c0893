import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { gradeSubmission } from '@/lib/learn/grade-submission'

/** Grades a queued submission as a grader process would, but for running the code: it passes or fails as told. */
export async function grade(submissionId: string, outcome: 'passed' | 'failed'): Promise<void> {
  await gradeSubmission({ grade: async ({ exercise, seed }) => verdictOf(exercise, outcome, seed) }, submissionId)
}

function verdictOf(
  { version, groups }: { version: string; groups: Record<string, { points: number }> },
  outcome: 'passed' | 'failed',
  seed: number,
): Verdict {
  const passed = outcome === 'passed'
  const list = Object.entries(groups)
  const points = list.reduce((sum, [, group]) => sum + group.points, 0)
  return {
    verdict: outcome,
    reason: null,
    score: passed ? points : 0,
    maxScore: points,
    groups: list.map(([title, group]) => {
      return { title, points: group.points, earned: passed ? group.points : 0, passed: passed ? 1 : 0, total: 1 }
    }),
    tests: list.map(([title]) => ({ name: 'holds', group: title, state: outcome, durationMs: 1 })),
    problem: null,
    misconception: null,
    exerciseVersion: version,
    runtimeVersion: 'test',
    limits: DEFAULT_LIMITS,
    seed,
    stats: { wallMs: 1, guestPeakRssKb: null },
  }
}
