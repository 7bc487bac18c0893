/** Each place of the atomic ring counts turns: with the even number 2k it waits for its k-th push, with 2k + 1 for its k-th pop. */
export class RingQueue<T> {
  private readonly capacity: number
  private readonly places: Array<T | undefined> = []
  private head = 0
  private count = 0

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('the capacity must be a positive integer')
    this.capacity = capacity
  }

  get length(): number {
    return this.count
  }

  get isEmpty(): boolean {
    return this.count === 0
  }

  get isFull(): boolean {
    return this.count === this.capacity
  }

  push(v: T): boolean {
    if (this.isFull) return false
    this.places[(this.head + this.count) % this.capacity] = v
    this.count++
    return true
  }

  pop(): T | undefined {
    if (this.isEmpty) return undefined
    const item = this.places[this.head]
    this.places[this.head] = undefined
    this.head = (this.head + 1) % this.capacity
    this.count--
    return item
  }

  peek(): T | undefined {
    return this.places[this.head]
  }

  toArray(): T[] {
    const end = this.head + this.count
    const items = this.places.slice(this.head, Math.min(end, this.capacity))
    if (end > this.capacity) items.push(...this.places.slice(0, end - this.capacity))
    return items as T[]
  }
}

export interface Cell {
  load(): number
  store(v: number): void
  compareAndSwap(expected: number, next: number): boolean
}

interface Place {
  readonly turn: Cell
  readonly item: Cell
}

export class AtomicRing {
  private readonly places: readonly Place[]
  /** How many pushes and pops have been given a place. */
  private readonly pushes: Cell
  private readonly pops: Cell

  constructor(capacity: number, cell: (initial: number) => Cell) {
    if (!Number.isInteger(capacity) || capacity < 2 || !Number.isInteger(Math.log2(capacity))) {
      throw new RangeError('the capacity must be a power of two and at least 2')
    }
    this.pushes = cell(0)
    this.pops = cell(0)
    this.places = Array.from({ length: capacity }, () => ({ turn: cell(0), item: cell(0) }))
  }

  tryPush(v: number): boolean {
    const claimed = this.claim(this.pushes, 0)
    if (claimed === null) return false
    claimed.place.item.store(v)
    claimed.place.turn.store(claimed.turn + 1)
    return true
  }

  tryPop(): number | undefined {
    const claimed = this.claim(this.pops, 1)
    if (claimed === null) return undefined
    const item = claimed.place.item.load()
    claimed.place.turn.store(claimed.turn + 1)
    return item
  }

  /** Takes the next number of this counter, or none if the place of that number is not ready for it. */
  private claim(counter: Cell, parity: 0 | 1): { place: Place; turn: number } | null {
    const capacity = this.places.length
    let number = counter.load()
    for (;;) {
      const place = this.places[number % capacity]
      if (place === undefined) throw new Error('unreachable')
      const turn = 2 * Math.floor(number / capacity) + parity
      if (place.turn.load() === turn) {
        if (counter.compareAndSwap(number, number + 1)) return { place, turn }
        number = counter.load()
      } else {
        // The turn may have been over only because somebody else got the number. If not, the place is not ready.
        const before = number
        number = counter.load()
        if (number === before) return null
      }
    }
  }
}
