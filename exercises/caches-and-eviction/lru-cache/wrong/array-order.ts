// Keeps the order in an array, where finding a key and closing the gap take time in proportion to the entries.
export class LRUCache<K, V> {
  readonly #values = new Map<K, V>()
  #order: K[] = []
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
    if (this.#values.has(key)) this.#touch(key)
    return this.#values.get(key)
  }

  peek(key: K): V | undefined {
    return this.#values.get(key)
  }

  has(key: K): boolean {
    return this.#values.has(key)
  }

  set(key: K, value: V): void {
    const known = this.#values.has(key)
    this.#values.set(key, value)
    if (known) this.#touch(key)
    else this.#order.push(key)
    this.#evictOverflow()
  }

  delete(key: K): boolean {
    if (!this.#values.delete(key)) return false
    this.#order.splice(this.#indexOf(key), 1)
    return true
  }

  resize(capacity: number): void {
    this.#capacity = checkedCapacity(capacity)
    this.#evictOverflow()
  }

  keys(): K[] {
    return [...this.#order].reverse()
  }

  #indexOf(key: K): number {
    return this.#order.findIndex((other) => Object.is(other, key))
  }

  #touch(key: K): void {
    this.#order.splice(this.#indexOf(key), 1)
    this.#order.push(key)
  }

  #evictOverflow(): void {
    while (this.#order.length > this.#capacity) {
      const key = this.#order.shift() as K
      const value = this.#values.get(key) as V
      this.#values.delete(key)
      this.onEvict?.(key, value)
    }
  }
}

function checkedCapacity(capacity: number): number {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`no capacity: ${capacity}`)
  return capacity
}
