/** One reader gives the rune of a well-formed sequence or -1; as only shortest forms are well-formed, its size follows from the rune. */

/** What stands for bytes that are no character. */
export const RUNE_ERROR = 0xfffd

/** A rune, and how many bytes it takes. */
export interface Decoded {
  rune: number
  size: number
}

function isRune(r: number): boolean {
  return Number.isInteger(r) && r >= 0 && r <= 0x10ffff && !(r >= 0xd800 && r <= 0xdfff)
}

/** How many bytes the shortest form of a code point has. */
function width(r: number): number {
  if (r < 0x80) return 1
  if (r < 0x800) return 2
  return r < 0x10000 ? 3 : 4
}

/** Writes a rune and gives the place after it. */
function write(r: number, target: Uint8Array, at: number): number {
  const size = width(r)
  if (size === 1) {
    target[at] = r
    return at + 1
  }
  let rest = r
  for (let i = at + size - 1; i > at; i--) {
    target[i] = 0x80 | (rest & 0x3f)
    rest >>= 6
  }
  // As many ones as there are bytes, then a zero, then what is left of the rune.
  target[at] = ((0xf00 >> size) & 0xff) | rest
  return at + size
}

/** The rune of the well-formed sequence that begins at `at`, which is below `end`; -1 if there is none. */
function read(b: Uint8Array, at: number, end: number): number {
  const lead = b[at] ?? 0
  if (lead < 0x80) return lead
  let size: number
  if ((lead & 0xe0) === 0xc0) size = 2
  else if ((lead & 0xf0) === 0xe0) size = 3
  else if ((lead & 0xf8) === 0xf0) size = 4
  else return -1
  if (at + size > end) return -1
  let rune = lead & (0x7f >> size)
  for (let i = at + 1; i < at + size; i++) {
    const byte = b[i] ?? 0
    if ((byte & 0xc0) !== 0x80) return -1
    rune = (rune << 6) | (byte & 0x3f)
  }
  return isRune(rune) && width(rune) === size ? rune : -1
}

/** The bytes of one rune. */
export function encodeRune(r: number): Uint8Array {
  return fromRunes([r])
}

/** The rune that begins at `offset`. */
export function decodeRune(b: Uint8Array, offset = 0): Decoded {
  if (offset >= b.length) return { rune: RUNE_ERROR, size: 0 }
  const rune = read(b, offset, b.length)
  return rune < 0 ? { rune: RUNE_ERROR, size: 1 } : { rune, size: width(rune) }
}

/** The rune that ends just before `end`. */
export function decodeLastRune(b: Uint8Array, end = b.length): Decoded {
  const stop = Math.min(end, b.length)
  if (stop <= 0) return { rune: RUNE_ERROR, size: 0 }
  // Only the nearest byte that continues nothing can begin a sequence that ends here.
  const tail: number[] = []
  for (let i = stop - 1; i >= 0 && tail.length < 4; i--) {
    const byte = b[i] ?? 0
    tail.unshift(byte)
    if ((byte & 0xc0) !== 0x80) break
  }
  const last = decodeRune(Uint8Array.from(tail))
  return last.size === tail.length ? last : { rune: RUNE_ERROR, size: 1 }
}

export function runeCount(b: Uint8Array): number {
  let count = 0
  for (let at = 0; at < b.length; count++) {
    const rune = read(b, at, b.length)
    at += rune < 0 ? 1 : width(rune)
  }
  return count
}

/** Whether all of `b` is well-formed UTF-8. */
export function validUtf8(b: Uint8Array): boolean {
  for (let at = 0; at < b.length; ) {
    const rune = read(b, at, b.length)
    if (rune < 0) return false
    at += width(rune)
  }
  return true
}

export function toRunes(b: Uint8Array): number[] {
  const runes: number[] = []
  for (let at = 0; at < b.length; ) {
    const rune = read(b, at, b.length)
    runes.push(rune < 0 ? RUNE_ERROR : rune)
    at += rune < 0 ? 1 : width(rune)
  }
  return runes
}

export function fromRunes(runes: readonly number[]): Uint8Array {
  let length = 0
  for (const r of runes) length += isRune(r) ? width(r) : width(RUNE_ERROR)
  const bytes = new Uint8Array(length)
  let at = 0
  for (const r of runes) at = write(isRune(r) ? r : RUNE_ERROR, bytes, at)
  return bytes
}
