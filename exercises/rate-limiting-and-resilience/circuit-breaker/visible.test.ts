import { describe, expect, it, vi } from 'vitest'
import { type BreakerOpts, CircuitBreaker, OpenStateError } from './solution'

/** A breaker that opens at the third failure, on a clock that moves only when told to. */
function setup(opts: Partial<BreakerOpts> = {}) {
  const clock = { ms: 0 }
  const breaker = new CircuitBreaker({
    timeoutMs: 100,
    intervalMs: 0,
    maxRequests: 1,
    readyToTrip: ({ failures }) => failures >= 3,
    now: () => clock.ms,
    ...opts,
  })
  return { clock, breaker }
}

const failing = () => Promise.reject(new Error('service is down'))

async function fail(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await breaker.execute(failing).catch(() => {})
}

describe('CircuitBreaker', () => {
  it('passes results on and counts calls', async () => {
    const { breaker } = setup()
    expect(await breaker.execute(() => 'fine')).toBe('fine')
    await expect(breaker.execute(failing)).rejects.toThrow('service is down')
    expect(breaker.counts()).toEqual({
      requests: 2,
      successes: 1,
      failures: 1,
      consecutiveSuccesses: 0,
      consecutiveFailures: 1,
    })
  })

  it('opens when readyToTrip says so, and then makes no calls', async () => {
    const { breaker } = setup()
    await fail(breaker, 3)
    expect(breaker.state).toBe('open')
    const fn = vi.fn(() => 'fine')
    await expect(breaker.execute(fn)).rejects.toBeInstanceOf(OpenStateError)
    expect(fn).not.toHaveBeenCalled()
  })

  it('is half-open after the timeout, and closes when a trial call succeeds', async () => {
    const { breaker, clock } = setup()
    await fail(breaker, 3)
    clock.ms += 100
    expect(breaker.state).toBe('half-open')
    await breaker.execute(() => 'fine')
    expect(breaker.state).toBe('closed')
  })

  it('opens again when a trial call fails', async () => {
    const { breaker, clock } = setup()
    await fail(breaker, 3)
    clock.ms += 100
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('answers by the fallback when the call was refused', async () => {
    const { breaker } = setup()
    await fail(breaker, 3)
    expect(await breaker.execute(() => 'fresh', () => 'last known')).toBe('last known')
  })
})
