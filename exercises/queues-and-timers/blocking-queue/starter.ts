/** Clock and timers for waiting code. Tests inject a virtual one. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export class QueueClosedError extends Error {
  override name = 'QueueClosedError'
}

export class QueueTimeoutError extends Error {
  override name = 'QueueTimeoutError'
}

export interface WaitOpts {
  /** Longest wait in milliseconds; 0 means "do not wait", absent means "as long as it takes". */
  timeoutMs?: number
  signal?: AbortSignal
}

/** The real clock, for queues that are given no other. */
const systemTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => Number(setTimeout(fn, ms)),
  clearTimeout: (id) => clearTimeout(id),
}

/** A first-in first-out queue of at most `capacity` items that makes fast producers and idle consumers wait. */
export class BlockingQueue<T> {
  constructor(capacity: number, timers: Timers = systemTimers) {
    throw new Error('not implemented')
  }

  /** Appends `item`, waiting for room if the queue is full. */
  push(item: T, opts?: WaitOpts): Promise<void> {
    throw new Error('not implemented')
  }

  /** Takes the oldest item, waiting for one if the queue is empty. */
  pop(opts?: WaitOpts): Promise<T> {
    throw new Error('not implemented')
  }

  /** Appends `item` if that needs no waiting, and says whether it did. */
  tryPush(item: T): boolean {
    throw new Error('not implemented')
  }

  /** Takes the oldest item if there is one. */
  tryPop(): { ok: true; value: T } | { ok: false } {
    throw new Error('not implemented')
  }

  /** Takes no more items; those already in the queue can still be popped. */
  close(): void {
    throw new Error('not implemented')
  }

  /** Items in the queue. */
  get size(): number {
    throw new Error('not implemented')
  }

  /** Calls that are waiting right now. */
  get waiting(): { pushers: number; poppers: number } {
    throw new Error('not implemented')
  }
}
