import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { type CoFn, type RunReport, Scheduler, type Yielded } from './solution'

const GOSCHED: Yielded = { type: 'gosched' }
const EXIT: Yielded = { type: 'exit' }
const sleep = (ticks: number): Yielded => ({ type: 'sleep', ticks })
const join = (id: number): Yielded => ({ type: 'join', id })
const spawn = (fn: CoFn): Yielded => ({ type: 'spawn', fn })

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

type Solution = typeof import('./solution')

/** A report with plain objects for its maps. */
function plain({ results, errors, trace, ticks, deadlocked }: RunReport) {
  return { results: Object.fromEntries(results), errors: Object.fromEntries(errors), trace, ticks, deadlocked }
}

/** Spawns all of them and runs the scheduler to its end. */
function runAll(...fns: CoFn[]) {
  const scheduler = new Scheduler()
  for (const fn of fns) scheduler.spawn(fn)
  return plain(scheduler.run())
}

/** A coroutine for each series of naps: it sleeps for so many ticks at a time; 0 stands for a gosched. */
function takeNaps(series: ReadonlyArray<readonly number[]>): RunReport {
  const driver = ({ Scheduler }: Solution, series: ReadonlyArray<readonly number[]>) => {
    const scheduler = new Scheduler()
    for (const naps of series) {
      scheduler.spawn(function* () {
        for (const ticks of naps) yield ticks === 0 ? { type: 'gosched' } : { type: 'sleep', ticks }
      })
    }
    return scheduler.run()
  }
  return inGuest(driver, series)
}

describe('Taking turns', () => {
  it('ids count up from 1 and are handed to the coroutines', () => {
    const [ids, { results, trace }] = inGuest(({ Scheduler }: Solution) => {
      const scheduler = new Scheduler()
      const body: CoFn = function* (self) {
        return self * 100
      }
      return [[scheduler.spawn(body), scheduler.spawn(body), scheduler.spawn(body)], scheduler.run()]
    })
    expect(ids).toEqual([1, 2, 3])
    expect(numbers(3, 1).map((id) => results.get(id))).toEqual([100, 200, 300])
    expect(trace).toEqual([1, 2, 3])
  })

  it('each turn is one slice, first in, first out', () => {
    const slices = numbers(6).map(() => random.int(1, 6))
    const driver = ({ Scheduler }: Solution, slices: readonly number[]) => {
      const scheduler = new Scheduler()
      for (const count of slices) {
        scheduler.spawn(function* () {
          for (let i = 1; i < count; i++) yield { type: 'gosched' }
          return count
        })
      }
      return scheduler.run()
    }
    const expected: number[] = []
    for (const round of numbers(6)) {
      expected.push(...numbers(6, 1).filter((id) => (slices[id - 1] ?? 0) > round))
    }
    expect(plain(inGuest(driver, slices))).toEqual({
      trace: expected,
      results: Object.fromEntries(slices.map((count, i) => [i + 1, count])),
      ticks: 0,
      deadlocked: [],
      errors: {},
    })
  })

  it('a slice ends at every yield', () => {
    const log = inGuest(({ Scheduler }: Solution) => {
      const log: string[] = []
      const scheduler = new Scheduler()
      for (const name of ['a', 'b']) {
        scheduler.spawn(function* () {
          for (const i of [1, 2, 3]) {
            log.push(`${name}${i}`)
            yield { type: 'gosched' }
          }
        })
      }
      scheduler.run()
      return log
    })
    expect(log).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3'])
  })

  it('a child joins the queue before its parent, and the parent learns its id', () => {
    const report = inGuest(({ Scheduler }: Solution) => {
      const child: CoFn = function* (self) {
        yield { type: 'gosched' }
        return `child ${self}`
      }
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        const first = yield { type: 'spawn', fn: child }
        const second = yield { type: 'spawn', fn: child }
        return [first, second]
      })
      scheduler.spawn(function* () {
        yield { type: 'gosched' }
      })
      return scheduler.run()
    })
    const { trace, results } = plain(report)
    expect(results[1]).toEqual([3, 4])
    expect([results[3], results[4]]).toEqual(['child 3', 'child 4'])
    // 1 spawns 3, then 2, 3, 1 (spawns 4), 2, 3, 4, 1, 4
    expect(trace).toEqual([1, 2, 3, 1, 2, 3, 4, 1, 4])
  })

  it('a coroutine is not started before its first slice, and fails alone if it cannot be', () => {
    const scheduler = new Scheduler()
    const fn = vi.fn(function* (): Generator<Yielded, unknown, unknown> {
      return 'started'
    })
    const error = new Error('no generator')
    scheduler.spawn(fn)
    scheduler.spawn(() => {
      throw error
    })
    scheduler.spawn(fn)
    expect(fn).not.toHaveBeenCalled()
    const { results, errors, trace } = scheduler.run()
    expect(fn.mock.calls).toEqual([[1], [3]])
    expect([results.get(1), results.get(3)]).toEqual(['started', 'started'])
    expect([...errors]).toEqual([[2, error]])
    expect(trace).toEqual([1, 2, 3])
  })

  it('a running coroutine may call spawn() on the scheduler itself', () => {
    const scheduler = new Scheduler()
    scheduler.spawn(function* () {
      const id = scheduler.spawn(function* () {
        return 'child'
      })
      yield GOSCHED
      return id
    })
    const { trace, results } = scheduler.run()
    expect(trace).toEqual([1, 2, 1])
    expect([results.get(1), results.get(2)]).toEqual([2, 'child'])
  })

  it('functions that are called with yield* take part in the turns', () => {
    const { trace, results } = inGuest(({ Scheduler }: Solution) => {
      function* twice(): Generator<Yielded, string, unknown> {
        yield { type: 'gosched' }
        yield { type: 'gosched' }
        return 'helped'
      }
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        return yield* twice()
      })
      scheduler.spawn(function* () {
        yield { type: 'gosched' }
      })
      return scheduler.run()
    })
    expect(trace).toEqual([1, 2, 1, 2, 1])
    expect(results.get(1)).toBe('helped')
  })

  it('a scheduler without coroutines has nothing to report', () => {
    expect(runAll()).toEqual({ results: {}, errors: {}, trace: [], ticks: 0, deadlocked: [] })
  })

  it('two hundred coroutines share the thread evenly', () => {
    const report = inGuest(
      (solution: typeof import('./solution'), count: number, slices: number) => {
        const scheduler = new solution.Scheduler()
        for (let i = 0; i < count; i++) {
          scheduler.spawn(function* () {
            for (let k = 1; k < slices; k++) yield { type: 'gosched' }
            return i
          })
        }
        const { trace, results } = scheduler.run()
        return {
          slices: trace.length,
          inTurn: trace.every((id, i) => id === (i % count) + 1),
          results: [...results].filter(([id, value]) => value === id - 1).length,
        }
      },
      200,
      10,
    )
    expect(report).toEqual({ slices: 2_000, inTurn: true, results: 200 })
  })
})

