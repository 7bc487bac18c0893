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

/** Go's map as it was until version 1.23: buckets of eight slots, and growth in small steps. */
export class GoMap<V> {
  constructor(opts: { hash: (key: string) => number; hint?: number }) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  set(key: string, value: V): void {
    throw new Error('not implemented')
  }

  get(key: string): { value: V | undefined; ok: boolean } {
    throw new Error('not implemented')
  }

  delete(key: string): boolean {
    throw new Error('not implemented')
  }

  /** Every entry once, from a random bucket and slot on. */
  iterate(rng: () => number): Array<[string, V]> {
    throw new Error('not implemented')
  }

  stats(): GoMapStats {
    throw new Error('not implemented')
  }
}
