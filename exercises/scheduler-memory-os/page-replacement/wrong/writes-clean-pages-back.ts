export type Policy = 'fifo' | 'lru' | 'clock' | 'opt'

/** A plain number is a read of that page. */
export type Ref = number | { page: number; write: boolean }

export interface Simulation {
  faults: number
  /** Pages, in the order in which they went. */
  evicted: number[]
  /** Evictions of modified pages. */
  writeBacks: number
  /** Pages in memory at the end, ascending. */
  resident: number[]
}

export interface MmuOpts {
  /** A page has 2 ** pageBits bytes. */
  pageBits: number
  frames: number
  /** Translations that the TLB can hold. */
  tlbSize: number
  policy: 'lru' | 'clock'
}

export interface Translation {
  paddr: number
  /** Whether the TLB knew the page. */
  tlbHit: boolean
  /** Whether the page had to be loaded. */
  fault: boolean
}

/** Decides which frame is emptied. It hears of every use, in order, loading included. */
interface Replacer {
  use(frame: number, page: number): void
  victim(): number
}

/** A page takes the frame of the one it replaces: the order of loading is the order of the frames, round and round. */
class Fifo implements Replacer {
  readonly #frames: number
  #next = 0

  constructor(frames: number) {
    this.#frames = frames
  }

  use(): void {}

  victim(): number {
    const frame = this.#next
    this.#next = (frame + 1) % this.#frames
    return frame
  }
}

/** A doubly linked list of things that are numbered from 0, least recently used first, without an object for each. */
class Recency {
  readonly #end: number
  readonly #newer: number[]
  readonly #older: number[]

  constructor(count: number) {
    // The number after the last closes the list to a ring; what is not in the list refers to itself.
    this.#end = count
    this.#newer = Array.from({ length: count + 1 }, (_, i) => i)
    this.#older = [...this.#newer]
  }

  get oldest(): number {
    return this.#newer[this.#end]!
  }

  touch(i: number): void {
    const [older, newer] = [this.#older[i]!, this.#newer[i]!]
    this.#newer[older] = newer
    this.#older[newer] = older
    const newest = this.#older[this.#end]!
    this.#newer[newest] = i
    this.#older[i] = newest
    this.#newer[i] = this.#end
    this.#older[this.#end] = i
  }
}

class Lru implements Replacer {
  readonly #recency: Recency

  constructor(frames: number) {
    this.#recency = new Recency(frames)
  }

  use(frame: number): void {
    this.#recency.touch(frame)
  }

  victim(): number {
    return this.#recency.oldest
  }
}

class Clock implements Replacer {
  readonly #isReferenced: boolean[]
  #hand = 0

  constructor(frames: number) {
    this.#isReferenced = new Array<boolean>(frames).fill(false)
  }

  use(frame: number): void {
    this.#isReferenced[frame] = true
  }

  victim(): number {
    while (this.#isReferenced[this.#hand]) {
      this.#isReferenced[this.#hand] = false
      this.#advance()
    }
    const frame = this.#hand
    this.#advance()
    return frame
  }

  #advance(): void {
    this.#hand = (this.#hand + 1) % this.#isReferenced.length
  }
}

/** Knows all references beforehand. */
class Opt implements Replacer {
  /** For each reference the place of the next one to the same page, or Infinity. */
  readonly #nextUse: number[]
  readonly #held: Array<{ page: number; nextUse: number }> = []
  #uses = 0

  constructor(pages: readonly number[]) {
    const last = new Map<number, number>()
    this.#nextUse = new Array<number>(pages.length)
    for (let i = pages.length - 1; i >= 0; i--) {
      this.#nextUse[i] = last.get(pages[i]!) ?? Infinity
      last.set(pages[i]!, i)
    }
  }

  use(frame: number, page: number): void {
    this.#held[frame] = { page, nextUse: this.#nextUse[this.#uses++]! }
  }

  victim(): number {
    let victim = 0
    for (const [frame, { page, nextUse }] of this.#held.entries()) {
      const best = this.#held[victim]!
      if (nextUse > best.nextUse || (nextUse === best.nextUse && page < best.page)) victim = frame
    }
    return victim
  }
}

interface Access {
  frame: number
  fault: boolean
  /** The page that had to go, if any. */
  evicted: { page: number; isModified: boolean } | null
}

/** Frames, the pages in them, and which of these were written to. */
class Memory {
  readonly #frames: number
  readonly #replacer: Replacer
  readonly #pageIn: number[] = []
  readonly #frameOf = new Map<number, number>()
  readonly #modified = new Set<number>()

