export type BreakerState = 'closed' | 'open' | 'half-open'

/** What became of the calls of one generation. */
export interface Counts {
  /** Calls that were let through. */
  requests: number
  successes: number
  failures: number
  consecutiveSuccesses: number
  consecutiveFailures: number
}

/** The breaker is open: the call was not made. */
export class OpenStateError extends Error {
  override name = 'OpenStateError'
}

/** The breaker is half-open and has let through as many trial calls as it may. */
export class TooManyRequestsError extends Error {
  override name = 'TooManyRequestsError'
}

export interface BreakerOpts {
  /** How long the breaker stays open. */
  timeoutMs: number
  /** How often the counts of a closed breaker begin anew; 0: never. */
  intervalMs: number
  /** Trial calls while half-open. */
  maxRequests: number
  readyToTrip: (counts: Counts) => boolean
  /** Default: every error is a failure. */
  isFailure?: (err: unknown) => boolean
  onStateChange?: (from: BreakerState, to: BreakerState) => void
  /** Milliseconds; never goes back. */
  now: () => number
}

/** Stops calls to a service that fails too often, and tries it again after a while. */
export class CircuitBreaker {
  readonly #opts: BreakerOpts
  readonly #isFailure: (err: unknown) => boolean
  #state: BreakerState = 'closed'
  /** Serial number of the current generation; calls remember in which one they began. */
  #generation = 0
  #generationBegan: number
  #counts = noCounts()

  constructor(opts: BreakerOpts) {
    for (const name of ['timeoutMs', 'intervalMs'] as const) {
      if (!Number.isFinite(opts[name]) || opts[name] < 0) throw new RangeError(`${name} must be at least 0`)
    }
    if (!Number.isInteger(opts.maxRequests) || opts.maxRequests < 1) {
      throw new RangeError('maxRequests must be a positive integer')
    }
    this.#opts = opts
    this.#isFailure = opts.isFailure ?? (() => true)
    this.#generationBegan = opts.now()
  }

  get state(): BreakerState {
    this.#catchUp()
    return this.#state
  }

  counts(): Counts {
    this.#catchUp()
    return { ...this.#counts }
  }

  // `async`: whatever is thrown below becomes a rejection; up to the first `await` it runs inside the call.
  async execute<T>(fn: () => Promise<T> | T, fallback?: (err: unknown) => Promise<T> | T): Promise<T> {
    this.#catchUp()
    const refusal = this.#refusal()
    if (refusal) return answer(refusal, fallback)

    this.#counts.requests++
    const generation = this.#generation
    let value: T
    try {
      value = await fn()
    } catch (error) {
      const hasFailed = true
      // Counted before the fallback is asked: whatever it answers, the call has failed.
      this.#record(generation, hasFailed)
      if (this.#isFailure(error)) return answer(error, fallback)
      throw error
    }
    this.#record(generation, false)
    return value
  }

  #refusal(): Error | null {
    if (this.#state === 'open') return new OpenStateError('the circuit breaker is open')
    if (this.#state === 'half-open' && this.#counts.requests >= this.#opts.maxRequests) {
      return new TooManyRequestsError('the circuit breaker is half-open and being tried')
    }
    return null
  }

  /** Does what has become due since the last look at the clock. This is why no timer is needed. */
  #catchUp(): void {
    const { timeoutMs, intervalMs, now } = this.#opts
    const age = now() - this.#generationBegan
    if (this.#state === 'open' && age >= timeoutMs) this.#changeTo('half-open')
    else if (this.#state === 'closed' && intervalMs > 0 && age >= intervalMs) this.#beginGeneration()
  }

  #record(generation: number, hasFailed: boolean): void {
    this.#catchUp()
    if (generation !== this.#generation) return
    const counts = this.#counts
    if (hasFailed) {
      counts.failures++
      counts.consecutiveFailures++
      counts.consecutiveSuccesses = 0
      if (this.#state === 'half-open' || this.#opts.readyToTrip({ ...counts })) this.#changeTo('open')
    } else {
      counts.successes++
      counts.consecutiveSuccesses++
      counts.consecutiveFailures = 0
      if (this.#state === 'half-open' && counts.successes >= this.#opts.maxRequests) this.#changeTo('closed')
    }
  }

  #changeTo(state: BreakerState): void {
    const from = this.#state
    this.#state = state
    this.#beginGeneration()
    this.#opts.onStateChange?.(from, state)
  }

  #beginGeneration(): void {
    this.#generation++
    this.#generationBegan = this.#opts.now()
    this.#counts = noCounts()
  }
}

function noCounts(): Counts {
  return { requests: 0, successes: 0, failures: 0, consecutiveSuccesses: 0, consecutiveFailures: 0 }
}

function answer<T>(error: unknown, fallback: ((err: unknown) => Promise<T> | T) | undefined): Promise<T> | T {
  if (!fallback) throw error
  return fallback(error)
}
