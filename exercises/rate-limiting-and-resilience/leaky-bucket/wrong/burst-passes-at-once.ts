export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

/** Decides which calls fit into the bucket, and when each of them may start. */
export class LeakyMeter {
  readonly #capacity: number
  readonly #intervalMs: number
  readonly #now: () => number
  /** When the bucket will have run dry. This is all there is to know: the level follows from it. */
  #emptyAt = Number.NEGATIVE_INFINITY

  constructor({ capacity, leakPerSec, now }: { capacity: number; leakPerSec: number; now: () => number }) {
    checkCapacity(capacity)
    checkPositive('leakPerSec', leakPerSec)
    this.#capacity = capacity
    this.#intervalMs = 1000 / leakPerSec
    this.#now = now
  }

  offer(): { accepted: boolean; startAt: number | null } {
    if (this.level() > this.#capacity - 1) return { accepted: false, startAt: null }
    // Not before now: time in which the bucket was empty is gone.
    const startAt = Math.max(this.#now(), this.#emptyAt)
    this.#emptyAt = startAt + this.#intervalMs
    return { accepted: true, startAt: this.#now() }
  }

  level(): number {
    return Math.max(0, (this.#emptyAt - this.#now()) / this.#intervalMs)
  }
}

/** Keeps items in line and handles one at each interval. */
export class LeakyQueue<T> {
  readonly #capacity: number
  readonly #intervalMs: number
  readonly #handle: (item: T) => void | Promise<void>
  readonly #timers: Timers
  readonly #line: T[] = []
  /** When the next item may be handled. */
  #freeAt = Number.NEGATIVE_INFINITY
  /** Runs only while somebody waits. */
  #timer: number | null = null
  #isStopped = false

  constructor(opts: {
    capacity: number
    intervalMs: number
    handle: (item: T) => void | Promise<void>
    timers: Timers
  }) {
    checkCapacity(opts.capacity)
    checkPositive('intervalMs', opts.intervalMs)
    this.#capacity = opts.capacity
    this.#intervalMs = opts.intervalMs
    this.#handle = opts.handle
    this.#timers = opts.timers
  }

  push(item: T): boolean {
    if (this.#isStopped) return false
    if (this.#line.length === 0 && this.#timers.now() >= this.#freeAt) {
      this.#drip(item)
      return true
    }
    if (this.#line.length >= this.#capacity) return false
    this.#line.push(item)
    this.#schedule()
    return true
  }

  get size(): number {
    return this.#line.length
  }

  stop(): T[] {
    this.#isStopped = true
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer)
    this.#timer = null
    return this.#line.splice(0)
  }

  /** Lets one item out. The next may follow an interval after this moment, however late this one was. */
  #drip(item: T): void {
    this.#freeAt = this.#timers.now() + this.#intervalMs
    this.#schedule()
    // An async function catches both a throw and a rejection. Nobody waits for it: the rate is that of the bucket.
    const run = async () => this.#handle(item)
    run().catch(() => {})
  }

  #schedule(): void {
    if (this.#timer !== null || this.#line.length === 0) return
    this.#timer = this.#timers.setTimeout(() => {
      this.#timer = null
      this.#drip(this.#line.shift() as T)
    }, this.#freeAt - this.#timers.now())
  }
}

function checkCapacity(capacity: number): void {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
}

function checkPositive(name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} must be a number above 0`)
}
