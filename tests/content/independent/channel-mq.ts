/** Each busy consumer is an async loop that takes messages until the buffer is empty; idle ones are just numbers in a list. */

/** The queue has been stopped: the message was not accepted. */
export class StoppedError extends Error {
  override name = 'StoppedError'
}

export interface MqOpts<T> {
  /** Messages that may lie in the buffer. */
  capacity: number
  /** Handlers that may run at the same time. */
  consumers: number
  handle: (msg: T, ctx: { consumer: number; attempt: number }) => Promise<void>
  /** Default 1. */
  maxAttempts?: number
  onDead?: (msg: T, err: unknown) => void
}

export interface MqTotals {
  handled: number
  dead: number
  rejected: number
}

/** First in, first out, without moving what stays. */
class Fifo<E> {
  #items: E[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  push(item: E): void {
    this.#items.push(item)
  }

  shift(): E | undefined {
    if (this.length === 0) return undefined
    const item = this.#items[this.#head++]
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }
}

interface Envelope<T> {
  readonly msg: T
}

interface Publisher<T> extends Envelope<T> {
  readonly accept: () => void
  readonly refuse: (reason: StoppedError) => void
}

function positiveInteger(name: string, n: number): number {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${name} must be a positive integer`)
  return n
}

/** A bounded queue inside one process: many publishers, several consumers, and an orderly end. */
export class ChannelMQ<T> {
  readonly #capacity: number
  readonly #maxAttempts: number
  readonly #handle: MqOpts<T>['handle']
  readonly #onDead: MqOpts<T>['onDead']
  readonly #buffer = new Fifo<Envelope<T>>()
  readonly #publishers = new Fifo<Publisher<T>>()
  readonly #idle: number[]
  readonly #consumers: number
  readonly #totals: MqTotals = { handled: 0, dead: 0, rejected: 0 }
  #started = false
  #end: { promise: Promise<MqTotals>; resolve: (totals: MqTotals) => void } | undefined

  constructor({ capacity, consumers, handle, maxAttempts = 1, onDead }: MqOpts<T>) {
    this.#capacity = positiveInteger('capacity', capacity)
    this.#consumers = positiveInteger('consumers', consumers)
    this.#maxAttempts = positiveInteger('maxAttempts', maxAttempts)
    this.#handle = handle
    this.#onDead = onDead
    this.#idle = Array.from({ length: consumers }, (_, i) => i)
  }

  /** Lets the consumers begin. */
  start(): void {
    if (this.#started || this.#end) return
    this.#started = true
    this.#dispatch()
  }

  /** Resolves once the queue has accepted the message. */
  publish(msg: T): Promise<void> {
    if (this.#end) {
      this.#totals.rejected++
      return Promise.reject(new StoppedError('the queue has been stopped'))
    }
    if (this.#buffer.length >= this.#capacity) {
      return new Promise((accept, refuse) => this.#publishers.push({ msg, accept, refuse }))
    }
    this.#buffer.push({ msg })
    this.#dispatch()
    return Promise.resolve()
  }

  /** Accepts nothing more, finishes what was accepted, and tells what became of everything. */
  stop(): Promise<MqTotals> {
    if (this.#end) return this.#end.promise
    let resolve: (totals: MqTotals) => void = () => {}
    const promise = new Promise<MqTotals>((r) => {
      resolve = r
    })
    this.#end = { promise, resolve }
    for (let p = this.#publishers.shift(); p; p = this.#publishers.shift()) {
      this.#totals.rejected++
      p.refuse(new StoppedError('the queue was stopped before it had room'))
    }
    if (!this.#started) {
      for (let e = this.#buffer.shift(); e; e = this.#buffer.shift()) {
        this.#bury(e.msg, new StoppedError('the queue was stopped before it was started'))
      }
    }
    this.#settleEnd()
    return promise
  }

  /** Messages that were accepted and that no consumer has taken yet. */
  get backlog(): number {
    return this.#buffer.length
  }

  /** Wakes idle consumers as long as there is something for them. */
  #dispatch(): void {
    while (this.#started && this.#buffer.length > 0) {
      const consumer = this.#idle.shift()
      if (consumer === undefined) return
      void this.#consume(consumer)
    }
  }

  async #consume(consumer: number): Promise<void> {
    for (let e = this.#take(); e; e = this.#take()) await this.#process(e.msg, consumer)
    this.#idle.push(consumer)
    this.#settleEnd()
  }

  #take(): Envelope<T> | undefined {
    const envelope = this.#buffer.shift()
    const next = envelope && this.#publishers.shift()
    if (next) {
      this.#buffer.push({ msg: next.msg })
      next.accept()
    }
    return envelope
  }

  async #process(msg: T, consumer: number): Promise<void> {
    let last: unknown
    for (let attempt = 1; attempt <= this.#maxAttempts; attempt++) {
      try {
        await this.#handle(msg, { consumer, attempt })
        this.#totals.handled++
        return
      } catch (error) {
        last = error
      }
    }
    this.#bury(msg, last)
  }

  #bury(msg: T, error: unknown): void {
    this.#totals.dead++
    try {
      const result: unknown = this.#onDead?.(msg, error)
      if (result instanceof Promise) result.catch(() => {})
    } catch {
      // The message is dead whatever the listener makes of it.
    }
  }

  #settleEnd(): void {
    if (this.#end && this.#buffer.length === 0 && this.#idle.length === this.#consumers) {
      this.#end.resolve({ ...this.#totals })
    }
  }
}
