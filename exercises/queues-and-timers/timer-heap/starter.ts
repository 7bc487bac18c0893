export interface Timer {
  /** Disarms the timer. True if it was pending. */
  stop(): boolean
  /** Arms the timer anew, `ms` from now. True if it was pending. */
  reset(ms: number): boolean
  /** Whether the timer is pending. */
  readonly active: boolean
}

/** Timers over an injected clock. Nothing runs by itself: the owner calls `runDue` when `nextDeadline` has come. */
export class TimerHeap {
  constructor(now: () => number, arity = 4) {
    throw new Error('not implemented')
  }

  /** Calls `fn` once, `ms` milliseconds from now. */
  after(ms: number, fn: () => void): Timer {
    throw new Error('not implemented')
  }

  /** Calls `fn` every `ms` milliseconds, on a grid that starts now. */
  every(ms: number, fn: () => void): Timer {
    throw new Error('not implemented')
  }

  /** Runs all callbacks that are due and returns how many ran. */
  runDue(): number {
    throw new Error('not implemented')
  }

  /** The earliest deadline of a pending timer, or null. */
  nextDeadline(): number | null {
    throw new Error('not implemented')
  }

  /** Number of pending timers. */
  get size(): number {
    throw new Error('not implemented')
  }
}
