import { describe, expect, it } from 'vitest'
import { lockCycle, simulate } from './solution'

describe('deadlock-sim', () => {
  it('finds the deadlock of a send that nobody receives', () => {
    const outcome = simulate({
      chans: { c: 0 },
      goroutines: { main: [{ op: 'send', ch: 'c' }, { op: 'recv', ch: 'c' }] },
    })
    expect(outcome).toEqual({ kind: 'deadlock', blocked: [{ goroutine: 'main', pc: 0, on: 'send c' }] })
  })

  it('lets two goroutines meet', () => {
    const outcome = simulate({
      chans: { c: 0 },
      goroutines: {
        main: [{ op: 'go', name: 'worker' }, { op: 'send', ch: 'c' }],
        worker: [{ op: 'recv', ch: 'c' }],
      },
    })
    expect(outcome).toEqual({ kind: 'ok', leaked: [] })
  })

  it('reports a goroutine that is left behind as a leak', () => {
    const outcome = simulate({
      chans: { result: 0 },
      goroutines: {
        main: [{ op: 'go', name: 'slow' }, { op: 'sleep', ticks: 3 }],
        slow: [{ op: 'send', ch: 'result' }],
      },
    })
    expect(outcome).toEqual({ kind: 'ok', leaked: [{ goroutine: 'slow', pc: 0, on: 'send result' }] })
  })

  it('knows a panic from a deadlock', () => {
    const outcome = simulate({
      chans: { c: 1 },
      goroutines: { main: [{ op: 'close', ch: 'c' }, { op: 'send', ch: 'c' }] },
    })
    expect(outcome).toMatchObject({ kind: 'panic', goroutine: 'main' })
  })

  it('finds a circle of locks', () => {
    expect(lockCycle({ g1: ['A'], g2: ['B'] }, { g1: 'B', g2: 'A' })).toEqual(['g1', 'g2'])
    expect(lockCycle({ g1: ['A'], g2: ['B'] }, { g1: 'B' })).toBeNull()
  })
})