describe('Sleeping', () => {
  it('a sleeper does not keep the others from running', () => {
    const { trace, ticks } = inGuest(({ Scheduler }: Solution) => {
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        yield { type: 'sleep', ticks: 100 }
      })
      scheduler.spawn(function* () {
        yield { type: 'gosched' }
        yield { type: 'gosched' }
      })
      return scheduler.run()
    })
    expect(trace).toEqual([1, 2, 2, 2, 1])
    expect(ticks).toBe(100)
  })

  it('sleepers wake by deadline, and between equal deadlines in the order of falling asleep', () => {
    const delays = random.shuffle([30, 10, 20, 10, 30, 20, 40])
    const { trace, ticks } = takeNaps(delays.map((delay) => [delay]))
    const order = numbers(delays.length).sort((a, b) => (delays[a] ?? 0) - (delays[b] ?? 0) || a - b)
    expect(trace).toEqual([...numbers(delays.length, 1), ...order.map((i) => i + 1)])
    expect(ticks).toBe(40)
  })

  it('the clock stands still while anybody is ready, then jumps to the next deadline', () => {
    const { trace, ticks } = takeNaps([
      [5, 5],
      [0, 0, 0, 0, 7],
    ])
    // 2 falls asleep at time 0, however long it worked before: it wakes at 7, between 1's two deadlines.
    expect(trace).toEqual([1, 2, 2, 2, 2, 2, 1, 2, 1])
    expect(ticks).toBe(10)
  })

  it('after any series of sleeps the order is that of a simple simulation', () => {
    const naps = numbers(8).map(() => numbers(random.int(1, 5)).map(() => random.int(1, 9)))
    const { trace, ticks } = takeNaps(naps)
    const expected: number[] = []
    let asleep = naps.map((_, i) => ({ id: i + 1, at: 0, done: 0 }))
    let now = 0
    while (asleep.length > 0) {
      now = Math.min(...asleep.map(({ at }) => at))
      const due = asleep.filter(({ at }) => at === now)
      asleep = asleep.filter(({ at }) => at !== now)
      for (const { id, done } of due) {
        expected.push(id)
        const nap = naps[id - 1]?.[done]
        if (nap !== undefined) asleep.push({ id, at: now + nap, done: done + 1 })
      }
    }
    expect(trace).toEqual(expected)
    expect(ticks).toBe(now)
  })

  it('sleeping for 0 ticks is the same as gosched', () => {
    const { trace, ticks, results } = runAll(
      function* () {
        yield sleep(0)
        return 'awake'
      },
      function* () {
        yield GOSCHED
        yield GOSCHED
      },
    )
    expect(trace).toEqual([1, 2, 1, 2, 2])
    expect(ticks).toBe(0)
    expect(results[1]).toBe('awake')
  })

  it('a number of ticks that makes no sense is thrown into the sleeper as RangeError', () => {
    const { results, ticks } = runAll(function* () {
      const caught: unknown[] = []
      for (const bad of [-1, 1.5, Number.NaN]) {
        try {
          yield sleep(bad)
        } catch (error) {
          caught.push(error instanceof RangeError)
        }
      }
      return caught
    })
    expect(results[1]).toEqual([true, true, true])
    expect(ticks).toBe(0)
  })
})

