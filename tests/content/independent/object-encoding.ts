/** The integer set is a typed array that grows by doubling; a collection is an integer set or a Set of texts plus a name. */
export interface Limits {
  intsetEntries: number
  hashEntries: number
  zsetEntries: number
  valueBytes: number
  embstrBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  intsetEntries: 512,
  hashEntries: 512,
  zsetEntries: 128,
  valueBytes: 64,
  embstrBytes: 44,
}

const encoder = new TextEncoder()
const byteLengthOf = (text: string) => encoder.encode(text).length

/** Whether a signed number of so many bits can be v. */
const fits = (v: bigint, bits: number) => BigInt.asIntN(bits, v) === v

/** The number of which this is the canonical form, or null. */
function parseInteger(text: string): bigint | null {
  if (text.length > 20 || !/^(?:0|-?[1-9][0-9]*)$/.test(text)) return null
  const v = BigInt(text)
  return fits(v, 64) ? v : null
}

export function stringEncoding(v: string, limits: Limits = DEFAULT_LIMITS): 'int' | 'embstr' | 'raw' {
  if (parseInteger(v) !== null) return 'int'
  return byteLengthOf(v) <= limits.embstrBytes ? 'embstr' : 'raw'
}

type Width = 16 | 32 | 64

/** Signed numbers of one width in a block of memory. */
class Block {
  readonly bits: Width
  private readonly cells: Int16Array | Int32Array | BigInt64Array

  constructor(bits: Width, capacity: number) {
    this.bits = bits
    if (bits === 16) this.cells = new Int16Array(capacity)
    else if (bits === 32) this.cells = new Int32Array(capacity)
    else this.cells = new BigInt64Array(capacity)
  }

  get capacity(): number {
    return this.cells.length
  }

  at(i: number): bigint {
    return BigInt(this.cells[i] ?? 0)
  }

  put(i: number, v: bigint): void {
    if (this.cells instanceof BigInt64Array) this.cells[i] = v
    else this.cells[i] = Number(v)
  }

  /** Moves the numbers from `from` up to `end` so that they begin at `to`. */
  move(from: number, end: number, to: number): void {
    this.cells.copyWithin(to, from, end)
  }
}

export class IntSet {
  private block = new Block(16, 8)
  private count = 0

  get bits(): 16 | 32 | 64 {
    return this.block.bits
  }

  get byteLength(): number {
    return (this.count * this.bits) / 8
  }

  add(v: bigint): boolean {
    if (!fits(v, 64)) throw new RangeError(`${v} does not fit into 64 bits`)
    const at = this.lowerBound(v)
    if (this.isAt(at, v)) return false
    this.makeRoom(fits(v, this.bits) ? this.bits : fits(v, 32) ? 32 : 64)
    this.block.move(at, this.count, at + 1)
    this.block.put(at, v)
    this.count++
    return true
  }

  remove(v: bigint): boolean {
    const at = this.lowerBound(v)
    if (!this.isAt(at, v)) return false
    this.block.move(at + 1, this.count, at)
    this.count--
    return true
  }

  has(v: bigint): boolean {
    return this.isAt(this.lowerBound(v), v)
  }

  values(): bigint[] {
    return Array.from({ length: this.count }, (_, i) => this.block.at(i))
  }

  private isAt(i: number, v: bigint): boolean {
    return i < this.count && this.block.at(i) === v
  }

  /** Where the first number stands that is not below v. */
  private lowerBound(v: bigint): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.block.at(middle) < v) low = middle + 1
      else high = middle
    }
    return low
  }

  private makeRoom(bits: Width): void {
    const full = this.count === this.block.capacity
    if (!full && bits === this.bits) return
    const larger = new Block(bits, this.block.capacity * (full ? 2 : 1))
    for (let i = 0; i < this.count; i++) larger.put(i, this.block.at(i))
    this.block = larger
  }
}

type Encoding = 'intset' | 'listpack' | 'hashtable' | 'skiplist'

const SMALL = { set: 'intset', hash: 'listpack', zset: 'listpack' } as const
const LARGE = { set: 'hashtable', hash: 'hashtable', zset: 'skiplist' } as const

export class TypedObject {
  private readonly type: 'set' | 'hash' | 'zset'
  private readonly limits: Limits
  /** The members of an intset; null for everything else. */
  private numbers: IntSet | null
  private texts = new Set<string>()
  private small = true

  constructor(type: 'set' | 'hash' | 'zset', limits: Limits = DEFAULT_LIMITS) {
    this.type = type
    this.limits = { ...limits }
    this.numbers = type === 'set' ? new IntSet() : null
  }

  get encoding(): Encoding {
    return this.small ? SMALL[this.type] : LARGE[this.type]
  }

  get size(): number {
    return this.numbers === null ? this.texts.size : (this.numbers.byteLength * 8) / this.numbers.bits
  }

  put(member: string, value = ''): void {
    if (this.numbers !== null) {
      const number = parseInteger(member)
      if (number !== null) this.numbers.add(number)
      else this.unpack(this.numbers).add(member)
    } else {
      this.texts.add(member)
    }
    if (this.small && !this.isWithinLimits(member, value)) {
      if (this.numbers !== null) this.unpack(this.numbers)
      this.small = false
    }
  }

  remove(member: string): boolean {
    if (this.numbers === null) return this.texts.delete(member)
    const number = parseInteger(member)
    return number !== null && this.numbers.remove(number)
  }

  /** Turns the numbers into texts. */
  private unpack(numbers: IntSet): Set<string> {
    this.texts = new Set(numbers.values().map(String))
    this.numbers = null
    return this.texts
  }

  /** Whether the small encoding still does after this member was put. */
  private isWithinLimits(member: string, value: string): boolean {
    const { intsetEntries, hashEntries, zsetEntries, valueBytes } = this.limits
    if (this.type === 'set') return this.numbers !== null && this.size <= intsetEntries
    if (byteLengthOf(member) > valueBytes) return false
    if (this.type === 'zset') return this.size <= zsetEntries
    return this.size <= hashEntries && byteLengthOf(value) <= valueBytes
  }
}
