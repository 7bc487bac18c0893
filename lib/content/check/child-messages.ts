import type { Run, TestOutcome } from './run'

/** To a child: what to run, and a folder for whatever files it needs. Its parent removes the folder. */
export interface ChildJob {
  runs: Run[]
  scratch: string
}

/** From a child: `started` and `ended` for each run in turn; `unhandled` may follow; `finished` comes last. */
export type ChildMessage =
  | { kind: 'started'; id: string }
  | { kind: 'ended'; id: string; tests: TestOutcome[]; fault: string | null; wallMs: number }
  | { kind: 'unhandled'; id: string; message: string }
  | { kind: 'finished' }
