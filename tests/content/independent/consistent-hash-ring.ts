/** Two parallel arrays, places and owners, sorted by place and then by name; a look-up is a binary search for the lower bound. */
export interface RingOpts {
  /** Virtual nodes of a node of weight 1; default 150. */
  replicas?: number
  /** Hash of labels and keys; its low 32 bits count, read as unsigned. */
  hash?: (s: string) => number
}

/** FNV-1a, and then murmur's finalizer, because labels that differ in the last character must land far apart. */
function defaultHash(s: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function requirePositive(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
}

export class HashRing {
  readonly #replicas: number
  readonly #hash: (s: string) => number
  readonly #members = new Set<string>()
  #places: number[] = []
  #owners: string[] = []

  constructor(opts: RingOpts = {}) {
    const { replicas = 150, hash = defaultHash } = opts
    requirePositive('replicas', replicas)
    this.#replicas = replicas
    this.#hash = hash
  }

  /** Names of the nodes on the ring, in ascending order. */
  get nodes(): string[] {
    return [...this.#members].sort()
  }

  /** How many virtual nodes stand on the ring. */
  get ringSize(): number {
    return this.#places.length
  }

  add(node: string, weight = 1): void {
    requirePositive('weight', weight)
    if (this.#members.has(node)) return
    const fresh = Array.from({ length: this.#replicas * weight }, (_, i) => this.#hash(`${node}#${i}`) >>> 0)
    fresh.sort((a, b) => a - b)

    const places: number[] = []
    const owners: string[] = []
    let old = 0
    const keepOld = () => {
      places.push(this.#places[old] ?? 0)
      owners.push(this.#owners[old] ?? '')
      old++
    }
    const oldStandsBefore = (place: number) => {
      const [oldPlace, owner] = [this.#places[old], this.#owners[old]]
      if (oldPlace === undefined || owner === undefined) return false
      return oldPlace < place || (oldPlace === place && owner < node)
    }
    for (const place of fresh) {
      while (oldStandsBefore(place)) keepOld()
      places.push(place)
      owners.push(node)
    }
    while (old < this.#places.length) keepOld()

    this.#places = places
    this.#owners = owners
    this.#members.add(node)
  }

  remove(node: string): void {
    if (!this.#members.delete(node)) return
    const owners = this.#owners
    this.#places = this.#places.filter((_, i) => owners[i] !== node)
    this.#owners = owners.filter((owner) => owner !== node)
  }

  /** The node that owns the key, or undefined on an empty ring. */
  get(key: string): string | undefined {
    return this.#owners[this.#locate(key)]
  }

  /** The first n distinct nodes clockwise from the key. */
  getN(key: string, n: number): string[] {
    if (!Number.isInteger(n) || n < 0) throw new RangeError('n must be an integer of at least 0')
    const start = this.#locate(key)
    const wanted = Math.min(n, this.#members.size)
    const met = new Set<string>()
    for (let step = 0; met.size < wanted; step++) {
      const owner = this.#owners[(start + step) % this.#owners.length]
      if (owner !== undefined) met.add(owner)
    }
    return [...met]
  }

  /** Where the owner of the key stands in the arrays. */
  #locate(key: string): number {
    const place = this.#hash(key) >>> 0
    let [low, high] = [0, this.#places.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#places[middle] ?? 0) < place) low = middle + 1
      else high = middle
    }
    return low === this.#places.length ? 0 : low
  }
}
