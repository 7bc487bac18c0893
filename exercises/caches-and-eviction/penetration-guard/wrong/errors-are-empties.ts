// Takes a failed load for a missing row.
export interface GuardOpts<V> {
  load: (key: string) => Promise<V | null>
  validKey?: RegExp | ((key: string) => boolean)
  mayExist?: (key: string) => boolean
  ttlMs: number
  nullTtlMs: number
  maxNulls: number
  now: () => number
}

export class GuardedLoader<V> {
  readonly #opts: GuardOpts<V>
  readonly #isValid: (key: string) => boolean
  readonly #values = new Map<string, { value: V; expiresAt: number }>()
  readonly #empties = new Map<string, number>()
  readonly #loading = new Map<string, Promise<V | null>>()
  readonly #stats = { loads: 0, hits: 0, nullHits: 0, rejected: 0 }

  constructor(opts: GuardOpts<V>) {
    for (const name of ['ttlMs', 'nullTtlMs'] as const) {
      if (!Number.isFinite(opts[name]) || opts[name] <= 0) throw new RangeError(`${name} must be a number above 0`)
    }
    if (!Number.isInteger(opts.maxNulls) || opts.maxNulls < 1) {
      throw new RangeError('maxNulls must be a positive integer')
    }
    this.#opts = opts
    this.#isValid = opts.validKey instanceof RegExp ? tester(opts.validKey) : (opts.validKey ?? (() => true))
  }

  async get(key: string): Promise<V | null> {
    if (!this.#isValid(key) || this.#opts.mayExist?.(key) === false) {
      this.#stats.rejected++
      return null
    }
    const now = this.#opts.now()
    const known = this.#values.get(key)
    if (known !== undefined && now < known.expiresAt) {
      this.#stats.hits++
      return known.value
    }
    const emptyUntil = this.#empties.get(key)
    if (emptyUntil !== undefined && now < emptyUntil) {
      this.#stats.nullHits++
      return null
    }
    return this.#loading.get(key) ?? this.#load(key)
  }

  invalidate(key: string): void {
    this.#values.delete(key)
    this.#empties.delete(key)
    this.#loading.delete(key)
  }

  stats(): { loads: number; hits: number; nullHits: number; rejected: number } {
    return { ...this.#stats }
  }

  #load(key: string): Promise<V | null> {
    this.#stats.loads++
    const loading = (async () => this.#opts.load(key))().then(
      (value) => {
        if (this.#end(key, loading)) this.#store(key, value)
        return value
      },
      (error: unknown) => {
        if (error !== undefined && this.#end(key, loading)) this.#store(key, null)
        return null
      },
    )
    this.#loading.set(key, loading)
    return loading
  }

  #end(key: string, loading: Promise<V | null>): boolean {
    return this.#loading.get(key) === loading && this.#loading.delete(key)
  }

  #store(key: string, value: V | null): void {
    this.#values.delete(key)
    this.#empties.delete(key)
    const { now, ttlMs, nullTtlMs, maxNulls } = this.#opts
    if (value !== null) {
      this.#values.set(key, { value, expiresAt: now() + ttlMs })
      return
    }
    this.#empties.set(key, now() + nullTtlMs)
    if (this.#empties.size > maxNulls) {
      for (const oldest of this.#empties.keys()) {
        this.#empties.delete(oldest)
        break
      }
    }
  }
}

function tester(expression: RegExp): (key: string) => boolean {
  const stateless = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''))
  return (key) => stateless.test(key)
}
