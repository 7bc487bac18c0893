/** One table gives dynamic entries serial numbers and keeps maps from names and fields to the newest; both ends use it. */

/** A field to be encoded: name, value, and whether it must never be put into a table. */
export type HeaderField = readonly [name: string, value: string, opts?: { sensitive?: boolean }]

export class HpackError extends Error {}

/** The 61 fields that both sides know from the start; the first has index 1. RFC 7541, appendix A. */
export const STATIC_TABLE: ReadonlyArray<readonly [string, string]> = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  [':status', '200'],
  [':status', '204'],
  [':status', '206'],
  [':status', '304'],
  [':status', '400'],
  [':status', '404'],
  [':status', '500'],
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ['accept-language', ''],
  ['accept-ranges', ''],
  ['accept', ''],
  ['access-control-allow-origin', ''],
  ['age', ''],
  ['allow', ''],
  ['authorization', ''],
  ['cache-control', ''],
  ['content-disposition', ''],
  ['content-encoding', ''],
  ['content-language', ''],
  ['content-length', ''],
  ['content-location', ''],
  ['content-range', ''],
  ['content-type', ''],
  ['cookie', ''],
  ['date', ''],
  ['etag', ''],
  ['expect', ''],
  ['expires', ''],
  ['from', ''],
  ['host', ''],
  ['if-match', ''],
  ['if-modified-since', ''],
  ['if-none-match', ''],
  ['if-range', ''],
  ['if-unmodified-since', ''],
  ['last-modified', ''],
  ['link', ''],
  ['location', ''],
  ['max-forwards', ''],
  ['proxy-authenticate', ''],
  ['proxy-authorization', ''],
  ['range', ''],
  ['referer', ''],
  ['refresh', ''],
  ['retry-after', ''],
  ['server', ''],
  ['set-cookie', ''],
  ['strict-transport-security', ''],
  ['transfer-encoding', ''],
  ['user-agent', ''],
  ['vary', ''],
  ['via', ''],
  ['www-authenticate', ''],
]

const MAX_INT = 2 ** 31 - 1
/** Continuation bytes that an integer may have. */
const MAX_MORE = 5
const ENTRY_OVERHEAD = 32

/** The first bytes of the representations, and how wide their prefixes are. */
const INDEXED = { flags: 0x80, bits: 7 }
const INCREMENTAL = { flags: 0x40, bits: 6 }
const SIZE_UPDATE = { flags: 0x20, bits: 5 }
const NEVER_INDEXED = { flags: 0x10, bits: 4 }
const NOT_INDEXED = { flags: 0x00, bits: 4 }
const TEXT_BITS = 7

type Kind = typeof INDEXED

function requirePrefix(prefixBits: number): void {
  if (!Number.isInteger(prefixBits) || prefixBits < 1 || prefixBits > 8) {
    throw new RangeError('prefixBits must be an integer from 1 to 8')
  }
}

/** The bytes of an integer with a prefix; `flags` are the bits above the prefix. */
export function encodeInt(value: number, prefixBits: number, flags = 0): Uint8Array {
  requirePrefix(prefixBits)
  if (!Number.isInteger(value) || value < 0 || value > MAX_INT) throw new RangeError(`cannot encode ${value}`)
  const full = 2 ** prefixBits - 1
  if (value < full) return Uint8Array.of(flags | value)
  const bytes = [flags | full]
  let rest = value - full
  for (; rest >= 0x80; rest >>>= 7) bytes.push(0x80 | (rest & 0x7f))
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

/** The integer at `offset`, and the offset after it. */
export function decodeInt(b: Uint8Array, offset: number, prefixBits: number): { value: number; next: number } {
  requirePrefix(prefixBits)
  const byteAt = (i: number): number => {
    const byte = b[i]
    if (byte === undefined) throw new HpackError('the bytes end within an integer')
    return byte
  }
  const full = 2 ** prefixBits - 1
  let value = byteAt(offset) & full
  let next = offset + 1
  if (value < full) return { value, next }
  for (let i = 0; i < MAX_MORE; i++) {
    const byte = byteAt(next++)
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte >= 0x80) continue
    if (value > MAX_INT) throw new HpackError('an integer is too large')
    return { value, next }
  }
  throw new HpackError('an integer is too long')
}

type Entry = readonly [name: string, value: string]

const costOf = ([name, value]: Entry) => name.length + value.length + ENTRY_OVERHEAD

