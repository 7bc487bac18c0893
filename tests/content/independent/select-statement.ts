/** A blocked call or select is one party that holds places in linked lines; whoever serves a place makes its party leave all of them. */
export interface Received<T> {
  value: T | undefined
  ok: boolean
}

/** Gives up every place that a party holds. */
type Leave = () => void

/** A place in a line. A sender brings its value along. */
interface Place<T> {
  readonly value: T | undefined
  /** Makes the whole party leave, this place included. */
  leave(): void
  resolve(received: Received<T>): void
  reject(error: Error): void
}

interface Link<T> {
  readonly place: Place<T>
  prev: Link<T> | undefined
  next: Link<T> | undefined
}

/** A line that anybody can leave, from wherever they stand. */
class Line<T> {
  #head: Link<T> | undefined
  #tail: Link<T> | undefined
  #length = 0

  get length(): number {
    return this.#length
  }

  join(place: Place<T>): Leave {
    const link: Link<T> = { place, prev: this.#tail, next: undefined }
    if (this.#tail) this.#tail.next = link
    else this.#head = link
    this.#tail = link
    this.#length++
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      if (link.prev) link.prev.next = link.next
      else this.#head = link.next
      if (link.next) link.next.prev = link.prev
      else this.#tail = link.prev
      this.#length--
    }
  }

  /** The party in front, which stands nowhere any more. */
  call(): Place<T> | undefined {
    const place = this.#head?.place
    place?.leave()
    return place
  }
}

/** A channel; its operations are split into asking whether they are ready, carrying out, and standing in line. */
export class Chan<T> {
  readonly #capacity: number
  readonly #buffer: T[] = []
  readonly #senders = new Line<T>()
  readonly #receivers = new Line<T>()
  #closed = false

  constructor(capacity = 0) {
    this.#capacity = capacity
  }

  send(v: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.canSend) {
        this.sendNow(v)
        return resolve()
      }
      const leave = this.joinSenders({ value: v, leave: () => leave(), resolve: () => resolve(), reject })
    })
  }

  recv(): Promise<Received<T>> {
    return new Promise((resolve, reject) => {
      if (this.canRecv) return resolve(this.recvNow())
      const leave = this.joinReceivers({ value: undefined, leave: () => leave(), resolve, reject })
    })
  }

  close(): void {
    if (this.#closed) throw new Error('close of a closed channel')
    this.#closed = true
    for (let p = this.#receivers.call(); p; p = this.#receivers.call()) p.resolve({ value: undefined, ok: false })
    for (let p = this.#senders.call(); p; p = this.#senders.call()) p.reject(new Error('send on a closed channel'))
  }

  get len(): number {
    return this.#buffer.length
  }

  get waiting(): { senders: number; receivers: number } {
    return { senders: this.#senders.length, receivers: this.#receivers.length }
  }

  /** Whether a send would not wait; it may have to fail, though. */
  get canSend(): boolean {
    return this.#closed || this.#receivers.length > 0 || this.#buffer.length < this.#capacity
  }

  /** Whether a receive would not wait. */
  get canRecv(): boolean {
    return this.#closed || this.#buffer.length > 0 || this.#senders.length > 0
  }

  /** Only when `canSend`. Throws on a closed channel. */
  sendNow(v: T): void {
    if (this.#closed) throw new Error('send on a closed channel')
    const receiver = this.#receivers.call()
    if (receiver) receiver.resolve({ value: v, ok: true })
    else this.#buffer.push(v)
  }

  /** Only when `canRecv`. */
  recvNow(): Received<T> {
    const sender = this.#senders.call()
    if (sender) {
      // Its value belongs behind all that is buffered.
      this.#buffer.push(sender.value as T)
      sender.resolve({ value: undefined, ok: true })
    }
    if (this.#buffer.length === 0) return { value: undefined, ok: false }
    return { value: this.#buffer.shift(), ok: true }
  }

  joinSenders(place: Place<T>): Leave {
    return this.#senders.join(place)
  }

  joinReceivers(place: Place<T>): Leave {
    return this.#receivers.join(place)
  }
}

/** Channels of one select may carry different types. */
export type SelectCase =
  | { op: 'recv'; ch: Chan<unknown> | null }
  | { op: 'send'; ch: Chan<unknown> | null; value: unknown }

export interface Selected {
  index: number
  value?: unknown
  ok?: boolean
}

export interface SelectOpts {
  hasDefault?: boolean
  rng?: () => number
  signal?: AbortSignal
}

/** A case whose channel is not nil. */
interface Live {
  readonly index: number
  readonly isReady: () => boolean
  readonly carryOut: () => Selected
  readonly join: (leave: Leave, settle: (selected: Selected) => void, fail: (error: Error) => void) => Leave
}

function liveCases(cases: readonly SelectCase[]): Live[] {
  return cases.flatMap((c, index): Live[] => {
    const { ch } = c
    if (!ch) return []
    if (c.op === 'recv') {
      return [
        {
          index,
          isReady: () => ch.canRecv,
          carryOut: () => ({ index, ...ch.recvNow() }),
          join: (leave, settle, reject) =>
            ch.joinReceivers({ value: undefined, leave, resolve: (got) => settle({ index, ...got }), reject }),
        },
      ]
    }
    const { value } = c
    return [
      {
        index,
        isReady: () => ch.canSend,
        carryOut: () => {
          ch.sendNow(value)
          return { index }
        },
        join: (leave, settle, reject) =>
          ch.joinSenders({ value, leave, resolve: () => settle({ index }), reject }),
      },
    ]
  })
}

/** Commits exactly one of the cases and tells which. */
export function select(cases: readonly SelectCase[], opts: SelectOpts = {}): Promise<Selected> {
  const { hasDefault = false, rng = Math.random, signal } = opts
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const live = liveCases(cases)
    const ready = live.filter(({ isReady }) => isReady())
    const chosen = ready[ready.length > 1 ? Math.floor(rng() * ready.length) : 0]
    // What carrying out throws (a send on a closed channel) rejects the promise.
    if (chosen) return resolve(chosen.carryOut())
    if (hasDefault) return resolve({ index: -1 })

    const exits: Leave[] = []
    const leave = () => {
      for (const exit of exits) exit()
    }
    for (const { join } of live) exits.push(join(leave, resolve, reject))
    if (signal) {
      const onAbort = () => {
        leave()
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort)
      exits.push(() => signal.removeEventListener('abort', onAbort))
    }
  })
}
