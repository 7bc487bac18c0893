import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { RESULTS_DIR, runCommand } from './run-command'
import { failure, type Failure, type SuiteResult } from './suite-result'

/** What is used of the report that Vitest's JSON reporter writes. */
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    message: z.string(),
    assertionResults: z.array(z.object({
      fullName: z.string(),
      status: z.string(),
      failureMessages: z.array(z.string()).nullish(),
    })),
  })),
})
type Report = z.infer<typeof Report>

/** Runs the test files below a folder and counts their tests. A file that does not load counts as one failed test. */
export async function vitestSuite(name: string, filter: string): Promise<SuiteResult> {
  const output = path.join(RESULTS_DIR, `${name}.json`)
  rmSync(output, { force: true })
  const vitest = path.resolve('node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
  const { code, tail, durationMs } = await runCommand(name, [vitest, 'run', filter, ...reporters])
  const report = readReport(output)
  if (!report) return failure(name, 'ended without a result', tail, durationMs)

  const failures = failuresOf(report)
  // An error outside any test (an unhandled rejection, a set-up that throws) fails no test but the run.
  if (code !== 0 && failures.length === 0) failures.push({ title: `Vitest ended with ${code ?? 'a signal'}`, details: tail })
  return {
    name,
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    durationMs,
  }
}

function readReport(file: string): Report | null {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function failuresOf({ testResults }: Report): Failure[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative('.', name)
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => {
      return { title: `${file}: ${test.fullName}`, details: (test.failureMessages ?? []).join('\n') }
    })
    return failed.length === 0 && status === 'failed' ? [{ title: file, details: message }] : failed
  })
}
