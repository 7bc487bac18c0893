export interface RingOpts {
  /** Virtual nodes of a node of weight 1; default 150. */
  replicas?: number
  /** Hash of labels and keys; its low 32 bits count, read as unsigned. */
  hash?: (s: string) => number
}

export class HashRing {
  constructor(opts: RingOpts = {}) {
    throw new Error('not implemented')
  }

  /** Names of the nodes on the ring, in ascending order. */
  get nodes(): string[] {
    throw new Error('not implemented')
  }

  /** How many virtual nodes stand on the ring. */
  get ringSize(): number {
    throw new Error('not implemented')
  }

  add(node: string, weight = 1): void {
    throw new Error('not implemented')
  }

  remove(node: string): void {
    throw new Error('not implemented')
  }

  /** The node that owns the key, or undefined on an empty ring. */
  get(key: string): string | undefined {
    throw new Error('not implemented')
  }

  /** The first n distinct nodes clockwise from the key. */
  getN(key: string, n: number): string[] {
    throw new Error('not implemented')
  }
}
