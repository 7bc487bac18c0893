import { describe, expect, it } from 'vitest'
import { RateExceededError, TokenBucket } from './solution'

/** A clock that stands still until the test moves it, and a sleep that only notes how long. */
function world() {
  const clock = { ms: 0 }
  const slept: number[] = []
  const sleep = (ms: number): Promise<void> => {
    slept.push(ms)
    return Promise.resolve()
  }
  return { clock, now: () => clock.ms, slept, sleep }
}

/** Tokens in the bucket, with -0 read as 0. */
const held = (bucket: TokenBucket): number => bucket.tokens() + 0

describe('TokenBucket', () => {
  it('starts full and refuses what it does not hold', () => {
    const { now } = world()
    const bucket = new TokenBucket({ ratePerSec: 10, burst: 3, now })
    expect([bucket.allow(), bucket.allow(2), bucket.allow()]).toEqual([true, true, false])
  })

  it('fills up with time, and never above its burst', () => {
    const { clock, now } = world()
    const bucket = new TokenBucket({ ratePerSec: 2, burst: 4, now })
    bucket.allow(4)
    clock.ms = 500
    expect(held(bucket)).toBe(1)
    clock.ms = 60_000
    expect(held(bucket)).toBe(4)
  })

  it('reserves tokens of the future and says how far away they are', () => {
    const { now } = world()
    const bucket = new TokenBucket({ ratePerSec: 2, burst: 1, now })
    expect(bucket.reserve().delayMs).toBe(0)
    expect(bucket.reserve().delayMs).toBe(500)
    expect(bucket.reserve().delayMs).toBe(1000)
    expect(held(bucket)).toBe(-2)
  })

  it('makes callers wait in the order in which they came', async () => {
    const { now, slept, sleep } = world()
    const bucket = new TokenBucket({ ratePerSec: 10, burst: 1, now, sleep })
    await Promise.all([bucket.wait(), bucket.wait(), bucket.wait()])
    expect(slept).toEqual([100, 200])
  })

  it('does not wait longer than it is told to', async () => {
    const { now, slept, sleep } = world()
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 1, now, sleep })
    bucket.allow()
    await expect(bucket.wait(1, { maxWaitMs: 999 })).rejects.toBeInstanceOf(RateExceededError)
    expect(slept).toEqual([])
    expect(held(bucket)).toBe(0)
  })
})
