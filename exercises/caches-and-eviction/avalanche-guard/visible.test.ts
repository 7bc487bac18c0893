import { describe, expect, it, vi } from 'vitest'
import { DualCache, jitteredTtl } from './solution'

/** A cache with a clock that the test moves, and loads that the test ends when it likes. */
function dualCache(maxConcurrentLoads = 8) {
  const clock = { time: 0 }
  const ends: Array<(value: string) => void> = []
  const load = vi.fn((_key: string) => new Promise<string>((resolve) => ends.push(resolve)))
  const cache = new DualCache<string>({
    load,
    ttlMs: 1000,
    spread: 0.1,
    maxConcurrentLoads,
    rng: () => 0.5,
    now: () => clock.time,
  })
  return { cache, clock, load, finish: (value: string) => ends.shift()?.(value) }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

describe('DualCache', () => {
  it('draws whole milliseconds around the base', () => {
    expect([0, 0.5, 0.9999].map((drawn) => jitteredTtl(1000, 0.1, () => drawn))).toEqual([900, 1000, 1100])
  })

  it('loads a key once and answers from the primary copy while it is fresh', async () => {
    const { cache, load, finish } = dualCache()
    const first = cache.get('p1')
    await settle()
    finish('tea')
    expect([await first, await cache.get('p1')]).toEqual(['tea', 'tea'])
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('answers from the backup at once when the primary has expired, and refreshes it', async () => {
    const { cache, clock, finish } = dualCache()
    const first = cache.get('p1')
    await settle()
    finish('tea')
    await first
    clock.time = 1000
    expect(await cache.get('p1')).toBe('tea')
    await settle()
    expect(cache.stats()).toEqual({ loads: 2, servedFromBackup: 1, activeLoads: 1 })
    finish('green tea')
    await settle()
    expect(await cache.get('p1')).toBe('green tea')
  })

  it('runs only so many loads at a time', async () => {
    const { cache, load, finish } = dualCache(2)
    const warming = cache.warm(['p1', 'p2', 'p3'])
    await settle()
    expect(load.mock.calls).toEqual([['p1'], ['p2']])
    finish('tea')
    await settle()
    expect(load.mock.calls).toEqual([['p1'], ['p2'], ['p3']])
    finish('coffee')
    finish('milk')
    await warming
  })
})
