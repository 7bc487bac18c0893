import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { type MmuOpts, type Policy, type Ref, simulate, type Simulation, type Translation } from './solution'

/** The series by which Belady showed that more memory can mean more faults. */
const BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5]
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

interface Slot {
  page: number
  loadedAt: number
  usedAt: number
  isReferenced: boolean
  isModified: boolean
}

/** The rules as they are written, with a search through all frames at every step. */
class Model {
  readonly slots: Slot[] = []
  readonly result: Simulation = { faults: 0, evicted: [], writeBacks: 0, resident: [] }
  #hand = 0

  constructor(
    readonly frames: number,
    readonly policy: Policy,
    readonly future: readonly number[] = [],
  ) {}

  /** The frame of the page after the reference number `i`. */
  access(page: number, write: boolean, i: number): number {
    let frame = this.slots.findIndex((slot) => slot.page === page)
    if (frame < 0) {
      this.result.faults++
      frame = this.slots.length < this.frames ? this.slots.length : this.#victim(i)
      const gone = this.slots[frame]
      if (gone !== undefined) this.result.evicted.push(gone.page)
      if (gone?.isModified) this.result.writeBacks++
      this.slots[frame] = { page, loadedAt: i, usedAt: i, isReferenced: true, isModified: false }
    }
    const slot = this.slots[frame] as Slot
    Object.assign(slot, { usedAt: i, isReferenced: true, isModified: slot.isModified || write })
    return frame
  }

  #victim(i: number): number {
    if (this.policy === 'clock') return this.#clockVictim()
    const nextUse = (page: number): number => {
      const next = this.future.indexOf(page, i + 1)
      return next < 0 ? 1e9 - page : next
    }
    const worth = this.slots.map(({ page, loadedAt, usedAt }) => {
      return this.policy === 'fifo' ? loadedAt : this.policy === 'lru' ? usedAt : -nextUse(page)
    })
    return worth.indexOf(Math.min(...worth))
  }

  #clockVictim(): number {
    for (;;) {
      const frame = this.#hand
      const slot = this.slots[frame] as Slot
      this.#hand = (frame + 1) % this.frames
      if (!slot.isReferenced) return frame
      slot.isReferenced = false
    }
  }
}

function expected(refs: readonly Ref[], frames: number, policy: Policy): Simulation {
  const accesses = refs.map((ref) => (typeof ref === 'number' ? { page: ref, write: false } : ref))
  const model = new Model(frames, policy, accesses.map(({ page }) => page))
  for (const [i, { page, write }] of accesses.entries()) model.access(page, write, i)
  return { ...model.result, resident: model.slots.map(({ page }) => page).sort((a, b) => a - b) }
}

/** References that come back to some pages more often than to others. */
function someRefs(count: number, pages: number): Ref[] {
  return numbers(count).map(() => {
    const page = Math.floor(random.next() ** 2 * pages) * 7
    return random.next() < 0.3 ? { page, write: random.next() < 0.7 } : page
  })
}

type Run = [refs: readonly Ref[], frames: number, policy: Policy]

/** The reports of several runs. (All cross as one text, much faster than as many objects.) */
function simulateAll(runs: readonly Run[]): Simulation[] {
  const driver = (solution: typeof import('./solution'), text: string): string => {
    return JSON.stringify((JSON.parse(text) as Run[]).map((run) => solution.simulate(...run)))
  }
  return JSON.parse(inGuest(driver, JSON.stringify(runs))) as Simulation[]
}

function agreesWithModel(policy: Policy): void {
  const runs = [1, 2, random.int(3, 5), random.int(6, 12)].map((frames): Run => [someRefs(120, 14), frames, policy])
  expect(simulateAll(runs)).toEqual(runs.map((run) => expected(...run)))
}

/** An address to translate, one to write to, or a flush. */
type Step = number | { write: number } | 'flush'

