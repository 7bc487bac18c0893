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

/** A bounded queue inside one process: many publishers, several consumers, and an orderly end. */
export class ChannelMQ<T> {
  constructor(opts: MqOpts<T>) {
    throw new Error('not implemented')
  }

  /** Lets the consumers begin. */
  start(): void {
    throw new Error('not implemented')
  }

  /** Resolves once the queue has accepted the message. */
  publish(msg: T): Promise<void> {
    throw new Error('not implemented')
  }

  /** Accepts nothing more, finishes what was accepted, and tells what became of everything. */
  stop(): Promise<MqTotals> {
    throw new Error('not implemented')
  }

  /** Messages that were accepted and that no consumer has taken yet. */
  get backlog(): number {
    throw new Error('not implemented')
  }
}
