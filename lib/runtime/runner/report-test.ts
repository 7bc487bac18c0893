import type { File, Suite, Test } from '@vitest/runner'
import type { RunTest, TestError } from '@/lib/contract/run'
import { currentRun } from '../current-run'

/* From the runner's records of tasks to a report. */

/** An error as the runner keeps it: of our own making, or one that the runner met elsewhere. */
interface KeptError {
  reports?: TestError[]
  name?: unknown
  message?: unknown
  stack?: unknown
}

const STATES = { pass: 'passed', fail: 'failed' } as const

/** What became of a test that has been run, or left out. */
export function reportTest(test: Test): RunTest {
  const { state, duration = 0, errors = [] } = test.result ?? {}
  const isOver = state === 'pass' || state === 'fail'
  return {
    ...placeOf(test),
    state: isOver ? STATES[state] : 'skipped',
    durationMs: duration,
    errors: state === 'fail' ? reportErrors(errors as KeptError[]) : [],
  }
}

/** Where a test stands. */
export function placeOf(test: Test): Pick<RunTest, 'file' | 'suites' | 'name'> {
  const suites: string[] = []
  for (let suite = test.suite; suite !== undefined && !('filepath' in suite); suite = suite.suite) {
    suites.unshift(suite.name)
  }
  return { file: test.file.name, suites, name: test.name }
}

/** Errors of the file and of its suites' hooks, which belong to no test. */
export function suiteErrors(suite: Suite | File): TestError[] {
  const own = reportErrors((suite.result?.errors ?? []) as KeptError[])
  return [...own, ...suite.tasks.flatMap((task) => (task.type === 'suite' ? suiteErrors(task) : []))]
}

function reportErrors(kept: readonly KeptError[]): TestError[] {
  const { details } = currentRun()
  const errors = kept.flatMap((error) => error.reports ?? [reportOwn(error, details)])
  // Several errors would tell how many assertions a hidden test makes.
  return details ? errors : errors.slice(0, 1)
}

/** An error that the runner made: a time limit, a count of assertions, a misplaced call. */
function reportOwn(error: KeptError, details: boolean): TestError {
  const text = (value: unknown): string | null => (details && typeof value === 'string' ? value : null)
  return {
    name: typeof error.name === 'string' && details ? error.name : 'Error',
    message: text(error.message) ?? '',
    expected: null,
    actual: null,
    diff: null,
    stack: text(error.stack),
  }
}
