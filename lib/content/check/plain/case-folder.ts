import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Run, testTimeoutMs } from '../run'

/** What the runner inside Vitest needs to know of a case; lies beside its files as case.json. */
export interface CaseFile {
  seed: number
  timeoutMs: number
}

export const CASE_FILE = 'case.json'

/**
 * Lays a run out as an author would have it: the test file with a `solution.ts` beside it. Answers the test file's
 * absolute path.
 */
export async function writeCase(root: string, index: number, run: Run): Promise<string> {
  const folder = path.join(root, String(index).padStart(5, '0'))
  const testFile = path.join(folder, `${run.tests}.test.ts`)
  const facts: CaseFile = { seed: run.seed, timeoutMs: testTimeoutMs(run) }
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(testFile, run.testSource),
    writeFile(path.join(folder, 'solution.ts'), run.source),
    writeFile(path.join(folder, CASE_FILE), JSON.stringify(facts)),
  ])
  return testFile
}
