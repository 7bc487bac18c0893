export interface RingOpts {
  /** Virtual nodes of a node of weight 1; default 150. */
  replicas?: number
  /** Hash of labels and keys; its low 32 bits count, read as unsigned. */
  hash?: (s: string) => number
}

/** One virtual node: a place on the ring and the node that it stands for. */
interface Point {
  readonly at: number
  readonly node: string
}

const DEFAULT_REPLICAS = 150

/** A consistent-hash ring: every key belongs to the first virtual node clockwise from its hash. */
export class HashRing {
  readonly #replicas: number
  readonly #hash: (s: string) => number
  readonly #members = new Set<string>()
  /** Clockwise; points on one place stand in order of their node's name. */
  #points: Point[] = []

  constructor(opts: RingOpts = {}) {
    this.#replicas = positiveInteger(opts.replicas ?? DEFAULT_REPLICAS, 'replicas')
    this.#hash = opts.hash ?? mixedHash
  }

  get nodes(): string[] {
    return [...this.#members].sort()
  }

  get ringSize(): number {
    return this.#points.length
  }

  add(node: string, weight = 1): void {
    const count = this.#replicas * positiveInteger(weight, 'weight')
    if (this.#members.has(node)) return
    this.#members.add(node)
    for (let i = 0; i < count; i++) this.#points.push({ at: this.#place(`${node}#${i}`), node })
    // Names are compared only on a shared place, so the ring never depends on the order of insertion.
    this.#points.sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0))
  }

  remove(node: string): void {
    if (!this.#members.delete(node)) return
    // By owner, not by place: another node's point may stand on the same place.
    this.#points = this.#points.filter((point) => point.node !== node)
  }

  get(key: string): string | undefined {
    return this.#points.length === 0 ? undefined : this.#points[this.#ownerOf(key)]?.node
  }

  getN(key: string, n: number): string[] {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`n must be an integer of at least 0, not ${n}`)
    const found = new Set<string>()
    const start = this.#ownerOf(key)
    for (let step = 0; step < this.#points.length && found.size < n; step++) {
      const point = this.#points[(start + step) % this.#points.length]
      if (point !== undefined) found.add(point.node)
    }
    return [...found]
  }

  #place(s: string): number {
    return this.#hash(s) >>> 0
  }

  /** Index of the first point at or after the key's place; past the last point the ring begins again. */
  #ownerOf(key: string): number {
    const at = this.#place(key)
    let low = 0
    let high = this.#points.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#points[middle]?.at ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low === this.#points.length ? 0 : low
  }
}

/**
 * FNV-1a, then the finaliser of MurmurHash3. FNV alone barely moves the high bits when only the last characters
 * differ, and the labels of one node differ in nothing else: its virtual nodes would stand in bunches.
 */
function mixedHash(s: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function positiveInteger(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer, not ${value}`)
  return value
}
