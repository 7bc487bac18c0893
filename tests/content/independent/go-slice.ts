/** A window (first, len, cap) on a shared JavaScript array that always has its full length; growing fills the rest with zeros. */

/** An index that lies outside of a slice or its capacity. */
export class IndexError extends Error {}

/** The array that slices share. */
interface Backing<T> {
  readonly cells: T[]
  readonly zero: T
}

/** Throws unless the numbers are integers in ascending order, from 0 on. */
function requireOrder(...numbers: number[]): void {
  let before = 0
  for (const number of numbers) {
    if (!Number.isInteger(number) || number < before) throw new IndexError(`out of range: ${numbers.join(', ')}`)
    before = number
  }
}

/** Go's capacity for `needed` elements, without size classes. */
function grownCap(cap: number, needed: number): number {
  if (needed > 2 * cap) return needed
  if (cap < 256) return 2 * cap
  let grown = cap
  while (grown < needed) grown += Math.floor((grown + 768) / 4)
  return grown
}

/** A window on an array that other slices may share. */
export class GoSlice<T> {
  readonly #backing: Backing<T>
  readonly #first: number
  readonly len: number
  readonly cap: number

  private constructor(backing: Backing<T>, first: number, len: number, cap: number) {
    this.#backing = backing
    this.#first = first
    this.len = len
    this.cap = cap
  }

  /** A new array of `cap` zeros, of which `len` are shown. */
  static make<T>(len: number, cap: number, zero: T): GoSlice<T> {
    requireOrder(len, cap)
    return new GoSlice({ cells: new Array<T>(cap).fill(zero), zero }, 0, len, cap)
  }

  /** A new array of the items. */
  static of<T>(zero: T, ...items: T[]): GoSlice<T> {
    return new GoSlice({ cells: items, zero }, 0, items.length, items.length)
  }

  get(i: number): T {
    return this.#backing.cells[this.#cellOf(i)] as T
  }

  set(i: number, v: T): void {
    this.#backing.cells[this.#cellOf(i)] = v
  }

  /** Another window on the same array. */
  slice(lo = 0, hi = this.len, max = this.cap): GoSlice<T> {
    requireOrder(lo, hi, max, this.cap)
    return new GoSlice(this.#backing, this.#first + lo, hi - lo, max - lo)
  }

  /** A slice with the items behind the shown elements, in the same array if there is room. */
  append(...items: T[]): GoSlice<T> {
    const needed = this.len + items.length
    if (needed <= this.cap) {
      const { cells } = this.#backing
      for (const [i, item] of items.entries()) cells[this.#first + this.len + i] = item
      return new GoSlice(this.#backing, this.#first, needed, this.cap)
    }
    const { zero } = this.#backing
    const cap = grownCap(this.cap, needed)
    const cells = this.toArray()
    for (const item of items) cells.push(item)
    while (cells.length < cap) cells.push(zero)
    return new GoSlice({ cells, zero }, 0, needed, cap)
  }

  /** The shown elements, copied. */
  toArray(): T[] {
    return this.#backing.cells.slice(this.#first, this.#first + this.len)
  }

  /** Whether both slices belong to the same array. */
  sharesBackingWith(other: GoSlice<T>): boolean {
    return this.#backing === other.#backing
  }

  #cellOf(i: number): number {
    if (!Number.isInteger(i) || i < 0 || i >= this.len) throw new IndexError(`index ${i} with length ${this.len}`)
    return this.#first + i
  }
}

/** Copies as many elements as both slices show, and returns how many. */
export function copy<T>(dst: GoSlice<T>, src: GoSlice<T>): number {
  const n = Math.min(dst.len, src.len)
  // toArray() is a snapshot, so it does not matter how the windows overlap.
  for (const [i, v] of src.slice(0, n).toArray().entries()) dst.set(i, v)
  return n
}
