// Takes the lowest keys up to the limit and turns them around.
export interface NodeDump {
  leaf: boolean
  keys: number[]
  children?: NodeDump[]
  next?: number | null
}

class Leaf<V> {
  prev: Leaf<V> | null = null
  next: Leaf<V> | null = null

  constructor(
    readonly keys: number[] = [],
    readonly values: V[] = [],
  ) {}
}

class Inner<V> {
  constructor(
    readonly keys: number[],
    readonly children: Array<Node<V>>,
  ) {}
}

type Node<V> = Leaf<V> | Inner<V>

interface Split<V> {
  separator: number
  right: Node<V>
}

export class BPlusTree<V> {
  readonly #order: number
  readonly #fewest: number
  #root: Node<V> = new Leaf<V>()
  #size = 0
  #height = 1
  #nodeVisits = 0

  constructor(order: number) {
    if (!Number.isInteger(order) || order < 3) throw new RangeError('order must be an integer of at least 3')
    this.#order = order
    this.#fewest = Math.ceil(order / 2) - 1
  }

  get size(): number {
    return this.#size
  }

  get height(): number {
    return this.#size === 0 ? 0 : this.#height
  }

  get nodeVisits(): number {
    return this.#nodeVisits
  }

  set(key: number, value: V): void {
    const split = this.#insert(this.#root, key, value)
    if (split === null) return
    this.#root = new Inner([split.separator], [this.#root, split.right])
    this.#height++
  }

  get(key: number): V | undefined {
    if (this.#size === 0) return undefined
    const leaf = this.#leafOf(key)
    const at = firstAtLeast(leaf.keys, key)
    return leaf.keys[at] === key ? leaf.values[at] : undefined
  }

  delete(key: number): boolean {
    const deleted = this.#remove(this.#root, key)
    if (this.#root instanceof Inner && this.#root.keys.length === 0) {
      this.#root = this.#root.children[0] as Node<V>
      this.#height--
    }
    return deleted
  }

  range(lo: number, hi: number, opts: { limit?: number; reverse?: boolean } = {}): Array<[number, V]> {
    const { limit = Number.POSITIVE_INFINITY, reverse = false } = opts
    const found: Array<[number, V]> = []
    if (this.#size === 0) return found
    if (reverse) return this.range(lo, hi, { limit }).reverse()
    const step = reverse ? -1 : 1
    let leaf: Leaf<V> | null = this.#leafOf(reverse ? hi : lo)
    let at = reverse ? firstAbove(leaf.keys, hi) - 1 : firstAtLeast(leaf.keys, lo)
    if (limit <= 0) return found
    while (leaf !== null) {
      for (; at >= 0 && at < leaf.keys.length; at += step) {
        const key = leaf.keys[at] as number
        if (key < lo || key > hi) return found
        found.push([key, leaf.values[at] as V])
        if (found.length >= limit) return found
      }
      leaf = reverse ? leaf.prev : leaf.next
      if (leaf === null) break
      this.#nodeVisits++
      at = reverse ? leaf.keys.length - 1 : 0
    }
    return found
  }

  dump(): NodeDump | null {
    return this.#size === 0 ? null : dumpOf(this.#root)
  }

  #leafOf(key: number): Leaf<V> {
    let node = this.#root
    this.#nodeVisits++
    while (node instanceof Inner) {
      node = node.children[firstAbove(node.keys, key)] as Node<V>
      this.#nodeVisits++
    }
    return node
  }

  #insert(node: Node<V>, key: number, value: V): Split<V> | null {
    this.#nodeVisits++
    if (node instanceof Leaf) {
      const at = firstAtLeast(node.keys, key)
      if (node.keys[at] === key) {
        node.values[at] = value
        return null
      }
      node.keys.splice(at, 0, key)
      node.values.splice(at, 0, value)
      this.#size++
      return node.keys.length < this.#order ? null : splitLeaf(node)
    }
    const at = firstAbove(node.keys, key)
    const split = this.#insert(node.children[at] as Node<V>, key, value)
    if (split === null) return null
    node.keys.splice(at, 0, split.separator)
    node.children.splice(at + 1, 0, split.right)
    return node.keys.length < this.#order ? null : splitInner(node)
  }

