/** One map for values, one for empties in the order of storing, one for loads under way; a load stores only while it is the registered one. */
export interface GuardOpts<V> {
  load: (key: string) => Promise<V | null>
  validKey?: RegExp | ((key: string) => boolean)
  mayExist?: (key: string) => boolean
  ttlMs: number
  nullTtlMs: number
  maxNulls: number
  now: () => number
}

interface Stored<V> {
  value: V
  since: number
}

function doorFor(rule: RegExp | ((key: string) => boolean) | undefined): (key: string) => boolean {
  if (rule === undefined) return () => true
  if (typeof rule === 'function') return rule
  const stateless = new RegExp(rule.source, rule.flags.replace(/[gy]/g, ''))
  return (key) => stateless.test(key)
}

/** A caching loader that keeps requests for what does not exist away from the database. */
export class GuardedLoader<V> {
  readonly #opts: GuardOpts<V>
  readonly #isValid: (key: string) => boolean
  readonly #values = new Map<string, Stored<V>>()
  /** When each empty was stored; the map's order is the order of storing. */
  readonly #empties = new Map<string, number>()
  readonly #flights = new Map<string, Promise<V | null>>()
  readonly #stats = { loads: 0, hits: 0, nullHits: 0, rejected: 0 }

  constructor(opts: GuardOpts<V>) {
    for (const name of ['ttlMs', 'nullTtlMs'] as const) {
      if (!Number.isFinite(opts[name]) || opts[name] <= 0) throw new RangeError(`${name} must be finite and above 0`)
    }
    if (!Number.isInteger(opts.maxNulls) || opts.maxNulls < 1) {
      throw new RangeError('maxNulls must be an integer of at least 1')
    }
    this.#opts = { ...opts }
    this.#isValid = doorFor(opts.validKey)
  }

  /** Async, so that an error of any rule becomes a rejection; everything up to the load still happens at once. */
  async get(key: string): Promise<V | null> {
    const { mayExist, ttlMs, nullTtlMs, now } = this.#opts
    if (!this.#isValid(key) || (mayExist !== undefined && !mayExist(key))) {
      this.#stats.rejected++
      return null
    }

    const stored = this.#values.get(key)
    if (stored !== undefined) {
      if (now() - stored.since < ttlMs) {
        this.#stats.hits++
        return stored.value
      }
      this.#values.delete(key)
    }
    const emptySince = this.#empties.get(key)
    if (emptySince !== undefined) {
      if (now() - emptySince < nullTtlMs) {
        this.#stats.nullHits++
        return null
      }
      this.#empties.delete(key)
    }

    return this.#flights.get(key) ?? this.#load(key)
  }

  invalidate(key: string): void {
    this.#values.delete(key)
    this.#empties.delete(key)
    this.#flights.delete(key)
  }

  stats(): { loads: number; hits: number; nullHits: number; rejected: number } {
    return { ...this.#stats }
  }

  #load(key: string): Promise<V | null> {
    let settle: { resolve: (value: V | null) => void; reject: (reason: unknown) => void } | undefined
    const flight = new Promise<V | null>((resolve, reject) => {
      settle = { resolve, reject }
    })
    // Registered before the call, so that what `load` itself calls finds it.
    this.#flights.set(key, flight)
    this.#stats.loads++

    /** Ends the flight and says whether its result may still be stored. */
    const land = (): boolean => this.#flights.get(key) === flight && this.#flights.delete(key)
    const succeed = (value: V | null): void => {
      if (land()) this.#store(key, value)
      settle?.resolve(value)
    }
    const fail = (reason: unknown): void => {
      land()
      settle?.reject(reason)
    }
    try {
      Promise.resolve(this.#opts.load(key)).then(succeed, fail)
    } catch (error) {
      fail(error)
    }
    return flight
  }

  #store(key: string, value: V | null): void {
    const since = this.#opts.now()
    this.#values.delete(key)
    this.#empties.delete(key)
    if (value !== null) {
      this.#values.set(key, { value, since })
      return
    }
    this.#empties.set(key, since)
    if (this.#empties.size <= this.#opts.maxNulls) return
    for (const oldest of this.#empties.keys()) {
      this.#empties.delete(oldest)
      break
    }
  }
}
