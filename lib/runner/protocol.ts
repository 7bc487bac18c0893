/*
 * What the page, its sandboxed frame and the worker inside it say to each other. Everything that comes out of the
 * worker may have been written by the code under test, so it travels as text, is counted in the frame and parsed in
 * the page. It is shown to the person who wrote that code and is never a grade.
 */

/** First message of the frame to the page; the page answers by handing over one port. */
export const HELLO = 'handroll-frame'

/** One compiled file. Its name appears in stacks. */
export interface CompiledFile {
  name: string
  code: string
}

export interface RunJob {
  /** The solution every test file imports; each test file gets an instance of its own. */
  solution: CompiledFile
  tests: CompiledFile[]
  seed: number
  testTimeoutMs: number
}

/** From the page to the frame. */
export type FrameRequest = { type: 'run'; id: number; job: RunJob; wallMs: number } | { type: 'cancel'; id: number }

/** Why a run is over. Only `done` means that the tests came to their end. */
export type EndReason = 'done' | 'time-limit' | 'output-limit' | 'crashed' | 'cancelled'

/** From the frame to the page. `ready`: a worker stands by. `broken`: workers cannot be started here. */
export type FrameReply =
  | { type: 'ready' }
  | { type: 'broken'; message: string }
  | { type: 'started'; id: number }
  | { type: 'note'; id: number; text: string }
  | { type: 'ended'; id: number; reason: EndReason; message: string | null }
