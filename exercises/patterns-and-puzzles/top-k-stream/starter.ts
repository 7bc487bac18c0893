/** The k items of a stream with the largest scores. */
export class TopK<T> {
  constructor(k: number, score: (item: T) => number) {
    throw new Error('not implemented')
  }

  push(item: T): void {
    throw new Error('not implemented')
  }

  /** Largest first, equal scores in the order of their arrival. */
  result(): T[] {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  /** The smallest score kept, once k items are. */
  get threshold(): number | undefined {
    throw new Error('not implemented')
  }

  /** The best of both, as if the other's items had arrived after these. */
  merge(other: TopK<T>): TopK<T> {
    throw new Error('not implemented')
  }
}

/** The k best of all shards. */
export function topKSharded<T>(shards: ReadonlyArray<readonly T[]>, k: number, score: (item: T) => number): T[] {
  throw new Error('not implemented')
}

/** Frequent keys with a fixed number of counters. */
export class HeavyHitters {
  constructor(capacity: number) {
    throw new Error('not implemented')
  }

  add(key: string, n = 1): void {
    throw new Error('not implemented')
  }

  /** The k keys with the largest counts. */
  top(k: number): Array<{ key: string; count: number; error: number }> {
    throw new Error('not implemented')
  }

  get tracked(): number {
    throw new Error('not implemented')
  }
}
