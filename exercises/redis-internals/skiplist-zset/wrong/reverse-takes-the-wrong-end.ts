// Takes the range by ascending ranks and turns it around.
export interface Bound {
  score: number
  exclusive?: boolean
}

const CLIMB = 1 / 4

class Node {
  readonly next: Array<Node | null>
  readonly span: number[]

  constructor(
    readonly member: string,
    readonly score: number,
    height: number,
  ) {
    this.next = new Array<Node | null>(height).fill(null)
    this.span = new Array<number>(height).fill(0)
  }
}

export class ZSet {
  readonly #nodes = new Map<string, Node>()
  readonly #rng: () => number
  readonly #maxLevel: number
  readonly #head: Node
  #level = 1

  constructor(opts: { rng?: () => number; maxLevel?: number } = {}) {
    this.#rng = opts.rng ?? Math.random
    this.#maxLevel = opts.maxLevel ?? 32
    this.#head = new Node('', 0, this.#maxLevel)
  }

  get size(): number {
    return this.#nodes.size
  }

  get level(): number {
    return this.#level
  }

  add(score: number, member: string): 'added' | 'updated' | 'same' {
    if (Number.isNaN(score)) throw new RangeError('a score must be a number')
    const known = this.#nodes.get(member)
    if (known?.score === score) return 'same'
    if (known !== undefined) this.#unlink(known)
    const node = new Node(member, score, this.#drawHeight())
    this.#link(node)
    this.#nodes.set(member, node)
    return known === undefined ? 'added' : 'updated'
  }

  incrBy(delta: number, member: string): number {
    const score = (this.score(member) ?? 0) + delta
    this.add(score, member)
    return score
  }

  remove(member: string): boolean {
    const node = this.#nodes.get(member)
    if (node === undefined) return false
    this.#unlink(node)
    return this.#nodes.delete(member)
  }

  score(member: string): number | undefined {
    return this.#nodes.get(member)?.score
  }

  rank(member: string, reverse = false): number | null {
    const node = this.#nodes.get(member)
    if (node === undefined) return null
    const before = this.#countWhile((other) => isBefore(other, node))
    return reverse ? this.size - 1 - before : before
  }

  rangeByRank(start: number, stop: number, reverse = false): Array<[string, number]> {
    const first = Math.max(0, start < 0 ? this.size + start : start)
    const last = Math.min(this.size - 1, stop < 0 ? this.size + stop : stop)
    if (first > last) return []
    if (!reverse) return this.#take(first, last - first + 1)
    return this.#take(first, last - first + 1).reverse()
  }

  rangeByScore(min: Bound, max: Bound, opts: { offset?: number; count?: number } = {}): Array<[string, number]> {
    const [first, end] = this.#indexes(min, max)
    const from = first + (opts.offset ?? 0)
    return this.#take(from, Math.min(opts.count ?? Number.POSITIVE_INFINITY, end - from))
  }

  count(min: Bound, max: Bound): number {
    const [first, end] = this.#indexes(min, max)
    return Math.max(0, end - first)
  }

  #indexes(min: Bound, max: Bound): [number, number] {
    if (Number.isNaN(min.score) || Number.isNaN(max.score)) throw new RangeError('a bound must be a number')
    const isBelow = ({ score }: Node) => (min.exclusive ? score <= min.score : score < min.score)
    const isNotAbove = ({ score }: Node) => (max.exclusive ? score < max.score : score <= max.score)
    return [this.#countWhile(isBelow), this.#countWhile(isNotAbove)]
  }

  #countWhile(holds: (node: Node) => boolean): number {
    let node = this.#head
    let count = 0
    for (let level = this.#level - 1; level >= 0; level--) {
      for (let next = node.next[level]; next && holds(next); next = node.next[level]) {
        count += node.span[level] ?? 0
        node = next
      }
    }
    return count
  }

  #take(index: number, count: number): Array<[string, number]> {
    let node: Node | null | undefined = this.#head
    let ahead = index + 1
    for (let level = this.#level - 1; level >= 0; level--) {
      while (node.next[level] && (node.span[level] ?? 0) <= ahead) {
        ahead -= node.span[level] ?? 0
        node = node.next[level] as Node
      }
    }
    const taken: Array<[string, number]> = []
    for (; node && taken.length < count; node = node.next[0]) taken.push([node.member, node.score])
    return taken
  }

  #link(node: Node): void {
    const { path, ranks } = this.#pathTo(node)
    const rank = ranks[0] ?? 0
    this.#level = Math.max(this.#level, node.next.length)
    for (let level = 0; level < this.#maxLevel; level++) {
      const previous = path[level] ?? this.#head
      const span = previous.span[level] ?? 0
      if (level < node.next.length) {
        const toNode = rank - (ranks[level] ?? 0) + 1
        node.next[level] = previous.next[level] ?? null
        node.span[level] = span - toNode + 1
        previous.next[level] = node
        previous.span[level] = toNode
      } else previous.span[level] = span + 1
    }
  }

  #unlink(node: Node): void {
    const { path } = this.#pathTo(node)
    for (let level = 0; level < this.#maxLevel; level++) {
      const previous = path[level] ?? this.#head
      const span = previous.span[level] ?? 0
      if (previous.next[level] === node) {
        previous.next[level] = node.next[level] ?? null
        previous.span[level] = span + (node.span[level] ?? 0) - 1
      } else previous.span[level] = span - 1
    }
    while (this.#level > 1 && this.#head.next[this.#level - 1] === null) this.#level--
  }

  #pathTo(node: Node): { path: Node[]; ranks: number[] } {
    const path: Node[] = []
    const ranks: number[] = []
    let at = this.#head
    let rank = 0
    for (let level = this.#level - 1; level >= 0; level--) {
      for (let next = at.next[level]; next && isBefore(next, node); next = at.next[level]) {
        rank += at.span[level] ?? 0
        at = next
      }
      path[level] = at
      ranks[level] = rank
    }
    return { path, ranks }
  }

  #drawHeight(): number {
    let height = 1
    while (height < this.#maxLevel && this.#rng() < CLIMB) height++
    return height
  }
}

function isBefore(a: Node, b: Node): boolean {
  return a.score < b.score || (a.score === b.score && compareBytes(a.member, b.member) < 0)
}

function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let i = 0
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  if (i === length) return a.length - b.length
  return weight(a.charCodeAt(i)) - weight(b.charCodeAt(i))
}

function weight(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}
