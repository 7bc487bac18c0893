import type { ServerCompiler } from '@/lib/compile/server'
import type { Limits } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import type { GradingTask } from '../exercise'
import { compileErrorVerdict, runVerdict } from '../verdict/make-verdict'
import type { HiddenTestsCache } from './hidden-tests'
import { runAllTests } from './run-all-tests'
import type { RunTask, SolutionRun, Workshop } from './run-solution'

/** Part of the wall limit for which a solution must have lacked a processor to be given a second run. */
const STARVED_SHARE = 0.2

export interface GradingTools extends Workshop {
  compiler: ServerCompiler
  hiddenTests: HiddenTestsCache
  runtimeVersion: string
}

/**
 * Grades one source.
 * @throws for faults of ours and of the exercise only; whatever a solution does is a verdict
 */
export async function grade(tools: GradingTools, task: GradingTask): Promise<Verdict> {
  const { exercise, source, seed } = task
  const began = performance.now()
  const [solution, tests] = await Promise.all([
    tools.compiler.compile({ name: 'solution.ts', source, kind: 'solution' }),
    tools.hiddenTests.get(exercise.hiddenTests),
  ])
  const compileMs = performance.now() - began
  const frame = { task, listed: tests.listed, runtimeVersion: tools.runtimeVersion }
  if (!solution.ok) return compileErrorVerdict(frame, solution.problems[0] ?? null)
  const run = await runFairly(tools, {
    tests: { code: tests.code, key: tests.key },
    solution: solution.code,
    exports: exercise.exports ?? [],
    seed,
    shuffle: task.shuffle ?? true,
    // A promise that never settles fails its own test, and leaves time for others.
    testTimeoutMs: exercise.limits.wallMs / 4,
  }, exercise.limits)
  const breach = run.outcome?.breach
  // Worth a look: either somebody tries to deceive the judge, or the membrane does not understand its own guest.
  if (breach?.kind === 'protocol') console.error(`A solution of ${exercise.slug} broke the protocol: ${breach.message}`)
  return runVerdict(frame, run, solution.map, { compileMs, ...run.phases })
}

/** A run in which the machine may have had its part is tried once more. */
async function runFairly(tools: Workshop, task: Omit<RunTask, 'leaveOut'>, limits: Limits): Promise<SolutionRun> {
  const run = await runAllTests(tools, task, limits)
  return wasStarved(run, limits) || wasKilled(run) ? runAllTests(tools, task, limits) : run
}

/** It met its time limit on a machine that was too busy to let it run. */
function wasStarved({ timedOut, usage: { starvedMs } }: SolutionRun, { wallMs }: Limits): boolean {
  return timedOut && starvedMs !== null && starvedMs > wallMs * STARVED_SHARE
}

/** Its guest was killed by somebody else: whoever runs the machine, or a system that is short of memory. */
function wasKilled({ outcome, timedOut, flooded, exit }: SolutionRun): boolean {
  return !timedOut && !flooded && outcome?.breach === null && outcome.guestGone && exit.signal === 'SIGKILL'
}
