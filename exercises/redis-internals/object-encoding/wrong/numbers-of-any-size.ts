// Forgets that integers end at 64 bits.
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
const byteLengthOf = (text: string): number => encoder.encode(text).length

const fits = (v: bigint, bits: number): boolean => BigInt.asIntN(bits, v) === v

function parseInteger(text: string): bigint | null {
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) return null
  return BigInt(text)
}

export function stringEncoding(v: string, limits: Limits = DEFAULT_LIMITS): 'int' | 'embstr' | 'raw' {
  if (parseInteger(v) !== null) return 'int'
  return byteLengthOf(v) <= limits.embstrBytes ? 'embstr' : 'raw'
}

export class IntSet {
  #view = new DataView(new ArrayBuffer(0))
  #bits: 16 | 32 | 64 = 16

  get bits(): 16 | 32 | 64 {
    return this.#bits
  }

  get byteLength(): number {
    return this.#view.byteLength
  }

  add(v: bigint): boolean {
    if (!fits(v, 64)) throw new RangeError(`${v} does not fit into 64 bits`)
    if (this.has(v)) return false
    const values = this.values()
    values.splice(this.#placeOf(v), 0, v)
    if (!fits(v, this.#bits)) this.#bits = fits(v, 32) ? 32 : 64
    this.#store(values)
    return true
  }

  remove(v: bigint): boolean {
    if (!this.has(v)) return false
    const values = this.values()
    values.splice(this.#placeOf(v), 1)
    this.#store(values)
    return true
  }

  has(v: bigint): boolean {
    const place = this.#placeOf(v)
    return place < this.#count && this.#at(place) === v
  }

  values(): bigint[] {
    return Array.from({ length: this.#count }, (_, i) => this.#at(i))
  }

  get #count(): number {
    return (this.#view.byteLength * 8) / this.#bits
  }

  #at(index: number): bigint {
    if (this.#bits === 16) return BigInt(this.#view.getInt16(index * 2, true))
    if (this.#bits === 32) return BigInt(this.#view.getInt32(index * 4, true))
    return this.#view.getBigInt64(index * 8, true)
  }

  #placeOf(v: bigint): number {
    let lo = 0
    let hi = this.#count
    while (lo < hi) {
      const middle = (lo + hi) >> 1
      if (this.#at(middle) < v) lo = middle + 1
      else hi = middle
    }
    return lo
  }

  #store(values: readonly bigint[]): void {
    const view = new DataView(new ArrayBuffer((values.length * this.#bits) / 8))
    values.forEach((v, i) => {
      if (this.#bits === 16) view.setInt16(i * 2, Number(v), true)
      else if (this.#bits === 32) view.setInt32(i * 4, Number(v), true)
      else view.setBigInt64(i * 8, v, true)
    })
    this.#view = view
  }
}

type ObjectType = 'set' | 'hash' | 'zset'
type Encoding = 'intset' | 'listpack' | 'hashtable' | 'skiplist'

export class TypedObject {
  readonly #type: ObjectType
  readonly #limits: Limits
  #encoding: Encoding
  readonly #ints = new IntSet()
  readonly #members = new Map<string, string>()

  constructor(type: ObjectType, limits: Limits = DEFAULT_LIMITS) {
    this.#type = type
    this.#limits = limits
    this.#encoding = type === 'set' ? 'intset' : 'listpack'
  }

  get encoding(): Encoding {
    return this.#encoding
  }

  get size(): number {
    return this.#encoding === 'intset' ? (this.#ints.byteLength * 8) / this.#ints.bits : this.#members.size
  }

  put(member: string, value = ''): void {
    if (this.#encoding === 'intset') this.#putIntoIntset(member)
    else this.#members.set(member, value)
    if (this.#encoding === 'listpack' && this.#isTooLarge(member, value)) {
      this.#encoding = this.#type === 'hash' ? 'hashtable' : 'skiplist'
    }
  }

  remove(member: string): boolean {
    if (this.#encoding !== 'intset') return this.#members.delete(member)
    const integer = parseInteger(member)
    return integer !== null && this.#ints.remove(integer)
  }

  #putIntoIntset(member: string): void {
    let integer = parseInteger(member)
    if (integer !== null && !fits(integer, 64)) integer = null
    if (integer !== null) this.#ints.add(integer)
    if (integer !== null && this.size <= this.#limits.intsetEntries) return
    this.#encoding = 'hashtable'
    for (const v of this.#ints.values()) this.#members.set(String(v), '')
    this.#members.set(member, '')
  }

  #isTooLarge(member: string, value: string): boolean {
    const { hashEntries, zsetEntries, valueBytes } = this.#limits
    const isLong = byteLengthOf(member) > valueBytes || (this.#type === 'hash' && byteLengthOf(value) > valueBytes)
    return isLong || this.size > (this.#type === 'hash' ? hashEntries : zsetEntries)
  }
}
