/** What a heap holds: it notes where each entry is, so that one whose place has changed can be found. */
interface Placed {
  place: number
}

/** A binary heap: the entry that goes before all others is at the root. */
class Heap<E extends Placed> {
  readonly entries: E[] = []
  readonly #before: (a: E, b: E) => boolean

  constructor(before: (a: E, b: E) => boolean) {
    this.#before = before
  }

  get root(): E | undefined {
    return this.entries[0]
  }

  add(entry: E): void {
    this.entries.push(entry)
    this.#up(entry, this.entries.length - 1)
  }

  replaceRoot(entry: E): void {
    this.moveBack(entry, 0)
  }

  /** Puts the entry at a place or further from the root, wherever it belongs. */
  moveBack(entry: E, place = entry.place): void {
    const { entries } = this
    for (;;) {
      let child = entries[2 * place + 1]
      const right = entries[2 * place + 2]
      if (child !== undefined && right !== undefined && this.#before(right, child)) child = right
      if (child === undefined || !this.#before(child, entry)) break
      const free = child.place
      this.#put(child, place)
      place = free
    }
    this.#put(entry, place)
  }

  #up(entry: E, place: number): void {
    while (place > 0) {
      const parent = this.entries[(place - 1) >> 1]
      if (parent === undefined || !this.#before(entry, parent)) break
      const free = parent.place
      this.#put(parent, place)
      place = free
    }
    this.#put(entry, place)
  }

  #put(entry: E, place: number): void {
    this.entries[place] = entry
    entry.place = place
  }
}

interface Kept<T> extends Placed {
  item: T
  score: number
  /** How many items had arrived before. */
  order: number
}

/** Whether `a` is the one to lose: the smaller score, or of equal ones the later arrival. */
function isWorse(a: Kept<unknown>, b: Kept<unknown>): boolean {
  return a.score === b.score ? a.order > b.order : a.score < b.score
}

/** The k items of a stream with the largest scores. */
export class TopK<T> {
  readonly #k: number
  readonly #score: (item: T) => number
  /** The worst of the best is at the root: the only one that a new item must beat. */
  readonly #heap = new Heap<Kept<T>>(isWorse)
  #arrived = 0

  constructor(k: number, score: (item: T) => number) {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`${k} is no number of items`)
    this.#k = k
    this.#score = score
  }

  push(item: T): void {
    const score = this.#score(item)
    if (Number.isNaN(score)) throw new RangeError('a score must be a number')
    this.#keep(item, score)
  }

  /** Largest first, equal scores in the order of their arrival. */
  result(): T[] {
    return this.#sorted().map(({ item }) => item)
  }

  get size(): number {
    return this.#heap.entries.length
  }

  /** The smallest score kept, once k items are; what is not larger will not be kept. */
  get threshold(): number | undefined {
    return this.size === this.#k ? this.#heap.root?.score : undefined
  }

  /** The best of both, as if the other's items had arrived after these. */
  merge(other: TopK<T>): TopK<T> {
    const merged = new TopK<T>(Math.max(this.#k, other.#k), this.#score)
    for (const { item, score } of [...this.#sorted(), ...other.#sorted()]) merged.#keep(item, score)
    return merged
  }

  #keep(item: T, score: number): void {
    const kept = { item, score, order: this.#arrived++, place: 0 }
    const { root } = this.#heap
    if (this.size < this.#k) this.#heap.add(kept)
    else if (root !== undefined && isWorse(root, kept)) this.#heap.replaceRoot(kept)
  }

  #sorted(): Array<Kept<T>> {
    return [...this.#heap.entries].sort((a, b) => (isWorse(a, b) ? 1 : -1))
  }
}

/** The k best of all shards; each is looked at by itself, as on machines of their own. */
export function topKSharded<T>(shards: ReadonlyArray<readonly T[]>, k: number, score: (item: T) => number): T[] {
  const tops = shards.map((shard) => {
    const top = new TopK(k, score)
    for (const item of shard) top.push(item)
    return top
  })
  return tops.reduce((all, top) => all.merge(top), new TopK(k, score)).result()
}

interface Counter extends Placed {
  key: string
  count: number
  error: number
}

/** Frequent keys with a fixed number of counters: the Space-Saving algorithm of Metwally et al. (2005). */
export class HeavyHitters {
  readonly #capacity: number
  readonly #counters = new Map<string, Counter>()
  readonly #heap = new Heap<Counter>((a, b) => a.count < b.count)

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`${capacity} is no number of counters`)
    this.#capacity = capacity
  }

  add(key: string, n = 1): void {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`${n} is no number of times`)
    const known = this.#counters.get(key)
    const smallest = this.#heap.root
    if (known !== undefined) {
      known.count += n
      this.#heap.moveBack(known)
    } else if (this.tracked < this.#capacity || smallest === undefined) {
      const counter = { key, count: n, error: 0, place: 0 }
      this.#counters.set(key, counter)
      this.#heap.add(counter)
    } else {
      // The key may have been counted and dropped before, but at most as often as the smallest counter says.
      const counter = { key, count: smallest.count + n, error: smallest.count, place: 0 }
      this.#counters.delete(smallest.key)
      this.#counters.set(key, counter)
      this.#heap.replaceRoot(counter)
    }
  }

  /** The k keys with the largest counts. The true count is at most `count`, and at least `count - error`. */
  top(k: number): Array<{ key: string; count: number; error: number }> {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`${k} is no number of keys`)
    const counters = [...this.#heap.entries].sort((a, b) => b.count - a.count)
    return counters.slice(0, k).map(({ key, count, error }) => ({ key, count, error }))
  }

  get tracked(): number {
    return this.#counters.size
  }
}
