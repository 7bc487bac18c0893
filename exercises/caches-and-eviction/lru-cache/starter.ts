export class LRUCache<K, V> {
  constructor(capacity: number, onEvict?: (key: K, value: V) => void) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  /** The value, or undefined; makes the entry the most recent. */
  get(key: K): V | undefined {
    throw new Error('not implemented')
  }

  /** The value, or undefined; leaves the order alone. */
  peek(key: K): V | undefined {
    throw new Error('not implemented')
  }

  /** Whether the key is there; leaves the order alone. */
  has(key: K): boolean {
    throw new Error('not implemented')
  }

  /** Adds or replaces an entry and makes it the most recent. */
  set(key: K, value: V): void {
    throw new Error('not implemented')
  }

  /** Whether the key was there. */
  delete(key: K): boolean {
    throw new Error('not implemented')
  }

  resize(capacity: number): void {
    throw new Error('not implemented')
  }

  /** Keys from the most to the least recent. */
  keys(): K[] {
    throw new Error('not implemented')
  }
}