/** What a new MMU answers to these steps. */
function translateAll(opts: MmuOpts, steps: readonly Step[]): Array<Translation | number> {
  const driver = (solution: typeof import('./solution'), opts: MmuOpts, text: string): string => {
    const mmu = new solution.Mmu(opts)
    const answers = (JSON.parse(text) as Step[]).map((step) => {
      if (step === 'flush') return mmu.flush()
      return typeof step === 'number' ? mmu.translate(step) : mmu.translate(step.write, true)
    })
    return JSON.stringify(answers)
  }
  return JSON.parse(inGuest(driver, opts, JSON.stringify(steps))) as Array<Translation | number>
}

describe('FIFO and LRU', () => {
  it('fifo evicts in the order of loading, whatever is used', () => {
    expect(simulate([1, 2, 3, 1, 1, 4, 1, 5], 3, 'fifo').evicted).toEqual([1, 2, 3])
    agreesWithModel('fifo')
  })

  it('lru evicts the page that was used longest ago', () => {
    expect(simulate([1, 2, 3, 1, 2, 4, 1, 5], 3, 'lru').evicted).toEqual([3, 2])
    agreesWithModel('lru')
  })

  it('more frames can mean more faults with fifo, never with lru', () => {
    const runs: Run[] = [[BELADY, 3, 'fifo'], [BELADY, 4, 'fifo'], [BELADY, 3, 'lru'], [BELADY, 4, 'lru']]
    expect(simulateAll(runs).map(({ faults }) => faults)).toEqual([9, 10, 10, 8])
  })

  it('nothing is evicted while there is room', () => {
    const refs = random.shuffle([...numbers(9), ...numbers(9)])
    const policies: Policy[] = ['fifo', 'lru', 'clock', 'opt']
    const [full, empty] = [numbers(9), []].map((resident) => {
      return { faults: resident.length, evicted: [], writeBacks: 0, resident }
    })
    expect(simulateAll(policies.map((policy) => [refs, 9, policy]))).toEqual(policies.map(() => full))
    expect(simulateAll(policies.map((policy) => [[], 3, policy]))).toEqual(policies.map(() => empty))
  })

  it('a number of frames that makes no sense is refused with RangeError', () => {
    for (const frames of [0, -1, 1.5, Number.NaN]) expect(() => simulate([1], frames, 'lru')).toThrow(RangeError)
  })

  it('a reference costs the same, however many frames there are', () => {
    // Every reference is to a page that is not there and evicts the one that comes next. The quickest of several tries
    // counts: a busy machine slows some of them, a search through the frames all of them.
    const driver = (solution: typeof import('./solution'), few: number, many: number, length: number) => {
      const quickest = (frames: number, policy: Policy): number => {
        const refs = Array.from({ length }, (_, i) => (i * 48_271) % (frames + 100))
        let best = Number.POSITIVE_INFINITY
        for (let round = 0; round < 5; round++) {
          const began = performance.now()
          solution.simulate(refs, frames, policy)
          best = Math.min(best, performance.now() - began)
        }
        return best
      }
      const policies = ['fifo', 'lru', 'clock'] as const
      for (const policy of policies) quickest(few, policy)
      return policies.map((policy) => quickest(many, policy) < Math.max(0.5, 8 * quickest(few, policy)))
    }
    expect(inGuest(driver, 20, 1_000, 1_500)).toEqual([true, true, true])
  })
})

describe('Clock and OPT', () => {
  it('clock gives a page that was used a second chance', () => {
    // 4 finds all bits set and clears them; 2 is used again, so 5 passes it over.
    expect(simulate([1, 2, 3, 4, 2, 5], 3, 'clock').evicted).toEqual([1, 3])
  })

  it('the hand goes on where it stopped', () => {
    expect(simulate([1, 2, 3, 4, 5, 6, 1], 3, 'clock').evicted).toEqual([1, 2, 3, 4])
  })

  it('clock decides like a simple model', () => {
    agreesWithModel('clock')
  })

  it('opt evicts the page that is needed latest', () => {
    expect(simulate([1, 2, 3, 4, 1, 2, 3], 3, 'opt').evicted).toEqual([3, 1])
    const runs = [3, 4].map((frames): Run => [BELADY, frames, 'opt'])
    expect(simulateAll(runs).map(({ faults }) => faults)).toEqual([7, 6])
  })

  it('opt evicts pages that are never needed again first, the lowest number of them', () => {
    expect(simulate([9, 5, 7, 3, 7, 8], 3, 'opt').evicted).toEqual([5, 3])
  })

  it('opt decides like a simple model, and nothing has fewer faults', () => {
    agreesWithModel('opt')
    const refs = someRefs(200, 14)
    const runs = (['opt', 'fifo', 'lru', 'clock'] as const).map((policy): Run => [refs, 5, policy])
    const [least = 0, ...others] = simulateAll(runs).map(({ faults }) => faults)
    for (const faults of others) expect(faults).toBeGreaterThanOrEqual(least)
  })
})

