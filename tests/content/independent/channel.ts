/** Three linked lines (values, senders, receivers); an aborted waiter unlinks itself, everything else happens at the heads. */
export class ClosedChannelError extends Error {
  override name = 'ClosedChannelError'
  readonly op: 'send' | 'close'

  constructor(op: 'send' | 'close') {
    super(`${op} on a closed channel`)
    this.op = op
  }
}

export interface Received<T> {
  value: T | undefined
  ok: boolean
}

interface Place<T> {
  readonly item: T
  before: Place<T> | null
  behind: Place<T> | null
}

/** First in, first out; whoever stands in it can also leave from the midst. */
class Line<T> {
  length = 0
  private head: Place<T> | null = null
  private tail: Place<T> | null = null

  join(item: T): Place<T> {
    const place: Place<T> = { item, before: this.tail, behind: null }
    if (this.tail === null) this.head = place
    else this.tail.behind = place
    this.tail = place
    this.length++
    return place
  }

  /** For a place that is in the line. */
  leave(place: Place<T>): void {
    if (place.before === null) this.head = place.behind
    else place.before.behind = place.behind
    if (place.behind === null) this.tail = place.before
    else place.behind.before = place.before
    this.length--
  }

  /** Takes the first one out, in a box, since it may be undefined itself. */
  next(): { readonly item: T } | null {
    const first = this.head
    if (first !== null) this.leave(first)
    return first
  }
}

/** A blocked call. `value` is what it wants to send; for a receiver there is none. */
interface Waiter<V, R> {
  readonly value: V
  resolve(result: R): void
  reject(reason: unknown): void
}

type Signalled = { signal?: AbortSignal }

/** Waits in the line until somebody settles the call, or the signal takes it out. */
function wait<V, R>(line: Line<Waiter<V, R>>, value: V, signal: AbortSignal | undefined): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    const abort = () => {
      line.leave(place)
      reject(signal?.reason)
    }
    const stopListening = () => signal?.removeEventListener('abort', abort)
    const place = line.join({
      value,
      resolve(result) {
        stopListening()
        resolve(result)
      },
      reject(reason) {
        stopListening()
        reject(reason)
      },
    })
    signal?.addEventListener('abort', abort, { once: true })
  })
}

export class Chan<T> {
  private readonly capacity: number
  private readonly buffer = new Line<T>()
  private readonly senders = new Line<Waiter<T, void>>()
  private readonly receivers = new Line<Waiter<undefined, Received<T>>>()
  private closed = false

  constructor(capacity = 0) {
    if (!Number.isInteger(capacity) || capacity < 0) {
      throw new RangeError('the capacity must be an integer of at least 0')
    }
    this.capacity = capacity
  }

  get len(): number {
    return this.buffer.length
  }

  get cap(): number {
    return this.capacity
  }

  get waiting(): { senders: number; receivers: number } {
    return { senders: this.senders.length, receivers: this.receivers.length }
  }

  send(v: T, opts: Signalled = {}): Promise<void> {
    const { signal } = opts
    if (signal?.aborted) return Promise.reject(signal.reason)
    try {
      if (this.trySend(v)) return Promise.resolve()
    } catch (err) {
      return Promise.reject(err)
    }
    return wait(this.senders, v, signal)
  }

  recv(opts: Signalled = {}): Promise<Received<T>> {
    const { signal } = opts
    if (signal?.aborted) return Promise.reject(signal.reason)
    const result = this.tryRecv()
    if (result.ready) return Promise.resolve({ value: result.value, ok: result.ok })
    return wait(this.receivers, undefined, signal)
  }

  trySend(v: T): boolean {
    if (this.closed) throw new ClosedChannelError('send')
    const receiver = this.receivers.next()
    if (receiver !== null) {
      receiver.item.resolve({ value: v, ok: true })
      return true
    }
    if (this.buffer.length >= this.capacity) return false
    this.buffer.join(v)
    return true
  }

  tryRecv(): (Received<T> & { ready: true }) | { ready: false } {
    const oldest = this.buffer.next()
    const sender = this.senders.next()
    if (oldest !== null) {
      if (sender !== null) {
        this.buffer.join(sender.item.value)
        sender.item.resolve()
      }
      return { ready: true, value: oldest.item, ok: true }
    }
    if (sender !== null) {
      sender.item.resolve()
      return { ready: true, value: sender.item.value, ok: true }
    }
    return this.closed ? { ready: true, value: undefined, ok: false } : { ready: false }
  }

  close(): void {
    if (this.closed) throw new ClosedChannelError('close')
    this.closed = true
    for (let waiter = this.receivers.next(); waiter !== null; waiter = this.receivers.next()) {
      waiter.item.resolve({ value: undefined, ok: false })
    }
    for (let waiter = this.senders.next(); waiter !== null; waiter = this.senders.next()) {
      waiter.item.reject(new ClosedChannelError('send'))
    }
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    const leaving = new AbortController()
    const end = (): IteratorResult<T> => ({ value: undefined, done: true })
    const iterator: AsyncIterableIterator<T> = {
      next: () =>
        this.recv({ signal: leaving.signal }).then(
          ({ value, ok }) => (ok ? { value: value as T, done: false } : end()),
          end,
        ),
      return: () => {
        leaving.abort()
        return Promise.resolve(end())
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
}

/** Pending until the signal aborts, if ever. */
function never(signal: AbortSignal | undefined): Promise<never> {
  return new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    else signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

class NilChan extends Chan<never> {
  override send(_v: never, opts: Signalled = {}): Promise<void> {
    return never(opts.signal)
  }

  override recv(opts: Signalled = {}): Promise<Received<never>> {
    return never(opts.signal)
  }

  override trySend(_v: never): boolean {
    return false
  }

  override tryRecv(): { ready: false } {
    return { ready: false }
  }

  override close(): void {
    throw new ClosedChannelError('close')
  }
}

export const nilChan: Chan<never> = new NilChan()
