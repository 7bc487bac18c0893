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
  constructor(opts: BreakerOpts) {
    throw new Error('not implemented')
  }

  /** Calls `fn` unless the breaker refuses; `fallback` answers for refused and failed calls. */
  execute<T>(fn: () => Promise<T> | T, fallback?: (err: unknown) => Promise<T> | T): Promise<T> {
    throw new Error('not implemented')
  }

  get state(): BreakerState {
    throw new Error('not implemented')
  }

  /** A copy of the counts of the current generation. */
  counts(): Counts {
    throw new Error('not implemented')
  }
}
