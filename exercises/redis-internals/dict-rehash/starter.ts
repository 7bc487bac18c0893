export class Dict<V> {
  constructor(opts: { hash: (key: string) => number }) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  /** Buckets of the first and of the second table; the second is 0 when there is none. */
  get tables(): readonly [number, number] {
    throw new Error('not implemented')
  }

  get rehashing(): boolean {
    throw new Error('not implemented')
  }

  /** How many buckets with entries have been moved so far, in the life of the dictionary. */
  get movedBuckets(): number {
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

  setForkActive(on: boolean): void {
    throw new Error('not implemented')
  }

  /** Visits one bucket and returns the cursor of the next, 0 at the end. */
  scan(cursor: number, visit: (key: string, value: V) => void): number {
    throw new Error('not implemented')
  }
}
