/** One memory for both halves; a policy is a small object that is told of loads and uses of frames and names the victim. */
export type Policy = 'fifo' | 'lru' | 'clock' | 'opt'

export type Ref = number | { page: number; write: boolean }

export interface Simulation {
  faults: number
  evicted: number[]
  writeBacks: number
  resident: number[]
}

export interface MmuOpts {
  pageBits: number
  frames: number
  tlbSize: number
  policy: 'lru' | 'clock'
}

export interface Translation {
  paddr: number
  tlbHit: boolean
  fault: boolean
}

function requirePositiveInteger(value: number, name: string): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
}

interface Replacement {
  /** The page in this frame is used, or has just been loaded into it. */
  use(frame: number): void
  /** The frame whose page goes. It is loaded anew right after this. */
  victim(): number
}

/** Frames are filled in order, so the oldest load is always the next frame of the circle. */
class Fifo implements Replacement {
  private readonly frames: number
  private oldest = 0

  constructor(frames: number) {
    this.frames = frames
  }

  use(): void {}

  victim(): number {
    const frame = this.oldest
    this.oldest = (frame + 1) % this.frames
    return frame
  }
}

/** Small whole numbers in the order of their last use: a circle through the index 0, which stands for the ends. */
class Lru implements Replacement {
  private readonly older: number[] = [0]
  private readonly newer: number[] = [0]

  use(slot: number): void {
    const at = slot + 1
    this.unlink(at)
    const newest = this.older[0] ?? 0
    this.older[at] = newest
    this.newer[at] = 0
    this.newer[newest] = at
    this.older[0] = at
  }

  victim(): number {
    return (this.newer[0] ?? 0) - 1
  }

  forget(slot: number): void {
    this.unlink(slot + 1)
    this.older[slot + 1] = slot + 1
    this.newer[slot + 1] = slot + 1
  }

  private unlink(at: number): void {
    const older = this.older[at] ?? at
    const newer = this.newer[at] ?? at
    this.older[newer] = older
    this.newer[older] = newer
  }
}

class Clock implements Replacement {
  private readonly frames: number
  private readonly referenced: boolean[] = []
  private hand = 0

  constructor(frames: number) {
    this.frames = frames
  }

  use(frame: number): void {
    this.referenced[frame] = true
  }

  victim(): number {
    while (this.referenced[this.hand]) {
      this.referenced[this.hand] = false
      this.moveOn()
    }
    const frame = this.hand
    this.moveOn()
    return frame
  }

  private moveOn(): void {
    this.hand = (this.hand + 1) % this.frames
  }
}

/** Knows the whole series; counts the uses to know how far it has come. */
class Opt implements Replacement {
  private readonly pages: readonly number[]
  /** For each reference, when its page is used next. */
  private readonly nextUse: number[] = []
  private readonly inFrame: Array<{ page: number; nextUse: number }> = []
  private time = 0

  constructor(pages: readonly number[]) {
    this.pages = pages
    const seen = new Map<number, number>()
    for (let i = pages.length - 1; i >= 0; i--) {
      const page = pages[i] ?? 0
      this.nextUse[i] = seen.get(page) ?? Infinity
      seen.set(page, i)
    }
  }

  use(frame: number): void {
    this.inFrame[frame] = { page: this.pages[this.time] ?? 0, nextUse: this.nextUse[this.time] ?? Infinity }
    this.time++
  }

  victim(): number {
    let victim = 0
    let worst = { page: Infinity, nextUse: -1 }
    this.inFrame.forEach((candidate, frame) => {
      const later = candidate.nextUse > worst.nextUse
      if (later || (candidate.nextUse === worst.nextUse && candidate.page < worst.page)) {
        victim = frame
        worst = candidate
      }
    })
    return victim
  }
}

interface Reference {
  frame: number
  fault: boolean
  evicted: number | null
}

class Memory {
  writeBacks = 0
  private readonly frames: number
  private readonly replacement: Replacement
  private readonly frameOf = new Map<number, number>()
  private readonly pageIn: number[] = []
  private readonly modified = new Set<number>()

  constructor(frames: number, replacement: Replacement) {
    this.frames = frames
    this.replacement = replacement
  }

