import type { Limits } from '@/lib/contract/exercise'
import { fullName, type JudgedTest } from '../judge/messages'
import { runSolution, type RunTask, type SolutionRun, type Workshop } from './run-solution'

/** Milliseconds below which it is not worth while to begin once more. */
const LEAST_MS = 50

/**
 * Runs a solution and all its tests. Where one of them is stuck in a call, its guest is killed, that test has failed, and
 * those that have not had their turn get it in another guest, as long as the wall limit of all together allows: an
 * endless loop in one method costs only the tests of that method.
 * @throws for faults of ours only
 */
export async function runAllTests(workshop: Workshop, task: Omit<RunTask, 'leaveOut'>, limits: Limits): Promise<SolutionRun> {
  let whole = await runSolution(workshop, { ...task, leaveOut: [] }, limits)
  for (let last = whole; last.stalled; ) {
    const ended = whole.tests.filter(hadItsTurn)
    const budgetMs = limits.wallMs - whole.wallMs
    // One that gets no test to its end would not get there in another guest either.
    if (!last.tests.some(hadItsTurn) || ended.length === whole.tests.length || budgetMs < LEAST_MS) break
    last = await runSolution(workshop, { ...task, leaveOut: ended.map(fullName) }, limits, budgetMs)
    whole = joined({ ...whole, tests: ended }, last)
  }
  return whole
}

/** Tests that a file leaves out look the same as those whose run has ended before them; running those again does no harm. */
function hadItsTurn({ state }: JudgedTest): boolean {
  return state !== 'skipped'
}

/** Two runs of parts of the same tests as one, which was stopped in any case. */
function joined(first: SolutionRun, next: SolutionRun): SolutionRun {
  const done = new Set(first.tests.map(fullName))
  return {
    ...next,
    tests: [...first.tests, ...next.tests.filter((test) => !done.has(fullName(test)))],
    timedOut: true,
    stalled: true,
    usage: {
      peakRssKb: most(first.usage.peakRssKb, next.usage.peakRssKb),
      starvedMs: sum(first.usage.starvedMs, next.usage.starvedMs),
    },
    wallMs: first.wallMs + next.wallMs,
    phases: {
      startMs: first.phases.startMs + next.phases.startMs,
      testsMs: first.phases.testsMs + next.phases.testsMs,
      endMs: first.phases.endMs + next.phases.endMs,
    },
  }
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
