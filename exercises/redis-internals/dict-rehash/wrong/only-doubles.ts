// Always doubles, however many keys there are.
const SMALLEST = 4
const FORCED_LOAD = 5
const EMPTY_BUCKETS_PER_STEP = 10

interface Entry<V> {
  readonly key: string
  readonly hash: number
  value: V
  next: Entry<V> | null
}

class Table<V> {
  readonly #buckets: Array<Entry<V> | null>
  used = 0

  constructor(readonly size: number) {
    this.#buckets = new Array<Entry<V> | null>(size).fill(null)
  }

  head(index: number): Entry<V> | null {
    return this.#buckets[index & (this.size - 1)] ?? null
  }

  find(key: string, hash: number): Entry<V> | null {
    let entry = this.head(hash)
    while (entry !== null && entry.key !== key) entry = entry.next
    return entry
  }

  add(entry: Entry<V>): void {
    entry.next = this.head(entry.hash)
    this.#buckets[entry.hash & (this.size - 1)] = entry
    this.used++
  }

  remove(key: string, hash: number): boolean {
    const found = this.find(key, hash)
    if (found === null) return false
    const head = this.head(hash)
    if (head === found) this.#buckets[hash & (this.size - 1)] = found.next
    for (let entry = head; entry !== null; entry = entry.next) if (entry.next === found) entry.next = found.next
    this.used--
    return true
  }

  take(index: number): Entry<V> | null {
    const chain = this.head(index)
    this.#buckets[index] = null
    for (let entry = chain; entry !== null; entry = entry.next) this.used--
    return chain
  }
}

export class Dict<V> {
  readonly #hash: (key: string) => number
  #main = new Table<V>(SMALLEST)
  #next: Table<V> | null = null
  #position = 0
  #movedBuckets = 0
  #forkActive = false

  constructor(opts: { hash: (key: string) => number }) {
    this.#hash = opts.hash
  }

  get size(): number {
    return this.#main.used + (this.#next?.used ?? 0)
  }

  get tables(): readonly [number, number] {
    return [this.#main.size, this.#next?.size ?? 0]
  }

  get rehashing(): boolean {
    return this.#next !== null
  }

  get movedBuckets(): number {
    return this.#movedBuckets
  }

  setForkActive(on: boolean): void {
    this.#forkActive = on
  }

  set(key: string, value: V): void {
    const hash = this.#hashOf(key)
    this.#step()
    const known = this.#find(key, hash)
    if (known !== null) {
      known.value = value
      return
    }
    this.#growIfFull()
    const target = this.#next ?? this.#main
    target.add({ key, hash, value, next: null })
  }

  get(key: string): V | undefined {
    this.#step()
    return this.#find(key, this.#hashOf(key))?.value
  }

  has(key: string): boolean {
    this.#step()
    return this.#find(key, this.#hashOf(key)) !== null
  }

  delete(key: string): boolean {
    const hash = this.#hashOf(key)
    this.#step()
    const deleted = this.#main.remove(key, hash) || (this.#next?.remove(key, hash) ?? false)
    if (deleted) this.#shrinkIfSparse()
    return deleted
  }

  scan(cursor: number, visit: (key: string, value: V) => void): number {
    const other = this.#next
    if (other === null) {
      visitBucket(this.#main, cursor, visit)
      return following(cursor, this.#main.size)
    }
    const [small, large] = other.size < this.#main.size ? [other, this.#main] : [this.#main, other]
    visitBucket(small, cursor, visit)
    // All buckets of the large table that belong to the bucket of the small one differ in the bits above its mask.
    const above = (large.size - 1) ^ (small.size - 1)
    let next = cursor
    do {
      visitBucket(large, next, visit)
      next = following(next, large.size)
    } while ((next & above) !== 0)
    return next
  }

  #hashOf(key: string): number {
    return this.#hash(key) >>> 0
  }

  #find(key: string, hash: number): Entry<V> | null {
    return this.#main.find(key, hash) ?? this.#next?.find(key, hash) ?? null
  }

  #growIfFull(): void {
    if (this.#next !== null) return
    const { used, size } = this.#main
    if (this.#forkActive ? used > FORCED_LOAD * size : used >= size) this.#resize(size * 2)
  }

  #shrinkIfSparse(): void {
    if (this.#next !== null || this.#forkActive) return
    const { used, size } = this.#main
    if (size > SMALLEST && used * 10 < size) this.#resize(used)
  }

  #resize(buckets: number): void {
    let size = SMALLEST
    while (size < buckets) size *= 2
    this.#next = new Table(size)
    this.#position = 0
  }

  #step(): void {
    const target = this.#next
    if (target === null) return
    for (let passed = 0; passed < EMPTY_BUCKETS_PER_STEP && this.#main.used > 0; passed++) {
      const chain = this.#main.take(this.#position++)
      if (chain === null) continue
      for (let entry: Entry<V> | null = chain; entry !== null; ) {
        const rest: Entry<V> | null = entry.next
        target.add(entry)
        entry = rest
      }
      this.#movedBuckets++
      break
    }
    if (this.#main.used > 0) return
    this.#main = target
    this.#next = null
  }
}

function visitBucket<V>(table: Table<V>, cursor: number, visit: (key: string, value: V) => void): void {
  for (let entry = table.head(cursor); entry !== null; entry = entry.next) visit(entry.key, entry.value)
}

function following(cursor: number, size: number): number {
  return reversed(reversed((cursor | ~(size - 1)) >>> 0) + 1)
}

function reversed(value: number): number {
  let result = 0
  for (let bit = 0; bit < 32; bit++) result = (result << 1) | ((value >>> bit) & 1)
  return result >>> 0
}
