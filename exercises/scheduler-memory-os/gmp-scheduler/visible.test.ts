import { describe, expect, it } from 'vitest'
import { GMP } from './solution'

describe('GMP', () => {
  it('runs what was started last, then the others in their order', () => {
    const gmp = new GMP({ procs: 1, rng: () => 0 })
    for (const id of ['a', 'b', 'c']) gmp.go(id, 0)
    expect([gmp.runnext(0), gmp.local(0)]).toEqual(['c', ['a', 'b']])
    expect(gmp.schedule(0)).toEqual({ g: 'c', from: 'runnext' })
    expect(gmp.schedule(0)).toEqual({ g: 'a', from: 'local' })
    expect(gmp.schedule(0)).toEqual({ g: 'b', from: 'local' })
    expect(gmp.schedule(0)).toEqual({ g: null, from: 'idle' })
  })

  it('moves half of a full queue to the global one', () => {
    const gmp = new GMP({ procs: 1, localCap: 4, rng: () => 0 })
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) gmp.go(id, 0)
    expect([gmp.runnext(0), gmp.local(0), gmp.global()]).toEqual(['f', ['c', 'd'], ['a', 'b', 'e']])
  })

  it('takes a share of the global queue', () => {
    const gmp = new GMP({ procs: 2, rng: () => 0 })
    for (const id of ['a', 'b', 'c', 'd']) gmp.pushGlobal(id)
    expect(gmp.schedule(1)).toEqual({ g: 'a', from: 'global' })
    expect([gmp.local(1), gmp.global()]).toEqual([['b', 'c'], ['d']])
  })

  it('steals half of another queue', () => {
    const gmp = new GMP({ procs: 3, rng: () => 0.4 })
    for (const id of ['a', 'b', 'c', 'd', 'e']) gmp.go(id, 1)
    expect(gmp.schedule(2)).toEqual({ g: 'b', from: 'steal' })
    expect([gmp.local(2), gmp.local(1), gmp.runnext(1)]).toEqual([['a'], ['c', 'd'], 'e'])
  })
})
