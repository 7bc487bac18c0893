/** Living objects are found by their first byte; free pages are a sorted list of runs, and spans with room that no P has a list sorted by page. */
export interface Addr {
  readonly page: number
  readonly offset: number
  readonly size: number
}

export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError'
}

export interface AllocStats {
  centralLocks: number
  heapLocks: number
  tinyCombined: number
  pagesInUse: number
  wastedBytes: number
}

const TINY_BLOCK = 16

/** The index of the first element of a sorted list that is at `value` or above. */
function lowerBound<T>(list: readonly T[], value: number, valueOf: (element: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const element = list[middle]
    if (element !== undefined && valueOf(element) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The pages that nobody has. */
class PageHeap {
  /** In ascending order, with at least one page in use between two of them. */
  readonly #runs: Array<{ start: number; count: number }>
  pagesInUse = 0
  locks = 0

  constructor(pages: number) {
    this.#runs = [{ start: 0, count: pages }]
  }

  take(count: number): number {
    this.locks++
    const index = this.#runs.findIndex((run) => run.count >= count)
    const run = this.#runs[index]
    if (run === undefined) throw new OutOfMemoryError(`no ${count} free pages in a row`)
    const { start } = run
    run.start += count
    run.count -= count
    if (run.count === 0) this.#runs.splice(index, 1)
    this.pagesInUse += count
    return start
  }

  giveBack(start: number, count: number): void {
    this.pagesInUse -= count
    const index = lowerBound(this.#runs, start, (run) => run.start)
    const before = this.#runs[index - 1]
    const after = this.#runs[index]
    const joinsBefore = before !== undefined && before.start + before.count === start
    const joinsAfter = after !== undefined && start + count === after.start
    if (joinsBefore && joinsAfter) {
      before.count += count + after.count
      this.#runs.splice(index, 1)
    } else if (joinsBefore) {
      before.count += count
    } else if (joinsAfter) {
      after.start = start
      after.count += count
    } else {
      this.#runs.splice(index, 0, { start, count })
    }
  }
}

/** Slots of one size, some of them taken. */
class Span {
  readonly #taken: Uint8Array
  /** No slot below this one is free. */
  #lowest = 0
  used = 0
  cached = false

  constructor(
    readonly centre: Centre,
    readonly page: number,
    readonly pages: number,
    slots: number,
  ) {
    this.#taken = new Uint8Array(slots)
  }

  get isFull(): boolean {
    return this.used === this.#taken.length
  }

  /** Takes the lowest free slot of a span that is not full. */
  take(): number {
    const slot = this.#taken.indexOf(0, this.#lowest)
    this.#taken[slot] = 1
    this.#lowest = slot + 1
    this.used++
    return slot
  }

  release(slot: number): void {
    this.#taken[slot] = 0
    this.#lowest = Math.min(this.#lowest, slot)
    this.used--
  }
}

/** All spans of one kind that have room and are in no cache, by page. */
class Centre {
  readonly #spans: Span[] = []

  constructor(readonly slotSize: number) {}

  takeFirst(): Span | undefined {
    return this.#spans.shift()
  }

  add(span: Span): void {
    this.#spans.splice(this.#indexOf(span), 0, span)
  }

  remove(span: Span): void {
    const index = this.#indexOf(span)
    if (this.#spans[index] === span) this.#spans.splice(index, 1)
  }

  #indexOf(span: Span): number {
    return lowerBound(this.#spans, span.page, ({ page }) => page)
  }
}

interface Slot {
  readonly span: Span
  readonly index: number
}

/** A slot that tiny objects share. */
interface TinyBlock {
  readonly slot: Slot
  readonly firstByte: number
  readonly owner: Proc
  /** Where the object that came last ends. */
  end: number
  living: number
}

interface Proc {
  readonly cache: Map<Centre, Span>
  tiny: TinyBlock | null
}

/** A living object: where it is, what was asked for, and how it is taken away. */
interface Living {
  readonly addr: Addr
  readonly asked: number
  readonly discard: () => void
}

function isInteger(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least
}

function alignmentOf(size: number): number {
  return [8, 4, 2].find((alignment) => size % alignment === 0) ?? 1
}

export class Allocator {
  readonly #classes: readonly number[]
  readonly #pageSize: number
  readonly #heap: PageHeap
  /** By class, those of objects with pointers and those of objects without. */
  readonly #centres: ReadonlyArray<{ scan: Centre; noscan: Centre }>
  readonly #procs: readonly Proc[]
  readonly #living = new Map<number, Living>()
  #centralLocks = 0
  #tinyCombined = 0
  #bytesTaken = 0
  #bytesAsked = 0

  constructor(opts: { procs: number; sizeClasses: readonly number[]; pageSize: number; heapPages: number }) {
    const { procs, sizeClasses, pageSize, heapPages } = opts
    if (!isInteger(procs, 1)) throw new RangeError(`procs must be an integer of at least 1: ${procs}`)
    if (!isInteger(heapPages, 1)) throw new RangeError(`heapPages must be an integer of at least 1: ${heapPages}`)
    if (!isInteger(pageSize, 16)) throw new RangeError(`pageSize must be an integer of at least 16: ${pageSize}`)
    sizeClasses.forEach((size, i) => {
      if (!isInteger(size, (sizeClasses[i - 1] ?? 0) + 1)) {
        throw new RangeError('size classes must be ascending positive integers')
      }
    })
    if (!sizeClasses.includes(TINY_BLOCK)) throw new RangeError(`there must be a class of ${TINY_BLOCK} bytes`)

    this.#classes = [...sizeClasses]
    this.#pageSize = pageSize
    this.#heap = new PageHeap(heapPages)
    this.#centres = sizeClasses.map((size) => ({ scan: new Centre(size), noscan: new Centre(size) }))
    this.#procs = Array.from({ length: procs }, () => ({ cache: new Map<Centre, Span>(), tiny: null }))
  }

  malloc(p: number, size: number, noscan: boolean): Addr {
    const proc = this.#procs[p]
    if (proc === undefined) throw new RangeError(`no P ${p}`)
    const index = this.classOf(size)
    if (size === 0) return { page: -1, offset: 0, size: 0 }
    if (noscan && size < TINY_BLOCK) return this.#mallocTiny(proc, size)
    if (index < 0) return this.#mallocLarge(size)

    const slot = this.#takeSlot(proc, this.#centreOf(index, noscan))
    return this.#enter(this.#firstByteOf(slot), slot.span.centre.slotSize, size, () => this.#releaseSlot(slot))
  }

  free(a: Addr): void {
    if (a.page === -1 && a.offset === 0 && a.size === 0) return
    const firstByte = a.page * this.#pageSize + a.offset
    const living = this.#living.get(firstByte)
    // Another page with an offset beyond its end would be the same byte.
    if (living === undefined || living.addr.page !== a.page || living.addr.size !== a.size) {
      throw new RangeError(`nothing lives at page ${a.page}, offset ${a.offset}, with size ${a.size}`)
    }
    this.#living.delete(firstByte)
    this.#bytesAsked -= living.asked
    living.discard()
  }

  classOf(size: number): number {
    if (!isInteger(size, 0)) throw new RangeError(`a size must be an integer of at least 0: ${size}`)
    const index = lowerBound(this.#classes, size, (each) => each)
    return index < this.#classes.length ? index : -1
  }

  stats(): AllocStats {
    return {
      centralLocks: this.#centralLocks,
      heapLocks: this.#heap.locks,
      tinyCombined: this.#tinyCombined,
      pagesInUse: this.#heap.pagesInUse,
      wastedBytes: this.#bytesTaken - this.#bytesAsked,
    }
  }

  #mallocTiny(proc: Proc, size: number): Addr {
    const alignment = alignmentOf(size)
    let block = proc.tiny
    let begin = block === null ? 0 : Math.ceil(block.end / alignment) * alignment
    if (block !== null && begin + size <= TINY_BLOCK) {
      this.#tinyCombined++
    } else {
      const slot = this.#takeSlot(proc, this.#centreOf(this.classOf(TINY_BLOCK), true))
      block = { slot, firstByte: this.#firstByteOf(slot), owner: proc, end: 0, living: 0 }
      proc.tiny = block
      begin = 0
    }
    block.end = begin + size
    block.living++
    const home = block
    return this.#enter(home.firstByte + begin, size, size, () => this.#leaveBlock(home))
  }

  #leaveBlock(block: TinyBlock): void {
    if (--block.living > 0) return
    if (block.owner.tiny === block) block.owner.tiny = null
    this.#releaseSlot(block.slot)
  }

  #mallocLarge(size: number): Addr {
    const pages = Math.ceil(size / this.#pageSize)
    const page = this.#heap.take(pages)
    const bytes = pages * this.#pageSize
    this.#bytesTaken += bytes
    return this.#enter(page * this.#pageSize, bytes, size, () => {
      this.#bytesTaken -= bytes
      this.#heap.giveBack(page, pages)
    })
  }

  #centreOf(index: number, noscan: boolean): Centre {
    const pair = this.#centres[index]
    if (pair === undefined) throw new RangeError(`no class ${index}`)
    return noscan ? pair.noscan : pair.scan
  }

  #firstByteOf({ span, index }: Slot): number {
    return span.page * this.#pageSize + index * span.centre.slotSize
  }

  #enter(firstByte: number, size: number, asked: number, discard: () => void): Addr {
    const addr = { page: Math.floor(firstByte / this.#pageSize), offset: firstByte % this.#pageSize, size }
    this.#living.set(firstByte, { addr: { ...addr }, asked, discard })
    this.#bytesAsked += asked
    return addr
  }

  #takeSlot(proc: Proc, centre: Centre): Slot {
    let span = proc.cache.get(centre)
    if (span === undefined || span.isFull) {
      // Nothing changes before the new span is there: there may be none.
      const fresh = this.#refill(centre)
      if (span !== undefined) span.cached = false
      fresh.cached = true
      proc.cache.set(centre, fresh)
      span = fresh
    }
    this.#bytesTaken += centre.slotSize
    return { span, index: span.take() }
  }

  #refill(centre: Centre): Span {
    this.#centralLocks++
    const waiting = centre.takeFirst()
    if (waiting !== undefined) return waiting
    const pages = Math.ceil(centre.slotSize / this.#pageSize)
    const slots = Math.floor((pages * this.#pageSize) / centre.slotSize)
    return new Span(centre, this.#heap.take(pages), pages, slots)
  }

  #releaseSlot({ span, index }: Slot): void {
    const wasFull = span.isFull
    span.release(index)
    this.#bytesTaken -= span.centre.slotSize
    if (span.cached) return
    if (span.used === 0) {
      span.centre.remove(span)
      this.#heap.giveBack(span.page, span.pages)
    } else if (wasFull) {
      span.centre.add(span)
    }
  }
}
