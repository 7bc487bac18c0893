import { afterEach, describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { RateExceededError, TokenBucket } from './solution'

/** Starts at some odd time, as real clocks do. */
function stoppedClock() {
  const clock = { ms: random.int(1, 1e9) }
  return { clock, now: () => clock.ms }
}

/** Tokens in the bucket, with -0 read as 0. */
const held = (bucket: TokenBucket): number => bucket.tokens() + 0

/** A sleep that the test ends by hand, and that honours its signal. */
function sleeper() {
  const naps: Array<{ ms: number; wake: () => void }> = []
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    return new Promise((resolve, reject) => {
      naps.push({ ms, wake: resolve })
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { naps, sleep }
}

describe('Refilling', () => {
  it('starts full', () => {
    const burst = random.int(2, 50)
    const bucket = new TokenBucket({ ratePerSec: 1, burst, now: stoppedClock().now })
    expect(held(bucket)).toBe(burst)
  })

  it('earns tokens all the time, not once a second', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 250, burst: 100, now })
    bucket.allow(100)
    clock.ms += 4
    expect(held(bucket)).toBe(1)
    clock.ms += 10
    expect(held(bucket)).toBe(3.5)
  })

  it('keeps fractions over many small steps', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 125, burst: 20, now })
    bucket.allow(20)
    for (let step = 0; step < 80; step++) {
      clock.ms += 1
      bucket.allow(20)
    }
    expect(held(bucket)).toBe(10)
  })

  it('never holds more than its burst, however long it rested', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 5, now })
    clock.ms += random.int(1e4, 1e9)
    expect(held(bucket)).toBe(5)
    expect([bucket.allow(5), bucket.allow()]).toEqual([true, false])
  })

  it('agrees with whole-number arithmetic on any history', () => {
    const { clock, now } = stoppedClock()
    const eighthsPerMs = random.pick([1, 2, 4])
    const burst = random.int(3, 12)
    const bucket = new TokenBucket({ ratePerSec: eighthsPerMs * 125, burst, now })
    let eighths = burst * 8
    for (let step = 0; step < 150; step++) {
      const elapsed = step % 40 === 0 ? 1000 : random.int(0, 3)
      const n = random.int(1, 4)
      clock.ms += elapsed
      eighths = Math.min(burst * 8, eighths + elapsed * eighthsPerMs)
      const allowed = n * 8 <= eighths
      if (allowed) eighths -= n * 8
      expect(bucket.allow(n)).toBe(allowed)
      expect(held(bucket)).toBe(eighths / 8)
    }
  })

  it('neither adds nor removes tokens when the clock steps back', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 10, now })
    bucket.allow(8)
    clock.ms -= random.int(1000, 100_000)
    expect(held(bucket)).toBe(2)
  })

  it('goes on filling from the new reading after the clock stepped back', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 10, now })
    bucket.allow(8)
    clock.ms -= 100_000
    bucket.tokens()
    clock.ms += 6
    expect(held(bucket)).toBe(5)
  })

  it('has only its first burst when the rate is 0', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 0, burst: 2, now })
    expect([bucket.allow(), bucket.allow()]).toEqual([true, true])
    clock.ms += 1e9
    expect([bucket.allow(), held(bucket)]).toEqual([false, 0])
  })

  it('refuses a rate or a burst that makes no sense', () => {
    const { now } = stoppedClock()
    for (const ratePerSec of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new TokenBucket({ ratePerSec, burst: 1, now })).toThrow(RangeError)
    }
    for (const burst of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new TokenBucket({ ratePerSec: 1, burst, now })).toThrow(RangeError)
    }
  })
})

