// Skips the second deletion when the first has failed.
export interface CacheStore<V> {
  get(key: string): Promise<V | null>
  set(key: string, value: V): Promise<void>
  del(key: string): Promise<void>
}

export interface Database<V> {
  read(key: string): Promise<V | null>
  write(key: string, value: V): Promise<void>
}

export interface AsideOpts {
  maxRetries: number
  retryDelayMs: number
  secondDeleteMs?: number
  sleep: (ms: number) => Promise<void>
  onGiveUp?: (key: string, err: unknown) => void
}

interface Series {
  failures: number
  error: unknown
  joined: number
}

export class CacheAside<V> {
  readonly #db: Database<V>
  readonly #cache: CacheStore<V>
  readonly #opts: AsideOpts
  readonly #retries = new Map<string, Series>()
  #position = Number.NEGATIVE_INFINITY

  constructor(db: Database<V>, cache: CacheStore<V>, opts: AsideOpts) {
    this.#db = db
    this.#cache = cache
    this.#opts = { ...opts }
    const { maxRetries, retryDelayMs, secondDeleteMs = 0 } = this.#opts
    if (!Number.isInteger(maxRetries) || maxRetries < 0) throw new RangeError('maxRetries must be an integer >= 0')
    for (const ms of [retryDelayMs, secondDeleteMs]) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`${ms} is not a delay`)
    }
  }

  get pendingRetries(): number {
    return this.#retries.size
  }

  async read(key: string): Promise<V | null> {
    const cached = await this.#cache.get(key).catch(() => null)
    if (cached !== null) return cached
    const value = await this.#db.read(key)
    if (value !== null) await this.#cache.set(key, value).catch(() => undefined)
    return value
  }

  async write(key: string, value: V): Promise<void> {
    await this.#db.write(key, value)
    const deleted = await this.#delete(key)
    if (!deleted) return
    const { secondDeleteMs, sleep } = this.#opts
    if (secondDeleteMs !== undefined) void sleep(secondDeleteMs).then(() => this.#delete(key))
  }

  async applyBinlog({ key, position }: { key: string; position: number }): Promise<void> {
    if (position <= this.#position) return
    this.#position = position
    await this.#delete(key)
  }

  async #delete(key: string): Promise<boolean> {
    const attempt = await this.#attempt(key)
    if (attempt.ok) return true
    const running = this.#retries.get(key)
    if (running === undefined) void this.#retry(key, { failures: 0, error: attempt.error, joined: 0 })
    else Object.assign(running, { failures: 0, error: attempt.error, joined: running.joined + 1 })
    return false
  }

  async #retry(key: string, series: Series): Promise<void> {
    const { maxRetries, retryDelayMs, sleep, onGiveUp } = this.#opts
    this.#retries.set(key, series)
    while (series.failures < maxRetries) {
      await sleep(retryDelayMs)
      const { joined } = series
      const attempt = await this.#attempt(key)
      if (series.joined !== joined) continue
      if (attempt.ok) {
        this.#retries.delete(key)
        return
      }
      series.failures++
      series.error = attempt.error
    }
    this.#retries.delete(key)
    onGiveUp?.(key, series.error)
  }

  async #attempt(key: string): Promise<{ ok: true } | { ok: false; error: unknown }> {
    try {
      await this.#cache.del(key)
      return { ok: true }
    } catch (error) {
      return { ok: false, error }
    }
  }
}
