import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import type { Timer, TimerHeap } from './solution'

type Solution = typeof import('./solution')

/** `advance` moves the clock and runs what is due; `drift` moves the clock only, as a busy event loop does. */
type Step =
  | readonly ['after', name: string, ms: number]
  | readonly ['every', name: string, ms: number]
  | readonly ['reset', name: string, ms: number]
  | readonly ['stop', name: string]
  | readonly ['advance', ms: number]
  | readonly ['drift', ms: number]

/** What can be seen after a step. */
interface After {
  /** What `stop`, `reset` and `runDue` returned; null for the other steps. */
  answer: boolean | number | null
  /** The timers that fired, in that order. */
  fired: string[]
  /** The timers that call themselves active, in the order of their making. */
  active: string[]
  size: number
  /** The next deadline, counted from the beginning. */
  next: number | null
}

/** Takes a new heap through these steps. (They cross as one text, much faster than as many objects.) */
function play(steps: readonly Step[], arity?: number): After[] {
  const driver = (solution: Solution, script: string, start: number, arity?: number): string => {
    let time = start
    const heap = arity === undefined ? new solution.TimerHeap(() => time) : new solution.TimerHeap(() => time, arity)
    const timers = new Map<string, Timer>()
    let fired: string[] = []
    const make = (step: Step): boolean | number | null => {
      if (step[0] === 'advance' || step[0] === 'drift') {
        time += step[1]
        return step[0] === 'advance' ? heap.runDue() : null
      }
      const name = step[1]
      if (step[0] === 'stop') return timers.get(name)?.stop() ?? null
      if (step[0] === 'reset') return timers.get(name)?.reset(step[2]) ?? null
      timers.set(name, heap[step[0]](step[2], () => void fired.push(name)))
      return null
    }
    const after = (JSON.parse(script) as Step[]).map((step): After => {
      fired = []
      const answer = make(step)
      const active = [...timers].filter(([, timer]) => timer.active).map(([name]) => name)
      const deadline = heap.nextDeadline()
      return { answer, fired, active, size: heap.size, next: deadline === null ? null : deadline - start }
    })
    return JSON.stringify(after)
  }
  return JSON.parse(inGuest(driver, JSON.stringify(steps), random.int(0, 10_000), arity)) as After[]
}

const answers = (after: readonly After[]) => after.map(({ answer }) => answer)
const fired = (after: readonly After[]) => after.flatMap((step) => step.fired)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('Firing', () => {
  it('a timer fires when its deadline has come, not before, and only once', () => {
    const delay = random.int(2, 1000)
    const after = play([['after', 'a', delay], ['advance', delay - 1], ['advance', 1], ['advance', delay]])
    expect(after).toEqual([
      { answer: null, fired: [], active: ['a'], size: 1, next: delay },
      { answer: 0, fired: [], active: ['a'], size: 1, next: delay },
      { answer: 1, fired: ['a'], active: [], size: 0, next: null },
      { answer: 0, fired: [], active: [], size: 0, next: null },
    ])
  })

  it('timers fire in the order of their deadlines', () => {
    const delays = random.shuffle(numbers(40)).map((i) => i * 3)
    const after = play([...delays.map((delay): Step => ['after', `${delay}`, delay]), ['advance', 1000]])
    expect(after[40]?.answer).toBe(40)
    expect(fired(after)).toEqual(numbers(40).map((i) => `${i * 3}`))
  })

  it('equal deadlines fire in the order of arming, whenever they were armed', () => {
    const after = play([
      ['after', 'armed at 0', 30],
      ['after', 'reset at 20', 30],
      ['drift', 10],
      ['after', 'armed at 10', 20],
      ['drift', 10],
      ['reset', 'reset at 20', 10],
      ['after', 'armed at 20', 10],
      ['advance', 10],
    ])
    expect(fired(after)).toEqual(['armed at 0', 'armed at 10', 'reset at 20', 'armed at 20'])
  })

  it('runDue returns how many callbacks it ran', () => {
    const [once, often] = [random.int(1, 6), random.int(1, 6)]
    const after = play([
      ...numbers(once).map((i): Step => ['after', `timer ${i}`, 10]),
      ...numbers(often).map((i): Step => ['every', `ticker ${i}`, 20]),
      ['advance', 10],
      ['advance', 10],
      ['advance', 5],
    ])
    expect(answers(after).slice(-3)).toEqual([once, often, 0])
  })

  it('nextDeadline and size follow every change', () => {
    const after = play([
      ['drift', 0],
      ['after', 'late', 50],
      ['after', 'early', 20],
      ['stop', 'early'],
      ['reset', 'late', 5],
      ['advance', 5],
    ])
    expect(after.map(({ next }) => next)).toEqual([null, 50, 20, 50, 5, null])
    expect(after.map(({ size }) => size)).toEqual([0, 1, 2, 1, 1, 0])
  })

  it('any arity gives the same order as a sorted list', () => {
    const script = numbers(50).map(() => ({ delay: random.int(0, 60), step: random.int(0, 12) }))
    const steps: Step[] = []
    const expected: string[] = []
    let pending: Array<{ at: number; name: string }> = []
    let time = 0
    script.forEach(({ delay, step }, i) => {
      steps.push(['after', `${i}`, delay], ['advance', step])
      pending.push({ at: time + delay, name: `${i}` })
      time += step
      const due = pending.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)
      expected.push(...due.map(({ name }) => name))
      pending = pending.filter((timer) => !due.includes(timer))
    })
    for (const arity of [2, 3, 4, 8]) {
      const after = play(steps, arity)
      expect(fired(after)).toEqual(expected)
      expect(after.at(-1)?.size).toBe(pending.length)
    }
  })

  it('a delay, period or arity that makes no sense is refused with RangeError', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      const accepted: string[] = []
      const refuse = (name: string, call: () => unknown): void => {
        try {
          call()
          accepted.push(name)
        } catch (error) {
          if (!(error instanceof RangeError)) accepted.push(`${name}: ${String(error)}`)
        }
      }
      const heap = new TimerHeap(() => 0)
      const timer = heap.after(10, () => {})
      const ticker = heap.every(10, () => {})
      for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
        refuse(`after ${bad}`, () => heap.after(bad, () => {}))
        refuse(`every ${bad}`, () => heap.every(bad, () => {}))
        refuse(`reset ${bad}`, () => timer.reset(bad))
      }
      refuse('every 0', () => heap.every(0, () => {}))
      refuse('reset 0', () => ticker.reset(0))
      for (const arity of [1, 0, 2.5, Number.NaN]) refuse(`arity ${arity}`, () => new TimerHeap(() => 0, arity))
      return { accepted, size: heap.size, active: [timer.active, ticker.active] }
    })
    expect(report).toEqual({ accepted: [], size: 2, active: [true, true] })
  })
})

