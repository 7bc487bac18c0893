/** An entry, and its neighbours in order of recency. */
interface Node<K, V> {
  readonly key: K
  value: V
  newer: Node<K, V>
  older: Node<K, V>
}

/** A cache of bounded size that drops the entry which has gone unused for longest. Every operation is O(1). */
export class LRUCache<K, V> {
  readonly #nodes = new Map<K, Node<K, V>>()
  readonly #onEvict: ((key: K, value: V) => void) | undefined
  #capacity: number
  /**
   * Stands between the newest and the oldest entry and closes the list to a ring: `older` is the newest entry,
   * `newer` the oldest. With it, no operation has to ask whether an entry is the first or the last.
   */
  readonly #ends: Node<K, V>

  constructor(capacity: number, onEvict?: (key: K, value: V) => void) {
    this.#capacity = checkedCapacity(capacity)
    this.#onEvict = onEvict
    const ends = {} as Node<K, V>
    ends.newer = ends
    ends.older = ends
    this.#ends = ends
  }

  get size(): number {
    return this.#nodes.size
  }

  get(key: K): V | undefined {
    const node = this.#nodes.get(key)
    if (node === undefined) return undefined
    this.#touch(node)
    return node.value
  }

  peek(key: K): V | undefined {
    return this.#nodes.get(key)?.value
  }

  has(key: K): boolean {
    return this.#nodes.has(key)
  }

  set(key: K, value: V): void {
    const known = this.#nodes.get(key)
    if (known !== undefined) {
      known.value = value
      this.#touch(known)
      return
    }
    const node: Node<K, V> = { key, value, newer: this.#ends, older: this.#ends.older }
    this.#nodes.set(key, node)
    this.#link(node)
    this.#evictOverflow()
  }

  delete(key: K): boolean {
    const node = this.#nodes.get(key)
    if (node === undefined) return false
    this.#nodes.delete(key)
    unlink(node)
    return true
  }

  resize(capacity: number): void {
    this.#capacity = checkedCapacity(capacity)
    this.#evictOverflow()
  }

  keys(): K[] {
    const keys: K[] = []
    for (let node = this.#ends.older; node !== this.#ends; node = node.older) keys.push(node.key)
    return keys
  }

  /** Makes a linked entry the newest. */
  #touch(node: Node<K, V>): void {
    unlink(node)
    this.#link(node)
  }

  #link(node: Node<K, V>): void {
    node.newer = this.#ends
    node.older = this.#ends.older
    node.older.newer = node
    this.#ends.older = node
  }

  /** Reports an entry only after it has left, so that the callback sees the cache as it will stay. */
  #evictOverflow(): void {
    while (this.#nodes.size > this.#capacity) {
      const { key, value } = this.#ends.newer
      this.delete(key)
      this.#onEvict?.(key, value)
    }
  }
}

function unlink<K, V>(node: Node<K, V>): void {
  node.newer.older = node.older
  node.older.newer = node.newer
}

function checkedCapacity(capacity: number): number {
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new RangeError(`capacity must be an integer of at least 1, not ${capacity}`)
  }
  return capacity
}
