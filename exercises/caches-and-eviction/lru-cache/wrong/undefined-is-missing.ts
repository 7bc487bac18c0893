// Takes undefined for "not there", so an entry whose value is undefined is never refreshed.
export class LRUCache<K, V> {
  readonly #values = new Map<K, V>()
  #capacity: number

  constructor(
    capacity: number,
    private readonly onEvict?: (key: K, value: V) => void,
  ) {
    this.#capacity = checkedCapacity(capacity)
  }

  get size(): number {
    return this.#values.size
  }

  get(key: K): V | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  peek(key: K): V | undefined {
    return this.#values.get(key)
  }

  has(key: K): boolean {
    return this.peek(key) !== undefined
  }

  set(key: K, value: V): void {
    this.#values.delete(key)
    this.#values.set(key, value)
    this.#evictOverflow()
  }

  delete(key: K): boolean {
    return this.#values.delete(key)
  }

  resize(capacity: number): void {
    this.#capacity = checkedCapacity(capacity)
    this.#evictOverflow()
  }

  keys(): K[] {
    return [...this.#values.keys()].reverse()
  }

  #evictOverflow(): void {
    while (this.#values.size > this.#capacity) {
      const [oldest] = this.#values
      if (oldest === undefined) return
      this.#values.delete(oldest[0])
      this.onEvict?.(...oldest)
    }
  }
}

function checkedCapacity(capacity: number): number {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`no capacity: ${capacity}`)
  return capacity
}
