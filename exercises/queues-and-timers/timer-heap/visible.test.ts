import { describe, expect, it, vi } from 'vitest'
import { TimerHeap } from './solution'

/** A heap with a clock that moves only when told to. */
function setup(arity?: number) {
  let time = 1000
  const heap = new TimerHeap(() => time, arity)
  const advance = (ms: number) => {
    time += ms
    return heap.runDue()
  }
  return { heap, advance }
}

describe('TimerHeap', () => {
  it('runs what is due, earliest deadline first', () => {
    const { heap, advance } = setup()
    const log: string[] = []
    heap.after(30, () => log.push('30'))
    heap.after(10, () => log.push('10'))
    heap.after(20, () => log.push('20'))
    expect(heap.nextDeadline()).toBe(1010)

    expect(advance(20)).toBe(2)
    expect(log).toEqual(['10', '20'])
    expect(heap.size).toBe(1)
    expect(heap.nextDeadline()).toBe(1030)
  })

  it('runs timers of the same deadline in the order in which they were armed', () => {
    const { heap, advance } = setup()
    const log: string[] = []
    for (const name of ['a', 'b', 'c']) heap.after(5, () => log.push(name))
    advance(5)
    expect(log).toEqual(['a', 'b', 'c'])
  })

  it('does not run a timer that was stopped', () => {
    const { heap, advance } = setup()
    const fn = vi.fn()
    const timer = heap.after(10, fn)
    expect(timer.active).toBe(true)
    expect(timer.stop()).toBe(true)
    expect(timer.active).toBe(false)
    expect(heap.size).toBe(0)

    expect(advance(10)).toBe(0)
    expect(fn).not.toHaveBeenCalled()
    expect(timer.stop()).toBe(false)
  })

  it('moves a timer with reset', () => {
    const { heap, advance } = setup()
    const fn = vi.fn()
    const timer = heap.after(10, fn)
    expect(timer.reset(50)).toBe(true)
    advance(49)
    expect(fn).not.toHaveBeenCalled()
    advance(1)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('keeps a ticker on its grid even when a tick comes late', () => {
    const { heap, advance } = setup()
    const fn = vi.fn()
    heap.every(100, fn)
    advance(100)
    advance(130)
    expect(fn).toHaveBeenCalledTimes(2)
    expect(heap.nextDeadline()).toBe(1300)
  })
})
