// Stores the result of a rebuild even if newer data came in the meantime.
export interface LogicalOpts<V> {
  rebuild: (key: string) => Promise<V>
  ttlMs: number
  maxStaleMs?: number
  now: () => number
}

type Outcome<V> = { readonly value: V } | null

export class LogicalExpiryCache<V> {
  readonly #opts: Required<LogicalOpts<V>>
  readonly #entries = new Map<string, { readonly value: V; readonly expiresAt: number }>()
  readonly #rebuilds = new Map<string, Promise<Outcome<V>>>()
  #pending = 0

  constructor({ rebuild, ttlMs, maxStaleMs = Number.POSITIVE_INFINITY, now }: LogicalOpts<V>) {
    if (!Number.isFinite(ttlMs) || ttlMs <= 0) throw new RangeError('ttlMs must be a number above 0')
    if (!(maxStaleMs >= 0)) throw new RangeError('maxStaleMs must be a number of at least 0')
    this.#opts = { rebuild, ttlMs, maxStaleMs, now }
  }

  get pendingRebuilds(): number {
    return this.#pending
  }

  preload(key: string, value: V): void {
    this.#rebuilds.delete(key)
    this.#store(key, value)
  }

  async get(key: string): Promise<{ value: V; stale: boolean }> {
    const entry = this.#entries.get(key)
    if (entry !== undefined) {
      const late = this.#opts.now() - entry.expiresAt
      if (late < 0) return { value: entry.value, stale: false }
      if (late < this.#opts.maxStaleMs) {
        void this.#rebuild(key)
        return { value: entry.value, stale: true }
      }
    }
    const outcome = await this.#rebuild(key)
    return outcome === null ? this.get(key) : { value: outcome.value, stale: false }
  }

  #rebuild(key: string): Promise<Outcome<V>> {
    const running = this.#rebuilds.get(key)
    if (running !== undefined) return running
    this.#pending++
    const rebuild = (async () => this.#opts.rebuild(key))().then(
      (value) => {
        this.#end(key, rebuild)
        this.#store(key, value)
        return { value }
      },
      (error: unknown) => {
        if (!this.#end(key, rebuild)) return null
        throw error
      },
    )
    rebuild.catch(() => undefined)
    this.#rebuilds.set(key, rebuild)
    return rebuild
  }

  #end(key: string, rebuild: Promise<Outcome<V>>): boolean {
    this.#pending--
    return this.#rebuilds.get(key) === rebuild && this.#rebuilds.delete(key)
  }

  #store(key: string, value: V): void {
    this.#entries.set(key, { value, expiresAt: this.#opts.now() + this.#opts.ttlMs })
  }
}
