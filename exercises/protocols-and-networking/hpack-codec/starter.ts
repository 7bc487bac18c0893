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

/** The bytes of an integer with a prefix; `flags` are the bits above the prefix. */
export function encodeInt(value: number, prefixBits: number, flags = 0): Uint8Array {
  throw new Error('not implemented')
}

/** The integer at `offset`, and the offset after it. */
export function decodeInt(b: Uint8Array, offset: number, prefixBits: number): { value: number; next: number } {
  throw new Error('not implemented')
}

export class HpackEncoder {
  constructor(maxTableSize = 4096) {
    throw new Error('not implemented')
  }

  /** One header block; changes the table as the decoder of the other side will. */
  encode(headers: readonly HeaderField[]): Uint8Array {
    throw new Error('not implemented')
  }

  /** Changes the size of the table; the next block announces it. */
  setMaxTableSize(n: number): void {
    throw new Error('not implemented')
  }
}

export class HpackDecoder {
  constructor(maxTableSize = 4096, huffman?: (b: Uint8Array) => Uint8Array) {
    throw new Error('not implemented')
  }

  /** What the entries of the dynamic table cost together. */
  get tableSize(): number {
    throw new Error('not implemented')
  }

  /** The entries of the dynamic table, newest first. */
  get dynamic(): ReadonlyArray<readonly [string, string]> {
    throw new Error('not implemented')
  }

  /** The fields of one whole header block. */
  decode(block: Uint8Array): Array<[string, string]> {
    throw new Error('not implemented')
  }
}
