/* Between the host and a judge, which is a thread of it. */

/** A test as it stands in its file. */
export interface ListedTest {
  /** Titles of the enclosing describe blocks, outermost first. */
  suites: string[]
  name: string
  /** Left out by the file itself. */
  skipped: boolean
}

export interface CompiledTests {
  /** CommonJS body of the hidden tests. */
  code: string
  /** Hash of their source: a judge that has seen it need not parse them again. */
  key: string
}

export interface JudgeTask {
  tests: CompiledTests
  /** CommonJS body of the solution. */
  solution: string
  /** Names that it must export. */
  exports: readonly string[]
  /** Descriptors of the connection to the guest. */
  ends: { read: number; write: number }
  seed: number
  shuffle: boolean
  testTimeoutMs: number
  /** Full names of tests that are not to be run again, each with the titles of its blocks; see `fullName`. */
  leaveOut: readonly string[]
  /**
   * Shared with the host, who looks at it while the judge is blocked: how often the judge has begun and ended to
   * wait for an answer of the solution, once that was loaded.
   */
  waits: Int32Array
}

/** A test that has ended. */
export interface JudgedTest {
  suites: string[]
  name: string
  state: 'passed' | 'failed' | 'skipped'
  durationMs: number
}

/** A test's own name below the titles of its blocks, as one text. */
export function fullName({ suites, name }: Pick<ListedTest, 'suites' | 'name'>): string {
  return JSON.stringify([...suites, name])
}

/** What the solution threw while it loaded, in its own words: no test has told it anything yet. */
export interface LoadFailure {
  name: string
  message: string
  stack: string | null
}

export interface JudgeOutcome {
  /** Whether the guest answered before it was given the solution. If not, nothing of this is the solution's doing. */
  guestStarted: boolean
  loadFailure: LoadFailure | null
  missingExport: string | null
  /** Errors outside any test: the file or a suite could not be set up, a rejection that nobody handled. */
  errors: number
  /** Errors that the solution raised outside any call. */
  uncaught: number
  /** The guest sent what an honest one never sends, or more than it may. The message is for our log. */
  breach: { kind: 'protocol' | 'output'; message: string } | null
  /** The guest was gone before the judge had finished. */
  guestGone: boolean
}

export type JudgeRequest = { type: 'list'; tests: CompiledTests } | { type: 'judge'; task: JudgeTask }

export type JudgeReply =
  | { type: 'ready' }
  | { type: 'listed'; tests: ListedTest[]; problem: string | null }
  /** The guest is there; from now on it works for the solution. */
  | { type: 'started' }
  | { type: 'ended'; test: JudgedTest }
  | { type: 'judged'; outcome: JudgeOutcome }
