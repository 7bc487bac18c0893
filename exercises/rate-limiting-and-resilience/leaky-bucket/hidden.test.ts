import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { LeakyMeter, LeakyQueue } from './solution'

/** A clock that the test turns, from some odd time on. Timers run when their time has come. */
function handClock() {
  const pending = new Map<number, { at: number; fn: () => void }>()
  const start = random.int(1, 1e9)
  let ms = start
  let ids = random.int(1, 1000)
  const self = {
    now: () => ms,
    setTimeout(fn: () => void, delay: number) {
      pending.set(++ids, { at: ms + delay, fn })
      return ids
    },
    clearTimeout: (id: number) => void pending.delete(id),
    start,
    pending,
    advance(by: number) {
      for (const end = ms + by; ; ) {
        const due = [...pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0]
        ms = due ? Math.max(ms, due[1].at) : end
        if (!due) return
        pending.delete(due[0])
        due[1].fn()
      }
    },
    /** Moves the clock without running timers, as a busy machine does. */
    stall(by: number) {
      ms += by
    },
  }
  return self
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** A meter that leaks a drop every 4, 8 or 16 ms. */
function setup(capacity: number) {
  const clock = handClock()
  const intervalMs = random.pick([4, 8, 16])
  const meter = new LeakyMeter({ capacity, leakPerSec: 1000 / intervalMs, now: clock.now })
  const offers = (count: number) => numbers(count).map(() => meter.offer())
  return { clock, intervalMs, meter, offers }
}

/** A queue that notes when it handled what. */
function line(capacity: number, intervalMs: number, handle: (item: number) => void | Promise<void> = () => {}) {
  const clock = handClock()
  const seen: Array<[number, number]> = []
  const queue = new LeakyQueue<number>({
    capacity,
    intervalMs,
    handle: (item) => {
      seen.push([clock.now() - clock.start, item])
      return handle(item)
    },
    timers: clock,
  })
  return { clock, seen, queue }
}

describe('Meter', () => {
  it('accepted calls start one interval apart, the first one at once', () => {
    const capacity = random.int(2, 6)
    const { clock, intervalMs, offers } = setup(capacity)
    expect(offers(capacity)).toEqual(
      numbers(capacity).map((i) => ({ accepted: true, startAt: clock.start + i * intervalMs })),
    )
  })

  it('what does not fit is refused, and takes no room', () => {
    const capacity = random.int(1, 5)
    const { clock, intervalMs, meter, offers } = setup(capacity)
    offers(capacity)
    expect(offers(3)).toEqual(numbers(3).map(() => ({ accepted: false, startAt: null })))
    expect(meter.level()).toBe(capacity)
    clock.advance(intervalMs - 1)
    expect(meter.offer().accepted).toBe(false)
    clock.advance(1)
    expect(meter.offer()).toEqual({ accepted: true, startAt: clock.start + capacity * intervalMs })
    expect(meter.offer().accepted).toBe(false)
  })

  it('the level falls all the time, and never below 0', () => {
    const { clock, intervalMs, meter, offers } = setup(4)
    expect(meter.level()).toBe(0)
    offers(3)
    expect(meter.level()).toBe(3)
    clock.advance(intervalMs / 4)
    expect(meter.level()).toBe(2.75)
    clock.advance(intervalMs)
    expect(meter.level()).toBe(1.75)
    clock.advance(random.int(100, 1e6))
    expect(meter.level()).toBe(0)
  })

  it('an idle time earns no credit: a later burst is spaced out as well', () => {
    const { clock, intervalMs, offers } = setup(3)
    offers(2)
    clock.advance(random.int(1000, 1e6))
    const now = clock.now()
    expect(offers(4).map(({ startAt }) => startAt)).toEqual([now, now + intervalMs, now + 2 * intervalMs, null])
  })

  it('agrees with whole-number arithmetic on any history', () => {
    const capacity = random.int(2, 5)
    const { clock, intervalMs, meter } = setup(capacity)
    let emptyAt = 0
    for (const _ of numbers(60)) {
      clock.advance(random.int(0, intervalMs))
      const now = clock.now()
      const left = Math.max(0, emptyAt - now)
      const accepted = left <= (capacity - 1) * intervalMs
      const startAt = accepted ? now + left : null
      if (accepted) emptyAt = now + left + intervalMs
      expect(meter.offer()).toEqual({ accepted, startAt })
      expect(meter.level()).toBe(Math.max(0, emptyAt - now) / intervalMs)
    }
  })

  it('numbers that make no sense are refused with RangeError', () => {
    const { now } = handClock()
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new LeakyMeter({ capacity: bad, leakPerSec: 1, now })).toThrow(RangeError)
      expect(() => new LeakyMeter({ capacity: 1, leakPerSec: bad, now })).toThrow(RangeError)
      expect(() => line(bad, 10)).toThrow(RangeError)
      expect(() => line(3, bad)).toThrow(RangeError)
    }
    expect(() => new LeakyMeter({ capacity: 1.5, leakPerSec: 1, now })).toThrow(RangeError)
    expect(() => line(1.5, 10)).toThrow(RangeError)
  })
})