describe('Allowing', () => {
  it('takes nothing when it refuses', () => {
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 3, now: stoppedClock().now })
    expect([bucket.allow(2), bucket.allow(2), held(bucket), bucket.allow(1)]).toEqual([true, false, 1, true])
  })

  it('refuses more than the bucket can ever hold', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 1000, burst: 3, now })
    clock.ms += 1e6
    expect([bucket.allow(4), held(bucket)]).toEqual([false, 3])
  })

  it('refuses while tokens are owed to reservations', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now })
    bucket.reserve(2)
    bucket.reserve(2)
    clock.ms += 5
    expect([bucket.allow(1), held(bucket)]).toEqual([false, 0.5])
    clock.ms += 1
    expect(bucket.allow(1)).toBe(true)
  })

  it('always allows nothing at all, and refuses a count below 0', () => {
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 1, now: stoppedClock().now })
    bucket.reserve()
    bucket.reserve()
    expect([bucket.allow(0), held(bucket)]).toEqual([true, -1])
    for (const n of [-1, -0.5, Number.NaN]) expect(() => bucket.allow(n)).toThrow(RangeError)
    expect(held(bucket)).toBe(-1)
  })
})

describe('Reserving', () => {
  it('books tokens of the future, each reservation behind the ones before', () => {
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 4, now: stoppedClock().now })
    const delays = [bucket.reserve(3), bucket.reserve(2), bucket.reserve(4)].map(({ ok, delayMs }) => ({ ok, delayMs }))
    expect(delays.map(({ ok }) => ok)).toEqual([true, true, true])
    for (const [i, delay] of [0, 2, 10].entries()) expect(delays[i]?.delayMs).toBeCloseTo(delay, 6)
    expect(held(bucket)).toBe(-5)
  })

  it('counts a delay from the time of the reservation', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 250, burst: 1, now })
    bucket.reserve()
    clock.ms += 3
    expect(bucket.reserve().delayMs).toBeCloseTo(1, 6)
    clock.ms += 2
    expect(bucket.reserve().delayMs).toBeCloseTo(3, 6)
  })

  it('books nothing when the tokens can never be had', () => {
    const bucket = new TokenBucket({ ratePerSec: 10, burst: 3, now: stoppedClock().now })
    const never = bucket.reserve(4)
    never.cancel()
    expect([never.ok, never.delayMs, held(bucket)]).toEqual([false, Number.POSITIVE_INFINITY, 3])
    const dry = new TokenBucket({ ratePerSec: 0, burst: 1, now: stoppedClock().now })
    expect([dry.reserve().ok, dry.reserve().ok, held(dry)]).toEqual([true, false, 0])
  })

  it('gives cancelled tokens back, once', () => {
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 4, now: stoppedClock().now })
    bucket.allow(4)
    const booked = bucket.reserve(3)
    booked.cancel()
    expect(held(bucket)).toBe(0)
    booked.cancel()
    expect(held(bucket)).toBe(0)
  })

  it('cancels only its own tokens', () => {
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 4, now: stoppedClock().now })
    const [first, second] = [bucket.reserve(4), bucket.reserve(2)]
    first.cancel()
    expect(held(bucket)).toBe(2)
    second.cancel()
    expect(held(bucket)).toBe(4)
  })

  it('never holds more than its burst after tokens came back', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 4, now })
    const booked = bucket.reserve(3)
    clock.ms += 1000
    booked.cancel()
    expect(held(bucket)).toBe(4)
  })

  it('reserves nothing at once, and refuses a count below 0', () => {
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 1, now: stoppedClock().now })
    bucket.reserve()
    bucket.reserve()
    expect([bucket.reserve(0).ok, bucket.reserve(0).delayMs, held(bucket)]).toEqual([true, 0, -1])
    expect(() => bucket.reserve(-1)).toThrow(RangeError)
  })
})

