// Reports full when one slot is still free.
export class RingQueue<T> {
  readonly #slots: Array<T | undefined>
  #head = 0
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

  #slotOf(age: number): number {
    return (this.#head + age) % this.#slots.length
  }
}

export interface Cell {
  load(): number
  store(v: number): void
  compareAndSwap(expected: number, next: number): boolean
}

interface Slot {
  readonly turn: Cell
  readonly item: Cell
}

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
      if (now < number || number - this.#pops.load() >= this.#slots.length - 1) return false
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
