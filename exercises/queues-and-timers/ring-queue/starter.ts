/** A first-in first-out queue in an array that is used in a circle. */
export class RingQueue<T> {
  constructor(capacity: number) {
    throw new Error('not implemented')
  }

  get length(): number {
    throw new Error('not implemented')
  }

  get isEmpty(): boolean {
    throw new Error('not implemented')
  }

  get isFull(): boolean {
    throw new Error('not implemented')
  }

  /** False, and nothing changed, when the ring is full. */
  push(v: T): boolean {
    throw new Error('not implemented')
  }

  pop(): T | undefined {
    throw new Error('not implemented')
  }

  peek(): T | undefined {
    throw new Error('not implemented')
  }

  /** A copy of the items, oldest first. */
  toArray(): T[] {
    throw new Error('not implemented')
  }
}

/** A number that many threads share. Each operation is a single step. */
export interface Cell {
  load(): number
  store(v: number): void
  /** Writes next if the cell holds expected, and says whether it did. */
  compareAndSwap(expected: number, next: number): boolean
}

/** The same queue for numbers, for many threads at once and without locks. */
export class AtomicRing {
  constructor(capacity: number, cell: (initial: number) => Cell) {
    throw new Error('not implemented')
  }

  tryPush(v: number): boolean {
    throw new Error('not implemented')
  }

  tryPop(): number | undefined {
    throw new Error('not implemented')
  }
}
