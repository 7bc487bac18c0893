import { describe, expect, it } from 'vitest'
import { deleteOldWindows } from '@/lib/db/rate-limits'
import { countEvent, secondsUntilRoom } from '@/lib/learn/rate-limit'
import { useDatabase } from '../support/database'

const test = useDatabase()
/** So long that no test sees its border. */
const LONG = 10 * 365 * 24 * 3600

const count = async (key: string, limit: number, times: number) => {
  const waits = await Promise.all(Array.from({ length: times }, () => countEvent(key, limit, LONG)))
  return waits.filter(({ retryAfterSeconds }) => retryAfterSeconds === 0).length
}

describe('a rate limit', () => {
  it('admits exactly as many as it says when all come at the same moment', async () => {
    expect(await count('burst', 5, 40)).toBe(5)
    expect(await count('burst', 5, 3)).toBe(0)
  })

  it('counts each key for itself', async () => {
    expect(await count('one', 2, 2)).toBe(2)
    expect(await count('other', 2, 2)).toBe(2)
  })

  it('says how long to wait', async () => {
    await count('wait', 1, 1)
    const { retryAfterSeconds } = await countEvent('wait', 1, LONG)
    expect(retryAfterSeconds).toBeGreaterThan(0)
    expect(retryAfterSeconds).toBeLessThanOrEqual(2 * LONG)
  })

  it('carries over what was counted in the window before', async () => {
    const start = Math.floor(Date.now() / 1000 / LONG - 1) * LONG
    await test.db.rateLimit.create({ data: { key: 'before', windowStart: new Date(start * 1000), count: 1_000_000 } })
    expect(await count('before', 10, 1)).toBe(0)
  })

  it('does not count what it refuses', async () => {
    await count('refused', 2, 10)
    expect(await test.db.rateLimit.findMany({ where: { key: 'refused' } })).toMatchObject([{ count: 2 }])
  })

  it('forgets windows that are long over', async () => {
    await test.db.rateLimit.create({ data: { key: 'old', windowStart: new Date(Date.now() - 48 * 3_600_000), count: 1 } })
    await count('young', 1, 1)
    await deleteOldWindows(test.db)
    expect((await test.db.rateLimit.findMany({})).map(({ key }) => key)).not.toContain('old')
  })
})

describe('the time until there is room', () => {
  it.each([
    // A full window: its events must fade through a part of the next one.
    { current: 10, previous: 0, elapsedSeconds: 30, limit: 10, seconds: 30 },
    { current: 10, previous: 0, elapsedSeconds: 0, limit: 10, seconds: 60 },
    // Room as soon as the window before has faded enough: 20 * (1 - 0.5) = 10.
    { current: 0, previous: 20, elapsedSeconds: 0, limit: 10, seconds: 30 },
    { current: 5, previous: 20, elapsedSeconds: 30, limit: 10, seconds: 15 },
    { current: 0, previous: 20, elapsedSeconds: 29.9, limit: 10, seconds: 1 },
  ])('is $seconds s with $current now, $previous before, $elapsedSeconds s into the minute', ({ limit, seconds, ...use }) => {
    expect(secondsUntilRoom({ admitted: false, ...use }, limit, 60)).toBe(seconds)
  })
})
