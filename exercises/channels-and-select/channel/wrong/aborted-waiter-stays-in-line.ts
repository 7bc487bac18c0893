export class ClosedChannelError extends Error {
  override name = 'ClosedChannelError'
  readonly op: 'send' | 'close'

  constructor(op: 'send' | 'close') {
    super(`${op} on a closed channel`)
    this.op = op
  }
}

/** What a receive yields: a value with `ok`, or nothing without it once the channel is closed and drained. */
export interface Received<T> {
  value: T | undefined
  ok: boolean
}

/** A fixed number of places used in a circle: adding and taking cost the same, however many values lie in it. */
class Ring<T> {
  readonly #slots: Array<T | undefined>
  #head = 0
  #length = 0

  constructor(capacity: number) {
    this.#slots = new Array<T | undefined>(capacity)
  }

  get length(): number {
    return this.#length
  }

  get isFull(): boolean {
    return this.#length === this.#slots.length
  }

  push(value: T): void {
    this.#slots[(this.#head + this.#length) % this.#slots.length] = value
    this.#length++
  }

  /** Takes the oldest value; the caller knows that there is one. */
  shift(): T {
    const value = this.#slots[this.#head] as T
    this.#slots[this.#head] = undefined // a taken value must not be kept alive by its place
    this.#head = (this.#head + 1) % this.#slots.length
    this.#length--
    return value
  }
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

  shift(): T | null {
    const head = this.#head
    if (!head) return null
    this.remove(head)
    return head.value
  }

  remove(link: Link<T>): void {
    if (link.prev) link.prev.next = link.next
    else this.#head = link.next
    if (link.next) link.next.prev = link.prev
    else this.#tail = link.prev
    this.#length--
  }
}

/** One blocked call. A sender brings a value along, a receiver brings nothing. */
interface Waiter<In, Out> {
  readonly value: In
  resolve(result: Out): void
  reject(reason: unknown): void
}

/** Joins `line` until somebody serves the call or `signal` aborts it. */
function wait<In, Out>(line: Line<Waiter<In, Out>>, value: In, signal: AbortSignal | undefined): Promise<Out> {
  return new Promise<Out>((resolve, reject) => {
    const onAbort = () => {
      reject(signal?.reason)
    }
    line.push({
      value,
      resolve(result) {
        signal?.removeEventListener('abort', onAbort)
        resolve(result)
      },
      reject(reason) {
        signal?.removeEventListener('abort', onAbort)
        reject(reason)
      },
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * A Go channel: `capacity` values may lie in its buffer; with 0 every send meets a receive.
 *
 * Senders wait only while the buffer is full and no receiver waits; receivers wait only while the buffer is empty
 * and no sender waits. So at most one of the two lines is not empty.
 */
export class Chan<T> {
  readonly #capacity: number
  readonly #buffer: Ring<T>
  readonly #senders = new Line<Waiter<T, void>>()
  readonly #receivers = new Line<Waiter<undefined, Received<T>>>()
  #closed = false

  constructor(capacity = 0) {
    if (!Number.isInteger(capacity) || capacity < 0) throw new RangeError('capacity must be an integer, 0 or more')
    this.#capacity = capacity
    this.#buffer = new Ring<T>(capacity)
  }

  // `async` turns throws into rejections; up to the first `await` the body still runs inside the call.
  async send(v: T, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    signal?.throwIfAborted()
    if (!this.trySend(v)) await wait(this.#senders, v, signal)
  }

  async recv({ signal }: { signal?: AbortSignal } = {}): Promise<Received<T>> {
    signal?.throwIfAborted()
    const received = this.tryRecv()
    if (received.ready) return { value: received.value, ok: received.ok }
    return wait(this.#receivers, undefined, signal)
  }

  trySend(v: T): boolean {
    if (this.#closed) throw new ClosedChannelError('send')
    const receiver = this.#receivers.shift()
    if (receiver) {
      receiver.resolve({ value: v, ok: true })
      return true
    }
    if (this.#buffer.isFull) return false
    this.#buffer.push(v)
    return true
  }

  tryRecv(): (Received<T> & { ready: true }) | { ready: false } {
    if (this.#buffer.length > 0) {
      const value = this.#buffer.shift()
      // The place goes to the oldest blocked sender: its value is newer than all in the buffer, so it joins the end.
      const sender = this.#senders.shift()
      if (sender) {
        this.#buffer.push(sender.value)
        sender.resolve()
      }
      return { ready: true, value, ok: true }
    }
    const sender = this.#senders.shift() // only an unbuffered channel has senders and nothing in its buffer
    if (sender) {
      sender.resolve()
      return { ready: true, value: sender.value, ok: true }
    }
    return this.#closed ? { ready: true, value: undefined, ok: false } : { ready: false }
  }

  close(): void {
    if (this.#closed) throw new ClosedChannelError('close')
    this.#closed = true
    for (let receiver = this.#receivers.shift(); receiver; receiver = this.#receivers.shift()) {
      receiver.resolve({ value: undefined, ok: false })
    }
    for (let sender = this.#senders.shift(); sender; sender = this.#senders.shift()) {
      sender.reject(new ClosedChannelError('send'))
    }
  }

  get len(): number {
    return this.#buffer.length
  }

  get cap(): number {
    return this.#capacity
  }

  get waiting(): { senders: number; receivers: number } {
    return { senders: this.#senders.length, receivers: this.#receivers.length }
  }

  async *[Symbol.asyncIterator](): AsyncIterableIterator<T> {
    for (let next = await this.recv(); next.ok; next = await this.recv()) yield next.value as T
  }
}

/** Nothing is ever sent or received here, so there are no lines to stand in; only a signal ends the wait. */
class NilChan extends Chan<never> {
  override async send(_v: never, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    signal?.throwIfAborted()
    return wait(new Line<Waiter<undefined, void>>(), undefined, signal)
  }

  override async recv({ signal }: { signal?: AbortSignal } = {}): Promise<Received<never>> {
    signal?.throwIfAborted()
    return wait(new Line<Waiter<undefined, Received<never>>>(), undefined, signal)
  }

  override trySend(): boolean {
    return false
  }

  override tryRecv(): { ready: false } {
    return { ready: false }
  }

  override close(): void {
    throw new ClosedChannelError('close')
  }
}

/** The channel that was never made: every operation on it blocks for ever. */
export const nilChan: Chan<never> = new NilChan()
