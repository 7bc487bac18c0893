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

interface Link<T> {
  readonly value: T
  prev: Link<T> | null
  next: Link<T> | null
}

/** A line that is joined at the back and left at the front, or from the middle by those who give up. All O(1). */
class Line<T> {
  #head: Link<T> | null = null
  #tail: Link<T> | null = null
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: T): Link<T> {
    const link: Link<T> = { value, prev: this.#tail, next: null }
    if (this.#tail) this.#tail.next = link
    else this.#head = link
    this.#tail = link
    this.#length++
    return link
  }

  shift(): Link<T> | null {
    const head = this.#head
    if (head) this.remove(head)
    return head
  }

  remove(link: Link<T>): void {
    if (link.prev) link.prev.next = link.next
    else this.#head = link.next
    if (link.next) link.next.prev = link.prev
    else this.#tail = link.prev
    this.#length--
  }
}

/** One call that waits: what it brings (an item, or nothing) and how its promise is settled. */
interface Waiter<In, Out> {
  readonly item: In
  resolve(value: Out): void
  reject(reason: unknown): void
}

/** A first-in first-out queue of at most `capacity` items that makes fast producers and idle consumers wait. */
export class BlockingQueue<T> {
  readonly #capacity: number
  readonly #timers: Timers
  readonly #items = new Line<T>()
  // Pushers wait only while the queue is full, poppers only while it is empty: at most one line is not empty.
  readonly #pushers = new Line<Waiter<T, void>>()
  readonly #poppers = new Line<Waiter<undefined, T>>()
  #closed = false

  constructor(capacity: number, timers: Timers = systemTimers) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    this.#capacity = capacity
    this.#timers = timers
  }

  // `async` turns every throw below into a rejection; up to the first `await` it still runs inside the call.
  async push(item: T, opts: WaitOpts = {}): Promise<void> {
    opts.signal?.throwIfAborted()
    if (this.#closed) throw new QueueClosedError('push on a closed queue')
    if (this.#offer(item)) return
    if (opts.timeoutMs === 0) throw new QueueTimeoutError('queue is full')
    await this.#wait(this.#pushers, item, opts)
  }

  async pop(opts: WaitOpts = {}): Promise<T> {
    opts.signal?.throwIfAborted()
    const taken = this.tryPop()
    if (taken.ok) return taken.value
    if (this.#closed) throw new QueueClosedError('pop on a closed and empty queue')
    if (opts.timeoutMs === 0) throw new QueueTimeoutError('queue is empty')
    return this.#wait(this.#poppers, undefined, opts)
  }

  tryPush(item: T): boolean {
    return !this.#closed && this.#offer(item)
  }

  tryPop(): { ok: true; value: T } | { ok: false } {
    const head = this.#items.shift()
    if (!head) return { ok: false }
    // The free slot goes to the oldest pusher now, before anyone else can see it.
    const pusher = this.#pushers.shift()?.value
    if (pusher) {
      this.#items.push(pusher.item)
      pusher.resolve()
    }
    return { ok: true, value: head.value }
  }

  close(): void {
    this.#closed = true
    for (const line of [this.#pushers, this.#poppers]) {
      for (let waiter = line.shift(); waiter; waiter = line.shift()) {
        waiter.value.reject(new QueueClosedError('queue was closed'))
      }
    }
  }

  get size(): number {
    return this.#items.length
  }

  get waiting(): { pushers: number; poppers: number } {
    return { pushers: this.#pushers.length, poppers: this.#poppers.length }
  }

  /** Hands `item` to the oldest popper or stores it; false when the queue is full. */
  #offer(item: T): boolean {
    const popper = this.#poppers.shift()?.value
    if (popper) {
      popper.resolve(item)
      return true
    }
    if (this.#items.length === this.#capacity) return false
    this.#items.push(item)
    return true
  }

  /**
   * Joins `line`. Whoever settles the waiter has taken it out of the line first, so it is settled once; both ways of
   * settling stop its timer and its abort listener.
   */
  #wait<In, Out>(line: Line<Waiter<In, Out>>, item: In, { timeoutMs, signal }: WaitOpts): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      let timer: number | null = null
      const stopWatching = () => {
        if (timer !== null) this.#timers.clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const link = line.push({
        item,
        resolve(value) {
          stopWatching()
          resolve(value)
        },
        reject(reason) {
          stopWatching()
          reject(reason)
        },
      })
      const giveUp = (reason: unknown) => {
        link.value.reject(reason)
      }
      const onAbort = () => giveUp(signal?.reason)
      signal?.addEventListener('abort', onAbort)
      if (timeoutMs !== undefined) {
        timer = this.#timers.setTimeout(() => giveUp(new QueueTimeoutError(`waited ${timeoutMs} ms`)), timeoutMs)
      }
    })
  }
}