describe('Stop and reset', () => {
  it('stop is true exactly while the timer is pending', () => {
    const after = play([
      ['after', 'stopped', 10],
      ['after', 'fired', 5],
      ['stop', 'stopped'],
      ['stop', 'stopped'],
      ['advance', 5],
      ['stop', 'fired'],
    ])
    expect(answers(after).slice(2)).toEqual([true, false, 1, false])
    expect(after.slice(2).map(({ active }) => active)).toEqual([['fired'], ['fired'], [], []])
  })

  it('a stopped timer counts no more and never fires', () => {
    const armed = numbers(5).map((i): Step => ['after', `${i}`, 10 + i])
    const after = play([...armed, ['stop', '0'], ['stop', '3'], ['advance', 100]])
    expect(after[6]).toEqual({ answer: true, fired: [], active: ['1', '2', '4'], size: 3, next: 11 })
    expect(after[7]).toEqual({ answer: 3, fired: ['1', '2', '4'], active: [], size: 0, next: null })
  })

  it('reset moves a pending timer to an earlier or a later deadline', () => {
    const armed: Step[] = [['after', 'first', 10], ['after', 'second', 20], ['after', 'third', 30]]
    const after = play([...armed, ['reset', 'first', 40], ['reset', 'second', 5], ['advance', 5], ['advance', 35]])
    expect(answers(after).slice(3)).toEqual([true, true, 1, 2])
    expect(after[4]?.size).toBe(3)
    expect(fired(after)).toEqual(['second', 'third', 'first'])
  })

  it('reset arms a timer again that has fired or was stopped', () => {
    const over: Step[] = [['after', 'fired', 10], ['after', 'stopped', 10], ['stop', 'stopped'], ['advance', 10]]
    const after = play([...over, ['reset', 'fired', 10], ['reset', 'stopped', 10], ['advance', 9], ['advance', 1]])
    expect(after.slice(3)).toEqual([
      { answer: 1, fired: ['fired'], active: [], size: 0, next: null },
      { answer: false, fired: [], active: ['fired'], size: 1, next: 20 },
      { answer: false, fired: [], active: ['fired', 'stopped'], size: 2, next: 20 },
      { answer: 0, fired: [], active: ['fired', 'stopped'], size: 2, next: 20 },
      { answer: 2, fired: ['fired', 'stopped'], active: [], size: 0, next: null },
    ])
  })

  it('a timer that leaves from the middle leaves the rest in order', () => {
    const arm = (...delays: number[]) => delays.map((delay): Step => ['after', `${delay}`, delay])
    const after = play([...arm(1, 10, 2, 11, 12, 3, 4), ['stop', '11'], ...arm(20, 21), ['advance', 30]], 2)
    expect(fired(after)).toEqual(['1', '2', '3', '4', '10', '12', '20', '21'])
  })

  it('a timer that leaves is not replaced by one from another branch', () => {
    // A heap of two children as it stands: nothing moves while it is filled.
    const delays = [1, 50, 2, 60, 61, 3, 10, 70, 71, 72, 73, 4, 80, 100]
    const armed = delays.map((delay): Step => ['after', `${delay}`, delay])
    const after = play([...armed, ['stop', '61'], ['advance', 100]], 2)
    const left = delays.filter((delay) => delay !== 61).sort((a, b) => a - b)
    expect(fired(after)).toEqual(left.map(String))
  })

  it('after any mixture of stops and resets the order is that of the deadlines', () => {
    const count = 300
    const driver = (solution: Solution, arity: number, script: string): string => {
      const [delays, changes] = JSON.parse(script) as [number[], Array<[number, number | null]>]
      let time = 0
      const log: number[] = []
      const heap = new solution.TimerHeap(() => time, arity)
      const timers = delays.map((delay, i) => heap.after(delay, () => log.push(i)))
      const answers = changes.filter(([i, delay]) => (delay === null ? timers[i]?.stop() : timers[i]?.reset(delay)))
      const size = heap.size
      time = delays.length * 2
      heap.runDue()
      return JSON.stringify({ answers: answers.length, size, log })
    }
    for (const arity of [2, 4]) {
      const delays = random.shuffle(numbers(count))
      const deadlines = new Map(delays.map((delay, i) => [i, delay]))
      const changes = random.shuffle(numbers(count)).slice(0, 200).map((i) => {
        const delay = random.next() < 0.6 ? null : random.int(0, count) + (i + 0.5) / count
        if (delay === null) deadlines.delete(i)
        else deadlines.set(i, delay)
        return [i, delay] as const
      })
      const log = [...deadlines].sort(([, a], [, b]) => a - b).map(([i]) => i)
      const report: unknown = JSON.parse(inGuest(driver, arity, JSON.stringify([delays, changes])))
      expect(report).toEqual({ answers: changes.length, size: deadlines.size, log })
    }
  })
})

