/** Both classes stand on one binary heap that tells its items where they are, so that a counter can sink from wherever it is. */

/** What a heap holds; it keeps `place` up to date. */
interface Placed {
  place: number
}

/** The element that comes first by `isBefore` is at the top. */
class Heap<E extends Placed> {
  readonly #elements: E[] = []

  constructor(readonly isBefore: (a: E, b: E) => boolean) {}

  get size(): number {
    return this.#elements.length
  }

  get top(): E | undefined {
    return this.#elements[0]
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#elements.values()
  }

  add(element: E): void {
    let place = this.#elements.length
    while (place > 0) {
      const parent = this.#elements[(place - 1) >>> 1]
      if (parent === undefined || !this.isBefore(element, parent)) break
      this.#put(parent, place)
      place = (place - 1) >>> 1
    }
    this.#put(element, place)
  }

  replaceTop(element: E): void {
    element.place = 0
    this.sink(element)
  }

  /** Puts an element where it belongs that has become larger. */
  sink(element: E): void {
    let place = element.place
    for (;;) {
      let child = this.#elements[2 * place + 1]
      const right = this.#elements[2 * place + 2]
      if (child === undefined) break
      if (right !== undefined && this.isBefore(right, child)) child = right
      if (!this.isBefore(child, element)) break
      const hole = child.place
      this.#put(child, place)
      place = hole
    }
    this.#put(element, place)
  }

  #put(element: E, place: number): void {
    element.place = place
    this.#elements[place] = element
  }
}

function requireInteger(value: number, least: number, name: string): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer of at least ${least}: ${value}`)
  }
}

interface Scored<T> extends Placed {
  readonly item: T
  readonly score: number
  readonly arrival: number
}

const isWorse = (a: Scored<unknown>, b: Scored<unknown>): boolean =>
  a.score === b.score ? a.arrival > b.arrival : a.score < b.score

/** The k items of a stream with the largest scores. */
export class TopK<T> {
  readonly #k: number
  readonly #score: (item: T) => number
  /** The worst kept item is at the top. */
  readonly #kept = new Heap<Scored<T>>(isWorse)
  #arrivals = 0

  constructor(k: number, score: (item: T) => number) {
    requireInteger(k, 0, 'k')
    this.#k = k
    this.#score = score
  }

  push(item: T): void {
    const score = this.#score(item)
    if (Number.isNaN(score)) throw new RangeError('a score must not be NaN')
    this.#offer(item, score)
  }

  result(): T[] {
    return this.#best().map(({ item }) => item)
  }

  get size(): number {
    return this.#kept.size
  }

  get threshold(): number | undefined {
    return this.#kept.size === this.#k ? this.#kept.top?.score : undefined
  }

  merge(other: TopK<T>): TopK<T> {
    const merged = new TopK<T>(Math.min(this.#k, other.#k), this.#score)
    // Among equal scores, both lists are in the order of arrival; the order of the rest does not matter.
    for (const { item, score } of [...this.#best(), ...other.#best()]) merged.#offer(item, score)
    return merged
  }

  #offer(item: T, score: number): void {
    const entry: Scored<T> = { item, score, arrival: this.#arrivals++, place: 0 }
    if (this.#kept.size < this.#k) this.#kept.add(entry)
    else if (this.#kept.top !== undefined && isWorse(this.#kept.top, entry)) this.#kept.replaceTop(entry)
  }

  #best(): Array<Scored<T>> {
    return [...this.#kept].sort((a, b) => (isWorse(a, b) ? 1 : -1))
  }
}

/** The k best of all shards. */
export function topKSharded<T>(shards: ReadonlyArray<readonly T[]>, k: number, score: (item: T) => number): T[] {
  const best = new TopK(k, score)
  for (const shard of shards) {
    for (const item of shard) best.push(item)
  }
  return best.result()
}

interface Counter extends Placed {
  key: string
  count: number
  error: number
}

/** Frequent keys with a fixed number of counters. */
export class HeavyHitters {
  readonly #capacity: number
  readonly #byKey = new Map<string, Counter>()
  readonly #smallest = new Heap<Counter>((a, b) => a.count < b.count)

  constructor(capacity: number) {
    requireInteger(capacity, 1, 'capacity')
    this.#capacity = capacity
  }

  add(key: string, n = 1): void {
    requireInteger(n, 1, 'n')
    const known = this.#byKey.get(key)
    if (known !== undefined) {
      known.count += n
      this.#smallest.sink(known)
      return
    }
    const victim = this.#smallest.top
    if (victim === undefined || this.#byKey.size < this.#capacity) {
      const counter: Counter = { key, count: n, error: 0, place: 0 }
      this.#byKey.set(key, counter)
      this.#smallest.add(counter)
      return
    }
    this.#byKey.delete(victim.key)
    this.#byKey.set(key, victim)
    victim.key = key
    victim.error = victim.count
    victim.count += n
    this.#smallest.sink(victim)
  }

  top(k: number): Array<{ key: string; count: number; error: number }> {
    requireInteger(k, 0, 'k')
    return [...this.#byKey.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, k)
      .map(({ key, count, error }) => ({ key, count, error }))
  }

  get tracked(): number {
    return this.#byKey.size
  }
}
