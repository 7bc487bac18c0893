import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { type Timer, TimerHeap } from './solution'

/** A heap with a clock that moves only when told to, and a log of which timers fired when. */
function setup(arity?: number) {
  const start = random.int(0, 10_000)
  let time = start
  const heap = new TimerHeap(() => time, arity)
  const log: string[] = []
  return {
    heap,
    log,
    now: () => time,
    since: () => time - start,
    /** Adds to the log when called. */
    note: (name: string) => () => void log.push(name),
    /** Moves the clock and runs what is due. */
    advance(ms: number): number {
      time += ms
      return heap.runDue()
    },
    /** Moves the clock only, as a busy event loop does. */
    drift(ms: number): void {
      time += ms
    },
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('Firing', () => {
  it('a timer fires when its deadline has come, not before, and only once', () => {
    const { heap, advance } = setup()
    const delay = random.int(2, 1000)
    const fn = vi.fn()
    heap.after(delay, fn)
    expect(advance(delay - 1)).toBe(0)
    expect(fn).not.toHaveBeenCalled()
    expect(advance(1)).toBe(1)
    expect(advance(delay)).toBe(0)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('timers fire in the order of their deadlines', () => {
    const { heap, log, note, advance } = setup()
    const delays = random.shuffle(numbers(40)).map((i) => i * 3)
    for (const delay of delays) heap.after(delay, note(String(delay)))
    expect(advance(1000)).toBe(40)
    expect(log).toEqual(numbers(40).map((i) => String(i * 3)))
  })

  it('equal deadlines fire in the order of arming, whenever they were armed', () => {
    const { heap, log, note, advance, drift } = setup()
    heap.after(30, note('armed at 0'))
    const moved = heap.after(30, note('reset at 20'))
    drift(10)
    heap.after(20, note('armed at 10'))
    drift(10)
    moved.reset(10)
    heap.after(10, note('armed at 20'))
    advance(10)
    expect(log).toEqual(['armed at 0', 'armed at 10', 'reset at 20', 'armed at 20'])
  })

  it('runDue returns how many callbacks it ran', () => {
    const { heap, advance } = setup()
    const counts = [random.int(1, 6), random.int(1, 6)] as const
    for (const _ of numbers(counts[0])) heap.after(10, () => {})
    for (const _ of numbers(counts[1])) heap.every(20, () => {})
    expect(advance(10)).toBe(counts[0])
    expect(advance(10)).toBe(counts[1])
    expect(advance(5)).toBe(0)
  })

  it('nextDeadline and size follow every change', () => {
    const { heap, now, advance } = setup()
    const start = now()
    expect([heap.nextDeadline(), heap.size]).toEqual([null, 0])
    const late = heap.after(50, () => {})
    const early = heap.after(20, () => {})
    expect([heap.nextDeadline(), heap.size]).toEqual([start + 20, 2])
    early.stop()
    expect([heap.nextDeadline(), heap.size]).toEqual([start + 50, 1])
    late.reset(5)
    expect([heap.nextDeadline(), heap.size]).toEqual([start + 5, 1])
    advance(5)
    expect([heap.nextDeadline(), heap.size]).toEqual([null, 0])
  })

  it('any arity gives the same order as a sorted list', () => {
    const script = numbers(50).map(() => ({ delay: random.int(0, 60), step: random.int(0, 12) }))
    for (const arity of [2, 3, 4, 8]) {
      const { heap, log, note, advance, since } = setup(arity)
      let pending: Array<{ at: number; name: string }> = []
      const expected: string[] = []
      script.forEach(({ delay, step }, i) => {
        heap.after(delay, note(`${i}`))
        pending.push({ at: since() + delay, name: `${i}` })
        advance(step)
        const due = pending.filter(({ at }) => at <= since()).sort((a, b) => a.at - b.at)
        expected.push(...due.map(({ name }) => name))
        pending = pending.filter((timer) => !due.includes(timer))
      })
      expect(log).toEqual(expected)
      expect(heap.size).toBe(pending.length)
    }
  })

  it('a delay, period or arity that makes no sense is refused with RangeError', () => {
    const { heap } = setup()
    const timer = heap.after(10, () => {})
    const ticker = heap.every(10, () => {})
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => heap.after(bad, () => {})).toThrow(RangeError)
      expect(() => heap.every(bad, () => {})).toThrow(RangeError)
      expect(() => timer.reset(bad)).toThrow(RangeError)
    }
    expect(() => heap.every(0, () => {})).toThrow(RangeError)
    expect(() => ticker.reset(0)).toThrow(RangeError)
    for (const arity of [1, 0, 2.5, Number.NaN]) expect(() => new TimerHeap(() => 0, arity)).toThrow(RangeError)
    expect(heap.size).toBe(2)
    expect([timer.active, ticker.active]).toEqual([true, true])
  })
})

describe('Stop and reset', () => {
  it('stop is true exactly while the timer is pending', () => {
    const { heap, advance } = setup()
    const stopped = heap.after(10, () => {})
    const fired = heap.after(5, () => {})
    expect(stopped.stop()).toBe(true)
    expect(stopped.stop()).toBe(false)
    advance(5)
    expect(fired.active).toBe(false)
    expect(fired.stop()).toBe(false)
  })

  it('a stopped timer counts no more and never fires', () => {
    const { heap, now, advance } = setup()
    const fn = vi.fn()
    const timers = numbers(5).map((i) => heap.after(10 + i, fn))
    timers[0]?.stop()
    timers[3]?.stop()
    expect(heap.size).toBe(3)
    expect(heap.nextDeadline()).toBe(now() + 11)
    expect(advance(100)).toBe(3)
    expect(fn).toHaveBeenCalledTimes(3)
  })

  it('reset moves a pending timer to an earlier or a later deadline', () => {
    const { heap, log, note, advance } = setup()
    const first = heap.after(10, note('first'))
    const second = heap.after(20, note('second'))
    heap.after(30, note('third'))
    expect(first.reset(40)).toBe(true)
    expect(second.reset(5)).toBe(true)
    expect(heap.size).toBe(3)
    expect(advance(5)).toBe(1)
    expect(advance(35)).toBe(2)
    expect(log).toEqual(['second', 'third', 'first'])
  })

  it('reset arms a timer again that has fired or was stopped', () => {
    const { heap, advance } = setup()
    const fn = vi.fn()
    const fired = heap.after(10, fn)
    const stopped = heap.after(10, fn)
    stopped.stop()
    advance(10)
    expect(fn).toHaveBeenCalledTimes(1)
    expect(fired.reset(10)).toBe(false)
    expect(stopped.reset(10)).toBe(false)
    expect([fired.active, stopped.active, heap.size]).toEqual([true, true, 2])
    expect(advance(9)).toBe(0)
    expect(advance(1)).toBe(2)
    expect(fn).toHaveBeenCalledTimes(3)
  })

  it('a timer that leaves from the middle leaves the rest in order', () => {
    const { heap, log, note, advance } = setup(2)
    const leaving: Timer[] = []
    for (const delay of [1, 10, 2, 11, 12, 3, 4]) {
      const timer = heap.after(delay, note(String(delay)))
      if (delay === 11) leaving.push(timer)
    }
    for (const timer of leaving) timer.stop()
    for (const delay of [20, 21]) heap.after(delay, note(String(delay)))
    advance(30)
    expect(log).toEqual(['1', '2', '3', '4', '10', '12', '20', '21'])
  })

  it('after any mixture of stops and resets the order is that of the deadlines', () => {
    for (const arity of [2, 4]) {
      const count = 1000
      const deadlines = new Map(random.shuffle(numbers(count)).map((delay, i) => [i, delay]))
      const delays = [...deadlines.values()]
      const changes = random.shuffle(numbers(count)).slice(0, 700).map((i) => {
        const delay = random.next() < 0.6 ? null : random.int(0, count) + (i + 0.5) / count
        if (delay === null) deadlines.delete(i)
        else deadlines.set(i, delay)
        return [i, delay] as const
      })
      const { answers, size, log } = inGuest(
        (
          solution: typeof import('./solution'),
          arity: number,
          delays: number[],
          changes: Array<readonly [number, number | null]>,
        ) => {
          let time = 0
          const log: number[] = []
          const heap = new solution.TimerHeap(() => time, arity)
          const timers = delays.map((delay, i) => heap.after(delay, () => log.push(i)))
          const answers = changes.filter(([i, delay]) => (delay === null ? timers[i]?.stop() : timers[i]?.reset(delay)))
          const size = heap.size
          time = delays.length * 2
          heap.runDue()
          return { answers: answers.length, size, log }
        },
        arity,
        delays,
        changes,
      )
      expect(answers).toBe(changes.length)
      expect(size).toBe(deadlines.size)
      expect(log).toEqual([...deadlines].sort(([, a], [, b]) => a - b).map(([i]) => i))
    }
  })
})

describe('Tickers', () => {
  it('a ticker fires once a period until it is stopped', () => {
    const { heap, advance } = setup()
    const period = random.int(5, 50)
    const fn = vi.fn()
    const ticker = heap.every(period, fn)
    for (const _ of numbers(4)) advance(period)
    expect(fn).toHaveBeenCalledTimes(4)
    expect([ticker.active, heap.size]).toEqual([true, 1])
    expect(ticker.stop()).toBe(true)
    expect(advance(period)).toBe(0)
    expect([ticker.active, heap.size]).toEqual([false, 0])
  })

  it('a late tick does not move the ticks after it', () => {
    const { heap, now, advance } = setup()
    const start = now()
    heap.every(100, () => {})
    expect(advance(130)).toBe(1)
    expect(heap.nextDeadline()).toBe(start + 200)
    expect(advance(69)).toBe(0)
    expect(advance(1)).toBe(1)
    expect(heap.nextDeadline()).toBe(start + 300)
  })

  it('ticks that were missed are made up by one tick', () => {
    const { heap, now, advance } = setup()
    const start = now()
    const missed = random.int(3, 9)
    const fn = vi.fn()
    heap.every(100, fn)
    expect(advance(100 * missed + 40)).toBe(1)
    expect(heap.nextDeadline()).toBe(start + 100 * (missed + 1))
    expect(heap.runDue()).toBe(0)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('a tick that is due exactly now is followed by the next one, not by itself', () => {
    const { heap, now, advance } = setup()
    heap.every(10, () => {})
    expect(advance(30)).toBe(1)
    expect(heap.nextDeadline()).toBe(now() + 10)
  })

  it('reset gives a ticker a new period and a new grid', () => {
    const { heap, now, advance } = setup()
    const ticker = heap.every(100, () => {})
    advance(150)
    expect(ticker.reset(30)).toBe(true)
    const start = now()
    expect(heap.nextDeadline()).toBe(start + 30)
    advance(35)
    expect(heap.nextDeadline()).toBe(start + 60)
    ticker.stop()
    expect(ticker.reset(10)).toBe(false)
    expect(heap.nextDeadline()).toBe(now() + 10)
  })

  it('a late ticker keeps its place among the other deadlines', () => {
    const { heap, log, note, advance } = setup()
    heap.after(15, note('15'))
    heap.every(10, note('tick'))
    heap.after(5, note('5'))
    advance(40)
    expect(log).toEqual(['5', 'tick', '15'])
  })
})

describe('Callbacks', () => {
  it('a timer armed by a callback waits for the next runDue, even with no delay', () => {
    const { heap, log, note, advance } = setup()
    let left = 20
    const again = () => {
      log.push('again')
      if (left-- > 0) heap.after(0, again)
    }
    heap.after(10, again)
    heap.after(10, note('other'))
    expect(advance(10)).toBe(2)
    expect(log).toEqual(['again', 'other'])
    expect(heap.size).toBe(1)
    expect(heap.runDue()).toBe(1)
    expect(log).toEqual(['again', 'other', 'again'])
  })

  it('a due timer that a callback resets waits for a later runDue', () => {
    const { heap, log, note, advance } = setup()
    heap.after(10, () => {
      log.push('resetter')
      expect(victim.reset(0)).toBe(true)
    })
    const victim = heap.after(10, note('victim'))
    heap.after(10, note('bystander'))
    expect(advance(10)).toBe(2)
    expect(log).toEqual(['resetter', 'bystander'])
    expect(heap.runDue()).toBe(1)
    expect(log).toEqual(['resetter', 'bystander', 'victim'])
  })

  it('a callback can stop a timer that is due in the same pass', () => {
    const { heap, log, note, advance } = setup()
    heap.after(10, () => {
      log.push('stopper')
      expect(victim.stop()).toBe(true)
      expect(heap.size).toBe(1)
    })
    const victim = heap.after(10, note('victim'))
    heap.after(20, note('later'))
    expect(advance(30)).toBe(2)
    expect(log).toEqual(['stopper', 'later'])
  })

  it('while its callback runs, a one-shot timer is over and a ticker is pending', () => {
    const { heap, advance } = setup()
    const seen: boolean[] = []
    const once: Timer = heap.after(10, () => seen.push(once.active, once.stop(), once.reset(5)))
    const ticker: Timer = heap.every(10, () => seen.push(ticker.active, ticker.stop()))
    advance(10)
    expect(seen).toEqual([false, false, false, true, true])
    expect([once.active, ticker.active, heap.size]).toEqual([true, false, 1])
    once.stop()
    expect(advance(100)).toBe(0)
  })

  it('a callback that throws does not keep the others from running; the first error is thrown at the end', () => {
    const { heap, log, note, advance } = setup()
    const first = new Error('first')
    heap.after(1, note('a'))
    const ticker = heap.every(2, () => {
      throw first
    })
    heap.after(3, () => {
      throw new Error('second')
    })
    heap.after(4, note('b'))
    let thrown: unknown
    try {
      advance(4)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBe(first)
    expect(log).toEqual(['a', 'b'])
    expect([ticker.active, heap.size]).toEqual([true, 1])
  })
})

describe('Large heaps', () => {
  it('the cost of a change grows with the logarithm of the number of timers', () => {
    const driver = (solution: typeof import('./solution'), count: number) => {
      let time = 0
      let noise = 1
      const random = () => (noise = (noise * 48271) % 2147483647) % count
      const heap = new solution.TimerHeap(() => time)
      const timers: Timer[] = []
      for (let i = 0; i < count; i++) timers.push(heap.after(random(), () => {}))
      // Only the newest move, and late: whoever searches from the front walks nearly all the way.
      for (let i = 0; i < 6 * count; i++) timers[count - 1 - (i % (count >> 2))]?.reset(count + random())
      let fired = 0
      while (heap.size > 0 && fired < count) {
        time = heap.nextDeadline() ?? time
        fired += heap.runDue()
      }
      return fired
    }
    // A busy machine gets more than one try.
    const isQuick = (count: number) => {
      for (let spentMs = 0; spentMs < 1500; ) {
        const start = performance.now()
        expect(inGuest(driver, count)).toBe(count)
        const tookMs = performance.now() - start
        if (tookMs < 300) return true
        spentMs += tookMs
      }
      return false
    }
    // Grows step by step, so that a heap that searches or sorts is found out while that is still bearable.
    const goal = 10_000
    let reached = 0
    for (let size = 1000; reached < goal; size *= 2) {
      const count = Math.min(goal, Math.round(size))
      if (!isQuick(count)) break
      reached = count
    }
    expect(reached).toBe(goal)
  })
})
