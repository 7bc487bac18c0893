export interface Received<T> {
  value: T | undefined
  ok: boolean
}

/** A blocked call. A sender brings its value along. */
interface Waiter<T> {
  readonly value: T | undefined
  resolve(received: Received<T>): void
  reject(error: Error): void
}

/** A plain channel, complete and correct. It knows nothing of select yet: extend it as you need. */
export class Chan<T> {
  readonly #capacity: number
  readonly #buffer: T[] = []
  readonly #senders: Array<Waiter<T>> = []
  readonly #receivers: Array<Waiter<T>> = []
  #closed = false

  constructor(capacity = 0) {
    this.#capacity = capacity
  }

  send(v: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('send on a closed channel'))
      const receiver = this.#receivers.shift()
      if (receiver) {
        receiver.resolve({ value: v, ok: true })
        return resolve()
      }
      if (this.#buffer.length < this.#capacity) {
        this.#buffer.push(v)
        return resolve()
      }
      this.#senders.push({ value: v, resolve: () => resolve(), reject })
    })
  }

  recv(): Promise<Received<T>> {
    return new Promise((resolve, reject) => {
      if (this.#buffer.length === 0 && this.#senders.length === 0) {
        if (this.#closed) return resolve({ value: undefined, ok: false })
        this.#receivers.push({ value: undefined, resolve, reject })
        return
      }
      // The oldest blocked sender is behind all that is buffered: its value joins the end, then the head is taken.
      const sender = this.#senders.shift()
      if (sender) {
        this.#buffer.push(sender.value as T)
        sender.resolve({ value: undefined, ok: true })
      }
      resolve({ value: this.#buffer.shift(), ok: true })
    })
  }

  close(): void {
    if (this.#closed) throw new Error('close of a closed channel')
    this.#closed = true
    for (let w = this.#receivers.shift(); w; w = this.#receivers.shift()) w.resolve({ value: undefined, ok: false })
    for (let w = this.#senders.shift(); w; w = this.#senders.shift()) w.reject(new Error('send on a closed channel'))
  }

  get len(): number {
    return this.#buffer.length
  }

  get waiting(): { senders: number; receivers: number } {
    return { senders: this.#senders.length, receivers: this.#receivers.length }
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

/** Commits exactly one of the cases and tells which. */
export function select(cases: readonly SelectCase[], opts: SelectOpts = {}): Promise<Selected> {
  throw new Error('not implemented')
}
