export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

/** Decides which calls fit into the bucket, and when each of them may start. */
export class LeakyMeter {
  constructor(opts: { capacity: number; leakPerSec: number; now: () => number }) {
    throw new Error('not implemented')
  }

  offer(): { accepted: boolean; startAt: number | null } {
    throw new Error('not implemented')
  }

  /** Drops in the bucket now, with fractions. */
  level(): number {
    throw new Error('not implemented')
  }
}

/** Keeps items in line and handles one at each interval. */
export class LeakyQueue<T> {
  constructor(opts: {
    capacity: number
    intervalMs: number
    handle: (item: T) => void | Promise<void>
    timers: Timers
  }) {
    throw new Error('not implemented')
  }

  /** Takes an item in, and says whether there was room. */
  push(item: T): boolean {
    throw new Error('not implemented')
  }

  /** Items that wait. */
  get size(): number {
    throw new Error('not implemented')
  }

  /** Ends it all, and gives back what was not handled. */
  stop(): T[] {
    throw new Error('not implemented')
  }
}
