/** One call that waits, and its neighbours in the line. */
interface Waiter {
  readonly n: number
  /** Ends the wait well; the permits are already taken for it. */
  readonly grant: () => void
  prev: Waiter | null
  next: Waiter | null
}

/**
 * Waiters in the order of arrival; they leave at the front, or from the middle when they give up, always in O(1).
 * (A Set keeps the order too, but taking its first element again and again walks over all deleted ones.)
 */
class Line {
  #head: Waiter | null = null
  #tail: Waiter | null = null
  #length = 0

  get head(): Waiter | null {
    return this.#head
  }

  get length(): number {
    return this.#length
  }

  join(n: number, grant: () => void): Waiter {
    const waiter: Waiter = { n, grant, prev: this.#tail, next: null }
    if (this.#tail) this.#tail.next = waiter
    else this.#head = waiter
    this.#tail = waiter
    this.#length++
    return waiter
  }

  leave(waiter: Waiter): void {
    if (waiter.prev) waiter.prev.next = waiter.next
    else this.#head = waiter.next
    if (waiter.next) waiter.next.prev = waiter.prev
    else this.#tail = waiter.prev
    this.#length--
  }
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

  // `async` turns throws into rejections; up to the first `await` the body still runs inside the call.
  async acquire(n = 1, signal?: AbortSignal): Promise<void> {
    checkCount(n)
    if (n > this.#size) throw new RangeError(`${n} permits can never be had from ${this.#size}`)
    signal?.throwIfAborted()
    if (!this.tryAcquire(n)) await this.#wait(n, signal)
  }

  tryAcquire(n = 1): boolean {
    checkCount(n)
    if (n === 0) return true
    // While somebody waits, what is available is being saved up for the head of the line.
    if (this.#line.length > 0 || n > this.#available) return false
    this.#available -= n
    return true
  }

  release(n = 1): void {
    checkCount(n)
    if (n > this.#size - this.#available) throw new RangeError('released more permits than are held')
    this.#available += n
    this.#serve()
  }

  async use<T>(n: number, fn: () => Promise<T> | T): Promise<T> {
    await this.acquire(n)
    try {
      return await fn()
    } finally {
      this.release(n)
    }
  }

  get available(): number {
    return this.#available
  }

  get waiting(): number {
    return this.#line.length
  }

  #wait(n: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#line.leave(waiter)
        reject(signal?.reason)
      }
      const waiter = this.#line.join(n, () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Grants permits from the head of the line on, until one request does not fit. */
  #serve(): void {
    for (let head = this.#line.head; head && head.n <= this.#available; head = this.#line.head) {
      // Taken here and not when the waiter runs: in between nobody can get them.
      this.#available -= head.n
      this.#line.leave(head)
      head.grant()
    }
  }
}

function checkCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${n} is no number of permits`)
}
