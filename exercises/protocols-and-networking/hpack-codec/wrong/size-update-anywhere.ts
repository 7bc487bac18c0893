/** A field to be encoded: name, value, and whether it must never be put into a table. */
export type HeaderField = readonly [name: string, value: string, opts?: { sensitive?: boolean }]

/** The block, or a number in it, cannot be right. */
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

type Entry = readonly [name: string, value: string]

/** What an entry costs beyond its text: an estimate of the memory for references and lengths. */
const ENTRY_OVERHEAD = 32
const DEFAULT_TABLE_SIZE = 4096
const MAX_INT = 2 ** 31 - 1
/** Seven bits each; five are enough for every number up to the maximum. */
const MAX_FURTHER_BYTES = 5

/** The kinds of a representation: bits above the prefix, and how many bits are left for the number. */
const INDEXED = { flags: 0x80, prefix: 7 }
const LITERAL_INDEXED = { flags: 0x40, prefix: 6 }
const SIZE_UPDATE = { flags: 0x20, prefix: 5 }
const NEVER_INDEXED = { flags: 0x10, prefix: 4 }
const NOT_INDEXED = { flags: 0x00, prefix: 4 }

const TEXT_PREFIX = 7
const HUFFMAN = 0x80

/** An integer with a prefix: RFC 7541, section 5.1. `flags` are the bits above the prefix. */
export function encodeInt(value: number, prefixBits: number, flags = 0): Uint8Array {
  checkPrefix(prefixBits)
  if (!Number.isInteger(value) || value < 0 || value > MAX_INT) throw new RangeError(`${value} cannot be encoded`)
  const max = 2 ** prefixBits - 1
  if (value < max) return Uint8Array.of(flags | value)
  const bytes = [flags | max]
  let rest = value - max
  while (rest >= 128) {
    bytes.push(128 | (rest & 127))
    rest >>= 7
  }
  return Uint8Array.from([...bytes, rest])
}

/** The integer at `offset`, and the offset after it. */
export function decodeInt(b: Uint8Array, offset: number, prefixBits: number): { value: number; next: number } {
  checkPrefix(prefixBits)
  const max = 2 ** prefixBits - 1
  let value = byteAt(b, offset) & max
  if (value < max) return { value, next: offset + 1 }
  for (let i = 0; i < MAX_FURTHER_BYTES; i++) {
    const byte = byteAt(b, offset + 1 + i)
    // Not `<<`: the fifth group reaches beyond 32 bits.
    value += (byte & 127) * 2 ** (7 * i)
    if (value > MAX_INT) break
    if (byte < 128) return { value, next: offset + 2 + i }
  }
  throw new HpackError('the integer is too large or too long')
}

/** The table that grows with the connection; encoder and decoder each keep one, and change them alike. */
class DynamicTable {
  /** Newest first. */
  readonly entries: Entry[] = []
  size = 0
  max: number

  constructor(max: number) {
    this.max = max
  }

  /** The entry of an index, which counts through both tables. */
  get(index: number): Entry {
    const entry = STATIC_TABLE[index - 1] ?? this.entries[index - 1 - STATIC_TABLE.length]
    if (entry === undefined) throw new HpackError(`nothing has index ${index}`)
    return entry
  }

  /** Lowest index of an entry that fits, or 0. */
  find(fits: (entry: Entry) => boolean): number {
    const fixed = STATIC_TABLE.findIndex(fits)
    if (fixed >= 0) return fixed + 1
    const recent = this.entries.findIndex(fits)
    return recent >= 0 ? recent + 1 + STATIC_TABLE.length : 0
  }

  add(entry: Entry): void {
    this.#evict(this.max - costOf(entry))
    if (costOf(entry) > this.max) return
    this.entries.unshift(entry)
    this.size += costOf(entry)
  }

  resize(max: number): void {
    this.max = max
    this.#evict(max)
  }

  /** Drops the oldest entries until the table takes no more than `room`, or is empty. */
  #evict(room: number): void {
    while (this.size > room) {
      const oldest = this.entries.pop()
      if (oldest === undefined) return
      this.size -= costOf(oldest)
    }
  }
}

export class HpackEncoder {
  readonly #limit: number
  readonly #table: DynamicTable
  /** Sizes to be announced at the start of the next block. */
  #updates: number[] = []

  constructor(maxTableSize = DEFAULT_TABLE_SIZE) {
    this.#limit = maxTableSize
    this.#table = new DynamicTable(maxTableSize)
  }

