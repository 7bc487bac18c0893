export class Sds {
  constructor(init?: Uint8Array | string) {
    throw new Error('not implemented')
  }

  /** Bytes in use. */
  get len(): number {
    throw new Error('not implemented')
  }

  /** Bytes that can be appended without a new buffer. */
  get avail(): number {
    throw new Error('not implemented')
  }

  /** How often append needed a new buffer. */
  get reallocs(): number {
    throw new Error('not implemented')
  }

  append(data: Uint8Array | string | Sds): this {
    throw new Error('not implemented')
  }

  clear(): this {
    throw new Error('not implemented')
  }

  /** Keeps the bytes from start to end, both included; negative positions count from the end. */
  range(start: number, end: number): this {
    throw new Error('not implemented')
  }

  /** Gives back the room that is not in use. */
  shrink(): this {
    throw new Error('not implemented')
  }

  /** Below, at or above 0, byte by byte. */
  compare(other: Sds): number {
    throw new Error('not implemented')
  }

  toBytes(): Uint8Array {
    throw new Error('not implemented')
  }

  toString(): string {
    throw new Error('not implemented')
  }
}
