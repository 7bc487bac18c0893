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

/** A publish call that waits for room. Until it is accepted, its message belongs to the caller. */
interface Publisher<T> {
  readonly msg: T
  accept(): void
  refuse(error: StoppedError): void
}

/** A bounded queue inside one process: many publishers, several consumers, and an orderly end. */
export class ChannelMQ<T> {
  readonly #opts: MqOpts<T>
  readonly #maxAttempts: number
  readonly #buffer: T[] = []
  readonly #publishers: Array<Publisher<T>> = []
  /** Numbers of the consumers without work. Empty until `start`. */
  readonly #idle: number[] = []
  readonly #totals: MqTotals = { handled: 0, dead: 0, rejected: 0 }
  readonly #attempts = new Map<T, number>()
  #hasStarted = false
  #stopping: Promise<MqTotals> | null = null
  #onDrained: () => void = () => {}

  constructor(opts: MqOpts<T>) {
    const { capacity, consumers, maxAttempts = 1 } = opts
    for (const [name, value] of Object.entries({ capacity, consumers, maxAttempts })) {
      if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
    }
    this.#opts = opts
    this.#maxAttempts = maxAttempts
  }

  start(): void {
    if (this.#hasStarted || this.#stopping) return
    this.#hasStarted = true
    for (let consumer = 0; consumer < this.#opts.consumers; consumer++) this.#idle.push(consumer)
    this.#dispatch()
  }

  publish(msg: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopping) return reject(this.#refusal())
      this.#publishers.push({ msg, accept: resolve, refuse: reject })
      this.#dispatch()
    })
  }

  stop(): Promise<MqTotals> {
    if (this.#stopping === null) {
      this.#stopping = new Promise((resolve) => {
        this.#onDrained = () => resolve({ ...this.#totals })
      })
      this.#drain()
    }
    return this.#stopping
  }

  get backlog(): number {
    return this.#buffer.length
  }

  #drain(): void {
    for (const { refuse } of this.#publishers.splice(0)) refuse(this.#refusal())
    // Nobody will ever take what was accepted before the start. It must not vanish without a word.
    if (!this.#hasStarted) {
      for (const msg of this.#buffer.splice(0)) this.#bury(msg, new StoppedError('stopped before it was started'))
    }
    this.#checkDrained()
  }

  #checkDrained(): void {
    const hasNoWork = !this.#hasStarted || this.#idle.length === this.#opts.consumers
    if (hasNoWork && this.#buffer.length === 0) this.#onDrained()
  }

  /** Moves messages on as far as they can go: into the buffer while it has room, to consumers while they are idle. */
  #dispatch(): void {
    for (;;) {
      if (this.#publishers.length > 0 && this.#buffer.length < this.#opts.capacity) {
        const { msg, accept } = this.#publishers.shift() as Publisher<T>
        this.#buffer.push(msg)
        accept()
      } else if (this.#buffer.length > 0 && this.#idle.length > 0) {
        void this.#consume(this.#idle.shift() as number, this.#buffer.shift() as T)
      } else {
        return
      }
    }
  }

  async #consume(consumer: number, msg: T): Promise<void> {
    const attempt = (this.#attempts.get(msg) ?? 0) + 1
    this.#attempts.set(msg, attempt)
    try {
      await this.#opts.handle(msg, { consumer, attempt })
      this.#totals.handled++
    } catch (error) {
      if (attempt < this.#maxAttempts) this.#buffer.push(msg)
      else this.#bury(msg, error)
    }
    this.#idle.push(consumer)
    this.#dispatch()
    if (this.#stopping) this.#checkDrained()
  }

  #bury(msg: T, error: unknown): void {
    this.#totals.dead++
    try {
      this.#opts.onDead?.(msg, error)
    } catch {
      // Whoever collects the dead must not bring down the consumer.
    }
  }

  #refusal(): StoppedError {
    this.#totals.rejected++
    return new StoppedError('the queue has been stopped')
  }
}
