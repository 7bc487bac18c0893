/** An index that lies outside of a slice or its capacity. */
export class IndexError extends Error {}

/** A window on an array that other slices may share. */
export class GoSlice<T> {
  private constructor() {
    throw new Error('not implemented')
  }

  /** A new array of `cap` zeros, of which `len` are shown. */
  static make<T>(len: number, cap: number, zero: T): GoSlice<T> {
    throw new Error('not implemented')
  }

  /** A new array of the items. */
  static of<T>(zero: T, ...items: T[]): GoSlice<T> {
    throw new Error('not implemented')
  }

  /** Number of elements shown. */
  get len(): number {
    throw new Error('not implemented')
  }

  /** Number of elements from the first one shown to the end of the room. */
  get cap(): number {
    throw new Error('not implemented')
  }

  get(i: number): T {
    throw new Error('not implemented')
  }

  set(i: number, v: T): void {
    throw new Error('not implemented')
  }

  /** Another window on the same array. */
  slice(lo?: number, hi?: number, max?: number): GoSlice<T> {
    throw new Error('not implemented')
  }

  /** A slice with the items behind the shown elements, in the same array if there is room. */
  append(...items: T[]): GoSlice<T> {
    throw new Error('not implemented')
  }

  /** The shown elements, copied. */
  toArray(): T[] {
    throw new Error('not implemented')
  }

  /** Whether both slices belong to the same array. */
  sharesBackingWith(other: GoSlice<T>): boolean {
    throw new Error('not implemented')
  }
}

/** Copies as many elements as both slices show, and returns how many. */
export function copy<T>(dst: GoSlice<T>, src: GoSlice<T>): number {
  throw new Error('not implemented')
}
