export interface Reservation {
  /** False when the tokens can never be had; then nothing was booked. */
  ok: boolean
  /** Milliseconds until the booked tokens are there; Infinity when not ok. */
  delayMs: number
  /** Gives the booked tokens back, once. */
  cancel(): void
}

export interface BucketOpts {
  ratePerSec: number
  burst: number
  /** Milliseconds; any fixed starting point. */
  now: () => number
  /** Rejects with the signal's reason when the signal is aborted. Default: a timer. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

export interface WaitOpts {
  maxWaitMs?: number
  signal?: AbortSignal
}

export class RateExceededError extends Error {}

export class TokenBucket {
  constructor(opts: BucketOpts) {
    throw new Error('not implemented')
  }

  /** Takes n tokens if they are there now. */
  allow(n = 1): boolean {
    throw new Error('not implemented')
  }

  /** Takes n tokens, from the future if need be, and says how far away they are. */
  reserve(n = 1): Reservation {
    throw new Error('not implemented')
  }

  /** Resolves when n tokens are there. */
  wait(n = 1, opts: WaitOpts = {}): Promise<void> {
    throw new Error('not implemented')
  }

  setRate(ratePerSec: number): void {
    throw new Error('not implemented')
  }

  /** Tokens in the bucket now, with fractions; negative while reserved tokens are still to come. */
  tokens(): number {
    throw new Error('not implemented')
  }
}
