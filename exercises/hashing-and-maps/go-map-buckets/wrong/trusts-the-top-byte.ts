// Takes entries with the same top bits for the same key.
export interface GoMapStats {
  B: number
  oldB: number | null
  growing: boolean
  sameSize: boolean
  evacuated: number
  overflow: number
}

const SLOTS = 8

const LOAD_FACTOR = 6.5

interface Entry<V> {
  readonly top: number
  readonly key: string
  value: V
}

interface Bucket<V> {
  readonly slots: Array<Entry<V> | null>
  overflow: Bucket<V> | null
}

interface Old<V> {
  readonly B: number
  readonly buckets: Array<Bucket<V> | null>
  evacuated: number
  lowest: number
}

export class GoMap<V> {
  readonly #hash: (key: string) => number
  #B = 0
  #buckets: Array<Bucket<V>>
  #old: Old<V> | null = null
  #overflow = 0
  #size = 0

  constructor({ hash, hint = 0 }: { hash: (key: string) => number; hint?: number }) {
    if (!Number.isInteger(hint) || hint < 0) throw new RangeError('hint must be an integer of at least 0')
    this.#hash = hash
    while (isOverloaded(hint, this.#B)) this.#B++
    this.#buckets = emptyBuckets(this.#B)
  }

  get size(): number {
    return this.#size
  }

  set(key: string, value: V): void {
    const hash = this.#hashOf(key)
    this.#moveFor(hash)
    const known = this.#find(key, hash)
    if (known !== null) {
      known.bucket.slots[known.at]!.value = value
      return
    }
    if (this.#old === null && this.#startGrowing()) this.#moveFor(hash)
    this.#insert(hash, { top: topOf(hash), key, value })
    this.#size++
  }

  get(key: string): { value: V | undefined; ok: boolean } {
    const found = this.#find(key, this.#hashOf(key))
    return found === null
      ? { value: undefined, ok: false }
      : { value: found.bucket.slots[found.at]!.value, ok: true }
  }

  delete(key: string): boolean {
    const hash = this.#hashOf(key)
    this.#moveFor(hash)
    const found = this.#find(key, hash)
    if (found === null) return false
    found.bucket.slots[found.at] = null
    this.#size--
    return true
  }

  iterate(rng: () => number): Array<[string, V]> {
    const count = this.#buckets.length
    const firstBucket = Math.floor(rng() * count)
    const firstSlot = Math.floor(rng() * SLOTS)
    const entries: Array<[string, V]> = []
    for (let i = 0; i < count; i++) {
      const number = (firstBucket + i) % count
      for (const { slots } of chain(this.#bucketOf(number))) {
        for (let j = 0; j < SLOTS; j++) {
          const entry = slots[(firstSlot + j) % SLOTS]
          if (entry && (this.#hashOf(entry.key) & (count - 1)) === number) entries.push([entry.key, entry.value])
        }
      }
    }
    return entries
  }

  stats(): GoMapStats {
    return {
      B: this.#B,
      oldB: this.#old?.B ?? null,
      growing: this.#old !== null,
      sameSize: this.#old?.B === this.#B,
      evacuated: this.#old?.evacuated ?? 0,
      overflow: this.#overflow,
    }
  }

  #hashOf(key: string): number {
    return this.#hash(key) >>> 0
  }

  #bucketOf(number: number): Bucket<V> {
    const old = this.#old
    return old?.buckets[number & (old.buckets.length - 1)] ?? this.#buckets[number]!
  }

  #find(key: string, hash: number): { bucket: Bucket<V>; at: number } | null {
    const top = topOf(hash)
    for (const bucket of chain(this.#bucketOf(hash & (this.#buckets.length - 1)))) {
      const at = bucket.slots.findIndex((entry) => entry !== null && entry.top === top)
      if (at !== -1) return { bucket, at }
    }
    return null
  }

  #insert(hash: number, entry: Entry<V>): void {
    let last = this.#buckets[hash & (this.#buckets.length - 1)]!
    for (const bucket of chain(last)) {
      const free = bucket.slots.indexOf(null)
      if (free !== -1) {
        bucket.slots[free] = entry
        return
      }
      last = bucket
    }
    last.overflow = emptyBucket()
    last.overflow.slots[0] = entry
    this.#overflow++
  }

  #startGrowing(): boolean {
    const doubles = isOverloaded(this.#size + 1, this.#B)
    const isScattered = this.#overflow >= 2 ** Math.min(this.#B, 15)
    if (!doubles && !isScattered) return false
    this.#old = { B: this.#B, buckets: this.#buckets, evacuated: 0, lowest: 0 }
    if (doubles) this.#B++
    this.#buckets = emptyBuckets(this.#B)
    this.#overflow = 0
    return true
  }

  #moveFor(hash: number): void {
    if (this.#old === null) return
    this.#move(this.#old, hash & (this.#old.buckets.length - 1))
    if (this.#old !== null) this.#move(this.#old, this.#old.lowest)
  }

  #move(old: Old<V>, number: number): void {
    const bucket = old.buckets[number] ?? null
    if (bucket === null) return
    for (const { slots } of chain(bucket)) {
      for (const entry of slots) if (entry !== null) this.#insert(this.#hashOf(entry.key), entry)
    }
    old.buckets[number] = null
    old.evacuated++
    while (old.lowest < old.buckets.length && old.buckets[old.lowest] === null) old.lowest++
    if (old.evacuated === old.buckets.length) this.#old = null
  }
}

function isOverloaded(count: number, B: number): boolean {
  return count > SLOTS && count > LOAD_FACTOR * 2 ** B
}

function topOf(hash: number): number {
  return hash >>> 24
}

function* chain<V>(first: Bucket<V>): Iterable<Bucket<V>> {
  for (let bucket: Bucket<V> | null = first; bucket !== null; bucket = bucket.overflow) yield bucket
}

function emptyBucket<V>(): Bucket<V> {
  return { slots: new Array<Entry<V> | null>(SLOTS).fill(null), overflow: null }
}

function emptyBuckets<V>(B: number): Array<Bucket<V>> {
  return Array.from({ length: 2 ** B }, () => emptyBucket<V>())
}
