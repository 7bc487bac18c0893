import { describe, expect, it, vi } from 'vitest'
import { AccountCache } from '@/lib/auth/account-cache'

function setUp(load = vi.fn(async (id: string) => `account ${id}`)) {
  const clock = { now: 0 }
  return { load, clock, cache: new AccountCache(load, () => clock.now) }
}

describe('what is remembered of accounts', () => {
  it('is asked for once by requests that come together', async () => {
    const { load, cache } = setUp()
    expect(await Promise.all([cache.get('a'), cache.get('a'), cache.get('b')])).toEqual([
      'account a', 'account a', 'account b',
    ])
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('is asked for again after five seconds, and at once when it was changed here', async () => {
    const { load, clock, cache } = setUp()
    await cache.get('a')
    clock.now = 4_999
    await cache.get('a')
    expect(load).toHaveBeenCalledTimes(1)
    clock.now = 5_000
    await cache.get('a')
    expect(load).toHaveBeenCalledTimes(2)
    cache.forget('a')
    await cache.get('a')
    expect(load).toHaveBeenCalledTimes(3)
  })

  it('is no failure: the next request asks again', async () => {
    const { load, cache } = setUp()
    load.mockRejectedValueOnce(new Error('the database is away'))
    await expect(cache.get('a')).rejects.toThrow('away')
    expect(await cache.get('a')).toBe('account a')
  })

  it('does not grow without end', async () => {
    const { load, cache } = setUp()
    for (let id = 0; id <= 5_000; id++) await cache.get(String(id))
    await cache.get('5000')
    expect(load).toHaveBeenCalledTimes(5_001)
    await cache.get('0')
    expect(load).toHaveBeenCalledTimes(5_002)
  })
})
