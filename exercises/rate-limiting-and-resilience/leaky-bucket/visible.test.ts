import { describe, expect, it } from 'vitest'
import { LeakyMeter, LeakyQueue } from './solution'

/** A clock that the test turns. Timers run when their time has come. */
function handClock() {
  const pending = new Map<number, { at: number; fn: () => void }>()
  let ms = 0
  let ids = 0
  return {
    now: () => ms,
    setTimeout(fn: () => void, delay: number) {
      pending.set(++ids, { at: ms + delay, fn })
      return ids
    },
    clearTimeout: (id: number) => void pending.delete(id),
    advance(by: number) {
      for (const end = ms + by; ; ) {
        const due = [...pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0]
        ms = due ? Math.max(ms, due[1].at) : end
        if (!due) return
        pending.delete(due[0])
        due[1].fn()
      }
    },
  }
}

describe('LeakyMeter', () => {
  it('spaces the calls of a burst and refuses what does not fit', () => {
    const clock = handClock()
    const meter = new LeakyMeter({ capacity: 3, leakPerSec: 10, now: clock.now })
    const answers = [1, 2, 3, 4].map(() => meter.offer())
    expect(answers.map(({ startAt }) => startAt)).toEqual([0, 100, 200, null])
    expect(answers.map(({ accepted }) => accepted)).toEqual([true, true, true, false])
    expect(meter.level()).toBe(3)
  })

  it('leaks while nobody comes, and earns nothing by it', () => {
    const clock = handClock()
    const meter = new LeakyMeter({ capacity: 2, leakPerSec: 10, now: clock.now })
    meter.offer()
    clock.advance(10_000)
    expect(meter.level()).toBe(0)
    expect([meter.offer(), meter.offer()].map(({ startAt }) => startAt)).toEqual([10_000, 10_100])
  })
})

describe('LeakyQueue', () => {
  it('handles the first item at once and one more at each interval', () => {
    const clock = handClock()
    const seen: Array<[number, string]> = []
    const handle = (item: string) => void seen.push([clock.now(), item])
    const queue = new LeakyQueue<string>({ capacity: 5, intervalMs: 100, handle, timers: clock })
    for (const item of ['a', 'b', 'c']) expect(queue.push(item)).toBe(true)
    expect(queue.size).toBe(2)
    clock.advance(1000)
    expect(seen).toEqual([
      [0, 'a'],
      [100, 'b'],
      [200, 'c'],
    ])
  })

  it('refuses new items when it is full, and gives back what waits when it is stopped', () => {
    const clock = handClock()
    const seen: string[] = []
    const handle = (item: string) => void seen.push(item)
    const queue = new LeakyQueue<string>({ capacity: 2, intervalMs: 100, handle, timers: clock })
    expect(['a', 'b', 'c', 'd'].map((item) => queue.push(item))).toEqual([true, true, true, false])
    expect(queue.stop()).toEqual(['b', 'c'])
    clock.advance(1000)
    expect(seen).toEqual(['a'])
  })
})
