// Takes the class whose size is nearest, even if it is too small.
export interface Addr {
  readonly page: number
  readonly offset: number
  readonly size: number
}

/** No run of free pages is long enough. */
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

/** A run of pages, cut into slots of one size. */
interface Span {
  readonly start: number
  readonly pages: number
  readonly size: number
  readonly kind: string
  readonly used: boolean[]
  inUse: number
  /** Whether it is in the cache of a P, which may take slots from it at any time without asking. */
  cached: boolean
}

/** A slot that several tiny objects share. */
interface TinyBlock {
  readonly span: Span
  readonly slot: number
  /** Bytes from the start that have been given away. */
  end: number
  live: number
}

interface Cache {
  readonly spans: Map<string, Span>
  tiny: TinyBlock | null
}

/** Something that has been handed out and not freed. */
interface Live {
  readonly addr: Addr
  readonly requested: number
  readonly release: () => void
}

export class Allocator {
  readonly #sizeClasses: readonly number[]
  readonly #pageSize: number
  readonly #caches: Cache[]
  /** mcentral: all spans of a kind, in caches or not. */
  readonly #central = new Map<string, Span[]>()
  /** mheap: whether a page is taken. Free neighbours need no merging, since nothing keeps them apart. */
  readonly #taken: boolean[]
  readonly #live = new Map<string, Live>()
  #centralLocks = 0
  #heapLocks = 0
  #tinyCombined = 0
  #allocatedBytes = 0
  #requestedBytes = 0

  constructor(opts: { procs: number; sizeClasses: readonly number[]; pageSize: number; heapPages: number }) {
    const { procs, sizeClasses, pageSize, heapPages } = opts
    for (const [value, least] of [[procs, 1], [pageSize, TINY_BLOCK], [heapPages, 1]] as const) {
      if (!Number.isInteger(value) || value < least) throw new RangeError(`must be an integer of at least ${least}`)
    }
    const ascending = sizeClasses.every((size, i) => Number.isInteger(size) && size > (sizeClasses[i - 1] ?? 0))
    if (!ascending || !sizeClasses.includes(TINY_BLOCK)) throw new RangeError('classes ascend, and one has 16 bytes')
    this.#sizeClasses = [...sizeClasses]
    this.#pageSize = pageSize
    this.#caches = Array.from({ length: procs }, () => ({ spans: new Map(), tiny: null }))
    this.#taken = Array(heapPages).fill(false)
  }

