/** The size of a filter: either given, or derived from what it should hold and how often it may be mistaken. */
export type BloomOpts = { expected: number; falsePositiveRate: number } | { bits: number; hashes: number }

/** A set of keys that may claim too much, never too little. */
export class BloomFilter {
  constructor(opts: BloomOpts) {
    throw new Error('not implemented')
  }

  /** Makes a filter with exactly these bits, as export() gave them. */
  static from(bits: number, hashes: number, data: Uint8Array): BloomFilter {
    throw new Error('not implemented')
  }

  get bits(): number {
    throw new Error('not implemented')
  }

  /** Positions of each key. */
  get hashes(): number {
    throw new Error('not implemented')
  }

  add(key: string): void {
    throw new Error('not implemented')
  }

  /** False: certainly not added. True: added, or a false positive. */
  mightContain(key: string): boolean {
    throw new Error('not implemented')
  }

  /** Share of the bits that are set. */
  fillRatio(): number {
    throw new Error('not implemented')
  }

  /** A new filter that holds what either of the two holds. */
  union(other: BloomFilter): BloomFilter {
    throw new Error('not implemented')
  }

  /** A copy of the bits. */
  export(): Uint8Array {
    throw new Error('not implemented')
  }
}
