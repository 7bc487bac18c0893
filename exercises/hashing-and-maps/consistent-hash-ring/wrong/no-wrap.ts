// Does not go on at the beginning of the ring: keys past the last point fall to the last node.
export interface RingOpts {
  replicas?: number
  hash?: (s: string) => number
}

interface Point {
  readonly at: number
  readonly node: string
}

const DEFAULT_REPLICAS = 150

export class HashRing {
  readonly #replicas: number
  readonly #hash: (s: string) => number
  readonly #members = new Set<string>()
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
    this.#points.sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0))
  }

  remove(node: string): void {
    if (!this.#members.delete(node)) return
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

  #ownerOf(key: string): number {
    const at = this.#place(key)
    let low = 0
    let high = this.#points.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#points[middle]?.at ?? 0) < at) low = middle + 1
      else high = middle
    }
    return Math.min(low, this.#points.length - 1)
  }
}

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
