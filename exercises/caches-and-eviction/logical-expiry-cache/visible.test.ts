import { describe, expect, it, vi } from 'vitest'
import { LogicalExpiryCache } from './solution'

/** A cache with a clock that the test moves, and rebuilds that the test ends when it likes. */
function hotCache() {
  const clock = { time: 0 }
  const ends: Array<(page: string) => void> = []
  const rebuild = vi.fn((_key: string) => new Promise<string>((resolve) => ends.push(resolve)))
  const cache = new LogicalExpiryCache<string>({ rebuild, ttlMs: 1000, now: () => clock.time })
  return { cache, clock, rebuild, finish: (page: string) => ends.shift()?.(page) }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

describe('LogicalExpiryCache', () => {
  it('answers from a fresh entry without a rebuild', async () => {
    const { cache, rebuild } = hotCache()
    cache.preload('/', 'page 1')
    expect(await cache.get('/')).toEqual({ value: 'page 1', stale: false })
    expect(rebuild).not.toHaveBeenCalled()
  })

  it('hands out an expired entry at once and rebuilds it in the background', async () => {
    const { cache, clock, rebuild, finish } = hotCache()
    cache.preload('/', 'page 1')
    clock.time = 1000
    expect(await cache.get('/')).toEqual({ value: 'page 1', stale: true })
    expect(await cache.get('/')).toEqual({ value: 'page 1', stale: true })
    expect(rebuild).toHaveBeenCalledTimes(1)
    finish('page 2')
    await settle()
    expect(await cache.get('/')).toEqual({ value: 'page 2', stale: false })
  })

  it('lets all who want an absent key wait for one rebuild', async () => {
    const { cache, rebuild, finish } = hotCache()
    const gets = [cache.get('/'), cache.get('/')]
    await settle()
    expect(cache.pendingRebuilds).toBe(1)
    finish('page 1')
    expect(await Promise.all(gets)).toEqual(gets.map(() => ({ value: 'page 1', stale: false })))
    expect(rebuild).toHaveBeenCalledTimes(1)
  })
})
