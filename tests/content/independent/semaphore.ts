/** Waiting requests form a linked list, so that an aborted one leaves from anywhere in constant time. */
interface Waiter {
  readonly n: number
  readonly signal: AbortSignal | undefined
  readonly onAbort: () => void
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
  before?: Waiter
  behind?: Waiter
}

/** Requests in the order of their arrival. */
class Line {
  #first: Waiter | undefined
  #last: Waiter | undefined
  #length = 0

  get first(): Waiter | undefined {
    return this.#first
  }

  get length(): number {
    return this.#length
  }

  join(waiter: Waiter): void {
    waiter.before = this.#last
    if (this.#last) this.#last.behind = waiter
    else this.#first = waiter
    this.#last = waiter
    this.#length++
  }

  leave(waiter: Waiter): void {
    const { before, behind } = waiter
    if (before) before.behind = behind
    else this.#first = behind
    if (behind) behind.before = before
    else this.#last = before
    this.#length--
  }
}

function requireCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('n must be an integer of at least 0')
}

/** `size` permits, lent out in any number at a time, first come first served. */
export class Semaphore {
  readonly #size: number
  readonly #line = new Line()
  #available: number

  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError('size must be a positive integer')
    this.#size = size
    this.#available = size
  }

  /** Resolves once `n` permits are held. */
  async acquire(n = 1, signal?: AbortSignal): Promise<void> {
    requireCount(n)
    if (n > this.#size) throw new RangeError(`${n} permits will never be free of ${this.#size}`)
    if (signal?.aborted) throw signal.reason
    if (this.tryAcquire(n)) return
    await this.#wait(n, signal)
  }

  /** Takes `n` permits if that needs no waiting, and says whether it did. */
  tryAcquire(n = 1): boolean {
    requireCount(n)
    if (n === 0) return true
    if (this.#line.length > 0 || n > this.#available) return false
    this.#available -= n
    return true
  }

  /** Gives `n` permits back. */
  release(n = 1): void {
    requireCount(n)
    if (n > this.#size - this.#available) throw new RangeError('more permits are given back than are held')
    this.#available += n
    this.#serve()
  }

  /** Runs `fn` while holding `n` permits. */
  async use<T>(n: number, fn: () => Promise<T> | T): Promise<T> {
    await this.acquire(n)
    try {
      return await fn()
    } finally {
      this.release(n)
    }
  }

  /** Permits that nobody holds. */
  get available(): number {
    return this.#available
  }

  /** Calls that wait right now. */
  get waiting(): number {
    return this.#line.length
  }

  #wait(n: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#giveUp(waiter)
        this.#serve()
      }
      const waiter: Waiter = { n, signal, onAbort, resolve, reject }
      this.#line.join(waiter)
      signal?.addEventListener('abort', onAbort)
    })
  }

  #leave(waiter: Waiter): void {
    this.#line.leave(waiter)
    waiter.signal?.removeEventListener('abort', waiter.onAbort)
  }

  #giveUp(waiter: Waiter): void {
    this.#leave(waiter)
    waiter.reject(waiter.signal?.reason)
  }

  /** Serves waiters from the head of the line while they fit. */
  #serve(): void {
    for (let waiter = this.#line.first; waiter; waiter = this.#line.first) {
      if (waiter.signal?.aborted) {
        // Its signal has aborted together with that of somebody before it, and its turn to hear of it is still to come.
        this.#giveUp(waiter)
        continue
      }
      if (waiter.n > this.#available) return
      this.#available -= waiter.n
      this.#leave(waiter)
      waiter.resolve()
    }
  }
}
