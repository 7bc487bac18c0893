/** Tables of singly linked chains; the first table remembers how far it has been emptied, and scan cursors count in reversed bits. */
interface Entry<V> {
  readonly key: string
  readonly hash: number
  value: V
  next: Entry<V> | undefined
}

const SMALLEST = 4
/** Empty buckets that one step may pass. */
const PATIENCE = 10

class Table<V> {
  readonly buckets: Array<Entry<V> | undefined>
  readonly mask: number
  count = 0
  /** In the table that is being emptied: all buckets below are empty. */
  position = 0

  constructor(size: number) {
    this.buckets = new Array<undefined>(size).fill(undefined)
    this.mask = size - 1
  }

  get size(): number {
    return this.buckets.length
  }

  find(key: string, hash: number): Entry<V> | undefined {
    let entry = this.buckets[(hash & this.mask) >>> 0]
    while (entry && entry.key !== key) entry = entry.next
    return entry
  }

  add(entry: Entry<V>): void {
    const i = (entry.hash & this.mask) >>> 0
    entry.next = this.buckets[i]
    this.buckets[i] = entry
    this.count++
  }

  remove(key: string, hash: number): boolean {
    const i = (hash & this.mask) >>> 0
    let before: Entry<V> | undefined
    for (let entry = this.buckets[i]; entry; entry = entry.next) {
      if (entry.key === key) {
        if (before) before.next = entry.next
        else this.buckets[i] = entry.next
        this.count--
        return true
      }
      before = entry
    }
    return false
  }

  visit(cursor: number, visit: (key: string, value: V) => void): void {
    for (let entry = this.buckets[(cursor & this.mask) >>> 0]; entry; entry = entry.next) visit(entry.key, entry.value)
  }
}

function reverseBits(n: number): number {
  let rest = n
  let reversed = 0
  for (let i = 0; i < 32; i++) {
    reversed = (reversed << 1) | (rest & 1)
    rest >>>= 1
  }
  return reversed >>> 0
}

/** Counts the highest of the masked bits first, so that buckets which are split or joined stay together. */
function advance(cursor: number, mask: number): number {
  return reverseBits((reverseBits((cursor | ~mask) >>> 0) + 1) >>> 0)
}

/** The smallest size that is at least `least`. */
function sizeFrom(least: number): number {
  let size = SMALLEST
  while (size < least) size *= 2
  return size
}

export class Dict<V> {
  readonly #hash: (key: string) => number
  #first = new Table<V>(SMALLEST)
  #second: Table<V> | undefined
  #moved = 0
  #forkActive = false

  constructor({ hash }: { hash: (key: string) => number }) {
    this.#hash = hash
  }

  get size(): number {
    return this.#first.count + (this.#second?.count ?? 0)
  }

  /** Buckets of the first and of the second table; the second is 0 when there is none. */
  get tables(): readonly [number, number] {
    return [this.#first.size, this.#second?.size ?? 0]
  }

  get rehashing(): boolean {
    return this.#second !== undefined
  }

  /** How many buckets with entries have been moved so far, in the life of the dictionary. */
  get movedBuckets(): number {
    return this.#moved
  }

  set(key: string, value: V): void {
    this.#step()
    const hash = this.#hash(key) >>> 0
    const entry = this.#find(key, hash)
    if (entry) {
      entry.value = value
      return
    }
    this.#growIfDue()
    const table = this.#second ?? this.#first
    table.add({ key, hash, value, next: undefined })
  }

  get(key: string): V | undefined {
    this.#step()
    return this.#find(key, this.#hash(key) >>> 0)?.value
  }

  has(key: string): boolean {
    this.#step()
    return this.#find(key, this.#hash(key) >>> 0) !== undefined
  }

  /** Whether the key was there. */
  delete(key: string): boolean {
    this.#step()
    const hash = this.#hash(key) >>> 0
    const wasThere = this.#first.remove(key, hash) || (this.#second?.remove(key, hash) ?? false)
    if (wasThere) this.#shrinkIfDue()
    return wasThere
  }

  setForkActive(on: boolean): void {
    this.#forkActive = on
  }

  /** Visits one bucket and returns the cursor of the next, 0 at the end. */
  scan(cursor: number, visit: (key: string, value: V) => void): number {
    if (!this.#second) {
      this.#first.visit(cursor, visit)
      return advance(cursor, this.#first.mask)
    }
    const isGrowing = this.#second.size > this.#first.size
    const [small, large] = isGrowing ? [this.#first, this.#second] : [this.#second, this.#first]
    small.visit(cursor, visit)
    // The buckets of the large table that share the bits of the small one; they follow each other.
    const extra = (small.mask ^ large.mask) >>> 0
    let next = cursor
    do {
      large.visit(next, visit)
      next = advance(next, large.mask)
    } while ((next & extra) !== 0)
    return next
  }

  #find(key: string, hash: number): Entry<V> | undefined {
    return this.#first.find(key, hash) ?? this.#second?.find(key, hash)
  }

  #growIfDue(): void {
    const { count, size } = this.#first
    const isDue = this.#forkActive ? count > 5 * size : count >= size
    if (!this.#second && isDue) this.#second = new Table(sizeFrom(count + 1))
  }

  #shrinkIfDue(): void {
    const { count, size } = this.#first
    if (this.#second || this.#forkActive || size <= SMALLEST || count * 10 >= size) return
    this.#second = new Table(sizeFrom(count))
  }

  /** Moves one bucket with entries, or passes some empty ones. */
  #step(): void {
    const first = this.#first
    const second = this.#second
    if (!second) return
    for (let passed = 0; passed < PATIENCE && first.position < first.size; passed++) {
      const i = first.position++
      let entry = first.buckets[i]
      if (!entry) continue
      first.buckets[i] = undefined
      while (entry) {
        const { next }: Entry<V> = entry
        first.count--
        second.add(entry)
        entry = next
      }
      this.#moved++
      break
    }
    if (first.count > 0) return
    this.#first = second
    this.#second = undefined
  }
}
