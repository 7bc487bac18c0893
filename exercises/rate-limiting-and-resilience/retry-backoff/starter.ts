/** All attempts have failed, or the time for them has run out. */
export class RetryError extends Error {
  override name = 'RetryError'
  readonly attempts: number
  /** What each attempt failed with, in order. */
  readonly causes: readonly unknown[]

  constructor(causes: readonly unknown[]) {
    super(`gave up after ${causes.length} attempts`)
    this.attempts = causes.length
    this.causes = causes
  }
}

export interface RetryOpts {
  maxAttempts: number
  baseMs: number
  maxMs: number
  /** Default 2. */
  factor?: number
  /** Default 'none'. */
  jitter?: 'none' | 'full' | 'equal'
  rng?: () => number
  retryable?: (err: unknown) => boolean
  retryAfterMs?: (err: unknown) => number | undefined
  idempotent?: boolean
  budgetMs?: number
  now: () => number
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  signal?: AbortSignal
}

/** Calls `fn` until it succeeds, with growing pauses, as long as trying again makes sense. */
export function retry<T>(fn: (attempt: number) => Promise<T>, opts: RetryOpts): Promise<T> {
  throw new Error('not implemented')
}

/** Does the work for a key once, and gives its result to all who ask. */
export class IdempotencyStore {
  run<T>(key: string, fn: () => Promise<T>): Promise<T> {
    throw new Error('not implemented')
  }

  /** Keys whose work is in progress or done. */
  get size(): number {
    throw new Error('not implemented')
  }
}
