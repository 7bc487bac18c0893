/** A phase is one object per generation, with its state, its counts and its due time; a call keeps the phase in which it began. */
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

/** A generation. */
interface Phase {
  readonly state: BreakerState
  readonly counts: Counts
  /** When the next phase begins by itself. */
  readonly dueAt: number
}

type Outcome<T> = { isOk: true; value: T } | { isOk: false; err: unknown; isFailure: boolean }

/** Stops calls to a service that fails too often, and tries it again after a while. */
export class CircuitBreaker {
  readonly #opts: BreakerOpts
  #phase: Phase

  constructor(opts: BreakerOpts) {
    for (const name of ['timeoutMs', 'intervalMs'] as const) {
      if (!Number.isFinite(opts[name]) || opts[name] < 0) {
        throw new RangeError(`${name} must be a finite number of at least 0`)
      }
    }
    if (!Number.isInteger(opts.maxRequests) || opts.maxRequests < 1) {
      throw new RangeError('maxRequests must be a positive integer')
    }
    this.#opts = { ...opts }
    this.#phase = this.#phaseOf('closed', this.#opts.now())
  }

  /** Calls `fn` unless the breaker refuses; `fallback` answers for refused and failed calls. */
  async execute<T>(fn: () => Promise<T> | T, fallback?: (err: unknown) => Promise<T> | T): Promise<T> {
    const outcome = await this.#attempt(fn)
    if (outcome.isOk) return outcome.value
    if (outcome.isFailure && fallback) return fallback(outcome.err)
    throw outcome.err
  }

  get state(): BreakerState {
    return this.#look().phase.state
  }

  /** A copy of the counts of the current generation. */
  counts(): Counts {
    return { ...this.#look().phase.counts }
  }

  async #attempt<T>(fn: () => Promise<T> | T): Promise<Outcome<T>> {
    const { phase } = this.#look()
    const refusal = this.#refusalIn(phase)
    if (refusal) return { isOk: false, err: refusal, isFailure: true }
    phase.counts.requests++

    let outcome: Outcome<T>
    try {
      outcome = { isOk: true, value: await fn() }
    } catch (err) {
      outcome = { isOk: false, err, isFailure: this.#opts.isFailure?.(err) ?? true }
    }
    this.#report(phase, outcome.isOk || !outcome.isFailure)
    return outcome
  }

  #refusalIn({ state, counts }: Phase): Error | undefined {
    if (state === 'open') return new OpenStateError('the breaker is open')
    if (state === 'half-open' && counts.requests >= this.#opts.maxRequests) {
      return new TooManyRequestsError('the breaker is trying other calls')
    }
    return undefined
  }

  /** Counts a result, if its generation still lasts, and draws the conclusions. */
  #report(phase: Phase, isSuccess: boolean): void {
    const { phase: current, now } = this.#look()
    if (current !== phase) return
    const { counts, state } = phase
    if (isSuccess) {
      counts.successes++
      counts.consecutiveSuccesses++
      counts.consecutiveFailures = 0
      if (state === 'half-open' && counts.successes >= this.#opts.maxRequests) this.#enter('closed', now)
    } else {
      counts.failures++
      counts.consecutiveFailures++
      counts.consecutiveSuccesses = 0
      if (state === 'half-open' || this.#opts.readyToTrip({ ...counts })) this.#enter('open', now)
    }
  }

  /** Lets happen what is due, and gives the phase that is now current. */
  #look(): { phase: Phase; now: number } {
    const now = this.#opts.now()
    if (now >= this.#phase.dueAt) this.#enter(this.#phase.state === 'open' ? 'half-open' : 'closed', now)
    return { phase: this.#phase, now }
  }

  #enter(state: BreakerState, now: number): void {
    const from = this.#phase.state
    this.#phase = this.#phaseOf(state, now)
    if (from !== state) this.#opts.onStateChange?.(from, state)
  }

  #phaseOf(state: BreakerState, now: number): Phase {
    const { timeoutMs, intervalMs } = this.#opts
    const lasts = {
      closed: intervalMs > 0 ? intervalMs : Number.POSITIVE_INFINITY,
      open: timeoutMs,
      'half-open': Number.POSITIVE_INFINITY,
    }
    const counts = { requests: 0, successes: 0, failures: 0, consecutiveSuccesses: 0, consecutiveFailures: 0 }
    return { state, counts, dueAt: now + lasts[state] }
  }
}
