// Rounds down what was earned and forgets the rest, so frequent callers earn nothing.
export interface Reservation {
  ok: boolean
  delayMs: number
  cancel(): void
}

export interface BucketOpts {
  ratePerSec: number
  burst: number
  now: () => number
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

export interface WaitOpts {
  maxWaitMs?: number
  signal?: AbortSignal
}

export class RateExceededError extends Error {
  override readonly name = 'RateExceededError'
}

export class TokenBucket {
  readonly #burst: number
  readonly #now: () => number
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  #rate: number
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
    checked(ratePerSec, 'ratePerSec')
    this.#settle()
    this.#rate = ratePerSec
  }

  tokens(): number {
    return this.#settle()
  }

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

  #delayOf(n: number): number {
    if (n === 0) return 0
    const missing = n - this.#settle()
    if (n > this.#burst) return Infinity
    if (missing <= 0) return 0
    return this.#rate === 0 ? Infinity : (missing * 1000) / this.#rate
  }

  #settle(): number {
    const now = this.#now()
    const elapsedMs = Math.max(0, now - this.#settledAt)
    this.#settledAt = now
    this.#level = Math.min(this.#burst, this.#level + Math.floor((elapsedMs * this.#rate) / 1000))
    return this.#level
  }
}

function checked(value: number, name: string): number {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be a number of at least 0, not ${value}`)
  return value
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
