// Searches all keys for the best one.
export type EvictPolicy =
  | 'noeviction'
  | 'allkeys-lru'
  | 'allkeys-lfu'
  | 'allkeys-random'
  | 'volatile-lru'
  | 'volatile-lfu'
  | 'volatile-random'
  | 'volatile-ttl'

export class OomError extends Error {}

export interface StoreOptions {
  maxBytes: number
  policy: EvictPolicy
  samples?: number
  sizeOf: (key: string, value: string) => number
  now: () => number
  rng: () => number
}

const FIRST_COUNT = 5
const HIGHEST_COUNT = 255
const LOG_FACTOR = 10
const MINUTE = 60_000

interface Entry {
  readonly key: string
  value: string
  size: number
  expiry: number
  lastAccess: number
  count: number
}

class Bag {
  readonly #entries: Entry[] = []
  readonly #places = new Map<Entry, number>()

  add(entry: Entry): void {
    if (this.#places.has(entry)) return
    this.#places.set(entry, this.#entries.length)
    this.#entries.push(entry)
  }

  remove(entry: Entry): void {
    const place = this.#places.get(entry)
    if (place === undefined) return
    this.#places.delete(entry)
    const last = this.#entries.pop() as Entry
    if (last === entry) return
    // The last one fills the gap.
    this.#entries[place] = last
    this.#places.set(last, place)
  }

  draw(count: number, rng: () => number): Entry[] {
    const size = this.#entries.length
    const drawn = new Set<Entry>()
    // Floyd's way: each end stands for what has been drawn already.
    for (let end = Math.max(0, size - count); end < size; end++) {
      const entry = this.#entries[Math.floor(rng() * (end + 1))] as Entry
      drawn.add(drawn.has(entry) ? (this.#entries[end] as Entry) : entry)
    }
    return [...drawn]
  }
}

export class BoundedStore {
  readonly #opts: StoreOptions
  readonly #samples: number
  readonly #entries = new Map<string, Entry>()
  readonly #candidates = new Bag()
  readonly #evicted: string[] = []
  #usedBytes = 0

  constructor(opts: StoreOptions) {
    this.#opts = opts
    this.#samples = opts.samples ?? 5
    for (const limit of [opts.maxBytes, this.#samples]) {
      if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limits must be positive integers')
    }
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  get evicted(): readonly string[] {
    return [...this.#evicted]
  }

  set(key: string, value: string, px?: number): void {
    if (px !== undefined && !(px > 0)) throw new RangeError('px must be positive')
    const known = this.#find(key)
    const size = this.#opts.sizeOf(key, value)
    if (size > this.#opts.maxBytes) throw new OomError(`${key} is larger than the store`)
    // What is being written must not go to make room for itself.
    if (known) this.#candidates.remove(known)
    try {
      this.#makeRoom(size - (known?.size ?? 0))
    } finally {
      if (known) this.#offer(known)
    }
    const now = this.#opts.now()
    const entry = known ?? { key, value, size: 0, expiry: 0, lastAccess: now, count: FIRST_COUNT }
    if (known) this.#touch(known)
    else this.#entries.set(key, entry)
    this.#usedBytes += size - entry.size
    entry.value = value
    entry.size = size
    entry.expiry = px === undefined ? Number.POSITIVE_INFINITY : now + px
    this.#offer(entry)
  }

  get(key: string): string | undefined {
    const entry = this.#find(key)
    if (entry) this.#touch(entry)
    return entry?.value
  }

  del(key: string): boolean {
    const entry = this.#find(key)
    if (entry) this.#remove(entry)
    return entry !== undefined
  }

  frequency(key: string): number {
    const entry = this.#find(key)
    return entry ? this.#countNow(entry) : 0
  }

  #find(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || this.#opts.now() < entry.expiry) return entry
    this.#remove(entry)
    return undefined
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.key)
    this.#candidates.remove(entry)
    this.#usedBytes -= entry.size
  }

  #offer(entry: Entry): void {
    const { policy } = this.#opts
    if (policy.startsWith('allkeys') || (policy.startsWith('volatile') && Number.isFinite(entry.expiry))) {
      this.#candidates.add(entry)
    } else this.#candidates.remove(entry)
  }

  #makeRoom(bytes: number): void {
    while (this.#usedBytes + bytes > this.#opts.maxBytes) {
      const victim = this.#chooseVictim()
      if (victim === undefined) throw new OomError('nothing is left to evict')
      this.#remove(victim)
      this.#evicted.push(victim.key)
    }
  }

  #chooseVictim(): Entry | undefined {
    const isRandom = this.#opts.policy.endsWith('random')
    const drawn = this.#candidates.draw(isRandom ? 1 : Number.MAX_SAFE_INTEGER, this.#opts.rng)
    let [victim] = drawn
    for (const entry of drawn) if (victim && this.#worth(entry) < this.#worth(victim)) victim = entry
    return victim
  }

  #worth(entry: Entry): number {
    if (this.#opts.policy.endsWith('lru')) return entry.lastAccess
    return this.#opts.policy.endsWith('lfu') ? this.#countNow(entry) : entry.expiry
  }

  #countNow({ count, lastAccess }: Entry): number {
    return Math.max(0, count - Math.floor((this.#opts.now() - lastAccess) / MINUTE))
  }

  #touch(entry: Entry): void {
    entry.count = this.#countNow(entry)
    const steps = Math.max(0, entry.count - FIRST_COUNT)
    if (entry.count < HIGHEST_COUNT && this.#opts.rng() < 1 / (steps * LOG_FACTOR + 1)) entry.count++
    entry.lastAccess = this.#opts.now()
  }
}
