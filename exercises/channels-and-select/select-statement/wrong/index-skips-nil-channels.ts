export interface Received<T> {
  value: T | undefined
  ok: boolean
}

/** One place in a line. A blocked call has one place; a blocked select has one for each of its cases. */
interface Waiter<T> {
  readonly value: T | undefined
  resolve(received: Received<T>): void
  reject(error: Error): void
}

const NOTHING = { value: undefined, ok: false } as const

/**
 * A channel whose operations come in two halves, so that select can use them: "would it go ahead now?" (`canSend`,
 * `canRecv`) and "do it" (`sendNow`, `recvNow`). Whoever cannot go ahead joins a line, and may leave it again.
 */
export class Chan<T> {
  readonly #capacity: number
  readonly #buffer: T[] = []
  readonly #senders: Array<Waiter<T>> = []
  readonly #receivers: Array<Waiter<T>> = []
  #closed = false

  constructor(capacity = 0) {
    this.#capacity = capacity
  }

  // `async` turns throws into rejections; up to the first `await` the body still runs inside the call.
  async send(v: T): Promise<void> {
    if (this.canSend()) return this.sendNow(v)
    await new Promise<Received<T>>((resolve, reject) => this.join('send', { value: v, resolve, reject }))
  }

  async recv(): Promise<Received<T>> {
    if (this.canRecv()) return this.recvNow()
    return new Promise((resolve, reject) => this.join('recv', { value: undefined, resolve, reject }))
  }

  close(): void {
    if (this.#closed) throw new Error('close of a closed channel')
    this.#closed = true
    // One by one: waking a select may take other places out of these very lines.
    for (let w = this.#receivers.shift(); w; w = this.#receivers.shift()) w.resolve(NOTHING)
    for (let w = this.#senders.shift(); w; w = this.#senders.shift()) w.reject(new Error('send on a closed channel'))
  }

  get len(): number {
    return this.#buffer.length
  }

  get waiting(): { senders: number; receivers: number } {
    return { senders: this.#senders.length, receivers: this.#receivers.length }
  }

  /** Whether a send would not have to wait. On a closed channel it need not: it fails at once. */
  canSend(): boolean {
    return this.#closed || this.#receivers.length > 0 || this.#buffer.length < this.#capacity
  }

  canRecv(): boolean {
    return this.#closed || this.#buffer.length > 0 || this.#senders.length > 0
  }

  /** Only after `canSend`. */
  sendNow(v: T): void {
    if (this.#closed) throw new Error('send on a closed channel')
    const receiver = this.#receivers.shift()
    if (receiver) receiver.resolve({ value: v, ok: true })
    else this.#buffer.push(v)
  }

  /** Only after `canRecv`. */
  recvNow(): Received<T> {
    const sender = this.#senders.shift()
    if (sender) {
      // Its value is newer than all in the buffer, so it joins the end before the head is taken.
      this.#buffer.push(sender.value as T)
      sender.resolve(NOTHING)
    }
    return this.#buffer.length > 0 ? { value: this.#buffer.shift(), ok: true } : NOTHING
  }

  /** Adds a waiter to a line and returns the way out of it. */
  join(op: 'send' | 'recv', waiter: Waiter<T>): () => void {
    const line = op === 'send' ? this.#senders : this.#receivers
    line.push(waiter)
    return () => {
      const place = line.indexOf(waiter)
      if (place >= 0) line.splice(place, 1)
    }
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
export async function select(cases: readonly SelectCase[], opts: SelectOpts = {}): Promise<Selected> {
  const { hasDefault = false, rng = Math.random, signal } = opts
  signal?.throwIfAborted()
  cases = cases.filter(({ ch }) => ch !== null)
  const ready = [...cases.keys()].filter((index) => isReady(cases[index]))
  if (ready.length > 0) {
    const choice = ready.length > 1 ? Math.floor(rng() * ready.length) : 0
    return commit(cases, ready[choice] as number)
  }
  if (hasDefault) return { index: -1 }
  // Nothing has joined a line before this point, so a select can never meet itself.
  return waitForOne(cases, signal)
}

function isReady(one: SelectCase | undefined): boolean {
  if (!one?.ch) return false
  return one.op === 'send' ? one.ch.canSend() : one.ch.canRecv()
}

function commit(cases: readonly SelectCase[], index: number): Selected {
  const one = cases[index]
  if (one?.op === 'recv') return { index, ...one.ch?.recvNow() }
  one?.ch?.sendNow(one.value)
  return { index }
}

/** Stands in the line of every case. Whichever is served first takes all the others out, in the same step. */
function waitForOne(cases: readonly SelectCase[], signal: AbortSignal | undefined): Promise<Selected> {
  return new Promise((resolve, reject) => {
    const exits: Array<() => void> = []
    const withdraw = () => {
      for (const leave of exits) leave()
      signal?.removeEventListener('abort', onAbort)
    }
    const onAbort = () => {
      withdraw()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort)
    for (const [index, one] of cases.entries()) {
      if (!one.ch) continue
      const leave = one.ch.join(one.op, {
        value: one.op === 'send' ? one.value : undefined,
        resolve(received) {
          withdraw()
          resolve(one.op === 'recv' ? { index, ...received } : { index })
        },
        reject(error) {
          withdraw()
          reject(error)
        },
      })
      exits.push(leave)
    }
  })
}
