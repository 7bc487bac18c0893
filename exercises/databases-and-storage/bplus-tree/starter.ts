export interface NodeDump {
  leaf: boolean
  keys: number[]
  children?: NodeDump[]
  next?: number | null
}

export class BPlusTree<V> {
  constructor(order: number) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  /** Levels of the tree; 0 if it is empty. */
  get height(): number {
    throw new Error('not implemented')
  }

  /** Nodes looked at so far by all operations but dump. */
  get nodeVisits(): number {
    throw new Error('not implemented')
  }

  set(key: number, value: V): void {
    throw new Error('not implemented')
  }

  get(key: number): V | undefined {
    throw new Error('not implemented')
  }

  /** Whether the key was there. */
  delete(key: number): boolean {
    throw new Error('not implemented')
  }

  /** Entries with keys from lo to hi, both included. */
  range(lo: number, hi: number, opts: { limit?: number; reverse?: boolean } = {}): Array<[number, V]> {
    throw new Error('not implemented')
  }

  dump(): NodeDump | null {
    throw new Error('not implemented')
  }
}
