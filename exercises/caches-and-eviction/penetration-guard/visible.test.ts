import { describe, expect, it, vi } from 'vitest'
import { GuardedLoader } from './solution'

const rows: Record<string, string> = { '100': 'Ada', '200': 'Grace' }

function guard() {
  const clock = { time: 0 }
  const load = vi.fn(async (key: string) => rows[key] ?? null)
  const users = new GuardedLoader<string>({
    load,
    validKey: /^\d{3}$/,
    ttlMs: 60_000,
    nullTtlMs: 1_000,
    maxNulls: 100,
    now: () => clock.time,
  })
  return { users, load, clock }
}

describe('GuardedLoader', () => {
  it('loads a value once and answers from the cache afterwards', async () => {
    const { users, load } = guard()
    expect([await users.get('100'), await users.get('100')]).toEqual(['Ada', 'Ada'])
    expect(load).toHaveBeenCalledTimes(1)
    expect(users.stats()).toEqual({ loads: 1, hits: 1, nullHits: 0, rejected: 0 })
  })

  it('turns away a key that is not valid', async () => {
    const { users, load } = guard()
    expect(await users.get('drop table')).toBe(null)
    expect(load).not.toHaveBeenCalled()
    expect(users.stats().rejected).toBe(1)
  })

  it('remembers for a while that a row does not exist', async () => {
    const { users, load, clock } = guard()
    expect([await users.get('999'), await users.get('999')]).toEqual([null, null])
    expect(load).toHaveBeenCalledTimes(1)
    clock.time = 1_000
    await users.get('999')
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('forgets an empty when its key is invalidated', async () => {
    const { users, load } = guard()
    await users.get('300')
    load.mockResolvedValue('Edsger')
    users.invalidate('300')
    expect(await users.get('300')).toBe('Edsger')
  })
})
