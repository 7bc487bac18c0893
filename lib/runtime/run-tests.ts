import type { RunReport, RunTest } from '@/lib/contract/run'
import { native } from './clock'
import { enterRun } from './current-run'
import { describeError } from './errors/describe-error'
import { seal, SealedError } from './errors/seal'
import type { RunOptions } from './run-options'
import { primeRunner } from './runner/prime'
import { runFile } from './runner/run-file'

export type { RunOptions, TestFile } from './run-options'

/** Errors outside any test of the run that is going on, or null between runs. */
let unhandled: RunReport['errors'] | null = null

/**
 * Runs test files one after another with Vitest's own runner and matchers, and reports every test in the order of the
 * files' texts. Whatever goes wrong in a test file is part of the report; the promise only rejects for a fault of ours.
 * One run at a time in a realm; nothing of it is left for the next.
 */
export async function runTests(options: RunOptions): Promise<RunReport> {
  if (unhandled !== null) throw new Error('a run is already going on in this realm')
  const started = native.now()
  const leave = enterRun({ foreign: options.foreign, details: options.details })
  const errors: RunReport['errors'] = []
  unhandled = errors
  try {
    await primeRunner()
    const tests: RunTest[] = []
    for (const file of options.files) {
      const report = await runFile(file, options)
      tests.push(...report.tests)
      errors.push(...report.errors)
    }
    return { tests, errors, durationMs: native.now() - started }
  } finally {
    unhandled = null
    leave()
  }
}

/**
 * Adds an error that no test could catch (a rejection that nobody handles) to the report of the run that is going on.
 * False when there is none. For the host, which is the one that hears of it.
 */
export function reportUnhandled(thrown: unknown): boolean {
  if (unhandled === null) return false
  const sealed = seal(thrown)
  unhandled.push(...(sealed instanceof SealedError ? sealed.reports : describeError(thrown)))
  return true
}
