/** A byte array of bits; each position is a mix of two 32-bit hashes of the key and its own number, so nothing depends on the instance. */
export type BloomOpts = { expected: number; falsePositiveRate: number } | { bits: number; hashes: number }

const LN2 = Math.LN2

function positiveInteger(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be an integer of at least 1: ${value}`)
  return value
}

function sizeFor(opts: BloomOpts): { bits: number; hashes: number } {
  if ('bits' in opts) {
    return { bits: positiveInteger(opts.bits, 'bits'), hashes: positiveInteger(opts.hashes, 'hashes') }
  }
  const n = positiveInteger(opts.expected, 'expected')
  const p = opts.falsePositiveRate
  if (!(p > 0 && p < 1)) throw new RangeError(`falsePositiveRate must be between 0 and 1: ${p}`)
  const bits = Math.ceil((-n * Math.log(p)) / (LN2 * LN2))
  return { bits, hashes: Math.max(1, Math.round((bits / n) * LN2)) }
}

/** The finalizer of MurmurHash3: every input bit changes about half of the output bits. */
function scramble(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

/** A set of keys that may claim too much, never too little. */
export class BloomFilter {
  readonly bits: number
  readonly hashes: number
  #data: Uint8Array
  #ones = 0

  constructor(opts: BloomOpts) {
    const { bits, hashes } = sizeFor(opts)
    this.bits = bits
    this.hashes = hashes
    this.#data = new Uint8Array(Math.ceil(bits / 8))
  }

  static from(bits: number, hashes: number, data: Uint8Array): BloomFilter {
    const filter = new BloomFilter({ bits, hashes })
    if (data.length !== filter.#data.length) {
      throw new RangeError(`${bits} bits are ${filter.#data.length} bytes, not ${data.length}`)
    }
    filter.#fill((i) => data[i] ?? 0)
    return filter
  }

  add(key: string): void {
    for (const position of this.#positions(key)) {
      const index = Math.floor(position / 8)
      const before = this.#data[index] ?? 0
      const after = before | (1 << (position % 8))
      if (after === before) continue
      this.#data[index] = after
      this.#ones++
    }
  }

  mightContain(key: string): boolean {
    for (const position of this.#positions(key)) {
      if (((this.#data[Math.floor(position / 8)] ?? 0) & (1 << (position % 8))) === 0) return false
    }
    return true
  }

  fillRatio(): number {
    return this.#ones / this.bits
  }

  union(other: BloomFilter): BloomFilter {
    if (other.bits !== this.bits || other.hashes !== this.hashes) {
      throw new RangeError('only filters of the same size can be united')
    }
    const result = new BloomFilter({ bits: this.bits, hashes: this.hashes })
    result.#fill((i) => (this.#data[i] ?? 0) | (other.#data[i] ?? 0))
    return result
  }

  export(): Uint8Array {
    return this.#data.slice()
  }

  #fill(byteAt: (index: number) => number): void {
    const data = this.#data
    for (let i = 0; i < data.length; i++) data[i] = byteAt(i)
    const spare = data.length * 8 - this.bits
    const last = data.length - 1
    data[last] = (data[last] ?? 0) & (0xff >> spare)
    this.#ones = 0
    for (let byte of data) {
      for (; byte !== 0; byte &= byte - 1) this.#ones++
    }
  }

  /** The positions of a key, computed one by one, so that a lookup can stop at the first clear bit. */
  *#positions(key: string): Generator<number> {
    let a = 0x9e3779b9 ^ key.length
    let b = 0x7f4a7c15
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x9e3779b1)
      a ^= a >>> 15
      b = Math.imul(b ^ unit, 0x5f356495)
      b ^= b >>> 13
    }
    for (let i = 0; i < this.hashes; i++) {
      const high = scramble(a ^ scramble(b + Math.imul(i, 0x9e3779b9)))
      const low = scramble(high ^ b)
      const fraction = ((high >>> 0) * 2 ** 21 + (low >>> 11)) / 2 ** 53
      yield Math.floor(fraction * this.bits)
    }
  }
}
