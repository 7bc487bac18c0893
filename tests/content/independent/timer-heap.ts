/** A d-ary heap by deadline and arming number whose nodes know their places; a run ends at the first timer that was armed after it began. */
export interface Timer {
  stop(): boolean
  reset(ms: number): boolean
  readonly active: boolean
}

interface Node {
  readonly fn: () => void
  deadline: number
  /** Counts up with every arming. */
  turn: number
  /** Its index in the heap; -1 if it is not pending. */
  place: number
  /** For tickers only: the points of time at which it ticks. */
  grid: { start: number; period: number } | null
}

const isBefore = (a: Node, b: Node): boolean => (a.deadline === b.deadline ? a.turn < b.turn : a.deadline < b.deadline)

function checkDelay(ms: number, isPeriod: boolean): void {
  if (!Number.isFinite(ms) || ms < 0 || (isPeriod && ms === 0)) throw new RangeError(`not a time to wait: ${ms}`)
}

/** The first point of the grid after `time`, which is not before its start. */
function nextTick({ start, period }: { start: number; period: number }, time: number): number {
  let count = Math.floor((time - start) / period) + 1
  // The quotient is rounded, so it may be one too large, or too small.
  if (start + (count - 1) * period > time) count--
  for (let step = 1; start + count * period <= time; step *= 2) count += step
  return start + count * period
}

/** Timers over an injected clock. Nothing runs by itself: the owner calls `runDue` when `nextDeadline` has come. */
export class TimerHeap {
  readonly #now: () => number
  readonly #arity: number
  readonly #heap: Node[] = []
  #turns = 0

  constructor(now: () => number, arity = 4) {
    if (!Number.isInteger(arity) || arity < 2) throw new RangeError(`arity must be an integer of at least 2: ${arity}`)
    this.#now = now
    this.#arity = arity
  }

  after(ms: number, fn: () => void): Timer {
    checkDelay(ms, false)
    return this.#make(fn, this.#now() + ms, null)
  }

  every(ms: number, fn: () => void): Timer {
    checkDelay(ms, true)
    const start = this.#now()
    return this.#make(fn, start + ms, { start, period: ms })
  }

  runDue(): number {
    const time = this.#now()
    const firstLater = this.#turns
    let ran = 0
    let failure: { readonly error: unknown } | null = null
    for (;;) {
      // What is armed meanwhile is due now at the earliest, and comes behind all that is older and due.
      const node = this.#heap[0]
      if (node === undefined || node.deadline > time || this.#isLater(node, time, firstLater)) break
      if (node.grid === null) this.#disarm(node)
      else this.#arm(node, nextTick(node.grid, time))
      ran++
      try {
        node.fn()
      } catch (error) {
        failure ??= { error }
      }
    }
    if (failure !== null) throw failure.error
    return ran
  }

  nextDeadline(): number | null {
    return this.#heap[0]?.deadline ?? null
  }

  get size(): number {
    return this.#heap.length
  }

  #isLater(node: Node, time: number, firstLater: number): boolean {
    return node.deadline === time && node.turn >= firstLater
  }

  #make(fn: () => void, deadline: number, grid: Node['grid']): Timer {
    const node: Node = { fn, deadline, turn: 0, place: -1, grid }
    this.#arm(node, deadline)
    return {
      stop: () => this.#disarm(node),
      reset: (ms) => this.#reset(node, ms),
      get active() {
        return node.place >= 0
      },
    }
  }

  #reset(node: Node, ms: number): boolean {
    checkDelay(ms, node.grid !== null)
    const wasPending = node.place >= 0
    const start = this.#now()
    if (node.grid !== null) node.grid = { start, period: ms }
    this.#arm(node, start + ms)
    return wasPending
  }

  /** Puts the node into the heap, or moves it there, as the latest with its deadline. */
  #arm(node: Node, deadline: number): void {
    if (node.place < 0) {
      node.place = this.#heap.length
      this.#heap.push(node)
    }
    node.deadline = deadline
    node.turn = this.#turns++
    this.#settle(node)
  }

  #disarm(node: Node): boolean {
    const { place } = node
    if (place < 0) return false
    node.place = -1
    const last = this.#heap.pop()
    if (last !== undefined && last !== node) {
      last.place = place
      this.#settle(last)
    }
    return true
  }

  /** Finds the right place for a node, beginning where it is. */
  #settle(node: Node): void {
    let place = node.place
    while (place > 0) {
      const parent = this.#heap[Math.floor((place - 1) / this.#arity)]
      if (parent === undefined || !isBefore(node, parent)) break
      const hole = parent.place
      this.#put(parent, place)
      place = hole
    }
    for (;;) {
      const child = this.#firstChild(place)
      if (child === undefined || !isBefore(child, node)) break
      const hole = child.place
      this.#put(child, place)
      place = hole
    }
    this.#put(node, place)
  }

  #firstChild(place: number): Node | undefined {
    const begin = place * this.#arity + 1
    const end = Math.min(begin + this.#arity, this.#heap.length)
    let first = this.#heap[begin]
    for (let i = begin + 1; i < end; i++) {
      const child = this.#heap[i]
      if (child !== undefined && first !== undefined && isBefore(child, first)) first = child
    }
    return first
  }

  #put(node: Node, place: number): void {
    node.place = place
    this.#heap[place] = node
  }
}
