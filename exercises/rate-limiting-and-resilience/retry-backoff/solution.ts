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
export async function retry<T>(fn: (attempt: number) => Promise<T>, opts: RetryOpts): Promise<T> {
  checkOpts(opts)
  const { maxAttempts, retryable = () => true, idempotent = true, now, sleep, signal } = opts
  const deadline = now() + (opts.budgetMs ?? Number.POSITIVE_INFINITY)
  const causes: unknown[] = []
  signal?.throwIfAborted()
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn(attempt)
    } catch (error) {
      // Whoever asked has left: there is nobody to try for, nor to tell about errors.
      signal?.throwIfAborted()
      // An error that no repetition can change belongs to the caller as it is.
      if (!idempotent || !retryable(error)) throw error
      causes.push(error)
      if (attempt === maxAttempts) throw new RetryError(causes)
      const delay = opts.retryAfterMs?.(error) ?? backoff(attempt, opts)
      // A wait that ends too late is not even begun: the answer is known now.
      if (now() + delay > deadline) throw new RetryError(causes)
      await sleep(delay, signal)
      signal?.throwIfAborted()
    }
  }
}

/** The pause after so many failed attempts. */
function backoff(attempt: number, opts: RetryOpts): number {
  const { baseMs, maxMs, factor = 2, jitter = 'none', rng = Math.random } = opts
  const delay = Math.min(maxMs, baseMs * factor ** (attempt - 1))
  if (jitter === 'none') return delay
  return jitter === 'full' ? rng() * delay : delay / 2 + (rng() * delay) / 2
}

function checkOpts({ maxAttempts, baseMs, maxMs, factor = 2, budgetMs = 0 }: RetryOpts): void {
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1) throw new RangeError('maxAttempts must be a positive integer')
  for (const [name, value] of Object.entries({ baseMs, maxMs, budgetMs })) {
    if (!(value >= 0)) throw new RangeError(`${name} must be a number of 0 or more`)
  }
  if (!(factor >= 1)) throw new RangeError('factor must be a number of 1 or more')
}

/** Does the work for a key once, and gives its result to all who ask. */
export class IdempotencyStore {
  readonly #results = new Map<string, Promise<unknown>>()

  run<T>(key: string, fn: () => Promise<T>): Promise<T> {
    const known = this.#results.get(key)
    if (known) return known as Promise<T>
    // The promise is stored before there is a result: whoever asks meanwhile waits for the same work.
    const result = attempt(fn)
    this.#results.set(key, result)
    // What has failed may be tried again. Each key has one promise at a time, so this removes no other.
    result.catch(() => this.#results.delete(key))
    return result
  }

  get size(): number {
    return this.#results.size
  }
}

/** `async` turns a throw into a rejection, and still calls `fn` at once. */
async function attempt<T>(fn: () => Promise<T>): Promise<T> {
  return fn()
}
