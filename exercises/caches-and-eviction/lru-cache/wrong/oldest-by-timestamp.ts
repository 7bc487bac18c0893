// Stamps each entry when it is used and looks through all of them for the smallest stamp whenever one must go.
export class LRUCache<K, V> {
  readonly #entries = new Map<K, { value: V; usedAt: number }>()
  #capacity: number
  #clock = 0

  constructor(
    capacity: number,
    private readonly onEvict?: (key: K, value: V) => void,
  ) {
    this.#capacity = checkedCapacity(capacity)
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry !== undefined) entry.usedAt = ++this.#clock
    return entry?.value
  }

  peek(key: K): V | undefined {
    return this.#entries.get(key)?.value
  }

  has(key: K): boolean {
    return this.#entries.has(key)
  }

  set(key: K, value: V): void {
    this.#entries.set(key, { value, usedAt: ++this.#clock })
    this.#evictOverflow()
  }

  delete(key: K): boolean {
    return this.#entries.delete(key)
  }

  resize(capacity: number): void {
    this.#capacity = checkedCapacity(capacity)
    this.#evictOverflow()
  }

  keys(): K[] {
    return [...this.#entries].sort(([, a], [, b]) => b.usedAt - a.usedAt).map(([key]) => key)
  }

  #evictOverflow(): void {
    while (this.#entries.size > this.#capacity) {
      let oldest: { key: K; value: V; usedAt: number } | undefined
      for (const [key, entry] of this.#entries) {
        if (oldest === undefined || entry.usedAt < oldest.usedAt) oldest = { key, ...entry }
      }
      if (oldest === undefined) return
      this.#entries.delete(oldest.key)
      this.onEvict?.(oldest.key, oldest.value)
    }
  }
}

function checkedCapacity(capacity: number): number {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`no capacity: ${capacity}`)
  return capacity
}
