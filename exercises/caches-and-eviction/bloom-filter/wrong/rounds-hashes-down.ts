/** The size of a filter: either given, or derived from what it should hold and how often it may be mistaken. */
export type BloomOpts = { expected: number; falsePositiveRate: number } | { bits: number; hashes: number }

/** A set of keys that may claim too much, never too little. */
export class BloomFilter {
  readonly bits: number
  /** Positions of each key. */
  readonly hashes: number
  /** Bit i is bit `i & 7` of byte `i >> 3`. */
  readonly #data: Uint8Array

  constructor(opts: BloomOpts) {
    const { bits, hashes } = 'expected' in opts ? sizeFor(opts.expected, opts.falsePositiveRate) : opts
    this.bits = positiveInteger(bits, 'bits')
    this.hashes = positiveInteger(hashes, 'hashes')
    this.#data = new Uint8Array(Math.ceil(bits / 8))
  }

  static from(bits: number, hashes: number, data: Uint8Array): BloomFilter {
    const filter = new BloomFilter({ bits, hashes })
    if (data.length !== filter.#data.length) throw new RangeError(`${bits} bits are not ${data.length} bytes`)
    filter.#data.set(data)
    return filter
  }

  add(key: string): void {
    for (const i of this.#positions(key)) this.#data[i >> 3]! |= 1 << (i & 7)
  }

  mightContain(key: string): boolean {
    return this.#positions(key).every((i) => (this.#data[i >> 3]! & (1 << (i & 7))) !== 0)
  }

  fillRatio(): number {
    let set = 0
    for (const byte of this.#data) for (let rest = byte; rest > 0; rest &= rest - 1) set++
    return set / this.bits
  }

  union(other: BloomFilter): BloomFilter {
    if (other.bits !== this.bits || other.hashes !== this.hashes) {
      throw new RangeError('filters of different sizes give different positions to a key')
    }
    const both = this.#data.map((byte, i) => byte | other.#data[i]!)
    return BloomFilter.from(this.bits, this.hashes, both)
  }

  export(): Uint8Array {
    return this.#data.slice()
  }

  /**
   * Double hashing (Kirsch and Mitzenmacher): two hashes give as many positions as needed, for hardly more false
   * positives. The numbers stay far below 2^53, so the sum is exact.
   */
  #positions(key: string): number[] {
    const first = hash(key, 0x811c9dc5)
    const step = hash(key, 0x9747b28c)
    return Array.from({ length: this.hashes }, (_, i) => (first + i * step) % this.bits)
  }
}

/** The smallest filter that keeps to the rate `p` with `n` keys in it, and the number of hashes that is best for it. */
function sizeFor(n: number, p: number): { bits: number; hashes: number } {
  positiveInteger(n, 'expected')
  if (!(p > 0 && p < 1)) throw new RangeError(`a rate of ${p} is not between 0 and 1`)
  const bits = Math.ceil((-n * Math.log(p)) / Math.LN2 ** 2)
  return { bits, hashes: Math.max(1, Math.floor((bits / n) * Math.LN2)) }
}

/** FNV-1a over both bytes of each code unit, then the finaliser of MurmurHash3; unsigned 32 bits. */
function hash(key: string, seed: number): number {
  let h = seed
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    h = Math.imul(h ^ (unit & 0xff), 0x01000193)
    h = Math.imul(h ^ (unit >> 8), 0x01000193)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function positiveInteger(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer, not ${value}`)
  return value
}
