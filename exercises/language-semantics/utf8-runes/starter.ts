/** What stands for bytes that are no character. */
export const RUNE_ERROR = 0xfffd

/** A rune, and how many bytes it takes. */
export interface Decoded {
  rune: number
  size: number
}

/** The bytes of one rune. */
export function encodeRune(r: number): Uint8Array {
  throw new Error('not implemented')
}

/** The rune that begins at `offset`. */
export function decodeRune(b: Uint8Array, offset = 0): Decoded {
  throw new Error('not implemented')
}

/** The rune that ends just before `end`. */
export function decodeLastRune(b: Uint8Array, end = b.length): Decoded {
  throw new Error('not implemented')
}

export function runeCount(b: Uint8Array): number {
  throw new Error('not implemented')
}

/** Whether all of `b` is well-formed UTF-8. */
export function validUtf8(b: Uint8Array): boolean {
  throw new Error('not implemented')
}

export function toRunes(b: Uint8Array): number[] {
  throw new Error('not implemented')
}

export function fromRunes(runes: readonly number[]): Uint8Array {
  throw new Error('not implemented')
}