/** No character of a field has this code, so it can stand between a name and its value. */
const SEPARATOR = '\u0100'
const fieldKey = ([name, value]: Entry) => name + SEPARATOR + value

/** Lowest indexes of the static table. */
const STATIC_NAMES = new Map<string, number>()
const STATIC_FIELDS = new Map<string, number>()
for (const [i, entry] of STATIC_TABLE.entries()) {
  if (!STATIC_NAMES.has(entry[0])) STATIC_NAMES.set(entry[0], i + 1)
  STATIC_FIELDS.set(fieldKey(entry), i + 1)
}

/**
 * Both tables under their common index. Dynamic entries have serial numbers, so that what is known of them stays true
 * when newer ones arrive: the entry with the last serial has the first dynamic index.
 */
class IndexTable {
  /** From serial number `#first` on, oldest first. */
  #entries: Entry[] = []
  #first = 0
  #size = 0
  #capacity: number
  /** The newest serial of a name and of a field. */
  readonly #names = new Map<string, number>()
  readonly #fields = new Map<string, number>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#size
  }

  get newestFirst(): Entry[] {
    return this.#entries.map(([name, value]): Entry => [name, value]).reverse()
  }

  resize(capacity: number): void {
    this.#capacity = capacity
    this.#evictDownTo(capacity)
  }

  fits(entry: Entry): boolean {
    return costOf(entry) <= this.#capacity
  }

  add(entry: Entry): void {
    const cost = costOf(entry)
    this.#evictDownTo(Math.max(0, this.#capacity - cost))
    if (!this.fits(entry)) return
    const serial = this.#first + this.#entries.length
    this.#entries.push(entry)
    this.#size += cost
    this.#names.set(entry[0], serial)
    this.#fields.set(fieldKey(entry), serial)
  }

  at(index: number): Entry {
    const dynamic = this.#entries.length - (index - STATIC_TABLE.length)
    const entry = index <= STATIC_TABLE.length ? STATIC_TABLE[index - 1] : this.#entries[dynamic]
    if (!entry) throw new HpackError(`nothing has the index ${index}`)
    return entry
  }

  /** The lowest index of the name, or 0. */
  indexOfName(name: string): number {
    return STATIC_NAMES.get(name) ?? this.#indexOf(this.#names.get(name))
  }

  /** The lowest index of the whole field, or 0. */
  indexOfField(entry: Entry): number {
    const key = fieldKey(entry)
    return STATIC_FIELDS.get(key) ?? this.#indexOf(this.#fields.get(key))
  }

  #indexOf(serial: number | undefined): number {
    if (serial === undefined) return 0
    return STATIC_TABLE.length + this.#first + this.#entries.length - serial
  }

  #evictDownTo(size: number): void {
    let dropped = 0
    for (const entry of this.#entries) {
      if (this.#size <= size) break
      const serial = this.#first + dropped++
      this.#size -= costOf(entry)
      if (this.#names.get(entry[0]) === serial) this.#names.delete(entry[0])
      if (this.#fields.get(fieldKey(entry)) === serial) this.#fields.delete(fieldKey(entry))
    }
    if (dropped === 0) return
    this.#entries = this.#entries.slice(dropped)
    this.#first += dropped
  }
}

function requireBytes(text: string): void {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0xff) throw new RangeError('only characters up to U+00FF can be encoded')
  }
}

/** Bytes in the making. */
class Writer {
  readonly #bytes: number[] = []

  int(value: number, { flags, bits }: Kind): void {
    this.#bytes.push(...encodeInt(value, bits, flags))
  }