describe('Modified pages', () => {
  const write = (page: number): Ref => ({ page, write: true })
  const read = (page: number): Ref => ({ page, write: false })

  it('a page that was only read is not written back', () => {
    expect(simulate([1, read(2), 3, 4], 1, 'fifo').writeBacks).toBe(0)
  })

  it('a page that was written to is written back when it goes, once', () => {
    expect(simulate([write(1), read(1), 2, write(2), write(2), 3, 4], 1, 'lru').writeBacks).toBe(2)
  })

  it('a page that stays is not written back', () => {
    expect(simulate([write(1), write(2), 3], 3, 'clock').writeBacks).toBe(0)
  })

  it('a page that comes back is unmodified at first', () => {
    expect(simulate([write(1), 2, 1, 2, 1, 2], 1, 'fifo').writeBacks).toBe(1)
  })
})

describe('Address translation', () => {
  /** Translation of an address by a TLB that knows the page, by the page table, or after a fault. */
  const hit = (paddr: number): Translation => ({ paddr, tlbHit: true, fault: false })
  const known = (paddr: number): Translation => ({ paddr, tlbHit: false, fault: false })
  const fault = (paddr: number): Translation => ({ paddr, tlbHit: false, fault: true })
  /** The first address of each page, for pages of 256 bytes. */
  const starts = (...pages: number[]) => pages.map((page) => page * 256)

  it('the offset in the page is kept', () => {
    const pageBits = random.int(4, 20)
    const size = 2 ** pageBits
    const offsets = [0, random.int(1, size - 2), size - 1]
    const pages = random.shuffle([3, 11, 200, 7777])
    const steps = pages.flatMap((page) => offsets.map((offset) => page * size + offset))
    expect(translateAll({ pageBits, frames: 4, tlbSize: 2, policy: 'lru' }, steps)).toEqual(
      pages.flatMap((_, frame) => offsets.map((offset, i) => (i === 0 ? fault : hit)(frame * size + offset))),
    )
  })

  it('addresses beyond 32 bits are translated as well', () => {
    const steps = [7 * 4096 + 5, 2 ** 45 + 7 * 4096 + 6, Number.MAX_SAFE_INTEGER]
    const right = [fault(5), fault(4096 + 6), fault(2 * 4096 + 4095)]
    expect(translateAll({ pageBits: 12, frames: 4, tlbSize: 4, policy: 'clock' }, steps)).toEqual(right)
    const big = [...numbers(9).map((page) => page * 2 ** 30), 8 * 2 ** 30 + 1]
    const answers = translateAll({ pageBits: 30, frames: 9, tlbSize: 9, policy: 'lru' }, big)
    expect(answers[9]).toEqual(hit(8 * 2 ** 30 + 1))
  })

  it('the TLB holds so many translations and forgets the one looked up longest ago', () => {
    const answers = translateAll({ pageBits: 8, frames: 10, tlbSize: 2, policy: 'clock' }, starts(1, 2, 1, 3, 1, 2, 2))
    const right = [fault(0), fault(256), hit(0), fault(512), hit(0), known(256), hit(256)]
    expect(answers).toEqual(right)
  })

  it('a page that is in memory but not in the TLB is no fault', () => {
    const steps = [...starts(1, 2, 3), 256 + 9, 256 + 8]
    const answers = translateAll({ pageBits: 8, frames: 3, tlbSize: 1, policy: 'lru' }, steps)
    expect(answers.slice(3)).toEqual([known(9), hit(8)])
  })

  it('the TLB does not know a page that was evicted', () => {
    const answers = translateAll({ pageBits: 8, frames: 2, tlbSize: 8, policy: 'lru' }, starts(1, 2, 3, 1))
    expect(answers[3]).toEqual(fault(256))
  })

  it('a page that the TLB knows is used all the same', () => {
    const lru = translateAll({ pageBits: 8, frames: 2, tlbSize: 8, policy: 'lru' }, starts(1, 2, 1, 3, 1))
    expect(lru[4]).toHaveProperty('fault', false)
    const clock = translateAll({ pageBits: 8, frames: 3, tlbSize: 8, policy: 'clock' }, starts(1, 2, 3, 4, 2, 5, 2))
    expect(clock[6]).toHaveProperty('fault', false)
  })

  it('flush writes back what is modified and in memory', () => {
    const answers = translateAll({ pageBits: 8, frames: 3, tlbSize: 2, policy: 'lru' }, [
      'flush',
      { write: 1 * 256 },
      { write: 2 * 256 },
      { write: 2 * 256 + 1 },
      3 * 256,
      4 * 256,
      // 1 was written back when it went.
      'flush',
      'flush',
      2 * 256,
      { write: 3 * 256 + 5 },
      'flush',
    ])
    expect([0, 6, 7, 10].map((i) => answers[i])).toEqual([0, 1, 0, 1])
    expect(answers[8]).toHaveProperty('fault', false)
  })

  it('any series of addresses is translated as by a simple model', () => {
    for (const policy of ['lru', 'clock'] as const) {
      const [frames, tlbSize] = [random.int(3, 6), random.int(1, 8)]
      const model = new Model(frames, policy)
      const steps: Step[] = []
      const right: Array<Translation | number> = []
      let tlb: number[] = []
      for (let i = 0; i < 150; i++) {
        const page = Math.floor(random.next() ** 2 * 12)
        const vaddr = page * 256 + random.int(0, 255)
        const write = random.next() < 0.4
        steps.push(write ? { write: vaddr } : vaddr)
        const { faults } = model.result
        const paddr = model.access(page, write, i) * 256 + (vaddr % 256)
        const isFault = model.result.faults > faults
        tlb = tlb.filter((each) => model.slots.some((slot) => slot.page === each))
        right.push(isFault ? fault(paddr) : tlb.includes(page) ? hit(paddr) : known(paddr))
        tlb = [...tlb.filter((each) => each !== page), page].slice(-tlbSize)
      }
      right.push(model.slots.filter(({ isModified }) => isModified).length)
      expect(translateAll({ pageBits: 8, frames, tlbSize, policy }, [...steps, 'flush'])).toEqual(right)
    }
  })

  it('arguments that make no sense are refused with RangeError', () => {
    const report = inGuest(({ Mmu }: typeof import('./solution')) => {
      const accepted: string[] = []
      const refuse = (name: string, call: () => unknown): void => {
        try {
          call()
          accepted.push(name)
        } catch (error) {
          if (!(error instanceof RangeError)) accepted.push(`${name}: ${String(error)}`)
        }
      }
      const good = { pageBits: 8, frames: 2, tlbSize: 2, policy: 'lru' } as const
      for (const bad of [0, -1, 1.5, Number.NaN]) {
        refuse(`frames ${bad}`, () => new Mmu({ ...good, frames: bad }))
        refuse(`tlbSize ${bad}`, () => new Mmu({ ...good, tlbSize: bad }))
        refuse(`pageBits ${bad}`, () => new Mmu({ ...good, pageBits: bad }))
      }
      refuse('pageBits 31', () => new Mmu({ ...good, pageBits: 31 }))
      const mmu = new Mmu(good)
      for (const vaddr of [-1, 0.5, Number.NaN, 2 ** 60]) refuse(`address ${vaddr}`, () => mmu.translate(vaddr))
      return { accepted, first: mmu.translate(0) }
    })
    expect(report).toEqual({ accepted: [], first: fault(0) })
  })
})
