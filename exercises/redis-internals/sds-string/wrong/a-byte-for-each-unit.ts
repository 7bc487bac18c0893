// Stores one byte for each UTF-16 code unit of a text.
const MIB = 1024 * 1024

export class Sds {
  #buffer: Uint8Array
  #len: number
  #reallocs = 0

  constructor(init: Uint8Array | string = '') {
    this.#buffer = bytesOf(init).slice()
    this.#len = this.#buffer.length
  }

  get len(): number {
    return this.#len
  }

  get avail(): number {
    return this.#buffer.length - this.#len
  }

  get reallocs(): number {
    return this.#reallocs
  }

  append(data: Uint8Array | string | Sds): this {
    const bytes = data instanceof Sds ? data.#used() : bytesOf(data)
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#len)
    this.#len += bytes.length
    return this
  }

  clear(): this {
    this.#len = 0
    return this
  }

  range(start: number, end: number): this {
    const first = Math.max(0, start < 0 ? this.#len + start : start)
    const last = Math.min(this.#len - 1, end < 0 ? this.#len + end : end)
    if (first > last) return this.clear()
    this.#buffer.copyWithin(0, first, last + 1)
    this.#len = last - first + 1
    return this
  }

  shrink(): this {
    this.#buffer = this.toBytes()
    return this
  }

  compare(other: Sds): number {
    const ours = this.#used()
    const theirs = other.#used()
    const common = Math.min(ours.length, theirs.length)
    for (let i = 0; i < common; i++) {
      const difference = (ours[i] ?? 0) - (theirs[i] ?? 0)
      if (difference !== 0) return Math.sign(difference)
    }
    return Math.sign(ours.length - theirs.length)
  }

  toBytes(): Uint8Array {
    return this.#used().slice()
  }

  toString(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#used())
  }

  #used(): Uint8Array {
    return this.#buffer.subarray(0, this.#len)
  }

  #reserve(count: number): void {
    if (count <= this.avail) return
    const needed = this.#len + count
    const grown = new Uint8Array(needed < MIB ? needed * 2 : needed + MIB)
    grown.set(this.#used())
    this.#buffer = grown
    this.#reallocs++
  }
}

function bytesOf(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? Uint8Array.from(data, (char) => char.charCodeAt(0)) : data
}
