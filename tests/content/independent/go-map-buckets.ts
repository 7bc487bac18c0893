/** Two tables of lazily made bucket chains; a moved old bucket is marked, and one function tells in which chain a hash lives now. */
export interface GoMapStats {
  /** There are 2^B buckets. */
  B: number
  /** While the map grows: B of the old array. */
  oldB: number | null
  growing: boolean
  /** Whether the growth that is going on keeps B. */
  sameSize: boolean
  /** Old buckets that were moved. */
  evacuated: number
  /** Overflow buckets of the new array. */
  overflow: number
}

const SLOTS = 8

interface Entry<V> {
  readonly key: string
  /** All 32 bits. */
  readonly hash: number
  value: V
}

/** Eight slots, the top bits of what is in them, and perhaps an overflow bucket. */
class Bucket<V> {
  readonly tops = new Uint8Array(SLOTS)
  readonly entries: Array<Entry<V> | undefined> = new Array<undefined>(SLOTS).fill(undefined)
  next: Bucket<V> | undefined
}

interface Place<V> {
  readonly bucket: Bucket<V>
  readonly slot: number
}

function* chain<V>(first: Bucket<V> | undefined): Generator<Bucket<V>> {
  for (let bucket = first; bucket; bucket = bucket.next) yield bucket
}

function find<V>(first: Bucket<V> | undefined, key: string, hash: number): Place<V> | undefined {
  const top = hash >>> 24
  for (let bucket = first; bucket; bucket = bucket.next) {
    for (let slot = 0; slot < SLOTS; slot++) {
      if (bucket.tops[slot] === top && bucket.entries[slot]?.key === key) return { bucket, slot }
    }
  }
  return undefined
}

/** An array of 2^B buckets, each made when something first comes into it. */
class Table<V> {
  readonly B: number
  readonly count: number
  readonly #buckets: Array<Bucket<V> | undefined>
  overflow = 0

  constructor(B: number) {
    this.B = B
    this.count = 2 ** B
    this.#buckets = new Array<Bucket<V> | undefined>(this.count)
  }

  numberOf(hash: number): number {
    return (hash & (this.count - 1)) >>> 0
  }

  bucket(i: number): Bucket<V> | undefined {
    return this.#buckets[i]
  }

  /** Puts an entry into the first free slot of its chain. */
  insert(entry: Entry<V>): void {
    const i = this.numberOf(entry.hash)
    let last: Bucket<V> | undefined
    for (const bucket of chain(this.#buckets[i])) {
      const slot = bucket.entries.indexOf(undefined)
      if (slot >= 0) return fill(bucket, slot, entry)
      last = bucket
    }
    const added = new Bucket<V>()
    fill(added, 0, entry)
    if (last) {
      last.next = added
      this.overflow++
    } else {
      this.#buckets[i] = added
    }
  }
}

function fill<V>(bucket: Bucket<V>, slot: number, entry: Entry<V>): void {
  bucket.entries[slot] = entry
  bucket.tops[slot] = entry.hash >>> 24
}

/** The old table of a growth and how far it has been moved. */
interface Growth<V> {
  readonly old: Table<V>
  readonly moved: Uint8Array
  evacuated: number
  /** No bucket below this one is left to be moved. */
  lowest: number
}

function isTooFull(size: number, B: number): boolean {
  return size > SLOTS && size > 6.5 * 2 ** B
}

/** Go's map as it was until version 1.23: buckets of eight slots, and growth in small steps. */
export class GoMap<V> {
  readonly #hash: (key: string) => number
  #table: Table<V>
  #growth: Growth<V> | undefined
  #size = 0

  constructor({ hash, hint = 0 }: { hash: (key: string) => number; hint?: number }) {
    if (!Number.isInteger(hint) || hint < 0) throw new RangeError('hint must be an integer of at least 0')
    let B = 0
    while (isTooFull(hint, B)) B++
    this.#hash = hash
    this.#table = new Table(B)
  }

  get size(): number {
    return this.#size
  }

  set(key: string, value: V): void {
    const hash = this.#hash(key) >>> 0
    this.#move(hash)
    const entry = this.#entry(key, hash)
    if (entry) {
      entry.value = value
      return
    }
    if (!this.#growth) {
      this.#growIfDue()
      this.#move(hash)
    }
    this.#table.insert({ key, hash, value })
    this.#size++
  }

  get(key: string): { value: V | undefined; ok: boolean } {
    const entry = this.#entry(key, this.#hash(key) >>> 0)
    return { value: entry?.value, ok: entry !== undefined }
  }

  delete(key: string): boolean {
    const hash = this.#hash(key) >>> 0
    this.#move(hash)
    const place = find(this.#home(hash), key, hash)
    if (!place) return false
    place.bucket.entries[place.slot] = undefined
    this.#size--
    return true
  }

  /** Every entry once, from a random bucket and slot on. */
  iterate(rng: () => number): Array<[string, V]> {
    const table = this.#table
    const firstBucket = Math.floor(rng() * table.count)
    const firstSlot = Math.floor(rng() * SLOTS)
    const walked: Array<[string, V]> = []
    for (let i = 0; i < table.count; i++) {
      const number = (firstBucket + i) % table.count
      for (const bucket of chain(this.#home(number))) {
        for (let j = 0; j < SLOTS; j++) {
          const entry = bucket.entries[(firstSlot + j) % SLOTS]
          // An old chain may hold entries for two new buckets.
          if (entry && table.numberOf(entry.hash) === number) walked.push([entry.key, entry.value])
        }
      }
    }
    return walked
  }

  stats(): GoMapStats {
    const { B, overflow } = this.#table
    const growth = this.#growth
    return {
      B,
      oldB: growth?.old.B ?? null,
      growing: growth !== undefined,
      sameSize: growth?.old.B === B,
      evacuated: growth?.evacuated ?? 0,
      overflow,
    }
  }

  /** The chain in which a hash (or the number of a new bucket) is at home at present. */
  #home(hash: number): Bucket<V> | undefined {
    if (this.#growth) {
      const { old, moved } = this.#growth
      const i = old.numberOf(hash)
      if (!moved[i]) return old.bucket(i)
    }
    return this.#table.bucket(this.#table.numberOf(hash))
  }

  #entry(key: string, hash: number): Entry<V> | undefined {
    const place = find(this.#home(hash), key, hash)
    return place?.bucket.entries[place.slot]
  }

  #growIfDue(): void {
    const old = this.#table
    const doubles = isTooFull(this.#size + 1, old.B)
    if (!doubles && old.overflow < 2 ** Math.min(old.B, 15)) return
    this.#table = new Table(doubles ? old.B + 1 : old.B)
    this.#growth = { old, moved: new Uint8Array(old.count), evacuated: 0, lowest: 0 }
  }

  /** The share of a growth that each write does. */
  #move(hash: number): void {
    const growth = this.#growth
    if (!growth) return
    const { old, moved } = growth
    this.#evacuate(growth, old.numberOf(hash))
    while (growth.lowest < old.count && moved[growth.lowest]) growth.lowest++
    if (growth.lowest < old.count) this.#evacuate(growth, growth.lowest)
    if (growth.evacuated === old.count) this.#growth = undefined
  }

  #evacuate(growth: Growth<V>, i: number): void {
    if (growth.moved[i]) return
    for (const bucket of chain(growth.old.bucket(i))) {
      for (const entry of bucket.entries) if (entry) this.#table.insert(entry)
    }
    growth.moved[i] = 1
    growth.evacuated++
  }
}