  #remove(node: Node<V>, key: number): boolean {
    this.#nodeVisits++
    if (node instanceof Leaf) {
      const at = firstAtLeast(node.keys, key)
      if (node.keys[at] !== key) return false
      node.keys.splice(at, 1)
      node.values.splice(at, 1)
      this.#size--
      return true
    }
    const at = firstAbove(node.keys, key)
    const child = node.children[at] as Node<V>
    const removed = this.#remove(child, key)
    if (child.keys.length < this.#fewest) this.#refill(node, at)
    return removed
  }

  #refill(parent: Inner<V>, at: number): void {
    const left = parent.children[at - 1]
    const right = parent.children[at + 1]
    this.#nodeVisits++
    if (left !== undefined && left.keys.length > this.#fewest) shiftRight(parent, at - 1)
    else if (right !== undefined && right.keys.length > this.#fewest) shiftLeft(parent, at)
    else merge(parent, left === undefined ? at : at - 1)
  }
}

function splitLeaf<V>(leaf: Leaf<V>): Split<V> {
  const half = leaf.keys.length >> 1
  const right = new Leaf(leaf.keys.splice(half), leaf.values.splice(half))
  right.next = leaf.next
  right.prev = leaf
  if (leaf.next) leaf.next.prev = right
  leaf.next = right
  return { separator: right.keys[0] as number, right }
}

function splitInner<V>(node: Inner<V>): Split<V> {
  const half = node.keys.length >> 1
  const right = new Inner(node.keys.splice(half + 1), node.children.splice(half + 1))
  return { separator: node.keys.pop() as number, right }
}

function shiftRight<V>(parent: Inner<V>, i: number): void {
  const [from, to] = [parent.children[i], parent.children[i + 1]]
  if (from instanceof Leaf && to instanceof Leaf) {
    to.keys.unshift(from.keys.pop() as number)
    to.values.unshift(from.values.pop() as V)
    parent.keys[i] = to.keys[0] as number
  } else if (from instanceof Inner && to instanceof Inner) {
    to.keys.unshift(parent.keys[i] as number)
    to.children.unshift(from.children.pop() as Node<V>)
    parent.keys[i] = from.keys.pop() as number
  }
}

function shiftLeft<V>(parent: Inner<V>, i: number): void {
  const [to, from] = [parent.children[i], parent.children[i + 1]]
  if (from instanceof Leaf && to instanceof Leaf) {
    to.keys.push(from.keys.shift() as number)
    to.values.push(from.values.shift() as V)
    parent.keys[i] = from.keys[0] as number
  } else if (from instanceof Inner && to instanceof Inner) {
    to.keys.push(parent.keys[i] as number)
    to.children.push(from.children.shift() as Node<V>)
    parent.keys[i] = from.keys.shift() as number
  }
}

function merge<V>(parent: Inner<V>, i: number): void {
  const [left, right] = [parent.children[i], parent.children[i + 1]]
  const [separator] = parent.keys.splice(i, 1)
  parent.children.splice(i + 1, 1)
  if (left instanceof Leaf && right instanceof Leaf) {
    left.keys.push(...right.keys)
    left.values.push(...right.values)
    left.next = right.next
    if (right.next) right.next.prev = left
  } else if (left instanceof Inner && right instanceof Inner) {
    left.keys.push(separator as number, ...right.keys)
    left.children.push(...right.children)
  }
}

function dumpOf<V>(node: Node<V>): NodeDump {
  if (node instanceof Leaf) return { leaf: true, keys: [...node.keys], next: node.next?.keys[0] ?? null }
  return { leaf: false, keys: [...node.keys], children: node.children.map(dumpOf) }
}

function firstAtLeast(keys: readonly number[], key: number): number {
  let lo = 0
  let hi = keys.length
  while (lo < hi) {
    const middle = (lo + hi) >> 1
    if ((keys[middle] as number) < key) lo = middle + 1
    else hi = middle
  }
  return lo
}

function firstAbove(keys: readonly number[], key: number): number {
  const at = firstAtLeast(keys, key)
  return keys[at] === key ? at + 1 : at
}
