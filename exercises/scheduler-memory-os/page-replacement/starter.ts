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

/** Runs a series of references through a memory of so many frames. */
export function simulate(refs: readonly Ref[], frames: number, policy: Policy): Simulation {
  throw new Error('not implemented')
}

/** Translates virtual addresses; pages are loaded and evicted as needed. */
export class Mmu {
  constructor(opts: MmuOpts) {
    throw new Error('not implemented')
  }

  translate(vaddr: number, write = false): Translation {
    throw new Error('not implemented')
  }

  /** Writes all modified pages back and returns how many there were. */
  flush(): number {
    throw new Error('not implemented')
  }
}
