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
  readonly #capacity: number
  readonly #timers: Timers
  readonly #items: T[] = []
  #pushers: Array<() => void> = []
  #poppers: Array<() => void> = []
  #closed = false

  constructor(capacity: number, timers: Timers = systemTimers) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    this.#capacity = capacity
    this.#timers = timers
  }

  async push(item: T, opts: WaitOpts = {}): Promise<void> {
    opts.signal?.throwIfAborted()
    if (this.#closed) throw new QueueClosedError()
    // Waits for "not full" once; by the time it runs, others woken with it may have filled the queue again.
    if (this.#items.length >= this.#capacity) await this.#sleep(this.#pushers, opts)
    if (this.#closed) throw new QueueClosedError()
    this.#items.push(item)
    this.#wake(this.#poppers)
  }

  async pop(opts: WaitOpts = {}): Promise<T> {
    opts.signal?.throwIfAborted()
    while (this.#items.length === 0) {
      if (this.#closed) throw new QueueClosedError()
      await this.#sleep(this.#poppers, opts)
    }
    const item = this.#items.shift() as T
    this.#wake(this.#pushers)
    return item
  }

  tryPush(item: T): boolean {
    if (this.#closed || this.#items.length >= this.#capacity) return false
    this.#items.push(item)
    this.#wake(this.#poppers)
    return true
  }

  tryPop(): { ok: true; value: T } | { ok: false } {
    if (this.#items.length === 0) return { ok: false }
    const value = this.#items.shift() as T
    this.#wake(this.#pushers)
    return { ok: true, value }
  }

  close(): void {
    this.#closed = true
    this.#wake(this.#pushers)
    this.#wake(this.#poppers)
  }

  get size(): number {
    return this.#items.length
  }

  get waiting(): { pushers: number; poppers: number } {
    return { pushers: this.#pushers.length, poppers: this.#poppers.length }
  }

  #wake(line: Array<() => void>): void {
    for (const wake of line.splice(0)) wake()
  }

  #sleep(line: Array<() => void>, { timeoutMs, signal }: WaitOpts): Promise<void> {
    if (timeoutMs === 0) return Promise.reject(new QueueTimeoutError())
    return new Promise((resolve, reject) => {
      let timer: number | null = null
      const done = () => {
        if (timer !== null) this.#timers.clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const wake = () => {
        done()
        resolve()
      }
      const giveUp = (reason: unknown) => {
        line.splice(line.indexOf(wake), 1)
        done()
        reject(reason)
      }
      const onAbort = () => giveUp(signal?.reason)
      line.push(wake)
      signal?.addEventListener('abort', onAbort)
      if (timeoutMs !== undefined) {
        timer = this.#timers.setTimeout(() => giveUp(new QueueTimeoutError()), timeoutMs)
      }
    })
  }
}
