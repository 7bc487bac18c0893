/** Numbered data files, replayed in order; a merge writes its copies under higher numbers and then removes the old files, oldest first. */
export interface Files {
  append(file: string, data: Uint8Array): number
  read(file: string, offset: number, length: number): Uint8Array
  size(file: string): number
  list(): string[]
  remove(file: string): void
}

/** Where the record of a key lies. */
interface Place {
  file: number
  offset: number
  length: number
}

/**
 * A record: CRC-32 of all that follows, length of the key, length of the value or DELETED, key, value.
 * A hint file: CRC-32 of all that follows, size of the data file (8 bytes), and for each record the length of its key,
 * the length of the record, its offset (8 bytes), and the key.
 */
const HEADER = 12
const DELETED = 0xffffffff
const HINT_HEADER = 12
const HINT_ENTRY = 16
const CHUNK = 1 << 16

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function encodeRecord(key: string, value: string | null): Uint8Array {
  const keyBytes = encoder.encode(key)
  const valueBytes = value === null ? new Uint8Array(0) : encoder.encode(value)
  const record = new Uint8Array(HEADER + keyBytes.length + valueBytes.length)
  const header = view(record)
  header.setUint32(4, keyBytes.length)
  header.setUint32(8, value === null ? DELETED : valueBytes.length)
  record.set(keyBytes, HEADER)
  record.set(valueBytes, HEADER + keyBytes.length)
  header.setUint32(0, crc32(record.subarray(4)))
  return record
}

interface Parsed {
  key: Uint8Array
  value: Uint8Array | null
  length: number
}

