import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import {
  type BreakerOpts,
  type BreakerState,
  CircuitBreaker,
  type Counts,
  OpenStateError,
  TooManyRequestsError,
} from './solution'

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  value?: unknown
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

class ServiceError extends Error {}
class NotFoundError extends Error {}

const NO_COUNTS: Counts = { requests: 0, successes: 0, failures: 0, consecutiveSuccesses: 0, consecutiveFailures: 0 }
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A breaker that opens at the third failure, or another one, on a clock that moves only when told to. */
function setup({ trip = 3, ...opts }: Partial<BreakerOpts> & { trip?: number } = {}) {
  const clock = { ms: random.int(0, 1e9) }
  const breaker = new CircuitBreaker({
    timeoutMs: 1000,
    intervalMs: 0,
    maxRequests: 1,
    readyToTrip: ({ failures }) => failures >= trip,
    now: () => clock.ms,
    ...opts,
  })
  return { clock, breaker }
}

async function fail(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (const _ of numbers(times)) await breaker.execute(() => Promise.reject(new ServiceError())).catch(() => {})
}

async function succeed(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (const _ of numbers(times)) await breaker.execute(() => Promise.resolve('fine'))
}

/** A call that ends when the test says so. */
function begin(breaker: CircuitBreaker) {
  let resolve: (value: string) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const fn = vi.fn(
    () =>
      new Promise<string>((yes, no) => {
        resolve = yes
        reject = no
      }),
  )
  const seen = watch(breaker.execute(fn))
  return {
    fn,
    seen,
    async succeed() {
      resolve('fine')
      await settle()
    },
    async fail() {
      reject(new ServiceError())
      await settle()
    },
  }
}

/** A breaker that is half-open. */
async function halfOpen(opts: Partial<BreakerOpts> = {}) {
  const { clock, breaker } = setup({ trip: 1, ...opts })
  await fail(breaker)
  clock.ms += 1000
  expect(breaker.state).toBe('half-open')
  return { clock, breaker }
}