  get pages(): number[] {
    return [...this.frameOf.keys()].sort((a, b) => a - b)
  }

  refer(page: number, write: boolean): Reference {
    const known = this.frameOf.get(page)
    let evicted: number | null = null
    let frame = known ?? this.pageIn.length
    if (known === undefined) {
      if (frame === this.frames) {
        frame = this.replacement.victim()
        evicted = this.evict(frame)
      }
      this.pageIn[frame] = page
      this.frameOf.set(page, frame)
    }
    this.replacement.use(frame)
    if (write) this.modified.add(frame)
    return { frame, fault: known === undefined, evicted }
  }

  flush(): number {
    const written = this.modified.size
    this.modified.clear()
    return written
  }

  private evict(frame: number): number {
    const page = this.pageIn[frame] ?? 0
    this.frameOf.delete(page)
    if (this.modified.delete(frame)) this.writeBacks++
    return page
  }
}

function replacementFor(policy: Policy, frames: number, pages: readonly number[]): Replacement {
  switch (policy) {
    case 'fifo':
      return new Fifo(frames)
    case 'lru':
      return new Lru()
    case 'clock':
      return new Clock(frames)
    case 'opt':
      return new Opt(pages)
  }
}

export function simulate(refs: readonly Ref[], frames: number, policy: Policy): Simulation {
  requirePositiveInteger(frames, 'frames')
  const all = refs.map((ref) => (typeof ref === 'number' ? { page: ref, write: false } : ref))
  const pages = all.map(({ page }) => page)
  const memory = new Memory(frames, replacementFor(policy, frames, pages))
  const evicted: number[] = []
  let faults = 0
  for (const { page, write } of all) {
    const reference = memory.refer(page, write)
    if (reference.fault) faults++
    if (reference.evicted !== null) evicted.push(reference.evicted)
  }
  return { faults, evicted, writeBacks: memory.writeBacks, resident: memory.pages }
}

/** So many pages at most, the one that was looked up longest ago replaced first. */
class Tlb {
  private readonly size: number
  private readonly slotOf = new Map<number, number>()
  private readonly pageIn: number[] = []
  private readonly vacant: number[] = []
  private readonly order = new Lru()

  constructor(size: number) {
    this.size = size
  }

  /** Whether the page was there; it is afterwards. */
  lookUp(page: number): boolean {
    const known = this.slotOf.get(page)
    this.order.use(known ?? this.fill(page))
    return known !== undefined
  }

  drop(page: number): void {
    const slot = this.slotOf.get(page)
    if (slot === undefined) return
    this.slotOf.delete(page)
    this.order.forget(slot)
    this.vacant.push(slot)
  }

  private fill(page: number): number {
    if (this.slotOf.size === this.size) this.drop(this.pageIn[this.order.victim()] ?? -1)
    const slot = this.vacant.pop() ?? this.pageIn.length
    this.pageIn[slot] = page
    this.slotOf.set(page, slot)
    return slot
  }
}

export class Mmu {
  private readonly pageSize: number
  private readonly memory: Memory
  private readonly tlb: Tlb

  constructor(opts: MmuOpts) {
    const { pageBits, frames, tlbSize, policy } = opts
    requirePositiveInteger(frames, 'frames')
    requirePositiveInteger(tlbSize, 'tlbSize')
    requirePositiveInteger(pageBits, 'pageBits')
    if (pageBits > 30) throw new RangeError('pageBits must be at most 30')
    this.pageSize = 2 ** pageBits
    this.memory = new Memory(frames, replacementFor(policy, frames, []))
    this.tlb = new Tlb(tlbSize)
  }

  translate(vaddr: number, write = false): Translation {
    if (!Number.isSafeInteger(vaddr) || vaddr < 0) throw new RangeError('an address is an integer of at least 0')
    const page = Math.floor(vaddr / this.pageSize)
    const { frame, fault, evicted } = this.memory.refer(page, write)
    if (evicted !== null) this.tlb.drop(evicted)
    const tlbHit = this.tlb.lookUp(page)
    return { paddr: frame * this.pageSize + (vaddr % this.pageSize), tlbHit, fault }
  }

  flush(): number {
    return this.memory.flush()
  }
}
