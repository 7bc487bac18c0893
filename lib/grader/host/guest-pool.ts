import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import { guestLimits, type GuestLimits } from './guest-command'
import type { GuestProcess } from './guest-process'

/** The limits of most exercises: these guests are started ahead. */
const USUAL = guestLimits(DEFAULT_LIMITS)

/**
 * Guests that wait for a solution. Most of the cost of a verdict is the start of a process, so it is paid before
 * anybody waits for it. A guest leaves the pool for one solution and never comes back.
 */
export class GuestPool {
  readonly #start: (limits: GuestLimits) => Promise<GuestProcess>
  readonly #ahead: number
  readonly #waiting: GuestProcess[] = []
  #starting = 0
  #closed = false

  constructor(start: (limits: GuestLimits) => Promise<GuestProcess>, ahead: number) {
    this.#start = start
    this.#ahead = ahead
  }

  /** A guest under these limits: the one that has waited longest, or a new one. */
  async take(limits: GuestLimits): Promise<GuestProcess> {
    if (isUsual(limits)) {
      for (let guest = this.#waiting.shift(); guest; guest = this.#waiting.shift()) {
        if (!guest.ended) return guest
        await guest.dispose()
      }
    }
    return this.#start(limits)
  }

  /** Starts what is missing. Called when it holds up nobody. @throws when a guest cannot be started */
  async refill(): Promise<void> {
    while (!this.#closed && this.#waiting.length + this.#starting < this.#ahead) {
      this.#starting++
      try {
        const guest = await this.#start(USUAL)
        if (this.#closed) await guest.dispose()
        else this.#waiting.push(guest)
      } finally {
        this.#starting--
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#waiting.splice(0).map((guest) => guest.dispose()))
  }
}

function isUsual({ memoryMiB, cpuSeconds }: GuestLimits): boolean {
  return memoryMiB === USUAL.memoryMiB && cpuSeconds === USUAL.cpuSeconds
}
