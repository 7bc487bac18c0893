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
  now: () => number
  /** Rejects with the signal's reason when the signal is aborted. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

export interface WaitOpts {
  maxWaitMs?: number
  signal?: AbortSignal
}

/** The tokens cannot be had, or not soon enough. */
export class RateExceededError extends Error {
  override readonly name = 'RateExceededError'
}

/** A bucket of `burst` tokens that fills up continuously; who waits books tokens of the future. */
export class TokenBucket {
  readonly #burst: number
  readonly #now: () => number
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  #rate: number
  /** Tokens at the time of `#settledAt`; below 0 while bookings are owed. */
  #level: number
  #settledAt: number

  constructor({ ratePerSec, burst, now, sleep = sleepOnTimer }: BucketOpts) {
    this.#rate = checked(ratePerSec, 'ratePerSec')
    this.#burst = checked(burst, 'burst')
    if (burst === 0) throw new RangeError('a bucket that holds nothing lets nothing pass')
    this.#now = now
    this.#sleep = sleep
    this.#level = burst
    this.#settledAt = now()
  }

  allow(n = 1): boolean {
    checked(n, 'n')
    if (n > 0 && this.#settle() < n) return false
    this.#level -= n
    return true
  }

  reserve(n = 1): Reservation {
    return this.#book(checked(n, 'n'), Infinity)
  }

  async wait(n = 1, { maxWaitMs = Infinity, signal }: WaitOpts = {}): Promise<void> {
    checked(n, 'n')
    signal?.throwIfAborted()
    const { ok, delayMs, cancel } = this.#book(n, maxWaitMs)
    if (!ok) throw new RateExceededError(`${n} tokens would take ${delayMs} ms`)
    if (delayMs === 0) return
    try {
      await this.#sleep(delayMs, signal)
    } catch (error) {
      cancel()
      throw error
    }
  }

  setRate(ratePerSec: number): void {
    const rate = checked(ratePerSec, 'ratePerSec')
    // What has passed until now was earned at the old rate.
    this.#settle()
    this.#rate = rate
  }

  tokens(): number {
    return this.#settle()
  }

  /** Takes n tokens now, be it from the future, unless that future is too far away. */
  #book(n: number, maxWaitMs: number): Reservation {
    const delayMs = this.#delayOf(n)
    if (delayMs === Infinity || delayMs > maxWaitMs) return { ok: false, delayMs, cancel: () => {} }
    this.#level -= n
    let booked = true
    const cancel = (): void => {
      if (booked) this.#level = Math.min(this.#burst, this.#settle() + n)
      booked = false
    }
    return { ok: true, delayMs, cancel }
  }

  /** Milliseconds until n more tokens are there, or Infinity. */
  #delayOf(n: number): number {
    if (n === 0) return 0
    const missing = n - this.#settle()
    if (n > this.#burst) return Infinity
    // At a rate of 0 what is missing takes for ever, and the division says so.
    return missing <= 0 ? 0 : (missing * 1000) / this.#rate
  }

  /**
   * Adds what the time since the last call has earned. No timer is needed: the level matters only when somebody asks.
   * A clock that stepped back has earned nothing, and counts on from its new reading.
   */
  #settle(): number {
    const now = this.#now()
    const elapsedMs = Math.max(0, now - this.#settledAt)
    this.#settledAt = now
    this.#level = Math.min(this.#burst, this.#level + (elapsedMs * this.#rate) / 1000)
    return this.#level
  }
}

/** The value itself, and 0 for -0, by which a division would turn its sign. */
function checked(value: number, name: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be a number of at least 0, not ${value}`)
  return Math.abs(value)
}

function sleepOnTimer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
