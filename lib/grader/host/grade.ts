import type { ServerCompiler } from '@/lib/compile/server'
import { testTimeout, type Limits } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import type { GradingTask } from '../exercise'
import { compileErrorVerdict, runVerdict } from '../verdict/make-verdict'
import type { HiddenTestsCache } from './hidden-tests'
import { machineHadPart } from './machine-part'
import { runAllTests } from './run-all-tests'
import type { RunTask, SolutionRun, Workshop } from './run-solution'

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
    testTimeoutMs: testTimeout(exercise.limits),
  }, exercise.limits)
  const breach = run.outcome?.breach
  // Worth a look: either somebody tries to deceive the judge, or the membrane does not understand its own guest.
  if (breach?.kind === 'protocol') console.error(`A solution of ${exercise.slug} broke the protocol: ${breach.message}`)
  return runVerdict(frame, run, solution.map, { compileMs, ...run.phases })
}

/** A run in which the machine may have had its part is tried once more. */
async function runFairly(tools: Workshop, task: Omit<RunTask, 'leaveOut'>, limits: Limits): Promise<SolutionRun> {
  const run = await runAllTests(tools, task, limits)
  return machineHadPart(run, limits) ? runAllTests(tools, task, limits) : run
}
