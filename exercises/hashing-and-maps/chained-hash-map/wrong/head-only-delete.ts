// Looks at the head of the chain only when it deletes.
export interface ChainOpts {
  hash?: (key: string) => number
  initialBuckets?: number
  maxLoad?: number
}

interface Entry<V> {
  readonly key: string
  value: V
  next: Entry<V> | null
}

export class ChainedHashMap<V> {
  readonly #hash: (key: string) => number
  readonly #maxLoad: number
  #buckets: Array<Entry<V> | null>
  #size = 0

  constructor({ hash = fnv1a, initialBuckets = 8, maxLoad = 0.75 }: ChainOpts = {}) {
    if (!Number.isInteger(initialBuckets) || initialBuckets < 1) {
      throw new RangeError(`initialBuckets must be a positive integer, not ${initialBuckets}`)
    }
    if (!Number.isFinite(maxLoad) || maxLoad <= 0) {
      throw new RangeError(`maxLoad must be a positive number, not ${maxLoad}`)
    }
    this.#hash = hash
    this.#maxLoad = maxLoad
    this.#buckets = emptyBuckets(initialBuckets)
  }

  get size(): number {
    return this.#size
  }

  get bucketCount(): number {
    return this.#buckets.length
  }

  set(key: string, value: V): void {
    const index = this.#indexOf(key)
    let last: Entry<V> | null = null
    for (let entry = this.#head(index); entry !== null; entry = entry.next) {
      if (entry.key === key) {
        entry.value = value
        return
      }
      last = entry
    }
    this.#link(index, last, { key, value, next: null })
    this.#size++
    if (this.#size / this.bucketCount > this.#maxLoad) this.#grow()
  }

  get(key: string): V | undefined {
    return this.#find(key)?.value
  }

  has(key: string): boolean {
    return this.#find(key) !== null
  }

  delete(key: string): boolean {
    const index = this.#indexOf(key)
    const head = this.#head(index)
    if (head === null || head.key !== key) return false
    this.#buckets[index] = head.next
    this.#size--
    return true
  }

  chain(index: number): string[] {
    if (!Number.isInteger(index) || index < 0 || index >= this.bucketCount) {
      throw new RangeError(`there is no bucket ${index} among ${this.bucketCount}`)
    }
    const keys: string[] = []
    for (let entry = this.#head(index); entry !== null; entry = entry.next) keys.push(entry.key)
    return keys
  }

  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (const head of this.#buckets) {
      for (let entry = head; entry !== null; entry = entry.next) yield [entry.key, entry.value]
    }
  }

  #indexOf(key: string): number {
    const count = this.bucketCount
    return ((this.#hash(key) % count) + count) % count
  }

  #head(index: number): Entry<V> | null {
    return this.#buckets[index] ?? null
  }

  #find(key: string): Entry<V> | null {
    let entry = this.#head(this.#indexOf(key))
    while (entry !== null && entry.key !== key) entry = entry.next
    return entry
  }

  #link(index: number, before: Entry<V> | null, next: Entry<V> | null): void {
    if (before === null) this.#buckets[index] = next
    else before.next = next
  }

  #grow(): void {
    let count = this.bucketCount
    while (this.#size / count > this.#maxLoad) count *= 2
    const old = this.#buckets
    const tails = emptyBuckets<V>(count)
    this.#buckets = emptyBuckets(count)
    for (const head of old) {
      for (let entry = head; entry !== null;) {
        const rest: Entry<V> | null = entry.next
        entry.next = null
        const index = this.#indexOf(entry.key)
        this.#link(index, tails[index] ?? null, entry)
        tails[index] = entry
        entry = rest
      }
    }
  }
}

function emptyBuckets<V>(count: number): Array<Entry<V> | null> {
  return new Array<Entry<V> | null>(count).fill(null)
}

function fnv1a(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash
}