describe('Waiting', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('does not sleep when the tokens are there', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 3, now: stoppedClock().now, sleep })
    await bucket.wait(3)
    expect(naps).toEqual([])
    expect(held(bucket)).toBe(0)
  })

  it('serves callers in order, each delay behind the ones before', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    const counts = [2, 1, 2, 1]
    const callers = counts.map((n) => bucket.wait(n))
    const delays = naps.map(({ ms }) => ms)
    for (const { wake } of naps) wake()
    await Promise.all(callers)
    expect(delays).toHaveLength(3)
    for (const [i, delay] of [2, 6, 8].entries()) expect(delays[i]).toBeCloseTo(delay, 6)
    expect(naps).toHaveLength(3)
  })

  it('rejects at once and takes nothing when the delay is longer than the caller would wait', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    bucket.allow(2)
    await expect(bucket.wait(2, { maxWaitMs: 3 })).rejects.toBeInstanceOf(RateExceededError)
    expect([naps.length, held(bucket)]).toEqual([0, 0])
  })

  it('waits when the delay is just as long as the caller would wait', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    bucket.allow(2)
    const caller = bucket.wait(2, { maxWaitMs: 4 })
    expect(naps.map(({ ms }) => ms)).toEqual([4])
    naps[0]?.wake()
    await caller
    expect(held(bucket)).toBe(-2)
  })

  it('rejects at once when the tokens can never be had', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    await expect(bucket.wait(3)).rejects.toBeInstanceOf(RateExceededError)
    const dry = new TokenBucket({ ratePerSec: 0, burst: 1, now: stoppedClock().now, sleep })
    dry.allow()
    await expect(dry.wait()).rejects.toBeInstanceOf(RateExceededError)
    expect([naps.length, held(bucket), held(dry)]).toEqual([0, 2, 0])
  })

  it('takes nothing when the signal is already aborted', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    const reason = new Error('client left')
    await expect(bucket.wait(1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect([naps.length, held(bucket)]).toEqual([0, 2])
  })

  it('gives its tokens back when it is aborted while it sleeps', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 2, now: stoppedClock().now, sleep })
    bucket.allow(2)
    const abort = new AbortController()
    const caller = bucket.wait(2, { signal: abort.signal })
    expect([naps.length, held(bucket)]).toEqual([1, -2])
    const reason = new Error('client left')
    abort.abort(reason)
    await expect(caller).rejects.toBe(reason)
    expect(held(bucket)).toBe(0)
  })

  it('sleeps on a timer when no sleep is given, and clears it when aborted', async () => {
    vi.useFakeTimers()
    const bucket = new TokenBucket({ ratePerSec: 100, burst: 1, now: () => Date.now() })
    bucket.allow()
    const done: string[] = []
    const abort = new AbortController()
    const first = bucket.wait().then(() => done.push('first'))
    const second = bucket.wait(1, { signal: abort.signal }).catch((error: unknown) => done.push(String(error)))
    await vi.advanceTimersByTimeAsync(9)
    expect(done).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await first
    abort.abort('client left')
    await second
    expect(done).toEqual(['first', 'client left'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('resolves at once for nothing at all, and rejects a count below 0', async () => {
    const { naps, sleep } = sleeper()
    const bucket = new TokenBucket({ ratePerSec: 1, burst: 1, now: stoppedClock().now, sleep })
    bucket.reserve()
    bucket.reserve()
    await bucket.wait(0)
    const negative = async (): Promise<void> => bucket.wait(-1)
    await expect(negative()).rejects.toBeInstanceOf(RangeError)
    expect([naps.length, held(bucket)]).toEqual([0, -1])
  })
})

describe('Changing the rate', () => {
  it('settles the past at the old rate', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 250, burst: 100, now })
    bucket.allow(100)
    clock.ms += 40
    bucket.setRate(1000)
    expect(held(bucket)).toBe(10)
    clock.ms += 5
    expect(held(bucket)).toBe(15)
  })

  it('stops and starts the flow', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 10, now })
    bucket.allow(10)
    clock.ms += 4
    bucket.setRate(0)
    clock.ms += 1000
    expect(held(bucket)).toBe(2)
    bucket.setRate(125)
    clock.ms += 8
    expect(held(bucket)).toBe(3)
  })

  it('leaves what is booked as it is', () => {
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 1, now: stoppedClock().now })
    bucket.reserve()
    const booked = bucket.reserve()
    bucket.setRate(250)
    expect(booked.delayMs).toBeCloseTo(2, 6)
    expect(held(bucket)).toBe(-1)
    expect(bucket.reserve().delayMs).toBeCloseTo(8, 6)
  })

  it('refuses a rate that makes no sense, and keeps the old one', () => {
    const { clock, now } = stoppedClock()
    const bucket = new TokenBucket({ ratePerSec: 500, burst: 10, now })
    bucket.allow(10)
    for (const rate of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => bucket.setRate(rate)).toThrow(RangeError)
    clock.ms += 2
    expect(held(bucket)).toBe(1)
  })
})
