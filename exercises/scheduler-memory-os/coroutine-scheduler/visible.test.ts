import { describe, expect, it } from 'vitest'
import { Scheduler, type Yielded } from './solution'

const GOSCHED: Yielded = { type: 'gosched' }
const EXIT: Yielded = { type: 'exit' }
const sleep = (ticks: number): Yielded => ({ type: 'sleep', ticks })
const join = (id: number): Yielded => ({ type: 'join', id })

describe('Scheduler', () => {
  it('lets coroutines take turns', () => {
    const scheduler = new Scheduler()
    const log: string[] = []
    for (const name of ['a', 'b']) {
      scheduler.spawn(function* () {
        log.push(`${name}1`)
        yield GOSCHED
        log.push(`${name}2`)
        return name
      })
    }
    const { trace, results } = scheduler.run()
    expect(log).toEqual(['a1', 'b1', 'a2', 'b2'])
    expect(trace).toEqual([1, 2, 1, 2])
    expect([results.get(1), results.get(2)]).toEqual(['a', 'b'])
  })

  it('lets others run while one sleeps', () => {
    const scheduler = new Scheduler()
    const log: string[] = []
    scheduler.spawn(function* () {
      yield sleep(10)
      log.push('slept')
    })
    scheduler.spawn(function* () {
      yield GOSCHED
      log.push('worked')
    })
    const { ticks } = scheduler.run()
    expect(log).toEqual(['worked', 'slept'])
    expect(ticks).toBe(10)
  })

  it('hands the result of a coroutine to the one that joins it', () => {
    const scheduler = new Scheduler()
    scheduler.spawn(function* () {
      const child = yield {
        type: 'spawn',
        *fn() {
          yield sleep(5)
          return 21
        },
      }
      const half = yield join(Number(child))
      return Number(half) * 2
    })
    expect(scheduler.run().results.get(1)).toBe(42)
  })

  it('runs the finally blocks of a coroutine that exits', () => {
    const scheduler = new Scheduler()
    const log: string[] = []
    scheduler.spawn(function* () {
      try {
        yield EXIT
        log.push('not reached')
      } finally {
        log.push('cleaned up')
      }
    })
    const { results } = scheduler.run()
    expect(log).toEqual(['cleaned up'])
    expect(results.has(1)).toBe(true)
  })

  it('keeps an error with the coroutine that threw it', () => {
    const scheduler = new Scheduler()
    const error = new Error('broken')
    scheduler.spawn(function* () {
      yield GOSCHED
      throw error
    })
    scheduler.spawn(function* () {
      yield sleep(1)
      return 'fine'
    })
    const { errors, results } = scheduler.run()
    expect(errors.get(1)).toBe(error)
    expect(results.get(2)).toBe('fine')
  })
})
