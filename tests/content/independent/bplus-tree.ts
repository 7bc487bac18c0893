/** Recursive descent: a child reports upwards that it has split or become too small, and its parent mends that; leaves form a doubly linked list. */
export interface NodeDump {
  leaf: boolean
  keys: number[]
  children?: NodeDump[]
  next?: number | null
}

interface Leaf<V> {
  readonly kind: 'leaf'
  keys: number[]
  values: V[]
  previous: Leaf<V> | null
  next: Leaf<V> | null
}

interface Inner<V> {
  readonly kind: 'inner'
  keys: number[]
  children: Array<Node<V>>
}

type Node<V> = Leaf<V> | Inner<V>

/** The right half of a node that was too large, and the key that separates it from the left one. */
interface Split<V> {
  key: number
  right: Node<V>
}

/** How many keys are below `key`. */
function countBelow(keys: readonly number[], key: number): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? Infinity) < key) low = middle + 1
    else high = middle
  }
  return low
}

/** How many keys are below `key` or equal to it: the index of the child that covers it. */
function countUpTo(keys: readonly number[], key: number): number {
  const below = countBelow(keys, key)
  return keys[below] === key ? below + 1 : below
}

/** What an index within the bounds holds. */
function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new Error(`no element ${index}`)
  return list[index] as T
}

export class BPlusTree<V> {
  readonly #maxKeys: number
  readonly #minKeys: number
  #root: Node<V> | null = null
  #size = 0
  #height = 0
  #visits = 0

  constructor(order: number) {
    if (!Number.isInteger(order) || order < 3) throw new RangeError(`order must be an integer of at least 3: ${order}`)
    this.#maxKeys = order - 1
    this.#minKeys = Math.ceil(order / 2) - 1
  }

  get size(): number {
    return this.#size
  }

  get height(): number {
    return this.#height
  }

  get nodeVisits(): number {
    return this.#visits
  }

  set(key: number, value: V): void {
    if (this.#root === null) {
      this.#root = { kind: 'leaf', keys: [], values: [], previous: null, next: null }
      this.#height = 1
    }
    const left = this.#root
    const split = this.#insert(left, key, value)
    if (split === null) return
    this.#root = { kind: 'inner', keys: [split.key], children: [left, split.right] }
    this.#height++
  }

  get(key: number): V | undefined {
    const leaf = this.#leafFor(key)
    if (leaf === null) return undefined
    const index = countBelow(leaf.keys, key)
    return leaf.keys[index] === key ? leaf.values[index] : undefined
  }

  delete(key: number): boolean {
    const root = this.#root
    if (root === null || !this.#remove(root, key)) return false
    this.#size--
    if (root.keys.length === 0) {
      this.#root = root.kind === 'leaf' ? null : at(root.children, 0)
      this.#height--
    }
    return true
  }

  range(lo: number, hi: number, opts: { limit?: number; reverse?: boolean } = {}): Array<[number, V]> {
    const { limit = Infinity, reverse = false } = opts
    const found: Array<[number, V]> = []
    let leaf = this.#leafFor(reverse ? hi : lo)
    if (leaf === null || !(lo <= hi) || !(limit > 0)) return found

    const step = reverse ? -1 : 1
    let index = reverse ? countUpTo(leaf.keys, hi) - 1 : countBelow(leaf.keys, lo)
    for (;;) {
      for (; index >= 0 && index < leaf.keys.length; index += step) {
        const key = at(leaf.keys, index)
        if (reverse ? key < lo : key > hi) return found
        found.push([key, at(leaf.values, index)])
        if (found.length >= limit || key === (reverse ? lo : hi)) return found
      }
      leaf = reverse ? leaf.previous : leaf.next
      if (leaf === null) return found
      this.#visits++
      index = reverse ? leaf.keys.length - 1 : 0
    }
  }

  dump(): NodeDump | null {
    const dumpOf = (node: Node<V>): NodeDump =>
      node.kind === 'leaf'
        ? { leaf: true, keys: [...node.keys], next: node.next === null ? null : at(node.next.keys, 0) }
        : { leaf: false, keys: [...node.keys], children: node.children.map(dumpOf) }
    return this.#root === null ? null : dumpOf(this.#root)
  }

  #leafFor(key: number): Leaf<V> | null {
    let node = this.#root
    if (node === null) return null
    this.#visits++
    while (node.kind === 'inner') {
      node = at(node.children, countUpTo(node.keys, key))
      this.#visits++
    }
    return node
  }