/** The record that begins there, or null if there is no whole and sound one. */
function parseRecord(bytes: Uint8Array, start: number): Parsed | null {
  if (bytes.length - start < HEADER) return null
  const header = view(bytes)
  const keyLength = header.getUint32(start + 4)
  const mark = header.getUint32(start + 8)
  const length = HEADER + keyLength + (mark === DELETED ? 0 : mark)
  if (bytes.length - start < length) return null
  if (header.getUint32(start) !== crc32(bytes.subarray(start + 4, start + length))) return null
  const valueStart = start + HEADER + keyLength
  return {
    key: bytes.subarray(start + HEADER, valueStart),
    value: mark === DELETED ? null : bytes.subarray(valueStart, start + length),
    length,
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function encodeHint(dataSize: number, places: ReadonlyArray<[string, Place]>): Uint8Array {
  const head = new Uint8Array(HINT_HEADER)
  view(head).setFloat64(4, dataSize)
  const parts = [head]
  for (const [key, { offset, length }] of places) {
    const keyBytes = encoder.encode(key)
    const entry = new Uint8Array(HINT_ENTRY + keyBytes.length)
    const fields = view(entry)
    fields.setUint32(0, keyBytes.length)
    fields.setUint32(4, length)
    fields.setFloat64(8, offset)
    entry.set(keyBytes, HINT_ENTRY)
    parts.push(entry)
  }
  const hint = join(parts)
  view(hint).setUint32(0, crc32(hint.subarray(4)))
  return hint
}

/** The places in a hint file, or null if it is damaged or speaks of another data file. */
function parseHint(bytes: Uint8Array, file: number, dataSize: number): Array<[string, Place]> | null {
  if (bytes.length < HINT_HEADER) return null
  const fields = view(bytes)
  if (fields.getUint32(0) !== crc32(bytes.subarray(4)) || fields.getFloat64(4) !== dataSize) return null
  const places: Array<[string, Place]> = []
  let at = HINT_HEADER
  while (at < bytes.length) {
    const keyEnd = at + HINT_ENTRY + fields.getUint32(at)
    const key = decoder.decode(bytes.subarray(at + HINT_ENTRY, keyEnd))
    places.push([key, { file, offset: fields.getFloat64(at + 8), length: fields.getUint32(at + 4) }])
    at = keyEnd
  }
  return places
}

const dataName = (file: number) => `${String(file).padStart(10, '0')}.data`
const hintName = (file: number) => `${String(file).padStart(10, '0')}.hint`

export class Bitcask {
  private readonly files: Files
  private readonly maxFileBytes: number
  private readonly places = new Map<string, Place>()
  /** Sizes of the data files by their numbers. */
  private readonly sizes = new Map<number, number>()
  private nextFile = 1
  private active: number | null = null
  private live = 0

  static open(files: Files, opts: { maxFileBytes: number }): Bitcask {
    return new Bitcask(files, opts.maxFileBytes)
  }

  private constructor(files: Files, maxFileBytes: number) {
    if (!Number.isInteger(maxFileBytes) || maxFileBytes < 1) {
      throw new RangeError('maxFileBytes must be a positive integer')
    }
    this.files = files
    this.maxFileBytes = maxFileBytes
    const names = new Set(files.list())
    const numbers: number[] = []
    for (const name of names) {
      const match = /^(\d{10,})\.(data|hint)$/.exec(name)
      if (match === null) continue
      const number = Number(match[1])
      this.nextFile = Math.max(this.nextFile, number + 1)
      if (match[2] === 'data') numbers.push(number)
    }
    for (const number of numbers.sort((a, b) => a - b)) {
      const size = files.size(dataName(number))
      this.sizes.set(number, size)
      if (!names.has(hintName(number)) || !this.loadHint(number, size)) this.loadData(number, size)
    }
  }

  get liveBytes(): number {
    return this.live
  }

  get totalBytes(): number {
    let total = 0
    for (const size of this.sizes.values()) total += size
    return total
  }

  put(key: string, value: string): void {
    this.place(key, this.write(encodeRecord(key, value)))
  }

  get(key: string): string | undefined {
    const place = this.places.get(key)
    if (place === undefined) return undefined
    const record = this.files.read(dataName(place.file), place.offset, place.length)
    return decoder.decode(record.subarray(HEADER + view(record).getUint32(4)))
  }

  delete(key: string): boolean {
    if (!this.places.has(key)) return false
    this.write(encodeRecord(key, null))
    this.place(key, null)
    return true
  }

  keys(): string[] {
    return [...this.places.keys()]
  }

  merge(): { bytesBefore: number; bytesAfter: number } {
    const bytesBefore = this.totalBytes
    const old = [...this.sizes.keys()].sort((a, b) => a - b)
    // Whatever happens from here on, later records must be in files with higher numbers than the copies.
    this.active = null
    const moved: Array<[string, Place]> = []
    let group: string[] = []
    let groupBytes = 0
    const flush = () => {
      if (group.length > 0) moved.push(...this.copy(group))
      group = []
      groupBytes = 0
    }
    for (const [key, { length }] of this.places) {
      if (groupBytes + length > this.maxFileBytes) flush()
      group.push(key)
      groupBytes += length
    }
    flush()
    for (const [key, place] of moved) this.place(key, place)
    // Oldest first: a deletion must not go before what it deletes.
    for (const number of old) {
      this.removeIfThere(hintName(number))
      this.files.remove(dataName(number))
      this.sizes.delete(number)
    }
    return { bytesBefore, bytesAfter: this.totalBytes }
  }

  /** Copies the records of these keys to a new file with a hint file, and gives where they lie now. */
  private copy(keys: readonly string[]): Array<[string, Place]> {
    const number = this.nextFile++
    const places: Array<[string, Place]> = []
    let chunk: Uint8Array[] = []
    let chunkBytes = 0
    let offset = 0
    const flush = () => {
      if (chunkBytes > 0) this.append(number, join(chunk))
      chunk = []
      chunkBytes = 0
    }
    for (const key of keys) {
      const place = this.places.get(key)
      if (place === undefined) continue
      const bytes = this.readSound(place)
      places.push([key, { file: number, offset, length: bytes.length }])
      offset += bytes.length
      chunk.push(bytes)
      chunkBytes += bytes.length
      if (chunkBytes >= CHUNK) flush()
    }
    flush()
    this.files.append(hintName(number), encodeHint(offset, places))
    return places
  }

  private removeIfThere(name: string): void {
    try {
      this.files.remove(name)
    } catch {
      // It was not there.
    }
  }

  private readSound({ file, offset, length }: Place): Uint8Array {
    const bytes = this.files.read(dataName(file), offset, length)
    if (parseRecord(bytes, 0)?.length !== length) throw new Error(`damaged record in ${dataName(file)} at ${offset}`)
    return bytes
  }

  private write(record: Uint8Array): Place {
    const size = this.active === null ? 0 : (this.sizes.get(this.active) ?? 0)
    let number = this.active
    if (number === null || (size > 0 && size + record.length > this.maxFileBytes)) number = this.nextFile++
    this.active = null // stays so if the file cannot be written: it may now end in half a record
    const offset = this.append(number, record)
    this.active = number
    return { file: number, offset, length: record.length }
  }

  private append(number: number, data: Uint8Array): number {
    const offset = this.files.append(dataName(number), data)
    this.sizes.set(number, offset + data.length)
    return offset
  }

  /** The directory changes only here. */
  private place(key: string, place: Place | null): void {
    this.live -= this.places.get(key)?.length ?? 0
    if (place === null) {
      this.places.delete(key)
    } else {
      this.places.set(key, place)
      this.live += place.length
    }
  }

  private loadHint(number: number, size: number): boolean {
    const name = hintName(number)
    const places = parseHint(this.files.read(name, 0, this.files.size(name)), number, size)
    if (places === null) return false
    for (const [key, place] of places) this.place(key, place)
    return true
  }

  private loadData(number: number, size: number): void {
    const bytes = this.files.read(dataName(number), 0, size)
    let offset = 0
    for (let record = parseRecord(bytes, 0); record !== null; record = parseRecord(bytes, offset)) {
      const { key, value, length } = record
      this.place(decoder.decode(key), value === null ? null : { file: number, offset, length })
      offset += length
    }
  }
}
