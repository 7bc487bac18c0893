/** A level that may be negative, brought up to date from the clock at the start of every call; waiting is a booking plus a sleep. */
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
  override name = 'RateExceededError'
}

/** The longest time that setTimeout can be given. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function timerSleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const sleepOn = (left: number): void => {
      const part = Math.min(left, LONGEST_TIMER_MS)
      timer = setTimeout(() => {
        if (left > part) {
          sleepOn(left - part)
          return
        }
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, part)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    sleepOn(Math.ceil(ms))
  })
}

function requireAmount(value: number, name: string): void {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be finite and not negative: ${value}`)
}

export class TokenBucket {
  #rate: number
  #level: number
  #readAt: number
  readonly #burst: number
  readonly #now: () => number
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>

  constructor(opts: BucketOpts) {
    requireAmount(opts.ratePerSec, 'ratePerSec')
    requireAmount(opts.burst, 'burst')
    if (opts.burst === 0) throw new RangeError('burst must be above 0')
    this.#rate = opts.ratePerSec
    this.#burst = opts.burst
    this.#level = opts.burst
    this.#now = opts.now
    this.#sleep = opts.sleep ?? timerSleep
    this.#readAt = this.#now()
  }

  allow(n = 1): boolean {
    requireAmount(n, 'n')
    this.#refill()
    if (n === 0) return true
    if (this.#level < n) return false
    this.#level -= n
    return true
  }

  reserve(n = 1): Reservation {
    requireAmount(n, 'n')
    this.#refill()
    const delayMs = this.#delayOf(n)
    const ok = delayMs !== Infinity
    return { ok, delayMs, cancel: this.#book(ok ? n : 0) }
  }

  /** Async for the sake of rejections; what comes before the first await still happens at once. */
  async wait(n = 1, opts: WaitOpts = {}): Promise<void> {
    requireAmount(n, 'n')
    const { maxWaitMs = Infinity, signal } = opts
    signal?.throwIfAborted()
    this.#refill()
    const delay = this.#delayOf(n)
    if (delay === Infinity) throw new RateExceededError(`${n} tokens will never be there`)
    if (delay > maxWaitMs) throw new RateExceededError(`${n} tokens are ${delay} ms away`)

    const cancel = this.#book(n)
    if (delay === 0) return
    try {
      await this.#sleep(delay, signal)
    } catch (error) {
      cancel()
      throw error
    }
  }

  setRate(ratePerSec: number): void {
    requireAmount(ratePerSec, 'ratePerSec')
    this.#refill()
    this.#rate = ratePerSec
  }

  tokens(): number {
    this.#refill()
    return this.#level
  }

  /** Takes n tokens, and gives the function that puts them back, once. */
  #book(n: number): () => void {
    this.#level -= n
    let held = n
    return () => {
      if (held === 0) return
      this.#refill()
      this.#add(held)
      held = 0
    }
  }

  /** How long n more tokens would take from now on; Infinity if for ever. */
  #delayOf(n: number): number {
    if (n === 0) return 0
    const missing = n - this.#level
    if (n > this.#burst || (missing > 0 && this.#rate === 0)) return Infinity
    return missing > 0 ? (missing * 1000) / this.#rate : 0
  }

  #refill(): void {
    const time = this.#now()
    if (time > this.#readAt) this.#add(((time - this.#readAt) * this.#rate) / 1000)
    this.#readAt = time
  }

  #add(tokens: number): void {
    this.#level = Math.min(this.#burst, this.#level + tokens)
  }
}