  #insert(node: Node<V>, key: number, value: V): Split<V> | null {
    this.#visits++
    if (node.kind === 'leaf') {
      const index = countBelow(node.keys, key)
      if (node.keys[index] === key) {
        node.values[index] = value
        return null
      }
      node.keys.splice(index, 0, key)
      node.values.splice(index, 0, value)
      this.#size++
      return node.keys.length > this.#maxKeys ? this.#splitLeaf(node) : null
    }
    const index = countUpTo(node.keys, key)
    const split = this.#insert(at(node.children, index), key, value)
    if (split === null) return null
    node.keys.splice(index, 0, split.key)
    node.children.splice(index + 1, 0, split.right)
    return node.keys.length > this.#maxKeys ? this.#splitInner(node) : null
  }

  #splitLeaf(leaf: Leaf<V>): Split<V> {
    const middle = leaf.keys.length >>> 1
    const right: Leaf<V> = {
      kind: 'leaf',
      keys: leaf.keys.splice(middle),
      values: leaf.values.splice(middle),
      previous: leaf,
      next: leaf.next,
    }
    if (leaf.next !== null) leaf.next.previous = right
    leaf.next = right
    return { key: at(right.keys, 0), right }
  }

  #splitInner(node: Inner<V>): Split<V> {
    const middle = node.keys.length >>> 1
    const children = node.children.splice(middle + 1)
    const [key, ...keys] = node.keys.splice(middle)
    if (key === undefined) throw new Error('a split needs a key')
    return { key, right: { kind: 'inner', keys, children } }
  }

  /** Removes the key from below the node, and mends the child in which it was. */
  #remove(node: Node<V>, key: number): boolean {
    this.#visits++
    if (node.kind === 'leaf') {
      const index = countBelow(node.keys, key)
      if (node.keys[index] !== key) return false
      node.keys.splice(index, 1)
      node.values.splice(index, 1)
      return true
    }
    const index = countUpTo(node.keys, key)
    const child = at(node.children, index)
    if (!this.#remove(child, key)) return false
    if (child.keys.length < this.#minKeys) this.#mend(node, index)
    return true
  }

  /** Moves a key to the child at `index` from a sibling that can spare one, or joins it with a sibling. */
  #mend(parent: Inner<V>, index: number): void {
    const siblings = [index - 1, index + 1].filter((i) => i >= 0 && i < parent.children.length)
    this.#visits += siblings.length
    const donor = siblings.find((i) => at(parent.children, i).keys.length > this.#minKeys)
    const first = Math.min(index, donor ?? at(siblings, 0))
    if (donor === undefined) this.#join(parent, first)
    else this.#shift(parent, first, donor < index ? 'right' : 'left')
  }

  /** Moves one key between the children at `first` and `first + 1`. */
  #shift(parent: Inner<V>, first: number, direction: 'left' | 'right'): void {
    const left = at(parent.children, first)
    const right = at(parent.children, first + 1)
    const [from, to] = direction === 'right' ? [left, right] : [right, left]
    const taken = direction === 'right' ? from.keys.length - 1 : 0
    const place = direction === 'right' ? 0 : to.keys.length
    if (from.kind === 'leaf' && to.kind === 'leaf') {
      to.keys.splice(place, 0, ...from.keys.splice(taken, 1))
      to.values.splice(place, 0, ...from.values.splice(taken, 1))
      parent.keys[first] = at(right.keys, 0)
    } else if (from.kind === 'inner' && to.kind === 'inner') {
      // The separator goes down, the key of the sibling goes up.
      to.keys.splice(place, 0, at(parent.keys, first))
      parent.keys.splice(first, 1, ...from.keys.splice(taken, 1))
      const child = direction === 'right' ? from.children.length - 1 : 0
      to.children.splice(direction === 'right' ? 0 : to.children.length, 0, ...from.children.splice(child, 1))
    }
  }

  /** Makes one node of the children at `first` and `first + 1`. */
  #join(parent: Inner<V>, first: number): void {
    const left = at(parent.children, first)
    const right = at(parent.children, first + 1)
    const separator = at(parent.keys, first)
    parent.keys.splice(first, 1)
    parent.children.splice(first + 1, 1)
    if (left.kind === 'leaf' && right.kind === 'leaf') {
      left.keys.push(...right.keys)
      left.values.push(...right.values)
      left.next = right.next
      if (right.next !== null) right.next.previous = left
    } else if (left.kind === 'inner' && right.kind === 'inner') {
      left.keys.push(separator, ...right.keys)
      left.children.push(...right.children)
    }
  }
}
