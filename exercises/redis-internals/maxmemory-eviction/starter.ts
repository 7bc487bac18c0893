export type EvictPolicy =
  | 'noeviction'
  | 'allkeys-lru'
  | 'allkeys-lfu'
  | 'allkeys-random'
  | 'volatile-lru'
  | 'volatile-lfu'
  | 'volatile-random'
  | 'volatile-ttl'

export class OomError extends Error {}

export class BoundedStore {
  constructor(opts: {
    maxBytes: number
    policy: EvictPolicy
    samples?: number
    sizeOf: (key: string, value: string) => number
    now: () => number
    rng: () => number
  }) {
    throw new Error('not implemented')
  }

  get usedBytes(): number {
    throw new Error('not implemented')
  }

  /** The keys that were evicted so far, in this order. */
  get evicted(): readonly string[] {
    throw new Error('not implemented')
  }

  /** Writes a value that lives for `px` milliseconds, for ever without `px`. */
  set(key: string, value: string, px?: number): void {
    throw new Error('not implemented')
  }

  get(key: string): string | undefined {
    throw new Error('not implemented')
  }

  /** Whether the key was there. */
  del(key: string): boolean {
    throw new Error('not implemented')
  }

  /** The count of accesses, as LFU sees it; 0 for a key that is not there. */
  frequency(key: string): number {
    throw new Error('not implemented')
  }
}
