// Draws from all keys, with and without an expiry.
export interface StoreOptions {
  now: () => number
  rng: () => number
  role?: 'master' | 'replica'
  samples?: number
  staleRatio?: number
  propagate?: (cmd: readonly string[]) => void
}

class Bag {
  readonly #items: string[] = []
  readonly #places = new Map<string, number>()

  get size(): number {
    return this.#items.length
  }

  add(item: string): void {
    if (this.#places.has(item)) return
    this.#places.set(item, this.#items.length)
    this.#items.push(item)
  }

  remove(item: string): void {
    const place = this.#places.get(item)
    if (place === undefined) return
    this.#places.delete(item)
    const last = this.#items.pop() as string
    if (last === item) return
    this.#items[place] = last
    this.#places.set(last, place)
  }

  at(place: number): string {
    return this.#items[place] as string
  }
}

export class ExpiringStore {
  readonly #values = new Map<string, string>()
  readonly #expiries = new Map<string, number>()
  readonly #mortal = new Bag()
  readonly #opts: StoreOptions
  readonly #isReplica: boolean
  readonly #samples: number
  readonly #staleRatio: number

  constructor(opts: StoreOptions) {
    this.#opts = opts
    this.#isReplica = opts.role === 'replica'
    this.#samples = opts.samples ?? 20
    this.#staleRatio = opts.staleRatio ?? 0.1
  }

  get physicalSize(): number {
    return this.#values.size
  }

  set(key: string, value: string, opts: { px?: number; keepTtl?: boolean } = {}): void {
    if (opts.px !== undefined && !(opts.px > 0)) throw new RangeError('px must be positive')
    const now = this.#opts.now()
    this.#lives(key, now)
    this.#values.set(key, value)
    this.#mortal.add(key)
    if (opts.px !== undefined) this.#expireAt(key, now + opts.px)
    else if (!opts.keepTtl) this.#forgetExpiry(key)
  }

  get(key: string): string | undefined {
    return this.#lives(key) ? this.#values.get(key) : undefined
  }

  expire(key: string, ms: number): boolean {
    const now = this.#opts.now()
    if (!this.#lives(key, now)) return false
    if (ms > 0 || this.#isReplica) this.#expireAt(key, now + ms)
    else this.#delete(key)
    return true
  }

  persist(key: string): boolean {
    return this.#lives(key) && this.#forgetExpiry(key)
  }

  pttl(key: string): number {
    const now = this.#opts.now()
    if (!this.#lives(key, now)) return -2
    const expiry = this.#expiries.get(key)
    return expiry === undefined ? -1 : expiry - now
  }

  activeCycle(maxLoops: number): { loops: number; expired: number } {
    let loops = 0
    let expired = 0
    let share = 1
    while (!this.#isReplica && loops < maxLoops && this.#mortal.size > 0 && share > this.#staleRatio) {
      const drawn = this.#draw()
      const now = this.#opts.now()
      const stale = drawn.filter((key) => this.#isOver(key, now))
      for (const key of stale) this.#delete(key)
      loops++
      expired += stale.length
      share = stale.length / drawn.length
    }
    return { loops, expired }
  }

  replicate(cmd: readonly string[]): void {
    const [name, key = ''] = cmd
    if (name === 'DEL') this.#remove(key)
  }

  #lives(key: string, now = this.#opts.now()): boolean {
    if (!this.#values.has(key)) return false
    if (!this.#isOver(key, now)) return true
    if (!this.#isReplica) this.#delete(key)
    return false
  }

  #isOver(key: string, now: number): boolean {
    const expiry = this.#expiries.get(key)
    return expiry !== undefined && now >= expiry
  }

  #draw(): string[] {
    const count = Math.min(this.#samples, this.#mortal.size)
    const drawn = new Set<string>()
    for (let end = this.#mortal.size - count; end < this.#mortal.size; end++) {
      const key = this.#mortal.at(Math.floor(this.#opts.rng() * (end + 1)))
      drawn.add(drawn.has(key) ? this.#mortal.at(end) : key)
    }
    return [...drawn]
  }

  #expireAt(key: string, time: number): void {
    this.#expiries.set(key, time)
    this.#mortal.add(key)
  }

  #forgetExpiry(key: string): boolean {
    return this.#expiries.delete(key)
  }

  #remove(key: string): void {
    this.#values.delete(key)
    this.#mortal.remove(key)
    this.#forgetExpiry(key)
  }

  #delete(key: string): void {
    this.#remove(key)
    this.#opts.propagate?.(['DEL', key])
  }
}
