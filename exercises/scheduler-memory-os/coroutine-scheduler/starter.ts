/** What a coroutine may ask of the scheduler by yielding it. */
export type Yielded =
  | { type: 'gosched' }
  | { type: 'sleep'; ticks: number }
  | { type: 'join'; id: number }
  | { type: 'spawn'; fn: CoFn }
  | { type: 'exit' }

/** The body of a coroutine; `self` is its id. */
export type CoFn = (self: number) => Generator<Yielded, unknown, unknown>

export interface RunReport {
  /** What each coroutine returned that came to its end. */
  results: Map<number, unknown>
  /** What each coroutine threw that did not catch it. */
  errors: Map<number, unknown>
  /** Whose turn it was, slice by slice. */
  trace: number[]
  /** The virtual time at the end. */
  ticks: number
  /** Coroutines that wait for ever, in ascending order. */
  deadlocked: number[]
}

/** Runs coroutines on one thread: each keeps it until it yields. */
export class Scheduler {
  /** Adds a coroutine to the end of the ready queue and returns its id. */
  spawn(fn: CoFn): number {
    throw new Error('not implemented')
  }

  /** Runs until no coroutine can run any more. */
  run(): RunReport {
    throw new Error('not implemented')
  }
}
