/** The counter would fall below zero: something was counted down that had not been counted. */
export class NegativeCounterError extends Error {
  override name = 'NegativeCounterError'
}

/** Counts tasks that are under way, and lets others wait until there are none. */
export class WaitGroup {
  /** Changes the counter by `delta`, which may be negative. */
  add(delta: number): void {
    throw new Error('not implemented')
  }

  /** One task less. */
  done(): void {
    throw new Error('not implemented')
  }

  /** Resolves when the counter is 0. */
  wait(): Promise<void> {
    throw new Error('not implemented')
  }

  /** Runs `fn` as a task of this group; resolves or rejects as it did. */
  go(fn: () => Promise<void> | void): Promise<void> {
    throw new Error('not implemented')
  }

  /** Tasks under way. */
  get count(): number {
    throw new Error('not implemented')
  }

  /** Calls of wait() that have not been released. */
  get waiters(): number {
    throw new Error('not implemented')
  }
}
