import { NOTHING_FOREIGN } from '@/lib/runtime/foreign'
import { runTests } from '@/lib/runtime/run-tests'
import { anySolution } from './any-solution'
import type { CompiledTests, ListedTest } from './messages'
import { testFile } from './test-files'

/**
 * Lists the tests of a file without any solution. A verdict counts against this list, which no submission can touch.
 * Tests must therefore not depend on the solution for being there.
 */
export async function listTests(tests: CompiledTests): Promise<{ tests: ListedTest[]; problem: string | null }> {
  const report = await runTests({
    files: [testFile(tests)],
    solution: anySolution,
    drive: anySolution,
    foreign: NOTHING_FOREIGN,
    seed: 1,
    shuffle: false,
    testTimeoutMs: 1_000,
    // For their author: there is no submission in this.
    details: true,
    collectOnly: true,
  })
  const listed = report.tests.map(({ suites, name, state }) => ({ suites, name, skipped: state === 'skipped' }))
  const [error] = report.errors
  return { tests: listed, problem: error ? `${error.name}: ${error.message}` : null }
}
