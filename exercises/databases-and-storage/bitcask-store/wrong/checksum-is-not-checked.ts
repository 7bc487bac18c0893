// Believes every record that is long enough.
export interface Files {
  append(file: string, data: Uint8Array): number
  read(file: string, offset: number, length: number): Uint8Array
  size(file: string): number
  list(): string[]
  remove(file: string): void
}

const HEADER = 12
const TOMBSTONE = 0xffffffff

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

interface Place {
  readonly file: number
  readonly offset: number
  readonly length: number
}

interface Found {
  readonly key: string
  readonly isDeleted: boolean
  readonly length: number
}

export class Bitcask {
  readonly #keydir = new Map<string, Place>()
  readonly #files: Files
  readonly #maxFileBytes: number
  #active: number
  #activeBytes = 0
  #liveBytes = 0

  static open(files: Files, opts: { maxFileBytes: number }): Bitcask {
    return new Bitcask(files, opts.maxFileBytes)
  }

  private constructor(files: Files, maxFileBytes: number) {
    if (!Number.isInteger(maxFileBytes) || maxFileBytes < 1) throw new RangeError('maxFileBytes must be positive')
    this.#files = files
    this.#maxFileBytes = maxFileBytes
    const ids = this.#dataFiles()
    for (const id of ids) {
      if (!this.#loadHints(id)) this.#loadRecords(id)
    }
    // Nothing is ever written behind a record that may be torn: begin a new file.
    this.#active = (ids.at(-1) ?? 0) + 1
  }

  get liveBytes(): number {
    return this.#liveBytes
  }

  get totalBytes(): number {
    return this.#dataFiles().reduce((sum, id) => sum + this.#files.size(dataName(id)), 0)
  }

  put(key: string, value: string): void {
    const place = this.#append(encodeRecord(key, value))
    this.#place(key, place)
  }

  get(key: string): string | undefined {
    const place = this.#keydir.get(key)
    if (place === undefined) return undefined
    const record = this.#files.read(dataName(place.file), place.offset, place.length)
    return decoder.decode(record.subarray(HEADER + encoder.encode(key).length))
  }

  delete(key: string): boolean {
    if (!this.#keydir.has(key)) return false
    this.#append(encodeRecord(key, null))
    this.#place(key, null)
    return true
  }

  keys(): string[] {
    return [...this.#keydir.keys()]
  }

  merge(): { bytesBefore: number; bytesAfter: number } {
    const bytesBefore = this.totalBytes
    const merged = this.#dataFiles()
    const live = [...this.#keydir].filter(([, place]) => merged.includes(place.file))
    live.sort(([, a], [, b]) => a.file - b.file || a.offset - b.offset)
    if (this.#activeBytes > 0) this.#startFile()
    for (const [key, place] of live) {
      const copied = this.#append(this.#files.read(dataName(place.file), place.offset, place.length))
      this.#files.append(hintName(copied.file), encodeHint(key, copied))
      this.#place(key, copied)
    }
    if (this.#activeBytes > 0) this.#startFile()
    for (const id of merged) {
      this.#files.remove(dataName(id))
      if (this.#files.list().includes(hintName(id))) this.#files.remove(hintName(id))
    }
    return { bytesBefore, bytesAfter: this.totalBytes }
  }

  #dataFiles(): number[] {
    const ids = this.#files.list().flatMap((name) => /^(\d+)\.data$/.exec(name)?.[1] ?? [])
    return ids.map(Number).sort((a, b) => a - b)
  }

  #startFile(): void {
    this.#active++
    this.#activeBytes = 0
  }

  #append(record: Uint8Array): Place {
    if (this.#activeBytes > 0 && this.#activeBytes + record.length > this.#maxFileBytes) this.#startFile()
    const offset = this.#files.append(dataName(this.#active), record)
    this.#activeBytes = offset + record.length
    return { file: this.#active, offset, length: record.length }
  }

  #place(key: string, place: Place | null): void {
    this.#liveBytes += (place?.length ?? 0) - (this.#keydir.get(key)?.length ?? 0)
    if (place) this.#keydir.set(key, place)
    else this.#keydir.delete(key)
  }

  #loadHints(id: number): boolean {
    const name = hintName(id)
    if (!this.#files.list().includes(name)) return false
    const hints = decodeHints(this.#files.read(name, 0, this.#files.size(name)), id)
    const end = hints?.reduce((sum, [, { length }]) => sum + length, 0)
    if (hints === null || end !== this.#files.size(dataName(id))) return false
    for (const [key, place] of hints) this.#place(key, place)
    return true
  }

  #loadRecords(id: number): void {
    const bytes = this.#files.read(dataName(id), 0, this.#files.size(dataName(id)))
    for (let offset = 0; ; ) {
      const found = decodeRecord(bytes, offset)
      if (found === null) return
      this.#place(found.key, found.isDeleted ? null : { file: id, offset, length: found.length })
      offset += found.length
    }
  }
}

const dataName = (id: number) => `${id}.data`
const hintName = (id: number) => `${id}.hint`

function encodeRecord(key: string, value: string | null): Uint8Array {
  const keyBytes = encoder.encode(key)
  const valueBytes = encoder.encode(value ?? '')
  const record = new Uint8Array(HEADER + keyBytes.length + valueBytes.length)
  const view = new DataView(record.buffer)
  view.setUint32(4, keyBytes.length)
  view.setUint32(8, value === null ? TOMBSTONE : valueBytes.length)
  record.set(keyBytes, HEADER)
  record.set(valueBytes, HEADER + keyBytes.length)
  view.setUint32(0, checksum(record.subarray(4)))
  return record
}

function decodeRecord(bytes: Uint8Array, offset: number): Found | null {
  if (offset + HEADER > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const keyLength = view.getUint32(offset + 4)
  const valueLength = view.getUint32(offset + 8)
  const isDeleted = valueLength === TOMBSTONE
  const length = HEADER + keyLength + (isDeleted ? 0 : valueLength)
  if (offset + length > bytes.length) return null
  return { key: decoder.decode(bytes.subarray(offset + HEADER, offset + HEADER + keyLength)), isDeleted, length }
}

function encodeHint(key: string, { offset, length }: Place): Uint8Array {
  return encodeRecord(key, `${offset} ${length}`)
}

function decodeHints(bytes: Uint8Array, file: number): Array<[string, Place]> | null {
  const hints: Array<[string, Place]> = []
  for (let at = 0; at < bytes.length; ) {
    const found = decodeRecord(bytes, at)
    if (found === null) return null
    const value = decoder.decode(bytes.subarray(at + HEADER + encoder.encode(found.key).length, at + found.length))
    const [offset = 0, length = 0] = value.split(' ').map(Number)
    hints.push([found.key, { file, offset, length }])
    at += found.length
  }
  return hints
}

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
