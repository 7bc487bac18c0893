import type { Limits } from '@/lib/contract/exercise'

/** Where a run takes place. All must agree on every test. */
export type HostName = 'plain' | 'loopback' | 'pipe'

/** One test file of an exercise against one source. */
export interface Run {
  /** Unique among the runs of one check: exercise, source, tests, seed. */
  id: string
  /** The exercise's folder, relative to the content folder. */
  place: string
  /** What stands in for `./solution`: a file in the exercise's folder, or its independent solution. */
  target: string
  source: string
  tests: 'visible' | 'hidden'
  testSource: string
  /** Shuffles the tests, and seeds `random`. */
  seed: number
  limits: Limits
  /** Whether it is a reference, which ends and passes: one that seems not to is tried again before that is believed. */
  mustEnd: boolean
}

export interface TestOutcome {
  /** Title of the enclosing top-level describe, or '' where there is none. */
  group: string
  /** Titles below the group, joined. */
  name: string
  state: 'passed' | 'failed' | 'skipped'
  /** First line of the first error, for the author. */
  message: string | null
}

export interface RunResult {
  run: Run
  host: HostName
  tests: TestOutcome[]
  /** What went wrong outside any test (loading, an unhandled rejection, the time limit), or null. */
  fault: string | null
  wallMs: number
}

/** Time for a single test, so that several which never end still leave the rest their turn. */
export function testTimeoutMs({ limits }: Run): number {
  return limits.wallMs / 4
}

/** What every host needs to know besides the runs. */
export interface HostOptions {
  /** Folder for scratch files. */
  scratch: string
  /** Runs side by side. */
  workers: number
  /** Called when a run has ended, for progress. */
  onEnded: () => void
}

/** Whether every test passed, and there was one. */
export function passed(result: RunResult): boolean {
  return result.fault === null && result.tests.length > 0 && result.tests.every((test) => test.state === 'passed')
}

/** Why a result did not pass, for the author. */
export function reasonFor({ tests, fault }: RunResult): string {
  const first = tests.find(({ state }) => state !== 'passed')
  return fault ?? (first === undefined ? 'ran no test' : `"${first.name}" ${first.state}: ${first.message ?? ''}`)
}

/** Full names of the tests that did not pass, in a fixed order. */
export function failedTests(result: RunResult): string[] {
  const failed = result.tests.filter((test) => test.state !== 'passed')
  return failed.map((test) => `${test.group} > ${test.name}`).sort()
}