describe('Tickers', () => {
  it('a ticker fires once a period until it is stopped', () => {
    const period = random.int(5, 50)
    const after = play([
      ['every', 'tick', period],
      ...numbers(4).map((): Step => ['advance', period]),
      ['stop', 'tick'],
      ['advance', period],
    ])
    expect(after.slice(1)).toEqual([
      ...numbers(4).map((i) => {
        return { answer: 1, fired: ['tick'], active: ['tick'], size: 1, next: (i + 2) * period }
      }),
      { answer: true, fired: [], active: [], size: 0, next: null },
      { answer: 0, fired: [], active: [], size: 0, next: null },
    ])
  })

  it('a late tick does not move the ticks after it', () => {
    const after = play([['every', 'tick', 100], ['advance', 130], ['advance', 69], ['advance', 1]])
    expect(answers(after)).toEqual([null, 1, 0, 1])
    expect(after.map(({ next }) => next)).toEqual([100, 200, 200, 300])
  })

  it('ticks that were missed are made up by one tick', () => {
    const missed = random.int(3, 9)
    const after = play([['every', 'tick', 100], ['advance', 100 * missed + 40], ['advance', 0]])
    expect(answers(after)).toEqual([null, 1, 0])
    expect(fired(after)).toEqual(['tick'])
    expect(after[1]?.next).toBe(100 * (missed + 1))
  })

  it('a tick that is due exactly now is followed by the next one, not by itself', () => {
    const after = play([['every', 'tick', 10], ['advance', 30]])
    expect(after[1]).toMatchObject({ answer: 1, next: 40 })
  })

  it('reset gives a ticker a new period and a new grid', () => {
    const after = play([
      ['every', 'tick', 100],
      ['advance', 150],
      ['reset', 'tick', 30],
      ['advance', 35],
      ['stop', 'tick'],
      ['reset', 'tick', 10],
    ])
    expect(answers(after)).toEqual([null, 1, true, 1, true, false])
    expect(after.map(({ next }) => next)).toEqual([100, 200, 180, 210, null, 195])
  })

  it('a late ticker keeps its place among the other deadlines', () => {
    const after = play([['after', '15', 15], ['every', 'tick', 10], ['after', '5', 5], ['advance', 40]])
    expect(fired(after)).toEqual(['5', 'tick', '15'])
  })
})