describe('Closed', () => {
  it('values and errors are passed on as they are', async () => {
    const { breaker } = setup()
    const value = { price: 3 }
    const error = new ServiceError('down')
    expect(await breaker.execute(() => Promise.resolve(value))).toBe(value)
    expect(await breaker.execute(() => value)).toBe(value)
    expect(await breaker.execute(() => undefined)).toBeUndefined()
    await expect(breaker.execute(() => Promise.reject(error))).rejects.toBe(error)
  })

  it('the function is called within the call, and the request counted', () => {
    const { breaker } = setup()
    const calls = numbers(3).map(() => begin(breaker))
    for (const { fn } of calls) expect(fn).toHaveBeenCalledTimes(1)
    expect(breaker.counts()).toEqual({ ...NO_COUNTS, requests: 3 })
  })

  it('successes and failures are counted, also in a row', async () => {
    const outcomes = numbers(40).map(() => random.next() < 0.5)
    const expected = { ...NO_COUNTS }
    const driver = async (solution: typeof import('./solution'), list: boolean[]): Promise<Counts[]> => {
      const opts = { timeoutMs: 1000, intervalMs: 0, maxRequests: 1, readyToTrip: () => false, now: () => 5 }
      const breaker = new solution.CircuitBreaker(opts)
      const seen: Counts[] = []
      for (const isGood of list) {
        await breaker.execute(() => (isGood ? 'fine' : Promise.reject(new Error('down')))).catch(() => {})
        seen.push(breaker.counts())
      }
      return seen
    }
    const counts = outcomes.map((isGood) => {
      expected.requests++
      if (isGood) expected.successes++
      else expected.failures++
      expected.consecutiveSuccesses = isGood ? expected.consecutiveSuccesses + 1 : 0
      expected.consecutiveFailures = isGood ? 0 : expected.consecutiveFailures + 1
      return { ...expected }
    })
    expect(await inGuest(driver, outcomes)).toEqual(counts)
  })

  it('readyToTrip is asked after each failure, with the failure counted, and decides', async () => {
    const readyToTrip = vi.fn(({ requests, failures }: Counts) => requests >= 3 && failures / requests >= 0.6)
    const { breaker } = setup({ readyToTrip })
    await fail(breaker, 2)
    await succeed(breaker, 2)
    expect(breaker.state).toBe('closed')
    expect(readyToTrip.mock.calls.map(([counts]) => [counts.requests, counts.failures])).toEqual([
      [1, 1],
      [2, 2],
    ])
    await fail(breaker)
    expect(breaker.state).toBe('open')
    expect(readyToTrip).toHaveBeenCalledTimes(3)
  })

  it('a function that throws has failed', async () => {
    const { breaker } = setup({ trip: 2 })
    const error = new ServiceError('before any promise')
    for (const _ of numbers(2)) {
      const seen = watch(
        breaker.execute(() => {
          throw error
        }),
      )
      await settle()
      expect(seen.reason).toBe(error)
    }
    expect(breaker.state).toBe('open')
  })

  it('an error that is no failure counts as a success, and still reaches the caller', async () => {
    const { breaker } = setup({ trip: 2, isFailure: (error) => !(error instanceof NotFoundError) })
    const error = new NotFoundError('no such user')
    for (const _ of numbers(2)) await expect(breaker.execute(() => Promise.reject(error))).rejects.toBe(error)
    expect(breaker.state).toBe('closed')
    expect(breaker.counts()).toEqual({ ...NO_COUNTS, requests: 2, successes: 2, consecutiveSuccesses: 2 })
    await fail(breaker)
    expect(breaker.counts()).toEqual({
      requests: 3,
      successes: 2,
      failures: 1,
      consecutiveSuccesses: 0,
      consecutiveFailures: 1,
    })
  })

  it('the counts begin anew when the interval is over', async () => {
    const { breaker, clock } = setup({ intervalMs: 500 })
    await fail(breaker, 2)
    clock.ms += 499
    expect(breaker.counts().failures).toBe(2)
    clock.ms += 1
    await fail(breaker)
    expect([breaker.state, breaker.counts().failures]).toEqual(['closed', 1])
    clock.ms += random.int(500, 5000)
    expect(breaker.counts()).toEqual(NO_COUNTS)
  })

  it('without an interval the counts are kept for ever', async () => {
    const { breaker, clock } = setup({ intervalMs: 0 })
    await fail(breaker, 2)
    clock.ms += 1e9
    expect(breaker.counts().failures).toBe(2)
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('counts are given away as copies', async () => {
    const readyToTrip = (counts: Counts): boolean => {
      const isReady = counts.failures >= 2
      counts.failures = 100
      return isReady
    }
    const { breaker } = setup({ readyToTrip })
    await fail(breaker)
    breaker.counts().failures = 50
    expect([breaker.state, breaker.counts().failures]).toEqual(['closed', 1])
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })

  it('times and numbers that make no sense are refused with RangeError', () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => setup({ timeoutMs: bad })).toThrow(RangeError)
      expect(() => setup({ intervalMs: bad })).toThrow(RangeError)
    }
    for (const maxRequests of [0, -1, 1.5, Number.NaN]) expect(() => setup({ maxRequests })).toThrow(RangeError)
  })
})

