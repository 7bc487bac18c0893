/** Where a key goes when its place is taken. */
export type Probe = 'linear' | 'quadratic' | 'random' | 'rehash'

export interface OpenOpts {
  /** Default 'linear'. */
  probe?: Probe
  /** At least so many slots; default 7. */
  capacity?: number
  /** Any integer, negative ones too. */
  hash?: (key: string) => number
  /** The functions of 'rehash', tried in turn. */
  hashes?: ReadonlyArray<(key: string) => number>
  /** Where 'random' begins; default 1. */
  seed?: number
  /** Share of slots that may be taken, tombstones included; default 0.75. */
  maxLoad?: number
}

/** A hash map that keeps its entries in one array. */
export class OpenAddressingMap<V> {
  constructor(opts: OpenOpts = {}) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  get capacity(): number {
    throw new Error('not implemented')
  }

  get tombstones(): number {
    throw new Error('not implemented')
  }

  get overflowSize(): number {
    throw new Error('not implemented')
  }

  set(key: string, value: V): void {
    throw new Error('not implemented')
  }

  get(key: string): V | undefined {
    throw new Error('not implemented')
  }

  has(key: string): boolean {
    throw new Error('not implemented')
  }

  delete(key: string): boolean {
    throw new Error('not implemented')
  }

  /** The slots that a look-up of the key visits. */
  probesFor(key: string): number[] {
    throw new Error('not implemented')
  }
}
