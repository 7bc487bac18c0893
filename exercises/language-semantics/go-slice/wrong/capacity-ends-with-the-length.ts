/** An index that lies outside of a slice or its capacity. */
export class IndexError extends Error {}

/** Below this capacity an array doubles; above, growth falls gently towards a quarter. */
const THRESHOLD = 256

/** A window on an array that other slices may share. */
export class GoSlice<T> {
  /** All elements of the array, also those that no slice shows. */
  readonly #array: T[]
  /** Where index 0 lies in the array. */
  readonly #start: number
  readonly #zero: T
  readonly len: number
  readonly cap: number

  private constructor(array: T[], start: number, len: number, cap: number, zero: T) {
    this.#array = array
    this.#start = start
    this.#zero = zero
    this.len = len
    this.cap = cap
  }

  /** A new array of `cap` zeros, of which `len` are shown. */
  static make<T>(len: number, cap: number, zero: T): GoSlice<T> {
    checkAscending(len, cap)
    return new GoSlice(new Array<T>(cap).fill(zero), 0, len, cap, zero)
  }

  /** A new array of the items. */
  static of<T>(zero: T, ...items: T[]): GoSlice<T> {
    return new GoSlice(items, 0, items.length, items.length, zero)
  }

  get(i: number): T {
    return this.#array[this.#place(i)] as T
  }

  set(i: number, v: T): void {
    this.#array[this.#place(i)] = v
  }

  /** Another window on the same array. */
  slice(lo = 0, hi: number = this.len, max: number = hi): GoSlice<T> {
    checkAscending(lo, hi, max, this.cap)
    return new GoSlice(this.#array, this.#start + lo, hi - lo, max - lo, this.#zero)
  }

  /** A slice with the items behind the shown elements, in the same array if there is room. */
  append(...items: T[]): GoSlice<T> {
    const needed = this.len + items.length
    const target = needed <= this.cap ? this.slice(0, needed, this.cap) : this.#moved(needed)
    for (const [i, item] of items.entries()) target.set(this.len + i, item)
    return target
  }

  /** The shown elements, copied. */
  toArray(): T[] {
    return this.#array.slice(this.#start, this.#start + this.len)
  }

  /** Whether both slices belong to the same array. */
  sharesBackingWith(other: GoSlice<T>): boolean {
    return this.#array === other.#array
  }

  /** The shown elements at the front of a new array with room for `needed`. */
  #moved(needed: number): GoSlice<T> {
    const moved = GoSlice.make(needed, grownCap(this.cap, needed), this.#zero)
    copy(moved, this)
    return moved
  }

  #place(i: number): number {
    if (!Number.isInteger(i) || i < 0 || i >= this.len) throw new IndexError(`no index ${i} in a slice of ${this.len}`)
    return this.#start + i
  }
}

/** Copies as many elements as both slices show, and returns how many. */
export function copy<T>(dst: GoSlice<T>, src: GoSlice<T>): number {
  const count = Math.min(dst.len, src.len)
  // Taken out first: the windows may overlap, in either direction.
  const elements = src.slice(0, count).toArray()
  for (const [i, element] of elements.entries()) dst.set(i, element)
  return count
}

/** Capacity of the array that follows one of `cap` elements: Go since 1.18, before rounding to size classes. */
function grownCap(cap: number, needed: number): number {
  if (needed > 2 * cap) return needed
  if (cap < THRESHOLD) return 2 * cap
  let grown = cap
  while (grown < needed) grown += Math.floor((grown + 3 * THRESHOLD) / 4)
  return grown
}

/** Throws unless all are integers, none below 0 and none below the one before. */
function checkAscending(...bounds: number[]): void {
  const inOrder = bounds.every((bound, i) => Number.isInteger(bound) && bound >= (bounds[i - 1] ?? 0))
  if (!inOrder) throw new IndexError(`bounds out of range: ${bounds.join(', ')}`)
}
