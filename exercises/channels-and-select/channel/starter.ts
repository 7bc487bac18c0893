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

/** A Go channel: `capacity` values may lie in its buffer; with 0 every send meets a receive. */
export class Chan<T> {
  constructor(capacity = 0) {
    // Keep what you need here. It must not throw for valid capacities: nilChan below is made while the module loads.
  }

  /** Resolves once `v` is in the buffer or in a receiver's hands. */
  send(v: T, opts?: { signal?: AbortSignal }): Promise<void> {
    throw new Error('not implemented')
  }

  /** Resolves with the oldest value, or with `ok: false` once the channel is closed and drained. */
  recv(opts?: { signal?: AbortSignal }): Promise<Received<T>> {
    throw new Error('not implemented')
  }

  /** Sends if that needs no waiting, and says whether it did. */
  trySend(v: T): boolean {
    throw new Error('not implemented')
  }

  /** Receives if that needs no waiting. */
  tryRecv(): (Received<T> & { ready: true }) | { ready: false } {
    throw new Error('not implemented')
  }

  close(): void {
    throw new Error('not implemented')
  }

  /** Values in the buffer. */
  get len(): number {
    throw new Error('not implemented')
  }

  get cap(): number {
    throw new Error('not implemented')
  }

  /** Calls that are blocked right now. */
  get waiting(): { senders: number; receivers: number } {
    throw new Error('not implemented')
  }

  /** Receives until the channel is closed and drained. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    throw new Error('not implemented')
  }
}

/** The channel that was never made: every operation on it blocks for ever. */
export const nilChan: Chan<never> = new Chan<never>()