  constructor(frames: number, replacer: Replacer) {
    this.#frames = frames
    this.#replacer = replacer
  }

  get resident(): number[] {
    return [...this.#pageIn].sort((a, b) => a - b)
  }

  access(page: number, write: boolean): Access {
    const known = this.#frameOf.get(page)
    const evicted = known === undefined && this.#pageIn.length === this.#frames ? this.#replacer.victim() : null
    const frame = known ?? evicted ?? this.#pageIn.length
    const gone = evicted === null ? null : this.#unload(evicted)
    if (known === undefined) {
      this.#pageIn[frame] = page
      this.#frameOf.set(page, frame)
    }
    this.#replacer.use(frame, page)
    if (write) this.#modified.add(page)
    return { frame, fault: known === undefined, evicted: gone }
  }

  /** Forgets which pages were modified; returns how many. */
  clean(): number {
    const count = this.#modified.size
    this.#modified.clear()
    return count
  }

  #unload(frame: number): { page: number; isModified: boolean } {
    const page = this.#pageIn[frame]!
    this.#frameOf.delete(page)
    return { page, isModified: this.#modified.delete(page) }
  }
}

/** Runs a series of references through a memory of so many frames. */
export function simulate(refs: readonly Ref[], frames: number, policy: Policy): Simulation {
  checkInteger(frames, 1, Infinity, 'frames')
  const accesses = refs.map((ref) => (typeof ref === 'number' ? { page: ref, write: false } : ref))
  const pages = accesses.map(({ page }) => page)
  const memory = new Memory(frames, replacerFor(policy, frames, pages))
  const result: Simulation = { faults: 0, evicted: [], writeBacks: 0, resident: [] }
  for (const { page, write } of accesses) {
    const { fault, evicted } = memory.access(page, write)
    if (fault) result.faults++
    if (evicted) result.evicted.push(evicted.page)
    if (evicted) result.writeBacks++
  }
  result.resident = memory.resident
  return result
}

/** Translates virtual addresses; pages are loaded and evicted as needed. */
export class Mmu {
  readonly #pageSize: number
  readonly #memory: Memory
  readonly #tlb: Tlb

  constructor({ pageBits, frames, tlbSize, policy }: MmuOpts) {
    this.#pageSize = 2 ** checkInteger(pageBits, 1, 30, 'pageBits')
    this.#memory = new Memory(checkInteger(frames, 1, Infinity, 'frames'), replacerFor(policy, frames, []))
    this.#tlb = new Tlb(checkInteger(tlbSize, 1, Infinity, 'tlbSize'))
  }

  translate(vaddr: number, write = false): Translation {
    checkInteger(vaddr, 0, Number.MAX_SAFE_INTEGER, 'vaddr')
    // Division instead of shifts, which would cut the address to 32 bits.
    const page = Math.floor(vaddr / this.#pageSize)
    const offset = vaddr % this.#pageSize
    // A real MMU asks the TLB first and leaves the page table alone at a hit, but sets the same bits.
    const { frame, fault, evicted } = this.#memory.access(page, write)
    if (evicted) this.#tlb.drop(evicted.page)
    const tlbHit = this.#tlb.lookUp(page)
    return { paddr: frame * this.#pageSize + offset, tlbHit, fault }
  }

  /** Writes all modified pages back and returns how many there were. */
  flush(): number {
    return this.#memory.clean()
  }
}

/** Which pages the translation cache knows, least recently looked up first. It is small, so a Map will do. */
class Tlb {
  readonly #size: number
  readonly #pages = new Map<number, true>()

  constructor(size: number) {
    this.#size = size
  }

  /** Whether the page is known; afterwards it is, as the most recent one. */
  lookUp(page: number): boolean {
    const isKnown = this.#pages.delete(page)
    this.#pages.set(page, true)
    if (this.#pages.size > this.#size) {
      for (const oldest of this.#pages.keys()) {
        this.#pages.delete(oldest)
        break
      }
    }
    return isKnown
  }

  drop(page: number): void {
    this.#pages.delete(page)
  }
}

function replacerFor(policy: Policy, frames: number, pages: readonly number[]): Replacer {
  switch (policy) {
    case 'fifo':
      return new Fifo(frames)
    case 'lru':
      return new Lru(frames)
    case 'clock':
      return new Clock(frames)
    case 'opt':
      return new Opt(pages)
  }
}

function checkInteger(value: number, min: number, max: number, name: string): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be an integer from ${min} to ${max}, not ${value}`)
  }
  return value
}
