import { describe, expect, it } from 'vitest'
import { HealthPool } from './solution'

const noTimers = { now: () => 0, setTimeout: () => 1, clearTimeout: () => {} }

describe('HealthPool', () => {
  it('takes a server out after some failures in a row, and brings it back', async () => {
    const sick = new Set(['a'])
    const changes: string[] = []
    const pool = new HealthPool({
      rise: 2,
      fall: 3,
      timeoutMs: 1000,
      check: async (id) => !sick.has(id),
      timers: noTimers,
      onChange: (id, state) => changes.push(`${id} ${state}`),
    })
    pool.add('a')
    pool.add('b')
    await pool.tick()
    await pool.tick()
    expect(pool.healthy).toEqual(['a', 'b'])
    await pool.tick()
    expect(pool.healthy).toEqual(['b'])
    sick.clear()
    await pool.tick()
    expect(pool.healthy).toEqual(['b'])
    await pool.tick()
    expect(pool.healthy).toEqual(['a', 'b'])
    expect(changes).toEqual(['a down', 'a up'])
  })

  it('picks healthy servers in turn', async () => {
    const pool = new HealthPool({
      rise: 1,
      fall: 1,
      timeoutMs: 1000,
      check: async (id) => id !== 'b',
      timers: noTimers,
    })
    for (const id of ['a', 'b', 'c']) pool.add(id)
    await pool.tick()
    const four = [pool.pick(), pool.pick(), pool.pick(), pool.pick()]
    expect([...four].sort()).toEqual(['a', 'a', 'c', 'c'])
    expect(four[0]).not.toBe(four[1])
  })

  it('picks nobody from an empty pool', () => {
    const pool = new HealthPool({ rise: 1, fall: 1, timeoutMs: 1, check: async () => true, timers: noTimers })
    expect(pool.pick()).toBe(null)
  })
})
