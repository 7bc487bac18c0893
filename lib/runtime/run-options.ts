import type { RunTest } from '@/lib/contract/run'
import type { Foreign } from './foreign'

/** A compiled test file. */
export interface TestFile {
  name: string
  /** Its CommonJS body. */
  load: (require: (specifier: string) => unknown, module: { exports: unknown }, exports: unknown) => void
}

export interface RunOptions {
  files: TestFile[]
  /** The solution's exports, as the tests see them. Called at most once per test file, when it first imports them. */
  solution: (testFile: string) => unknown
  /** Runs a driver's source text beside the solution with these arguments: `inGuest`. */
  drive: (source: string, args: unknown[]) => unknown
  foreign: Foreign
  /** Of the order, if shuffled, and of the tests' random numbers. */
  seed: number
  shuffle: boolean
  /** For each test and hook that sets no limit of its own. */
  testTimeoutMs: number
  /** False in the judge: error messages, diffs and values are then never even made, for they are of hidden tests. */
  details: boolean
  /**
   * Only collects, and runs nothing: tests that would run are reported as failed, since none of them has passed, and
   * others as skipped.
   */
  collectOnly?: boolean
  /** Tests that are reported as skipped, whatever their file says. */
  isLeftOut?: (test: Pick<RunTest, 'suites' | 'name'>) => boolean
  /** Whether the solution is still there. A test that ends without it has failed, whatever it says. */
  isAlive?: () => boolean
  /** A test begins; titles from the outermost `describe` on, joined by ` > `. */
  onTestStart?: (fullName: string) => void
  /** A test has ended. Those that were left out come when their file has. */
  onTest?: (test: RunTest) => void
  /** Ends the run: tests that have not ended are reported as skipped. */
  signal?: AbortSignal
}
