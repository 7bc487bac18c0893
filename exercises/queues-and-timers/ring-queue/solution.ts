/** A first-in first-out queue in an array that is used in a circle. */
export class RingQueue<T> {
  readonly #slots: Array<T | undefined>
  /** Slot of the oldest item. */
  #head = 0
  /** A count, and not the slot after the newest item: that would be #head in a full ring as in an empty one. */
  #length = 0

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    this.#slots = new Array<T | undefined>(capacity).fill(undefined)
  }

  get length(): number {
    return this.#length
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  get isFull(): boolean {
    return this.#length === this.#slots.length
  }

  push(v: T): boolean {
    if (this.isFull) return false
    this.#slots[this.#slotOf(this.#length)] = v
    this.#length++
    return true
  }

  pop(): T | undefined {
    if (this.isEmpty) return undefined
    const v = this.#slots[this.#head]
    // Else the ring would keep the item alive until the slot is used again.
    this.#slots[this.#head] = undefined
    this.#head = this.#slotOf(1)
    this.#length--
    return v
  }

  peek(): T | undefined {
    return this.#slots[this.#head]
  }

  toArray(): T[] {
    return Array.from({ length: this.#length }, (_, i) => this.#slots[this.#slotOf(i)] as T)
  }

  /** Slot of the item that has `age` older ones before it. */
  #slotOf(age: number): number {
    return (this.#head + age) % this.#slots.length
  }
}

/** A number that many threads share. Each operation is a single step. */
export interface Cell {
  load(): number
  store(v: number): void
  /** Writes next if the cell holds expected, and says whether it did. */
  compareAndSwap(expected: number, next: number): boolean
}

/** One place of the ring. */
interface Slot {
  /** `p`: free for push number p. `p + 1`: holds the item of push number p. Anything lower: not so far yet. */
  readonly turn: Cell
  readonly item: Cell
}

/**
 * The same queue for numbers, for many threads at once and without locks: Dmitry Vyukov's bounded queue. Pushes and
 * pops are numbered from 0. Winning the compare-and-swap of a counter claims a number, and with it a slot; the slot's
 * turn, stored last, tells the others that the claimed work is done.
 */
export class AtomicRing {
  readonly #pushes: Cell
  readonly #pops: Cell
  readonly #slots: readonly Slot[]

  constructor(capacity: number, cell: (initial: number) => Cell) {
    if (!Number.isInteger(capacity) || capacity < 2 || !Number.isInteger(Math.log2(capacity))) {
      throw new RangeError('capacity must be a power of two, and at least 2')
    }
    this.#pushes = cell(0)
    this.#pops = cell(0)
    this.#slots = Array.from({ length: capacity }, (_, i) => ({ turn: cell(i), item: cell(0) }))
  }

  tryPush(v: number): boolean {
    for (;;) {
      const number = this.#pushes.load()
      const { turn, item } = this.#slotOf(number)
      const now = turn.load()
      // The item of the lap before is still there.
      if (now < number) return false
      // Where `now` is beyond, another thread has pushed since the counter was read.
      if (now === number && this.#pushes.compareAndSwap(number, number + 1)) {
        item.store(v)
        turn.store(number + 1)
        return true
      }
    }
  }

  tryPop(): number | undefined {
    for (;;) {
      const number = this.#pops.load()
      const { turn, item } = this.#slotOf(number)
      const now = turn.load()
      // The push with this number has not happened, or not finished.
      if (now <= number) return undefined
      if (now === number + 1 && this.#pops.compareAndSwap(number, number + 1)) {
        const v = item.load()
        turn.store(number + this.#slots.length)
        return v
      }
    }
  }

  #slotOf(number: number): Slot {
    return this.#slots[number % this.#slots.length] as Slot
  }
}
