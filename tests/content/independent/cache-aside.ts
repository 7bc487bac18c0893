/** One loop per failing key; every newer failure raises the key's epoch, and a retry from an older epoch proves nothing. */
export interface CacheStore<V> {
  /** null: not cached. */
  get(key: string): Promise<V | null>
  set(key: string, value: V): Promise<void>
  del(key: string): Promise<void>
}

export interface Database<V> {
  /** null: no such row. */
  read(key: string): Promise<V | null>
  write(key: string, value: V): Promise<void>
}

export interface AsideOpts {
  maxRetries: number
  retryDelayMs: number
  /** Deletes once more this long after a write. */
  secondDeleteMs?: number
  sleep: (ms: number) => Promise<void>
  /** Hears of a deletion whose retries have all failed. */
  onGiveUp?: (key: string, err: unknown) => void
}

/** What is known about a key whose deletion is being retried. */
interface Trouble {
  /** Raised by each deletion that fails from outside of the retry loop. */
  epoch: number
  /** Retries that have failed in this epoch. */
  failed: number
}

function requireDelay(name: string, ms: number): void {
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`${name} must be a finite number of at least 0`)
}

/** Reads through a cache and keeps it in step with the database. */
export class CacheAside<V> {
  readonly #db: Database<V>
  readonly #cache: CacheStore<V>
  readonly #opts: AsideOpts
  readonly #troubles = new Map<string, Trouble>()
  #position = Number.NEGATIVE_INFINITY

  constructor(db: Database<V>, cache: CacheStore<V>, opts: AsideOpts) {
    if (!Number.isInteger(opts.maxRetries) || opts.maxRetries < 0) {
      throw new RangeError('maxRetries must be an integer of at least 0')
    }
    requireDelay('retryDelayMs', opts.retryDelayMs)
    if (opts.secondDeleteMs !== undefined) requireDelay('secondDeleteMs', opts.secondDeleteMs)
    this.#db = db
    this.#cache = cache
    this.#opts = { ...opts }
  }

  async read(key: string): Promise<V | null> {
    const cached = await this.#lookUp(key)
    if (cached !== null) return cached
    const row = await this.#db.read(key)
    if (row !== null) await this.#store(key, row)
    return row
  }

  async write(key: string, value: V): Promise<void> {
    await this.#db.write(key, value)
    await this.#invalidate(key)
    const { secondDeleteMs } = this.#opts
    if (secondDeleteMs !== undefined) void this.#invalidateAfter(secondDeleteMs, key)
  }

  /** Deletes what the database's change log says has changed. */
  async applyBinlog(ev: { key: string; position: number }): Promise<void> {
    if (!(ev.position > this.#position)) return
    this.#position = ev.position
    await this.#invalidate(ev.key)
  }

  /** Keys whose deletion is being retried. */
  get pendingRetries(): number {
    return this.#troubles.size
  }

  async #lookUp(key: string): Promise<V | null> {
    try {
      return await this.#cache.get(key)
    } catch {
      return null
    }
  }

  async #store(key: string, value: V): Promise<void> {
    try {
      await this.#cache.set(key, value)
    } catch {
      // The answer is known all the same.
    }
  }

  /** One deletion; a failure is left to the retry loop of the key. Never rejects. */
  async #invalidate(key: string): Promise<void> {
    try {
      await this.#cache.del(key)
    } catch (err) {
      this.#reportFailure(key, err)
    }
  }

  async #invalidateAfter(ms: number, key: string): Promise<void> {
    await this.#opts.sleep(ms)
    await this.#invalidate(key)
  }

  #reportFailure(key: string, err: unknown): void {
    const known = this.#troubles.get(key)
    if (known) {
      known.epoch++
      known.failed = 0
    } else if (this.#opts.maxRetries === 0) {
      this.#opts.onGiveUp?.(key, err)
    } else {
      const trouble: Trouble = { epoch: 0, failed: 0 }
      this.#troubles.set(key, trouble)
      void this.#retry(key, trouble)
    }
  }

  async #retry(key: string, trouble: Trouble): Promise<void> {
    for (;;) {
      await this.#opts.sleep(this.#opts.retryDelayMs)
      const { epoch } = trouble
      try {
        await this.#cache.del(key)
        if (trouble.epoch !== epoch) continue
        this.#troubles.delete(key)
        return
      } catch (err) {
        if (trouble.epoch !== epoch || ++trouble.failed < this.#opts.maxRetries) continue
        this.#troubles.delete(key)
        this.#opts.onGiveUp?.(key, err)
        return
      }
    }
  }
}
