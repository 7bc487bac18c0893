import { errorVerdict } from '@/lib/contract/error-verdict'
import type { GradingPhases, SourceProblem, Verdict, VerdictReason } from '@/lib/contract/verdict'
import type { GradingTask } from '../exercise'
import type { SolutionRun } from '../host/run-solution'
import type { ListedTest } from '../judge/messages'
import { compileProblem, ENDED_EARLY, loadProblem, missingExportProblem, NO_SETUP, UNCAUGHT } from './problem'
import { reasonOf } from './reason'
import { score } from './score'

/** What every verdict on a task says, whatever happened. */
export interface VerdictFrame {
  task: GradingTask
  listed: readonly ListedTest[]
  runtimeVersion: string
}

/** The verdict on a source that did not compile: every test has failed. */
export function compileErrorVerdict(frame: VerdictFrame, problem: SourceProblem | null): Verdict {
  const { tests, groups, score: points, maxScore } = score(frame.task.exercise, frame.listed, [])
  return {
    verdict: 'failed',
    reason: 'compile-error',
    score: points,
    maxScore,
    groups,
    tests,
    problem: problem && compileProblem(problem),
    ...named(frame),
    stats: { wallMs: 0, guestPeakRssKb: null },
  }
}

/**
 * The verdict on a run. It is a pass only if the judge itself has seen every listed test pass, and nothing else was
 * out of order. Groups that were complete before a run was cut short keep their points.
 * @param map source map of the compiled solution, as JSON
 */
export function runVerdict(frame: VerdictFrame, run: SolutionRun, map: string, phases: GradingPhases): Verdict {
  const { exercise } = frame.task
  const reason = reasonOf(run, exercise.limits)
  // What a judge has seen whose guest broke the protocol is worth nothing.
  const seen = score(exercise, frame.listed, reason === 'protocol-error' ? [] : run.tests)
  const { tests, groups, score: points, maxScore } = seen
  const strayed = reason === null && (seen.isComplete || run.tests.length === 0) ? strayError(run) : null
  const passed = reason === null && strayed === null && seen.isComplete && isInOrder(run)
  return {
    verdict: passed ? 'passed' : 'failed',
    reason: reason ?? (strayed ? 'runtime-error' : null),
    score: points,
    maxScore,
    groups,
    tests,
    problem: strayed ?? problemOf(run, reason, map),
    ...named(frame),
    stats: {
      wallMs: tenths(run.wallMs),
      guestPeakRssKb: run.usage.peakRssKb,
      phases: {
        compileMs: tenths(phases.compileMs),
        startMs: tenths(phases.startMs),
        testsMs: tenths(phases.testsMs),
        endMs: tenths(phases.endMs),
      },
    },
  }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** The verdict on a task that could not be graded through no fault of the learner. */
export function ungradedVerdict(task: GradingTask, runtimeVersion: string): Verdict {
  return errorVerdict(named({ task, runtimeVersion }))
}

function named({ task: { exercise, seed }, runtimeVersion }: Pick<VerdictFrame, 'task' | 'runtimeVersion'>) {
  return { misconception: null, exerciseVersion: exercise.version, runtimeVersion, limits: exercise.limits, seed }
}

function isInOrder({ outcome, timedOut, flooded }: SolutionRun): boolean {
  return outcome !== null && outcome.breach === null && !outcome.guestGone && !timedOut && !flooded
    && outcome.errors === 0 && outcome.uncaught === 0 && outcome.loadFailure === null && outcome.missingExport === null
}

/** Where no test tells what is wrong: an error that belongs to none of them. */
function strayError({ outcome, tests }: SolutionRun): SourceProblem | null {
  if (outcome === null || (outcome.errors === 0 && outcome.uncaught === 0)) return null
  return tests.length === 0 ? NO_SETUP : UNCAUGHT
}

function problemOf({ outcome }: SolutionRun, reason: VerdictReason | null, map: string): SourceProblem | null {
  if (reason !== 'runtime-error' || outcome === null) return null
  if (outcome.guestGone) return ENDED_EARLY
  if (outcome.missingExport !== null) return missingExportProblem(outcome.missingExport)
  return outcome.loadFailure && loadProblem(outcome.loadFailure, map)
}