describe('Joining', () => {
  it('a joiner waits for the result', () => {
    const report = inGuest(({ Scheduler }: Solution) => {
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        return yield { type: 'join', id: 2 }
      })
      scheduler.spawn(function* () {
        yield { type: 'gosched' }
        yield { type: 'sleep', ticks: 3 }
        return 'result'
      })
      return scheduler.run()
    })
    const { results, trace } = plain(report)
    expect(results).toEqual({ 1: 'result', 2: 'result' })
    expect(trace).toEqual([1, 2, 2, 2, 1])
  })

  it('an error is thrown into the joiner, which may catch it', () => {
    const error = new Error('broken')
    const { results, errors } = runAll(
      function* () {
        yield sleep(1)
        throw error
      },
      function* () {
        try {
          yield join(1)
        } catch (caught) {
          return caught === error ? 'caught' : 'another error'
        }
      },
      function* () {
        yield join(1)
      },
    )
    expect(results).toEqual({ 2: 'caught' })
    expect(Object.keys(errors)).toEqual(['1', '3'])
    expect([errors[1], errors[3]]).toEqual([error, error])
  })

  it('joining a coroutine that has finished does not wait', () => {
    const error = new Error('broken')
    const { results, trace, deadlocked } = runAll(
      function* () {
        return 'early'
      },
      function* () {
        throw error
      },
      function* () {
        const value = yield join(1)
        try {
          yield join(2)
        } catch (caught) {
          return [value, caught === error]
        }
      },
    )
    expect(results[3]).toEqual(['early', true])
    expect(trace).toEqual([1, 2, 3, 3, 3])
    expect(deadlocked).toEqual([])
  })

  it('several joiners of one coroutine go on in the order in which they asked', () => {
    const order = random.shuffle([2, 3, 4, 5])
    const driver = ({ Scheduler }: Solution, order: readonly number[]) => {
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        yield { type: 'sleep', ticks: 50 }
        return 'shared'
      })
      for (let i = 2; i <= 5; i++) {
        scheduler.spawn(function* (self) {
          yield { type: 'sleep', ticks: order.indexOf(self) + 1 }
          return yield { type: 'join', id: 1 }
        })
      }
      return scheduler.run()
    }
    const { trace, results } = plain(inGuest(driver, order))
    expect(trace.slice(-5)).toEqual([1, ...order])
    expect(results).toEqual(Object.fromEntries(numbers(5, 1).map((id) => [id, 'shared'])))
  })

  it('joining itself or nobody throws RangeError there', () => {
    const { results, deadlocked } = runAll(function* (self) {
      const caught: unknown[] = []
      for (const id of [self, 99, 0]) {
        try {
          yield join(id)
        } catch (error) {
          caught.push(error instanceof RangeError)
        }
      }
      return caught
    })
    expect(results[1]).toEqual([true, true, true])
    expect(deadlocked).toEqual([])
  })

  it('joining a coroutine that exited yields undefined', () => {
    const { results } = inGuest(({ Scheduler }: Solution) => {
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        yield { type: 'sleep', ticks: 1 }
        yield { type: 'exit' }
      })
      scheduler.spawn(function* () {
        return [yield { type: 'join', id: 1 }]
      })
      return scheduler.run()
    })
    expect(results.get(2)).toEqual([undefined])
  })

  it('coroutines that wait for each other end the run and are reported', () => {
    const report = inGuest(({ Scheduler }: Solution) => {
      const scheduler = new Scheduler()
      for (const id of [3, 0, 4, 1, 4]) {
        scheduler.spawn(function* () {
          yield id === 0 ? { type: 'sleep', ticks: 20 } : { type: 'join', id }
          return 'free'
        })
      }
      return scheduler.run()
    })
    const { deadlocked, results, errors, ticks } = plain(report)
    expect(deadlocked).toEqual([1, 3, 4, 5])
    expect(results).toEqual({ 2: 'free' })
    expect(errors).toEqual({})
    expect(ticks).toBe(20)
  })
})

