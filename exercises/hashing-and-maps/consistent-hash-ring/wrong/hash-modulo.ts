// Takes the remainder by the number of nodes: simple and even, but nearly every key moves when a node joins.
export interface RingOpts {
  replicas?: number
  hash?: (s: string) => number
}

export class HashRing {
  readonly #replicas: number
  readonly #hash: (s: string) => number
  readonly #weights = new Map<string, number>()

  constructor(opts: RingOpts = {}) {
    this.#replicas = positiveInteger(opts.replicas ?? 150)
    this.#hash = opts.hash ?? mixedHash
  }

  get nodes(): string[] {
    return [...this.#weights.keys()].sort()
  }

  get ringSize(): number {
    return [...this.#weights.values()].reduce((sum, weight) => sum + weight * this.#replicas, 0)
  }

  add(node: string, weight = 1): void {
    positiveInteger(weight)
    if (!this.#weights.has(node)) this.#weights.set(node, weight)
  }

  remove(node: string): void {
    this.#weights.delete(node)
  }

  get(key: string): string | undefined {
    return this.getN(key, 1)[0]
  }

  getN(key: string, n: number): string[] {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`n must be an integer of at least 0, not ${n}`)
    const nodes = this.nodes
    if (nodes.length === 0) return []
    const first = (this.#hash(key) >>> 0) % nodes.length
    return [...nodes.slice(first), ...nodes.slice(0, first)].slice(0, n)
  }
}

function mixedHash(s: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function positiveInteger(value: number): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`must be a positive integer, not ${value}`)
  return value
}