describe('Open', () => {
  it('calls are refused without being made', async () => {
    const { breaker } = setup({ trip: 1 })
    await fail(breaker)
    const fn = vi.fn(() => 'fine')
    for (const _ of numbers(2)) await expect(breaker.execute(fn)).rejects.toBeInstanceOf(OpenStateError)
    expect(fn).not.toHaveBeenCalled()
    expect(breaker.counts()).toEqual(NO_COUNTS)
  })

  it('it stays open for the whole timeout and no longer', async () => {
    const timeoutMs = random.int(2, 5000)
    const { breaker, clock } = setup({ trip: 1, timeoutMs })
    await fail(breaker)
    clock.ms += timeoutMs - 1
    expect(breaker.state).toBe('open')
    await expect(breaker.execute(() => 'fine')).rejects.toBeInstanceOf(OpenStateError)
    clock.ms += 1
    expect(await breaker.execute(() => 'fine')).toBe('fine')
  })

  it('the end of the timeout is seen without a call', async () => {
    const onStateChange = vi.fn()
    const { breaker, clock } = setup({ trip: 1, onStateChange })
    await fail(breaker)
    clock.ms += 1000
    expect(breaker.state).toBe('half-open')
    expect(breaker.counts()).toEqual(NO_COUNTS)
    expect(onStateChange).toHaveBeenLastCalledWith('open', 'half-open')
  })

  it('no timer is needed', async () => {
    vi.useFakeTimers()
    try {
      const { breaker, clock } = setup({ trip: 1, intervalMs: 100 })
      await fail(breaker)
      clock.ms += 1000
      void breaker.state
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('each change of state is told once, when it has happened', async () => {
    const log: string[] = []
    const onStateChange = (from: BreakerState, to: BreakerState): void => {
      log.push(`${from} to ${to}, now ${breaker.state}`)
    }
    const { breaker, clock } = setup({ trip: 1, onStateChange })
    await fail(breaker)
    await breaker.execute(() => 'fine').catch(() => {})
    clock.ms += 1000
    expect([breaker.state, breaker.state]).toEqual(['half-open', 'half-open'])
    await fail(breaker)
    clock.ms += 1000
    await succeed(breaker, 2)
    expect(log).toEqual([
      'closed to open, now open',
      'open to half-open, now half-open',
      'half-open to open, now open',
      'open to half-open, now half-open',
      'half-open to closed, now closed',
    ])
  })
})

describe('Half-open', () => {
  it('so many trial calls are let through, further ones are refused', async () => {
    const maxRequests = random.int(2, 5)
    const { breaker } = await halfOpen({ maxRequests })
    const trials = numbers(maxRequests).map(() => begin(breaker))
    for (const { fn } of trials) expect(fn).toHaveBeenCalledTimes(1)
    const late = begin(breaker)
    await settle()
    expect(late.seen.reason).toBeInstanceOf(TooManyRequestsError)
    expect(late.fn).not.toHaveBeenCalled()
    expect(breaker.counts()).toEqual({ ...NO_COUNTS, requests: maxRequests })
  })

  it('a trial that has ended makes no room for another', async () => {
    const { breaker } = await halfOpen({ maxRequests: 2 })
    const [first] = [begin(breaker), begin(breaker)]
    await first?.succeed()
    const late = begin(breaker)
    await settle()
    expect(late.seen.reason).toBeInstanceOf(TooManyRequestsError)
  })

  it('it closes when all trial calls have succeeded, not before', async () => {
    const maxRequests = random.int(2, 5)
    const { breaker } = await halfOpen({ maxRequests })
    const trials = random.shuffle(numbers(maxRequests).map(() => begin(breaker)))
    for (const [i, trial] of trials.entries()) {
      expect([breaker.state, breaker.counts().successes]).toEqual(['half-open', i])
      await trial.succeed()
    }
    expect([breaker.state, breaker.counts()]).toEqual(['closed', NO_COUNTS])
  })

  it('one failure opens it for another whole timeout, and readyToTrip is not asked', async () => {
    const readyToTrip = vi.fn(({ requests }: Counts) => requests === 1)
    const { breaker, clock } = await halfOpen({ maxRequests: 3, readyToTrip })
    expect(readyToTrip).toHaveBeenCalledTimes(1)
    await succeed(breaker)
    clock.ms += 400
    await fail(breaker)
    expect(breaker.state).toBe('open')
    expect(readyToTrip).toHaveBeenCalledTimes(1)
    clock.ms += 999
    expect(breaker.state).toBe('open')
    clock.ms += 1
    expect([breaker.state, breaker.counts()]).toEqual(['half-open', NO_COUNTS])
  })

  it('an error that is no failure is a good sign as well', async () => {
    const { breaker } = await halfOpen({ isFailure: (error) => !(error instanceof NotFoundError) })
    await breaker.execute(() => Promise.reject(new NotFoundError())).catch(() => {})
    expect(breaker.state).toBe('closed')
  })

  it('it waits for its trial calls as long as they take', async () => {
    const { breaker, clock } = await halfOpen({ intervalMs: 10 })
    const trial = begin(breaker)
    clock.ms += 1e6
    expect([breaker.state, breaker.counts().requests]).toEqual(['half-open', 1])
    await trial.succeed()
    expect(breaker.state).toBe('closed')
  })

  it('once closed it counts from zero', async () => {
    const readyToTrip = vi.fn(({ failures }: Counts) => failures >= 2).mockReturnValueOnce(true)
    const { breaker } = await halfOpen({ readyToTrip })
    await succeed(breaker)
    await fail(breaker)
    expect([breaker.state, breaker.counts().failures]).toEqual(['closed', 1])
    await fail(breaker)
    expect(breaker.state).toBe('open')
  })
})

describe('Generations', () => {
  it('a call from before it opened does not close it', async () => {
    const { breaker, clock } = setup({ trip: 1 })
    const old = begin(breaker)
    await fail(breaker)
    clock.ms += 1000
    expect(breaker.state).toBe('half-open')
    await old.succeed()
    expect(old.seen.value).toBe('fine')
    expect([breaker.state, breaker.counts()]).toEqual(['half-open', NO_COUNTS])
  })

  it('a call from before it opened does not open it anew', async () => {
    const { breaker, clock } = setup({ trip: 1 })
    const [first, second] = [begin(breaker), begin(breaker)]
    await fail(breaker)
    await first?.fail()
    expect(first?.seen.reason).toBeInstanceOf(ServiceError)
    clock.ms += 1000
    expect(breaker.state).toBe('half-open')
    await second?.fail()
    expect([breaker.state, breaker.counts()]).toEqual(['half-open', NO_COUNTS])
  })

  it('a trial call of an earlier attempt does not count for the next one', async () => {
    const { breaker, clock } = await halfOpen({ maxRequests: 2 })
    const slow = begin(breaker)
    await fail(breaker)
    clock.ms += 1000
    await succeed(breaker)
    expect(breaker.state).toBe('half-open')
    await slow.succeed()
    expect([breaker.state, breaker.counts().successes]).toEqual(['half-open', 1])
    await succeed(breaker)
    expect(breaker.state).toBe('closed')
  })

  it('a call from an earlier interval is not counted in the next', async () => {
    const { breaker, clock } = setup({ intervalMs: 100 })
    const slow = [begin(breaker), begin(breaker)]
    clock.ms += 100
    await fail(breaker, 2)
    await slow[0]?.fail()
    await slow[1]?.succeed()
    expect([breaker.state, breaker.counts()]).toEqual([
      'closed',
      { ...NO_COUNTS, requests: 2, failures: 2, consecutiveFailures: 2 },
    ])
  })

  it('after any history it is in the state of a simple model', async () => {
    const script: Array<{ advance: number; begin: boolean; end: number | null; isGood: boolean }> = []
    const expected: string[] = []
    const model = { state: 'closed', generation: 0, began: 0, requests: 0, successes: 0, failures: 0 }
    let [now, begun] = [0, 0]
    let running: Array<{ id: number; generation: number }> = []
    const enter = (state: string): void => {
      Object.assign(model, { state, generation: model.generation + 1, began: now })
      Object.assign(model, { requests: 0, successes: 0, failures: 0 })
    }
    for (let step = 0; step < 250; step++) {
      const kind = random.next()
      const advance = kind < 0.3 ? random.int(1, 40) : 0
      const begin = kind >= 0.3 && kind < 0.7
      const ended = kind >= 0.7 && running.length > 0 ? random.pick(running) : null
      const isGood = random.next() < 0.5
      script.push({ advance, begin, end: ended?.id ?? null, isGood })
      now += advance
      if (model.state === 'open' && now - model.began >= 60) enter('half-open')
      if (model.state === 'closed' && now - model.began >= 100) enter('closed')
      if (begin) {
        if (model.state === 'closed' || (model.state === 'half-open' && model.requests < 2)) {
          model.requests++
          running.push({ id: begun, generation: model.generation })
        }
        begun++
      }
      running = running.filter((call) => call !== ended)
      if (ended?.generation === model.generation) {
        if (isGood) model.successes++
        else model.failures++
        if (model.failures >= (model.state === 'closed' ? 3 : 1)) enter('open')
        else if (model.state === 'half-open' && model.successes >= 2) enter('closed')
      }
      expected.push([model.state, model.requests, model.successes, model.failures].join(' '))
    }
    const driver = async (solution: typeof import('./solution'), steps: typeof script): Promise<string[]> => {
      let ms = 0
      const breaker = new solution.CircuitBreaker({
        timeoutMs: 60,
        intervalMs: 100,
        maxRequests: 2,
        readyToTrip: ({ failures }) => failures >= 3,
        now: () => ms,
      })
      const ends: Array<(isGood: boolean) => void> = []
      const seen: string[] = []
      for (const { advance, begin, end, isGood } of steps) {
        ms += advance
        if (begin) {
          const id = ends.push(() => {}) - 1
          const call = breaker.execute(() => {
            return new Promise<string>((resolve, reject) => {
              ends[id] = (good) => (good ? resolve('fine') : reject(new Error('failed')))
            })
          })
          call.catch(() => {})
        }
        if (end !== null) ends[end]?.(isGood)
        for (let turn = 0; turn < 30; turn++) await null
        const { requests, successes, failures } = breaker.counts()
        seen.push([breaker.state, requests, successes, failures].join(' '))
      }
      return seen
    }
    expect(await inGuest(driver, script)).toEqual(expected)
  })
})

describe('Fallbacks', () => {
  it('a fallback answers for a failed call, and the failure is counted all the same', async () => {
    const { breaker } = setup({ trip: 2 })
    const error = new ServiceError()
    const fallback = vi.fn((_: unknown) => 'last known')
    expect(await breaker.execute(() => Promise.reject(error), fallback)).toBe('last known')
    expect(fallback.mock.calls).toEqual([[error]])
    expect(fallback.mock.calls[0]?.[0]).toBe(error)
    expect(breaker.counts()).toEqual({ ...NO_COUNTS, requests: 1, failures: 1, consecutiveFailures: 1 })
    await breaker.execute(() => Promise.reject(error), fallback)
    expect(breaker.state).toBe('open')
  })

  it('a fallback answers for refused calls and learns why', async () => {
    const { breaker, clock } = setup({ trip: 1 })
    await fail(breaker)
    const fallback = vi.fn(async (_: unknown) => 'last known')
    expect(await breaker.execute(() => 'fresh', fallback)).toBe('last known')
    clock.ms += 1000
    const trial = begin(breaker)
    expect(await breaker.execute(() => 'fresh', fallback)).toBe('last known')
    expect(fallback.mock.calls[0]?.[0]).toBeInstanceOf(OpenStateError)
    expect(fallback.mock.calls[1]?.[0]).toBeInstanceOf(TooManyRequestsError)
    expect(breaker.counts()).toEqual({ ...NO_COUNTS, requests: 1 })
    await trial.succeed()
    expect(breaker.state).toBe('closed')
  })

  it('a fallback during a trial does not close the breaker', async () => {
    const { breaker } = await halfOpen()
    expect(await breaker.execute(() => Promise.reject(new ServiceError()), () => 'last known')).toBe('last known')
    expect(breaker.state).toBe('open')
  })

  it('an error of the fallback is the error of the call, and no second failure', async () => {
    const { breaker } = setup()
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')]
    const failing = () => Promise.reject<string>(new ServiceError())
    await expect(
      breaker.execute(failing, () => {
        throw thrown
      }),
    ).rejects.toBe(thrown)
    await expect(breaker.execute(failing, () => Promise.reject(rejected))).rejects.toBe(rejected)
    expect(breaker.counts().failures).toBe(2)
  })

  it('a fallback is left alone when the call is good, or its error is no failure', async () => {
    const { breaker } = setup({ isFailure: (error) => !(error instanceof NotFoundError) })
    const fallback = vi.fn(() => 'last known')
    const error = new NotFoundError()
    expect(await breaker.execute(() => 'fresh', fallback)).toBe('fresh')
    await expect(breaker.execute(() => Promise.reject<string>(error), fallback)).rejects.toBe(error)
    expect(fallback).not.toHaveBeenCalled()
  })
})
