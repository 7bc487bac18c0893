/** Entries never leave the map; each key has at most one current flight, which keeps its own list of people to serve when it lands. */
export interface LogicalOpts<V> {
  rebuild: (key: string) => Promise<V>
  /** How long an entry is fresh, in milliseconds. */
  ttlMs: number
  /** From this long after its expiry an entry is too stale to be handed out; no limit by default. */
  maxStaleMs?: number
  /** Milliseconds. */
  now: () => number
}

export interface Answer<V> {
  value: V
  stale: boolean
}

interface Entry<V> {
  readonly value: V
  readonly expiresAt: number
}

/** Somebody who cannot be answered before a rebuild has ended. */
interface Waiter<V> {
  resolve(answer: Answer<V>): void
  reject(error: unknown): void
}

/** One call of rebuild. It is current as long as the table of flights names it. */
interface Flight<V> {
  readonly waiters: Array<Waiter<V>>
}

/** A cache for hot keys: expired entries are handed out while they are rebuilt in the background. */
export class LogicalExpiryCache<V> {
  readonly #rebuild: (key: string) => Promise<V>
  readonly #ttlMs: number
  readonly #maxStaleMs: number
  readonly #now: () => number
  readonly #entries = new Map<string, Entry<V>>()
  readonly #flights = new Map<string, Flight<V>>()
  #pending = 0

  constructor({ rebuild, ttlMs, maxStaleMs = Number.POSITIVE_INFINITY, now }: LogicalOpts<V>) {
    if (!Number.isFinite(ttlMs) || ttlMs <= 0) throw new RangeError('ttlMs must be a finite number above 0')
    if (!(maxStaleMs >= 0)) throw new RangeError('maxStaleMs must be a number of at least 0')
    this.#rebuild = rebuild
    this.#ttlMs = ttlMs
    this.#maxStaleMs = maxStaleMs
    this.#now = now
  }

  /** Stores a value now; whatever rebuild of the key is on its way has been overtaken. */
  preload(key: string, value: V): void {
    this.#flights.delete(key)
    this.#store(key, value)
  }

  get(key: string): Promise<Answer<V>> {
    return new Promise((resolve, reject) => this.#serve(key, { resolve, reject }))
  }

  /** Calls of rebuild that have not ended. */
  get pendingRebuilds(): number {
    return this.#pending
  }

  #store(key: string, value: V): void {
    this.#entries.set(key, { value, expiresAt: this.#now() + this.#ttlMs })
  }

  #serve(key: string, waiter: Waiter<V>): void {
    const entry = this.#entries.get(key)
    const time = this.#now()
    if (entry && time < entry.expiresAt) {
      waiter.resolve({ value: entry.value, stale: false })
      return
    }
    const isUsable = entry !== undefined && time < entry.expiresAt + this.#maxStaleMs
    if (isUsable) waiter.resolve({ value: entry.value, stale: true })
    const flight = this.#flights.get(key)
    if (!flight) this.#launch(key, isUsable ? [] : [waiter])
    else if (!isUsable) flight.waiters.push(waiter)
  }

  #launch(key: string, waiters: Array<Waiter<V>>): void {
    const flight: Flight<V> = { waiters }
    this.#flights.set(key, flight)
    this.#pending++
    let work: Promise<V>
    try {
      work = Promise.resolve(this.#rebuild(key))
    } catch (error) {
      this.#land(key, flight, (waiter) => waiter.reject(error))
      return
    }
    work.then(
      (value) => {
        if (this.#flights.get(key) === flight) this.#store(key, value)
        this.#land(key, flight, (waiter) => waiter.resolve({ value, stale: false }))
      },
      (error: unknown) => this.#land(key, flight, (waiter) => waiter.reject(error)),
    )
  }

  /** Takes the flight off the books and tells those who waited, or serves them anew if it was overtaken. */
  #land(key: string, flight: Flight<V>, tell: (waiter: Waiter<V>) => void): void {
    this.#pending--
    const isCurrent = this.#flights.get(key) === flight
    if (isCurrent) this.#flights.delete(key)
    for (const waiter of flight.waiters) {
      if (isCurrent) tell(waiter)
      else this.#serve(key, waiter)
    }
  }
}
