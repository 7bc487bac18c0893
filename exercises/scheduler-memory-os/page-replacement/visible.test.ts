import { describe, expect, it } from 'vitest'
import { Mmu, simulate } from './solution'

/** The series by which Belady showed that more memory can mean more faults. */
const BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5]

describe('simulate', () => {
  it('evicts first in, first out', () => {
    expect(simulate([7, 8, 7, 9], 2, 'fifo')).toEqual({ faults: 3, evicted: [7], writeBacks: 0, resident: [8, 9] })
    expect([3, 4].map((frames) => simulate(BELADY, frames, 'fifo').faults)).toEqual([9, 10])
  })

  it('evicts the least recently used page', () => {
    expect(simulate([7, 8, 7, 9], 2, 'lru')).toEqual({ faults: 3, evicted: [8], writeBacks: 0, resident: [7, 9] })
    expect([3, 4].map((frames) => simulate(BELADY, frames, 'lru').faults)).toEqual([10, 8])
  })

  it('compares them with the clock and with the best there is', () => {
    expect([3, 4].map((frames) => simulate(BELADY, frames, 'clock').faults)).toEqual([9, 10])
    expect([3, 4].map((frames) => simulate(BELADY, frames, 'opt').faults)).toEqual([7, 6])
  })

  it('writes modified pages back', () => {
    expect(simulate([{ page: 1, write: true }, 2, 3], 1, 'fifo').writeBacks).toBe(1)
  })
})

describe('Mmu', () => {
  it('translates addresses and remembers translations', () => {
    const mmu = new Mmu({ pageBits: 12, frames: 2, tlbSize: 2, policy: 'lru' })
    expect(mmu.translate(0x5123, true)).toEqual({ paddr: 0x0123, tlbHit: false, fault: true })
    expect(mmu.translate(0x5fff)).toEqual({ paddr: 0x0fff, tlbHit: true, fault: false })
    expect(mmu.translate(0x9001)).toEqual({ paddr: 0x1001, tlbHit: false, fault: true })
    expect(mmu.flush()).toBe(1)
  })
})
