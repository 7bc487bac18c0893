export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers'

export type Headers = Readonly<Record<string, unknown>>

/** Where a binding leads. */
export type Target = { queue: string } | { exchange: string }

export class AmqpError extends Error {
  override name = 'AmqpError'

  constructor(
    readonly code: 'NOT_FOUND' | 'PRECONDITION_FAILED' | 'ACCESS_REFUSED',
    message: string,
  ) {
    super(message)
  }
}

/** Whether a key fits a pattern with * (one word) and # (any number of words). */
export function topicMatch(pattern: string, key: string): boolean {
  throw new Error('not implemented')
}

/** Routes messages from exchanges to queues. */
export class Router {
  exchange(name: string, type: ExchangeType, opts: { internal?: boolean; alternate?: string } = {}): void {
    throw new Error('not implemented')
  }

  queue(name: string): void {
    throw new Error('not implemented')
  }

  bind(target: Target, source: string, routingKey: string, headers: Headers = {}): void {
    throw new Error('not implemented')
  }

  /** Whether there was such a binding. */
  unbind(target: Target, source: string, routingKey: string): boolean {
    throw new Error('not implemented')
  }

  publish(
    exchange: string,
    routingKey: string,
    body: unknown,
    opts: { headers?: Headers; mandatory?: boolean } = {},
  ): { queues: string[]; returned: boolean } {
    throw new Error('not implemented')
  }

  /** The bodies that have come to a queue. */
  messages(queue: string): unknown[] {
    throw new Error('not implemented')
  }
}