  encode(headers: readonly HeaderField[]): Uint8Array {
    // First of all: a block that is given up half-way would leave the two tables out of step.
    for (const [name, value] of headers) checkText(name + value)
    const updates = this.#updates.map((size) => encodeInt(size, SIZE_UPDATE.prefix, SIZE_UPDATE.flags))
    this.#updates = []
    return concat([...updates, ...headers.flatMap((field) => this.#encodeField(field))])
  }

  setMaxTableSize(n: number): void {
    if (!Number.isInteger(n) || n < 0 || n > this.#limit) throw new RangeError(`${n} is not between 0 and the limit`)
    this.#table.resize(n)
    // The decoder must see the smallest size, which decided what was evicted, and the last.
    const smallest = Math.min(n, ...this.#updates)
    this.#updates = smallest < n ? [smallest, n] : [n]
  }

  #encodeField([name, value, opts]: HeaderField): Uint8Array[] {
    const entry: Entry = [name, value]
    if (opts?.sensitive) return this.#literal(NEVER_INDEXED, entry)
    const index = this.#table.find((other) => other[0] === name && other[1] === value)
    if (index > 0) return [encodeInt(index, INDEXED.prefix, INDEXED.flags)]
    if (costOf(entry) > this.#table.max) return this.#literal(NOT_INDEXED, entry)
    const literal = this.#literal(LITERAL_INDEXED, entry)
    this.#table.add(entry)
    return literal
  }

  #literal(kind: { flags: number; prefix: number }, [name, value]: Entry): Uint8Array[] {
    const index = this.#table.find((other) => other[0] === name)
    const start = encodeInt(index, kind.prefix, kind.flags)
    return index > 0 ? [start, ...encodeText(value)] : [start, ...encodeText(name), ...encodeText(value)]
  }
}

export class HpackDecoder {
  readonly #limit: number
  readonly #table: DynamicTable
  readonly #huffman: ((b: Uint8Array) => Uint8Array) | undefined
  #failed = false

  constructor(maxTableSize = DEFAULT_TABLE_SIZE, huffman?: (b: Uint8Array) => Uint8Array) {
    this.#limit = maxTableSize
    this.#table = new DynamicTable(maxTableSize)
    this.#huffman = huffman
  }

  get tableSize(): number {
    return this.#table.size
  }

  get dynamic(): ReadonlyArray<readonly [string, string]> {
    return [...this.#table.entries]
  }

  decode(block: Uint8Array): Array<[string, string]> {
    if (this.#failed) throw new HpackError('an earlier block could not be decoded')
    this.#failed = true
    const headers = this.#read(new Reader(block, this.#huffman))
    this.#failed = false
    return headers
  }

  #read(reader: Reader): Array<[string, string]> {
    const headers: Array<[string, string]> = []
    while (!reader.atEnd) {
      const first = reader.peek()
      if (first >= INDEXED.flags) headers.push(copyOf(this.#table.get(reader.int(INDEXED.prefix))))
      else if (first >= LITERAL_INDEXED.flags) {
        const entry = this.#readLiteral(reader, LITERAL_INDEXED.prefix)
        this.#table.add(entry)
        headers.push(copyOf(entry))
      } else if (first >= SIZE_UPDATE.flags) this.#readSizeUpdate(reader)
      else headers.push(copyOf(this.#readLiteral(reader, NOT_INDEXED.prefix)))
    }
    return headers
  }

  #readLiteral(reader: Reader, prefix: number): Entry {
    const index = reader.int(prefix)
    const name = index === 0 ? reader.text() : this.#table.get(index)[0]
    return [name, reader.text()]
  }

  #readSizeUpdate(reader: Reader): void {
    const size = reader.int(SIZE_UPDATE.prefix)
    if (size > this.#limit) throw new HpackError(`a table of ${size} is larger than was allowed`)
    this.#table.resize(size)
  }
}

/** A place in a block that moves on with each read. */
class Reader {
  readonly #bytes: Uint8Array
  readonly #huffman: ((b: Uint8Array) => Uint8Array) | undefined
  #offset = 0

  constructor(bytes: Uint8Array, huffman: ((b: Uint8Array) => Uint8Array) | undefined) {
    this.#bytes = bytes
    this.#huffman = huffman
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  peek(): number {
    return byteAt(this.#bytes, this.#offset)
  }

  int(prefixBits: number): number {
    const { value, next } = decodeInt(this.#bytes, this.#offset, prefixBits)
    this.#offset = next
    return value
  }

  text(): string {
    const isCoded = this.peek() >= HUFFMAN
    const length = this.int(TEXT_PREFIX)
    const end = this.#offset + length
    if (end > this.#bytes.length) throw new HpackError('the block ends within a text')
    const bytes = this.#bytes.slice(this.#offset, end)
    this.#offset = end
    return isCoded ? latin1(this.#decodeHuffman(bytes)) : latin1(bytes)
  }

  #decodeHuffman(bytes: Uint8Array): Uint8Array {
    if (this.#huffman === undefined) throw new HpackError('Huffman-coded text without a decoder for it')
    return this.#huffman(bytes)
  }
}

function byteAt(b: Uint8Array, offset: number): number {
  const byte = b[offset]
  if (byte === undefined) throw new HpackError('the block ends too early')
  return byte
}

function checkPrefix(bits: number): void {
  if (!Number.isInteger(bits) || bits < 1 || bits > 8) throw new RangeError(`${bits} is no number of bits in a prefix`)
}

/** Every character stands for one byte. */
function checkText(text: string): void {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0xff) throw new RangeError(`character ${i} is no byte`)
  }
}

function encodeText(text: string): Uint8Array[] {
  return [encodeInt(text.length, TEXT_PREFIX), Uint8Array.from(text, (char) => char.charCodeAt(0))]
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function costOf([name, value]: Entry): number {
  return name.length + value.length + ENTRY_OVERHEAD
}

/** The caller may keep and change what it gets. */
function copyOf([name, value]: Entry): [string, string] {
  return [name, value]
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
