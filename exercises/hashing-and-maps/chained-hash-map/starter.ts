export interface ChainOpts {
  /** Any integer, negative ones too. */
  hash?: (key: string) => number
  /** Default 8. */
  initialBuckets?: number
  /** The map grows when size / bucketCount is above this; default 0.75. */
  maxLoad?: number
}

export class ChainedHashMap<V> {
  constructor(opts: ChainOpts = {}) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  get bucketCount(): number {
    throw new Error('not implemented')
  }

  set(key: string, value: V): void {
    throw new Error('not implemented')
  }

  get(key: string): V | undefined {
    throw new Error('not implemented')
  }

  has(key: string): boolean {
    throw new Error('not implemented')
  }

  /** Whether the key was there. */
  delete(key: string): boolean {
    throw new Error('not implemented')
  }

  /** Keys of one bucket, from the head of the chain to its tail. */
  chain(index: number): string[] {
    throw new Error('not implemented')
  }

  [Symbol.iterator](): IterableIterator<[string, V]> {
    throw new Error('not implemented')
  }
}