describe('Ending', () => {
  it('exit ends only its own coroutine, with the result undefined, after its finally blocks', () => {
    const log: string[] = []
    function* inner(): Generator<Yielded, void, unknown> {
      try {
        yield EXIT
        log.push('not reached')
      } finally {
        log.push('inner cleanup')
      }
    }
    const { results, trace } = runAll(
      function* () {
        try {
          yield* inner()
          log.push('not reached')
        } catch {
          log.push('not an error')
        } finally {
          log.push('outer cleanup')
        }
        return 'not reached'
      },
      function* () {
        yield GOSCHED
        return 'goes on'
      },
    )
    expect(log).toEqual(['inner cleanup', 'outer cleanup'])
    expect(results).toEqual({ 1: undefined, 2: 'goes on' })
    expect(Object.keys(results)).toEqual(['1', '2'])
    expect(trace).toEqual([1, 2, 2])
  })

  it('cleanup may yield like any other code', () => {
    const [log, report] = inGuest(({ Scheduler }: Solution) => {
      const log: string[] = []
      const scheduler = new Scheduler()
      scheduler.spawn(function* () {
        try {
          yield { type: 'exit' }
        } finally {
          log.push('closing')
          yield { type: 'sleep', ticks: 10 }
          log.push(`closed with ${String(yield { type: 'join', id: 2 })}`)
        }
        log.push('not reached')
      })
      scheduler.spawn(function* () {
        yield { type: 'gosched' }
        return 'help'
      })
      const report = scheduler.run()
      return [log, report]
    })
    const { results, trace, ticks } = plain(report)
    expect(log).toEqual(['closing', 'closed with help'])
    expect(results).toEqual({ 1: undefined, 2: 'help' })
    expect(trace).toEqual([1, 2, 2, 1, 1])
    expect(ticks).toBe(10)
  })

  it('what a finally block returns does not become the result of an exit', () => {
    const { results } = runAll(function* () {
      try {
        yield EXIT
      } finally {
        return 'from cleanup'
      }
    })
    expect(Object.entries(results)).toEqual([['1', undefined]])
  })

  it('an error in the cleanup of an exit is the error of the coroutine', () => {
    const error = new Error('cleanup failed')
    const { results, errors } = runAll(function* () {
      try {
        yield EXIT
      } finally {
        throw error
      }
    })
    expect(results).toEqual({})
    expect(errors[1]).toBe(error)
  })

  it('an error that nobody catches stays with its coroutine, whatever was thrown', () => {
    const thrown = [new Error('early'), 'a string', undefined]
    const { results, errors, trace } = runAll(
      ...thrown.map((error, i): CoFn => {
        return function* () {
          for (const _ of numbers(i)) yield GOSCHED
          throw error
        }
      }),
      function* () {
        for (const _ of numbers(4)) yield GOSCHED
        return 'survivor'
      },
    )
    expect(results).toEqual({ 4: 'survivor' })
    expect(Object.entries(errors)).toEqual(thrown.map((error, i) => [String(i + 1), error]))
    expect(trace).toEqual([1, 2, 3, 4, 2, 3, 4, 3, 4, 4, 4])
  })
})