describe('Queue', () => {
  it('the first item is handled within the call, then one at each interval, in order', () => {
    const { clock, seen, queue } = line(10, 100)
    expect(numbers(4).map((item) => queue.push(item))).toEqual([true, true, true, true])
    expect([seen, queue.size]).toEqual([[[0, 0]], 3])
    clock.advance(99)
    expect(seen).toHaveLength(1)
    clock.advance(1)
    expect([seen.at(-1), queue.size]).toEqual([[100, 1], 2])
    clock.advance(1000)
    expect(seen).toEqual(numbers(4).map((i) => [i * 100, i]))
  })

  it('new items are refused when it is full; those in line are kept', () => {
    const capacity = random.int(1, 4)
    const { clock, seen, queue } = line(capacity, 50)
    const taken = numbers(capacity + 3).map((item) => queue.push(item))
    expect(taken).toEqual([...numbers(capacity + 1).map(() => true), false, false])
    expect(queue.size).toBe(capacity)
    clock.advance(50)
    expect([queue.push(100), queue.push(101)]).toEqual([true, false])
    clock.advance(1000)
    expect(seen.map(([, item]) => item)).toEqual([...numbers(capacity + 1), 100])
  })

  it('an item that comes before the interval is over waits for its end, a later one does not wait', () => {
    const { clock, seen, queue } = line(5, 100)
    queue.push(1)
    clock.advance(30)
    queue.push(2)
    expect(queue.size).toBe(1)
    clock.advance(70)
    clock.advance(100)
    queue.push(3)
    expect([queue.size, seen.length]).toEqual([0, 3])
    clock.advance(5000)
    for (const item of [4, 5]) queue.push(item)
    clock.advance(100)
    expect(seen).toEqual([
      [0, 1],
      [100, 2],
      [200, 3],
      [5200, 4],
      [5300, 5],
    ])
  })

  it('a handler that never ends does not hold up the others', () => {
    const { clock, seen, queue } = line(5, 100, () => new Promise(() => {}))
    for (const item of [1, 2, 3]) queue.push(item)
    clock.advance(250)
    expect(seen.map(([at]) => at)).toEqual([0, 100, 200])
  })

  it('a handler that throws or rejects does not stop it', async () => {
    const handlers = [
      () => Promise.reject(new Error('broken')),
      () => {
        throw new Error('broken')
      },
    ]
    for (const handle of handlers) {
      const { clock, seen, queue } = line(5, 100, handle)
      expect([1, 2, 3].map((item) => queue.push(item))).toEqual([true, true, true])
      clock.advance(250)
      for (let turn = 0; turn < 20; turn++) await null
      expect(seen.map(([, item]) => item)).toEqual([1, 2, 3])
    }
  })

  it('after a time in which no timer ran it does not catch up in a burst', () => {
    const { clock, seen, queue } = line(9, 100)
    for (const item of numbers(5)) queue.push(item)
    clock.stall(350)
    clock.advance(0)
    expect(seen.map(([at]) => at)).toEqual([0, 350])
    clock.advance(1000)
    expect(seen.map(([at]) => at)).toEqual([0, 350, 450, 550, 650])
  })

  it('lets nobody overtake those in line while a timer is late', () => {
    const { clock, seen, queue } = line(5, 100)
    for (const item of [1, 2]) queue.push(item)
    clock.stall(150)
    expect([queue.push(3), queue.size, seen.length]).toEqual([true, 2, 1])
    clock.advance(0)
    clock.advance(100)
    expect(seen).toEqual([
      [0, 1],
      [150, 2],
      [250, 3],
    ])
  })

  it('an item that is pushed by the handler waits its turn', () => {
    const { clock, seen, queue } = line(5, 100, (item) => {
      if (item < 3) queue.push(item + 1)
    })
    queue.push(1)
    expect(seen).toEqual([[0, 1]])
    clock.advance(1000)
    expect(seen).toEqual([
      [0, 1],
      [100, 2],
      [200, 3],
    ])
  })

  it('it has one timer while somebody waits, and none otherwise', () => {
    const { clock, queue } = line(5, 100)
    queue.push(1)
    expect(clock.pending.size).toBe(0)
    for (const item of [2, 3, 4]) {
      queue.push(item)
      expect(clock.pending.size).toBe(1)
    }
    clock.advance(200)
    expect([queue.size, clock.pending.size]).toEqual([1, 1])
    clock.advance(100)
    expect([queue.size, clock.pending.size]).toEqual([0, 0])
  })
})

describe('Stopping', () => {
  it('what was not handled is given back in order, and no timer is left', () => {
    const { clock, seen, queue } = line(5, 100)
    for (const item of numbers(5)) queue.push(item)
    clock.advance(100)
    expect(queue.stop()).toEqual([2, 3, 4])
    expect([queue.size, clock.pending.size]).toEqual([0, 0])
    clock.advance(1000)
    expect(seen).toHaveLength(2)
  })

  it('afterwards nothing is taken in, and there is nothing more to give back', () => {
    const { clock, seen, queue } = line(5, 100)
    for (const item of [1, 2]) queue.push(item)
    queue.stop()
    clock.advance(1000)
    expect([queue.push(3), queue.stop(), queue.size]).toEqual([false, [], 0])
    clock.advance(1000)
    expect(seen).toEqual([[0, 1]])
    expect(line(1, 1).queue.stop()).toEqual([])
  })

  it('clears no timer when none is running', () => {
    const clock = handClock()
    const cleared: unknown[] = []
    const timers = { ...clock, clearTimeout: (id: number) => void cleared.push(id) }
    const queue = new LeakyQueue<number>({ capacity: 1, intervalMs: 100, handle: () => {}, timers })
    queue.push(1)
    queue.stop()
    queue.stop()
    expect(cleared.filter((id) => typeof id !== 'number')).toEqual([])
  })
})