describe('Callbacks', () => {
  it('a timer armed by a callback waits for the next runDue, even with no delay', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      let time = 0
      const heap = new TimerHeap(() => time)
      const log: string[] = []
      let left = 20
      const again = () => {
        log.push('again')
        if (left-- > 0) heap.after(0, again)
      }
      heap.after(10, again)
      heap.after(10, () => log.push('other'))
      time = 10
      return [heap.runDue(), [...log], heap.size, heap.runDue(), [...log]]
    })
    expect(report).toEqual([2, ['again', 'other'], 1, 1, ['again', 'other', 'again']])
  })

  it('a due timer that a callback resets waits for a later runDue', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      let time = 0
      const heap = new TimerHeap(() => time)
      const log: string[] = []
      heap.after(10, () => log.push(`reset: ${victim.reset(0)}`))
      const victim = heap.after(10, () => log.push('victim'))
      heap.after(10, () => log.push('bystander'))
      time = 10
      return [heap.runDue(), [...log], heap.runDue(), [...log]]
    })
    expect(report).toEqual([2, ['reset: true', 'bystander'], 1, ['reset: true', 'bystander', 'victim']])
  })

  it('a callback can stop a timer that is due in the same pass', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      let time = 0
      const heap = new TimerHeap(() => time)
      const log: string[] = []
      heap.after(10, () => log.push(`stopped: ${victim.stop()}, ${heap.size} left`))
      const victim = heap.after(10, () => log.push('victim'))
      heap.after(20, () => log.push('later'))
      time = 30
      return [heap.runDue(), log]
    })
    expect(report).toEqual([2, ['stopped: true, 1 left', 'later']])
  })

  it('while its callback runs, a one-shot timer is over and a ticker is pending', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      let time = 0
      const heap = new TimerHeap(() => time)
      const seen: boolean[] = []
      const once: Timer = heap.after(10, () => seen.push(once.active, once.stop(), once.reset(5)))
      const ticker: Timer = heap.every(10, () => seen.push(ticker.active, ticker.stop()))
      time = 10
      heap.runDue()
      const after = { once: once.active, ticker: ticker.active, size: heap.size }
      once.stop()
      time = 110
      return { seen, after, ran: heap.runDue() }
    })
    const seen = [false, false, false, true, true]
    expect(report).toEqual({ seen, after: { once: true, ticker: false, size: 1 }, ran: 0 })
  })

  it('a callback that throws does not keep the others from running; the first error is thrown at the end', () => {
    const report = inGuest(({ TimerHeap }: Solution) => {
      let time = 0
      const heap = new TimerHeap(() => time)
      const log: string[] = []
      const first = new Error('first')
      heap.after(1, () => log.push('a'))
      const ticker = heap.every(2, () => {
        throw first
      })
      heap.after(3, () => {
        throw new Error('second')
      })
      heap.after(4, () => log.push('b'))
      time = 4
      let thrown: unknown
      try {
        heap.runDue()
      } catch (error) {
        thrown = error
      }
      return { isFirst: thrown === first, log, active: ticker.active, size: heap.size }
    })
    expect(report).toEqual({ isFirst: true, log: ['a', 'b'], active: true, size: 1 })
  })
})

describe('Large heaps', () => {
  it('the cost of a change grows with the logarithm of the number of timers', () => {
    // A round of fifty resets and firings takes a tenth of a millisecond, and tens of them where each call sorts.
    // Since a machine may be busy, the best of many rounds counts.
    const driver = ({ TimerHeap }: Solution, count: number, enoughMs: number): number => {
      let time = 0
      let noise = 1
      const random = () => (noise = (noise * 48_271) % 2_147_483_647) % count
      const heap: TimerHeap = new TimerHeap(() => time)
      const timers: Timer[] = []
      let bestMs = Number.POSITIVE_INFINITY
      for (let i = 0; i < count; i++) timers.push(heap.after(random(), () => {}))
      for (let [next, round] = [0, 0]; round < 20 && bestMs > enoughMs; round++) {
        const began = performance.now()
        for (let i = 0; i < 25; i++) {
          // Only the newest move, and late: whoever searches from the front walks nearly all the way.
          for (const _ of [1, 2]) timers[count - 1 - (next++ % (count >> 2))]?.reset(count + random())
          time = heap.nextDeadline() ?? time
          heap.runDue()
        }
        bestMs = Math.min(bestMs, performance.now() - began)
      }
      return bestMs
    }
    expect(inGuest(driver, 3_000, 1)).toBeLessThan(1)
  })
})