  classOf(size: number): number {
    checkSize(size)
    if (size > (this.#sizeClasses.at(-1) ?? 0)) return -1
    const distances = this.#sizeClasses.map((each) => Math.abs(each - size))
    return distances.indexOf(Math.min(...distances))
  }

  malloc(p: number, size: number, noscan: boolean): Addr {
    const cache = this.#caches[p]
    if (cache === undefined) throw new RangeError(`there is no P ${p}`)
    checkSize(size)
    if (size === 0) return NOTHING
    if (size < TINY_BLOCK && noscan) return this.#mallocTiny(cache, size)
    const fits = this.#sizeClasses[this.classOf(size)]
    if (fits === undefined) return this.#mallocLarge(size)
    const { span, slot } = this.#takeSlot(cache, fits, noscan)
    return this.#hand(this.#addr(span, slot, 0, fits), size, () => this.#releaseSlot(span, slot))
  }

  free(a: Addr): void {
    if (a.page === NOTHING.page && a.offset === 0 && a.size === 0) return
    const key = keyOf(a)
    const live = this.#live.get(key)
    if (live === undefined || live.addr.size !== a.size) throw new RangeError('nothing alive has this address')
    this.#live.delete(key)
    this.#requestedBytes -= live.requested
    live.release()
  }

  stats(): AllocStats {
    return {
      centralLocks: this.#centralLocks,
      heapLocks: this.#heapLocks,
      tinyCombined: this.#tinyCombined,
      pagesInUse: this.#taken.filter(Boolean).length,
      wastedBytes: this.#allocatedBytes - this.#requestedBytes,
    }
  }

  #mallocTiny(cache: Cache, size: number): Addr {
    const current = cache.tiny
    const offset = current === null ? TINY_BLOCK : alignUp(current.end, size)
    if (current !== null && offset + size <= TINY_BLOCK) {
      this.#tinyCombined++
      return this.#handTiny(cache, current, offset, size)
    }
    const block: TinyBlock = { ...this.#takeSlot(cache, TINY_BLOCK, true), end: 0, live: 0 }
    cache.tiny = block
    return this.#handTiny(cache, block, 0, size)
  }

  #handTiny(cache: Cache, block: TinyBlock, offset: number, size: number): Addr {
    block.end = offset + size
    block.live++
    return this.#hand(this.#addr(block.span, block.slot, offset, size), size, () => {
      block.live--
      if (block.live > 0) return
      if (cache.tiny === block) cache.tiny = null
      this.#releaseSlot(block.span, block.slot)
    })
  }

  #mallocLarge(size: number): Addr {
    const pages = Math.ceil(size / this.#pageSize)
    const start = this.#takePages(pages)
    const bytes = pages * this.#pageSize
    this.#allocatedBytes += bytes
    return this.#hand({ page: start, offset: 0, size: bytes }, size, () => {
      this.#allocatedBytes -= bytes
      this.#releasePages(start, pages)
    })
  }

  #hand(addr: Addr, requested: number, release: () => void): Addr {
    this.#live.set(keyOf(addr), { addr, requested, release })
    this.#requestedBytes += requested
    return addr
  }

  #addr(span: Span, slot: number, offset: number, size: number): Addr {
    // A span has more than one slot only if it has one page.
    return { page: span.start, offset: slot * span.size + offset, size }
  }

  /** The lowest free slot of the span that the P has for this kind; without any lock, if it has one. */
  #takeSlot(cache: Cache, size: number, noscan: boolean): { span: Span; slot: number } {
    const kind = `${size} ${noscan}`
    let span = cache.spans.get(kind)
    if (span === undefined || span.inUse === span.used.length) {
      const next = this.#refill(kind, size)
      if (span !== undefined) span.cached = false
      next.cached = true
      cache.spans.set(kind, next)
      span = next
    }
    const slot = span.used.indexOf(false)
    span.used[slot] = true
    span.inUse++
    this.#allocatedBytes += size
    return { span, slot }
  }

  #refill(kind: string, size: number): Span {
    this.#centralLocks++
    const spans = this.#central.get(kind) ?? []
    this.#central.set(kind, spans)
    const [partial] = spans
      .filter((span) => !span.cached && span.inUse < span.used.length)
      .sort((a, b) => a.start - b.start)
    if (partial !== undefined) return partial

    const pages = Math.ceil(size / this.#pageSize)
    const start = this.#takePages(pages)
    const slots = Math.floor((pages * this.#pageSize) / size)
    const span: Span = { start, pages, size, kind, used: Array(slots).fill(false), inUse: 0, cached: false }
    spans.push(span)
    return span
  }

  #releaseSlot(span: Span, slot: number): void {
    span.used[slot] = false
    span.inUse--
    this.#allocatedBytes -= span.size
    if (span.inUse > 0 || span.cached) return
    const spans = this.#central.get(span.kind) ?? []
    spans.splice(spans.indexOf(span), 1)
    this.#releasePages(span.start, span.pages)
  }

  /** The lowest run of free pages that is long enough. */
  #takePages(count: number): number {
    this.#heapLocks++
    let run = 0
    for (const [page, isTaken] of this.#taken.entries()) {
      run = isTaken ? 0 : run + 1
      if (run < count) continue
      const start = page - count + 1
      this.#taken.fill(true, start, page + 1)
      return start
    }
    throw new OutOfMemoryError(`no ${count} free pages in a row`)
  }

  #releasePages(start: number, count: number): void {
    this.#taken.fill(false, start, start + count)
  }
}

/** What everybody gets who asks for nothing. */
const NOTHING: Addr = { page: -1, offset: 0, size: 0 }

const keyOf = ({ page, offset }: Addr): string => `${page}:${offset}`

function checkSize(size: number): void {
  if (!Number.isInteger(size) || size < 0) throw new RangeError('a size is a whole number of bytes')
}

/** The next offset at which an object of this size may begin: a multiple of 8, 4 or 2 if its size is one. */
function alignUp(offset: number, size: number): number {
  const alignment = [8, 4, 2].find((step) => size % step === 0) ?? 1
  return Math.ceil(offset / alignment) * alignment
}
