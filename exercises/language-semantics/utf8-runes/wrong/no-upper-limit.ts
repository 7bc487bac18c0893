/** What stands for bytes that are no character. */
export const RUNE_ERROR = 0xfffd

const MAX_RUNE = 0x10ffff

/** A rune, and how many bytes it takes. */
export interface Decoded {
  rune: number
  size: number
}

/** The bytes of one rune. */
export function encodeRune(r: number): Uint8Array {
  const rune = isRune(r) ? r : RUNE_ERROR
  const size = sizeOf(rune)
  if (size === 1) return Uint8Array.of(rune)
  const bytes = new Uint8Array(size)
  let rest = rune
  for (let i = size - 1; i > 0; i--) {
    bytes[i] = 0x80 | (rest & 0x3f)
    rest >>= 6
  }
  // As many ones as there are bytes, then a zero: 0xc0, 0xe0 or 0xf0. An element of bytes keeps the low eight bits.
  bytes[0] = (0xf00 >> size) | rest
  return bytes
}

/** The rune that begins at `offset`. */
export function decodeRune(b: Uint8Array, offset = 0): Decoded {
  return decodeBefore(b, offset, b.length)
}

/** The rune that ends just before `end`. */
export function decodeLastRune(b: Uint8Array, end = b.length): Decoded {
  const stop = Math.min(end, b.length)
  if (stop <= 0) return { rune: RUNE_ERROR, size: 0 }
  // From the longest down: an error always has size 1, so it cannot pass for a longer sequence.
  for (let size = Math.min(4, stop); size > 1; size--) {
    const decoded = decodeBefore(b, stop - size, stop)
    if (decoded.size === size) return decoded
  }
  return decodeBefore(b, stop - 1, stop)
}

export function runeCount(b: Uint8Array): number {
  let count = 0
  for (const _ of decodeAll(b)) count++
  return count
}

/** Whether all of `b` is well-formed UTF-8. */
export function validUtf8(b: Uint8Array): boolean {
  // A real U+FFFD takes three bytes, an error one.
  for (const { rune, size } of decodeAll(b)) if (rune === RUNE_ERROR && size === 1) return false
  return true
}

export function toRunes(b: Uint8Array): number[] {
  return Array.from(decodeAll(b), ({ rune }) => rune)
}

export function fromRunes(runes: readonly number[]): Uint8Array {
  const parts = runes.map(encodeRune)
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

function* decodeAll(b: Uint8Array): Generator<Decoded> {
  for (let offset = 0; offset < b.length; ) {
    const decoded = decodeRune(b, offset)
    yield decoded
    offset += decoded.size
  }
}

/** The rune that begins at `offset`, as if the bytes ended at `end`. */
function decodeBefore(b: Uint8Array, offset: number, end: number): Decoded {
  const error: Decoded = { rune: RUNE_ERROR, size: offset < end ? 1 : 0 }
  const first = b[offset]
  if (first === undefined) return error
  const size = announcedSize(first)
  if (size === null || offset + size > end) return error
  // The first byte keeps 7, 5, 4 or 3 bits.
  let rune = size === 1 ? first : first & (0x7f >> size)
  for (const byte of b.subarray(offset + 1, offset + size)) {
    if ((byte & 0xc0) !== 0x80) return error
    rune = (rune << 6) | (byte & 0x3f)
  }
  const surrogate = rune >= 0xd800 && rune <= 0xdfff
  return !surrogate && sizeOf(rune) === size ? { rune, size } : error
}

/** How many bytes a sequence has that begins with this one; null if none does. */
function announcedSize(first: number): number | null {
  if (first < 0x80) return 1
  if (first >= 0xc0 && first < 0xe0) return 2
  if (first >= 0xe0 && first < 0xf0) return 3
  return first >= 0xf0 && first < 0xf8 ? 4 : null
}

function sizeOf(rune: number): number {
  if (rune < 0x80) return 1
  if (rune < 0x800) return 2
  return rune < 0x10000 ? 3 : 4
}

function isRune(r: number): boolean {
  return Number.isInteger(r) && r >= 0 && r <= MAX_RUNE && !(r >= 0xd800 && r <= 0xdfff)
}
