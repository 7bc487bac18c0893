/** A lock to be held around the state that a condition speaks about. */
export interface Locker {
  lock(): Promise<void>
  unlock(): void
}

/** Lets the holder of a lock sleep until somebody says that something has changed. */
export class Cond {
  constructor(l: Locker) {
    throw new Error('not implemented')
  }

  /** Gives up the lock, sleeps until woken, and holds the lock again when it resolves. */
  wait(): Promise<void> {
    throw new Error('not implemented')
  }

  /** Resolves, holding the lock, when `pred` is true. */
  waitFor(pred: () => boolean): Promise<void> {
    throw new Error('not implemented')
  }

  /** Wakes the one who has waited longest. */
  signal(): void {
    throw new Error('not implemented')
  }

  /** Wakes everybody who waits now. */
  broadcast(): void {
    throw new Error('not implemented')
  }

  /** Waits that nobody has woken yet. */
  get waiting(): number {
    throw new Error('not implemented')
  }
}
