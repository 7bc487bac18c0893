// Scales the base by a factor and rounds.
export function jitteredTtl(baseMs: number, spread: number, rng: () => number): number {
  checkJitter(baseMs, spread)
  const width = Math.floor(baseMs * spread)
  return width === 0 ? baseMs : Math.round(baseMs * (1 - spread + 2 * spread * rng()))
}

export interface DualOpts<V> {
  load: (key: string) => Promise<V>
  ttlMs: number
  spread: number
  maxConcurrentLoads: number
  rng: () => number
  now: () => number
}

export class DualCache<V> {
  readonly #opts: DualOpts<V>
  readonly #copies = new Map<string, { readonly value: V; readonly freshUntil: number }>()
  readonly #loads = new Map<string, Promise<V>>()
  readonly #line: Array<() => void> = []
  #started = 0
  #active = 0
  #servedFromBackup = 0

  constructor(opts: DualOpts<V>) {
    this.#opts = { ...opts }
    checkJitter(this.#opts.ttlMs, this.#opts.spread)
    if (!isPositiveInteger(this.#opts.maxConcurrentLoads)) {
      throw new RangeError('maxConcurrentLoads must be a positive integer')
    }
  }

  async get(key: string): Promise<V> {
    const copy = this.#copies.get(key)
    if (copy === undefined) return this.#load(key)
    if (!this.#isFresh(key)) {
      this.#servedFromBackup++
      void this.#load(key)
    }
    return copy.value
  }

  async warm(keys: readonly string[]): Promise<void> {
    await Promise.allSettled(keys.filter((key) => !this.#isFresh(key)).map((key) => this.#load(key)))
  }

  stats(): { loads: number; servedFromBackup: number; activeLoads: number } {
    return { loads: this.#started, servedFromBackup: this.#servedFromBackup, activeLoads: this.#active }
  }

  #isFresh(key: string): boolean {
    const copy = this.#copies.get(key)
    return copy !== undefined && this.#opts.now() < copy.freshUntil
  }

  #load(key: string): Promise<V> {
    const known = this.#loads.get(key)
    if (known !== undefined) return known
    const load = new Promise<V>((resolve, reject) => {
      this.#line.push(() => this.#run(key).then(resolve, reject))
    })
    load.catch(() => undefined)
    this.#loads.set(key, load)
    this.#startNext()
    return load
  }

  #startNext(): void {
    if (this.#active < this.#opts.maxConcurrentLoads) this.#line.shift()?.()
  }

  async #run(key: string): Promise<V> {
    this.#active++
    this.#started++
    try {
      const value = await this.#opts.load(key)
      const { ttlMs, spread, rng, now } = this.#opts
      this.#copies.set(key, { value, freshUntil: now() + jitteredTtl(ttlMs, spread, rng) })
      return value
    } finally {
      this.#active--
      this.#loads.delete(key)
      this.#startNext()
    }
  }
}

function checkJitter(baseMs: number, spread: number): void {
  if (!isPositiveInteger(baseMs)) throw new RangeError('a TTL must be a positive integer')
  if (!(spread >= 0 && spread < 1)) throw new RangeError('a spread must be at least 0 and below 1')
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value >= 1
}
