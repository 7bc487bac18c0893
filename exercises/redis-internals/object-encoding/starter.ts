export interface Limits {
  intsetEntries: number
  hashEntries: number
  zsetEntries: number
  valueBytes: number
  embstrBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  intsetEntries: 0,
  hashEntries: 0,
  zsetEntries: 0,
  valueBytes: 0,
  embstrBytes: 0,
}

export function stringEncoding(v: string, limits?: Limits): 'int' | 'embstr' | 'raw' {
  throw new Error('not implemented')
}

export class IntSet {
  get bits(): 16 | 32 | 64 {
    throw new Error('not implemented')
  }

  get byteLength(): number {
    throw new Error('not implemented')
  }

  /** Whether the number is new. */
  add(v: bigint): boolean {
    throw new Error('not implemented')
  }

  /** Whether the number was there. */
  remove(v: bigint): boolean {
    throw new Error('not implemented')
  }

  has(v: bigint): boolean {
    throw new Error('not implemented')
  }

  /** In ascending order. */
  values(): bigint[] {
    throw new Error('not implemented')
  }
}

export class TypedObject {
  constructor(type: 'set' | 'hash' | 'zset', limits?: Limits) {
    throw new Error('not implemented')
  }

  get encoding(): 'intset' | 'listpack' | 'hashtable' | 'skiplist' {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  put(member: string, value?: string): void {
    throw new Error('not implemented')
  }

  /** Whether the member was there. */
  remove(member: string): boolean {
    throw new Error('not implemented')
  }
}
