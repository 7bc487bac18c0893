/** Three linked lists (items, pushers, poppers), whose entries can be taken out anywhere in constant time; the calls that wait are built on those that do not. */
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
  timeoutMs?: number
  signal?: AbortSignal
}

const systemTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (fn, ms) => Number(setTimeout(fn, ms)),
  clearTimeout: (id) => clearTimeout(id),
}

interface Link<E> {
  readonly element: E
  before: Link<E> | null
  after: Link<E> | null
}

/** First in, first out, but anybody may leave early. */
class Line<E> {
  #first: Link<E> | null = null
  #last: Link<E> | null = null
  #length = 0

  get length(): number {
    return this.#length
  }

  join(element: E): Link<E> {
    const link: Link<E> = { element, before: this.#last, after: null }
    if (this.#last === null) this.#first = link
    else this.#last.after = link
    this.#last = link
    this.#length++
    return link
  }

  /** Takes out a link that is in this line. */
  leave(link: Link<E>): void {
    if (link.before === null) this.#first = link.after
    else link.before.after = link.after
    if (link.after === null) this.#last = link.before
    else link.after.before = link.before
    this.#length--
  }

  shift(): Link<E> | null {
    const link = this.#first
    if (link !== null) this.leave(link)
    return link
  }
}

interface Waiter<R> {
  succeed(result: R): void
  fail(reason: unknown): void
}

interface Pusher<T> extends Waiter<void> {
  readonly item: T
}

/** A first-in first-out queue of at most `capacity` items that makes fast producers and idle consumers wait. */
export class BlockingQueue<T> {
  readonly #capacity: number
  readonly #timers: Timers
  readonly #items = new Line<T>()
  /** Not empty only while the queue is full. */
  readonly #pushers = new Line<Pusher<T>>()
  /** Not empty only while the queue is empty. */
  readonly #poppers = new Line<Waiter<T>>()
  #closed = false

  constructor(capacity: number, timers: Timers = systemTimers) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be a positive integer: ${capacity}`)
    }
    this.#capacity = capacity
    this.#timers = timers
  }

  push(item: T, opts: WaitOpts = {}): Promise<void> {
    if (opts.signal?.aborted) return Promise.reject(opts.signal.reason)
    if (this.#closed) return Promise.reject(new QueueClosedError('push on a closed queue'))
    if (this.tryPush(item)) return Promise.resolve()
    return this.#wait<void, Pusher<T>>(this.#pushers, opts, (waiter) => ({ ...waiter, item }))
  }

  pop(opts: WaitOpts = {}): Promise<T> {
    if (opts.signal?.aborted) return Promise.reject(opts.signal.reason)
    const taken = this.tryPop()
    if (taken.ok) return Promise.resolve(taken.value)
    if (this.#closed) return Promise.reject(new QueueClosedError('the queue is closed and empty'))
    return this.#wait<T, Waiter<T>>(this.#poppers, opts, (waiter) => waiter)
  }

  tryPush(item: T): boolean {
    if (this.#closed) return false
    const popper = this.#poppers.shift()
    if (popper !== null) {
      popper.element.succeed(item)
      return true
    }
    if (this.#items.length >= this.#capacity) return false
    this.#items.join(item)
    return true
  }

  tryPop(): { ok: true; value: T } | { ok: false } {
    const oldest = this.#items.shift()
    if (oldest === null) return { ok: false }
    const pusher = this.#pushers.shift()
    if (pusher !== null) {
      this.#items.join(pusher.element.item)
      pusher.element.succeed()
    }
    return { ok: true, value: oldest.element }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const line of [this.#pushers, this.#poppers]) {
      for (let link = line.shift(); link !== null; link = line.shift()) {
        link.element.fail(new QueueClosedError('the queue was closed'))
      }
    }
  }

  get size(): number {
    return this.#items.length
  }

  get waiting(): { pushers: number; poppers: number } {
    return { pushers: this.#pushers.length, poppers: this.#poppers.length }
  }

  /** Joins the line until somebody takes the waiter out of it, the time is over, or the signal aborts. */
  #wait<R, W extends Waiter<R>>(line: Line<W>, opts: WaitOpts, waiterOf: (waiter: Waiter<R>) => W): Promise<R> {
    const { timeoutMs, signal } = opts
    if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs >= 0)) {
      return Promise.reject(new RangeError(`timeoutMs must be finite and not negative: ${timeoutMs}`))
    }
    const tooLate = (): QueueTimeoutError => new QueueTimeoutError(`waited for ${timeoutMs} ms`)
    if (timeoutMs === 0) return Promise.reject(tooLate())

    return new Promise<R>((resolve, reject) => {
      let timer: number | undefined
      const tidyUp = (): void => {
        if (timer !== undefined) this.#timers.clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const succeed = (result: R): void => {
        tidyUp()
        resolve(result)
      }
      const fail = (reason: unknown): void => {
        tidyUp()
        reject(reason)
      }
      const onAbort = (): void => {
        line.leave(link)
        fail(signal?.reason)
      }
      const link = line.join(waiterOf({ succeed, fail }))
      signal?.addEventListener('abort', onAbort)
      if (timeoutMs !== undefined) {
        timer = this.#timers.setTimeout(() => {
          line.leave(link)
          fail(tooLate())
        }, timeoutMs)
      }
    })
  }
}
