export interface Timer {
  /** Disarms the timer. True if it was pending. */
  stop(): boolean
  /** Arms the timer anew, `ms` from now. True if it was pending. */
  reset(ms: number): boolean
  /** Whether the timer is pending. */
  readonly active: boolean
}

/** A timer as the heap sees it. */
interface Entry {
  readonly fn: () => void
  /** Milliseconds between ticks; null for a timer that fires once. */
  period: number | null
  /** When the timer was armed by its owner; the ticks of a ticker are whole periods after this. */
  start: number
  deadline: number
  /** Serial number of the arming; decides between equal deadlines. */
  order: number
  /** Place in the heap array, which makes removal from the middle possible without a search. */
  index: number
}

/** `Entry.index` of a timer that is not pending. */
const IDLE = -1

/** Pending entries in an array that is a heap: no child comes before its parent. */
class EntryHeap {
  readonly #entries: Entry[] = []
  readonly #arity: number
  #insertions = 0

  constructor(arity: number) {
    this.#arity = arity
  }

  get first(): Entry | undefined {
    return this.#entries[0]
  }

  get length(): number {
    return this.#entries.length
  }

  /** How often anything was inserted, which is the `order` of the newest entry. */
  get insertions(): number {
    return this.#insertions
  }

  insert(entry: Entry, deadline: number): void {
    entry.deadline = deadline
    entry.order = ++this.#insertions
    this.#place(entry, this.#entries.length)
    this.#siftUp(entry)
  }

  /** Takes `entry` out; false if it was not in. */
  remove(entry: Entry): boolean {
    if (entry.index === IDLE) return false
    const last = this.#entries.pop()
    if (last && last !== entry) {
      // The last entry comes from another branch: in its new place it may be too late or too early.
      this.#place(last, entry.index)
      this.#siftUp(last)
      this.#siftDown(last)
    }
    entry.index = IDLE
    return true
  }

  #siftUp(entry: Entry): void {
    while (entry.index > 0) {
      const parent = this.#entries[Math.floor((entry.index - 1) / this.#arity)]
      if (!parent || !isBefore(entry, parent)) return
      this.#swap(entry, parent)
    }
  }

  #siftDown(entry: Entry): void {
    for (;;) {
      let first = entry
      const firstChild = entry.index * this.#arity + 1
      for (let i = firstChild; i < firstChild + this.#arity; i++) {
        const child = this.#entries[i]
        if (!child) break
        if (isBefore(child, first)) first = child
      }
      if (first === entry) return
      this.#swap(entry, first)
    }
  }

  #swap(a: Entry, b: Entry): void {
    const place = a.index
    this.#place(a, b.index)
    this.#place(b, place)
  }

  #place(entry: Entry, index: number): void {
    this.#entries[index] = entry
    entry.index = index
  }
}

/** What the owner of a timer holds. */
class HeapTimer implements Timer {
  readonly #entry: Entry
  readonly #heap: EntryHeap
  readonly #now: () => number

  constructor(entry: Entry, heap: EntryHeap, now: () => number) {
    this.#entry = entry
    this.#heap = heap
    this.#now = now
  }

  get active(): boolean {
    return this.#entry.index !== IDLE
  }

  stop(): boolean {
    return this.#heap.remove(this.#entry)
  }

  reset(ms: number): boolean {
    const entry = this.#entry
    checkDelay(ms, entry.period !== null)
    const wasPending = this.#heap.remove(entry)
    if (entry.period !== null) entry.period = ms
    entry.start = this.#now()
    this.#heap.insert(entry, entry.start + ms)
    return wasPending
  }
}

/** Timers over an injected clock. Nothing runs by itself: the owner calls `runDue` when `nextDeadline` has come. */
export class TimerHeap {
  readonly #now: () => number
  readonly #heap: EntryHeap

  constructor(now: () => number, arity = 4) {
    if (!Number.isInteger(arity) || arity < 2) throw new RangeError('arity must be an integer of at least 2')
    this.#now = now
    this.#heap = new EntryHeap(arity)
  }

  after(ms: number, fn: () => void): Timer {
    return this.#create(fn, ms, null)
  }

  every(ms: number, fn: () => void): Timer {
    return this.#create(fn, ms, ms)
  }

  runDue(): number {
    const now = this.#now()
    let ran = 0
    let failure: { error: unknown } | null = null
    for (let entry = this.#heap.first; entry; entry = this.#heap.first) {
      if (entry.deadline > now) break
      this.#heap.remove(entry)
      // A ticker is armed before its callback runs, so that the callback can stop it like any other timer.
      if (entry.period !== null) this.#heap.insert(entry, nextTick(entry.start, entry.period, now))
      ran++
      try {
        entry.fn()
      } catch (error) {
        failure ??= { error }
      }
    }
    if (failure) throw failure.error
    return ran
  }

  nextDeadline(): number | null {
    return this.#heap.first?.deadline ?? null
  }

  get size(): number {
    return this.#heap.length
  }

  #create(fn: () => void, ms: number, period: number | null): Timer {
    const timer = new HeapTimer(
      { fn, period, start: 0, deadline: 0, order: 0, index: IDLE },
      this.#heap,
      this.#now,
    )
    timer.reset(ms)
    return timer
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order)
}

/** The first point of the grid `start + k * period` that lies after `now`. */
function nextTick(start: number, period: number, now: number): number {
  return start + (Math.floor((now - start) / period) + 1) * period
}

function checkDelay(ms: number, isTicker: boolean): void {
  if (!Number.isFinite(ms) || ms < 0 || (isTicker && ms === 0)) {
    throw new RangeError(`${ms} ms is no ${isTicker ? 'period' : 'delay'}`)
  }
}
