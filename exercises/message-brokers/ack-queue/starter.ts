export interface Delivery<T> {
  /** Number of the delivery. */
  tag: number
  body: T
  /** Whether the message has been delivered before. */
  redelivered: boolean
}

/** The consumer does not hold what it answers, or its name is taken. */
export class PreconditionError extends Error {
  override name = 'PreconditionError'
}

/** A queue that keeps each message until a consumer has done it. */
export class AckQueue<T> {
  constructor(opts: { deliveryLimit?: number } = {}) {
    throw new Error('not implemented')
  }

  publish(body: T): void {
    throw new Error('not implemented')
  }

  consume(
    consumer: string,
    opts: { prefetch: number; autoAck?: boolean },
    deliver: (delivery: Delivery<T>) => void,
  ): void {
    throw new Error('not implemented')
  }

  ack(consumer: string, tag: number, multiple = false): void {
    throw new Error('not implemented')
  }

  nack(consumer: string, tag: number, opts: { requeue: boolean; multiple?: boolean }): void {
    throw new Error('not implemented')
  }

  /** Ends a consumer; what it holds comes back. */
  cancel(consumer: string): void {
    throw new Error('not implemented')
  }

  /** How many messages wait. */
  get ready(): number {
    throw new Error('not implemented')
  }

  /** How many messages are with consumers. */
  get unacked(): number {
    throw new Error('not implemented')
  }

  get dead(): readonly T[] {
    throw new Error('not implemented')
  }
}
