/** One loop for the attempts, a function of its own for the delay, and promises kept by key, of which failures are forgotten. */
export class RetryError extends Error {
  override name = 'RetryError'
  readonly attempts: number
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
  factor?: number
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

function check({ maxAttempts, baseMs, maxMs, factor = 2, budgetMs = Infinity }: RetryOpts): void {
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1) throw new RangeError('maxAttempts must be a positive integer')
  for (const [name, value, least] of [
    ['baseMs', baseMs, 0],
    ['maxMs', maxMs, 0],
    ['budgetMs', budgetMs, 0],
    ['factor', factor, 1],
  ] as const) {
    if (!(value >= least)) throw new RangeError(`${name} must be a number of ${least} or more`)
  }
}

/** How long to wait after the n-th failure. */
function delayAfter(err: unknown, n: number, opts: RetryOpts): number {
  const { baseMs, maxMs, factor = 2, jitter = 'none', rng = Math.random } = opts
  const asked = opts.retryAfterMs?.(err)
  if (asked !== undefined) return asked
  // A base of 0 stays 0, also when the power has grown to Infinity.
  const delay = baseMs === 0 ? 0 : Math.min(maxMs, baseMs * factor ** (n - 1))
  if (jitter === 'full') return rng() * delay
  if (jitter === 'equal') return delay / 2 + (rng() * delay) / 2
  return delay
}

/** Sleeps, but not beyond an abort, even if the sleep itself does not notice it. */
async function pause(ms: number, { sleep, signal }: RetryOpts): Promise<void> {
  if (signal === undefined) return sleep(ms, signal)
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    await Promise.race([aborted, (async () => sleep(ms, signal))()])
  } catch (err) {
    signal.throwIfAborted()
    throw err
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  signal.throwIfAborted()
}

export async function retry<T>(fn: (attempt: number) => Promise<T>, opts: RetryOpts): Promise<T> {
  check(opts)
  const { maxAttempts, idempotent = true, retryable = () => true, budgetMs = Infinity, now, signal } = opts
  signal?.throwIfAborted()
  const end = now() + budgetMs
  const causes: unknown[] = []
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn(attempt)
    } catch (err) {
      signal?.throwIfAborted()
      if (!idempotent || !retryable(err)) throw err
      causes.push(err)
      if (attempt === maxAttempts) throw new RetryError(causes)
      const delay = delayAfter(err, attempt, opts)
      if (now() + delay > end) throw new RetryError(causes)
      // One of the functions that were called may have aborted.
      signal?.throwIfAborted()
      await pause(delay, opts)
    }
  }
}

export class IdempotencyStore {
  private readonly outcomes = new Map<string, Promise<unknown>>()

  run<T>(key: string, fn: () => Promise<T>): Promise<T> {
    const known = this.outcomes.get(key)
    if (known !== undefined) return known as Promise<T>
    // The key is taken before fn is called, which may ask for it itself.
    let succeed: (value: T) => void = () => {}
    let fail: (err: unknown) => void = () => {}
    const outcome = new Promise<T>((resolve, reject) => {
      succeed = resolve
      fail = (err) => {
        this.outcomes.delete(key)
        reject(err)
      }
    })
    this.outcomes.set(key, outcome)
    try {
      fn().then(succeed, fail)
    } catch (err) {
      fail(err)
    }
    return outcome
  }

  get size(): number {
    return this.outcomes.size
  }
}