  text(text: string): void {
    this.int(text.length, { flags: 0, bits: TEXT_BITS })
    for (let i = 0; i < text.length; i++) this.#bytes.push(text.charCodeAt(i))
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

export class HpackEncoder {
  readonly #limit: number
  readonly #table: IndexTable
  /** What the next block has to announce. */
  #news: { smallest: number; last: number } | undefined

  constructor(maxTableSize = 4096) {
    this.#limit = maxTableSize
    this.#table = new IndexTable(maxTableSize)
  }

  /** One header block; changes the table as the decoder of the other side will. */
  encode(headers: readonly HeaderField[]): Uint8Array {
    for (const [name, value] of headers) {
      requireBytes(name)
      requireBytes(value)
    }
    const out = new Writer()
    if (this.#news) {
      const { smallest, last } = this.#news
      if (smallest < last) out.int(smallest, SIZE_UPDATE)
      out.int(last, SIZE_UPDATE)
      this.#news = undefined
    }
    for (const [name, value, opts] of headers) this.#encodeField(out, [name, value], opts?.sensitive === true)
    return out.finish()
  }

  /** Changes the size of the table; the next block announces it. */
  setMaxTableSize(n: number): void {
    if (!Number.isInteger(n) || n < 0 || n > this.#limit) {
      throw new RangeError(`the size must be an integer from 0 to ${this.#limit}`)
    }
    this.#table.resize(n)
    this.#news = { smallest: Math.min(n, this.#news?.smallest ?? n), last: n }
  }

  #encodeField(out: Writer, entry: Entry, isSensitive: boolean): void {
    const index = isSensitive ? 0 : this.#table.indexOfField(entry)
    if (index > 0) {
      out.int(index, INDEXED)
    } else if (isSensitive) {
      this.#writeLiteral(out, entry, NEVER_INDEXED)
    } else if (this.#table.fits(entry)) {
      this.#writeLiteral(out, entry, INCREMENTAL)
      this.#table.add(entry)
    } else {
      this.#writeLiteral(out, entry, NOT_INDEXED)
    }
  }

  #writeLiteral(out: Writer, [name, value]: Entry, kind: Kind): void {
    const index = this.#table.indexOfName(name)
    out.int(index, kind)
    if (index === 0) out.text(name)
    out.text(value)
  }
}

export class HpackDecoder {
  readonly #limit: number
  readonly #huffman: ((b: Uint8Array) => Uint8Array) | undefined
  readonly #table: IndexTable
  #isBroken = false

  constructor(maxTableSize = 4096, huffman?: (b: Uint8Array) => Uint8Array) {
    this.#limit = maxTableSize
    this.#huffman = huffman
    this.#table = new IndexTable(maxTableSize)
  }

  /** What the entries of the dynamic table cost together. */
  get tableSize(): number {
    return this.#table.size
  }

  /** The entries of the dynamic table, newest first. */
  get dynamic(): ReadonlyArray<readonly [string, string]> {
    return this.#table.newestFirst
  }

  /** The fields of one whole header block. */
  decode(block: Uint8Array): Array<[string, string]> {
    if (this.#isBroken) throw new HpackError('an earlier block could not be decoded')
    this.#isBroken = true
    const fields = this.#decodeBlock(block)
    this.#isBroken = false
    return fields
  }

  #decodeBlock(block: Uint8Array): Array<[string, string]> {
    const fields: Array<[string, string]> = []
    let offset = 0

    const int = (bits: number): number => {
      const { value, next } = decodeInt(block, offset, bits)
      offset = next
      return value
    }
    const text = (): string => {
      const isCoded = ((block[offset] ?? 0) & 0x80) !== 0
      const length = int(TEXT_BITS)
      if (length > block.length - offset) throw new HpackError('the block ends within a text')
      const bytes = block.slice(offset, offset + length)
      offset += length
      return Array.from(isCoded ? this.#decompress(bytes) : bytes, (byte) => String.fromCharCode(byte)).join('')
    }
    const literal = (bits: number): [string, string] => {
      const index = int(bits)
      const name = index === 0 ? text() : this.#table.at(index)[0]
      return [name, text()]
    }

    while (offset < block.length) {
      const first = block[offset] ?? 0
      if (first >= INDEXED.flags) {
        const [name, value] = this.#table.at(int(INDEXED.bits))
        fields.push([name, value])
      } else if (first >= INCREMENTAL.flags) {
        const [name, value] = literal(INCREMENTAL.bits)
        this.#table.add([name, value])
        fields.push([name, value])
      } else if (first >= SIZE_UPDATE.flags) {
        const size = int(SIZE_UPDATE.bits)
        if (fields.length > 0) throw new HpackError('a new size behind the first field')
        if (size > this.#limit) throw new HpackError(`the size ${size} is above ${this.#limit}`)
        this.#table.resize(size)
      } else {
        fields.push(literal(NOT_INDEXED.bits))
      }
    }
    return fields
  }

  #decompress(bytes: Uint8Array): Uint8Array {
    if (!this.#huffman) throw new HpackError('no Huffman decoder')
    return this.#huffman(bytes)
  }
}
