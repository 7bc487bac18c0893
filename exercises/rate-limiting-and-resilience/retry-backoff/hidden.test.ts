import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { IdempotencyStore, retry, RetryError, type RetryOpts } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await null
}

interface Seen<T> {
  state: 'pending' | 'resolved' | 'rejected'
  value?: T
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>): Seen<T> {
  const seen: Seen<T> = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** Options on a clock that starts at some odd time and moves by sleeping, and what was slept. */
function setup(opts: Partial<RetryOpts> = {}) {
  const pauses: number[] = []
  const clock = { ms: random.int(1, 1e9) }
  const all: RetryOpts = {
    maxAttempts: 5,
    baseMs: 100,
    maxMs: 1e6,
    now: () => clock.ms,
    sleep: async (delay) => {
      pauses.push(delay)
      clock.ms += delay
    },
    ...opts,
  }
  return { pauses, clock, opts: all }
}

/** A function that fails so many times, each time with another error, and then succeeds. */
function failing(times: number) {
  const errors = numbers(times).map((i) => new Error(`failure ${i + 1}`))
  const fn = vi.fn((attempt: number): Promise<string> => {
    const error = errors[attempt - 1]
    return error ? Promise.reject(error) : Promise.resolve(`success ${attempt}`)
  })
  return { fn, errors }
}

/** What a retry gives up with. */
async function giveUp(fn: (attempt: number) => Promise<unknown>, opts: RetryOpts): Promise<RetryError> {
  const seen = watch(retry(fn, opts))
  await settle()
  expect(seen.reason).toBeInstanceOf(RetryError)
  return seen.reason as RetryError
}

describe('Attempts', () => {
  it('what succeeds at once is done once, without a pause', async () => {
    const { pauses, opts } = setup()
    const { fn } = failing(0)
    expect(await retry(fn, opts)).toBe('success 1')
    expect([fn.mock.calls, pauses]).toEqual([[[1]], []])
  })

  it('the first attempt is made within the call', () => {
    const { opts } = setup()
    const { fn } = failing(0)
    void retry(fn, opts)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('it is tried until it succeeds, and knows the number of the attempt', async () => {
    const times = random.int(1, 4)
    const { pauses, opts } = setup()
    const { fn } = failing(times)
    expect(await retry(fn, opts)).toBe(`success ${times + 1}`)
    expect(fn.mock.calls).toEqual(numbers(times + 1, 1).map((attempt) => [attempt]))
    expect(pauses).toHaveLength(times)
  })

  it('after the last attempt it gives up at once, with all causes in order', async () => {
    for (const maxAttempts of [1, random.int(2, 5)]) {
      const { pauses, opts } = setup({ maxAttempts })
      const { fn, errors } = failing(9)
      const error = await giveUp(fn, opts)
      expect([error.attempts, error.causes.length]).toEqual([maxAttempts, maxAttempts])
      for (const [i, cause] of error.causes.entries()) expect(cause).toBe(errors[i])
      expect([fn.mock.calls.length, pauses.length]).toEqual([maxAttempts, maxAttempts - 1])
    }
  })

  it('an error that is not worth a repetition is thrown as it is', async () => {
    const { pauses, opts } = setup({ retryable: (error) => (error as Error).message !== 'failure 3' })
    const { fn, errors } = failing(9)
    const seen = watch(retry(fn, opts))
    await settle()
    expect(seen.reason).toBe(errors[2])
    expect([fn.mock.calls.length, pauses.length]).toEqual([3, 2])
  })

  it('what is not idempotent is never tried again', async () => {
    const { pauses, opts } = setup({ idempotent: false })
    const { fn, errors } = failing(1)
    const seen = watch(retry(fn, opts))
    await settle()
    expect(seen.reason).toBe(errors[0])
    expect([fn.mock.calls.length, pauses]).toEqual([1, []])
  })

  it('a function that throws before it returns a promise has failed as well', async () => {
    const { opts } = setup()
    const fn = vi.fn((attempt: number) => {
      if (attempt === 1) throw new Error('at once')
      return Promise.resolve('fine')
    })
    expect(await retry(fn, opts)).toBe('fine')
  })

  it('options that make no sense are refused with RangeError, before anything is tried', async () => {
    const bad: Array<Partial<RetryOpts>> = [
      ...[0, -1, 1.5, Number.NaN].map((maxAttempts) => ({ maxAttempts })),
      ...[-1, Number.NaN].flatMap((ms) => [{ baseMs: ms }, { maxMs: ms }, { budgetMs: ms }]),
      ...[0.5, -2, Number.NaN].map((factor) => ({ factor })),
    ]
    const { fn } = failing(0)
    const all = bad.map((opts) => watch(retry(fn, setup(opts).opts)))
    await settle()
    for (const { reason } of all) expect(reason).toBeInstanceOf(RangeError)
    expect(fn).not.toHaveBeenCalled()
  })
})

describe('Pauses', () => {
  it('they grow by the factor, from the base on', async () => {
    const baseMs = random.int(1, 50)
    const factor = random.int(2, 4)
    const { pauses, opts } = setup({ baseMs, factor, maxAttempts: 6 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual(numbers(5).map((i) => baseMs * factor ** i))
  })

  it('the factor is 2 if nothing else was said', async () => {
    const { pauses, opts } = setup({ baseMs: 3 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual([3, 6, 12, 24])
  })

  it('with a factor of 1 they stay the same', async () => {
    const { pauses, opts } = setup({ baseMs: 70, factor: 1 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual([70, 70, 70, 70])
  })

  it('none is longer than the maximum', async () => {
    const { pauses, opts } = setup({ baseMs: 100, maxMs: 350, maxAttempts: 6 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual([100, 200, 350, 350, 350])
    const small = setup({ baseMs: 100, maxMs: 20 })
    await giveUp(failing(9).fn, small.opts)
    expect(small.pauses).toEqual([20, 20, 20, 20])
  })

  it('full jitter draws from nothing to the whole pause', async () => {
    const draws = [0, 0.25, 0.5, 0.75]
    const rng = vi.fn(() => draws[rng.mock.calls.length - 1] ?? 0)
    const { pauses, opts } = setup({ jitter: 'full', rng, maxMs: 400 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual([0, 50, 200, 300])
  })

  it('equal jitter draws from half to the whole pause', async () => {
    const draws = [0, 0.5, 0.25, 0.75]
    const rng = vi.fn(() => draws[rng.mock.calls.length - 1] ?? 0)
    const { pauses, opts } = setup({ jitter: 'equal', rng, maxMs: 400 })
    await giveUp(failing(9).fn, opts)
    expect(pauses).toEqual([50, 150, 250, 350])
  })

  it('without jitter nothing is drawn', async () => {
    const rng = vi.fn(() => 0.5)
    const { pauses, opts } = setup({ rng, maxAttempts: 3 })
    await giveUp(failing(9).fn, opts)
    expect([pauses, rng.mock.calls.length]).toEqual([[100, 200], 0])
  })

  it('what the error asks for comes before everything else', async () => {
    const asked = [5000, undefined, 0, 7]
    const retryAfterMs = vi.fn((_: unknown) => asked[retryAfterMs.mock.calls.length - 1])
    const { pauses, opts } = setup({ retryAfterMs, maxMs: 300, jitter: 'full', rng: () => 0.5 })
    const { fn, errors } = failing(9)
    await giveUp(fn, opts)
    expect(pauses).toEqual([5000, 100, 0, 7])
    expect(retryAfterMs.mock.calls[1]?.[0]).toBe(errors[1])
  })
})

describe('Budget and abort', () => {
  it('a pause that would end after the budget is not begun', async () => {
    const { pauses, opts } = setup({ budgetMs: 699 })
    const { fn, errors } = failing(9)
    const error = await giveUp(fn, opts)
    expect([error.attempts, error.causes, pauses]).toEqual([3, errors.slice(0, 3), [100, 200]])
  })

  it('a pause that ends with the budget is taken', async () => {
    const { pauses, opts } = setup({ budgetMs: 700 })
    const error = await giveUp(failing(9).fn, opts)
    expect([error.attempts, pauses]).toEqual([4, [100, 200, 400]])
  })

  it('the time of the attempts counts, and so does what the error asks for', async () => {
    const { pauses, clock, opts } = setup({ budgetMs: 1000 })
    const slow = async () => {
      clock.ms += 450
      throw new Error('slow')
    }
    const error = await giveUp(slow, opts)
    expect([error.attempts, pauses]).toEqual([2, [100]])
    const asking = setup({ budgetMs: 1000, retryAfterMs: () => 2000 })
    expect((await giveUp(failing(9).fn, asking.opts)).attempts).toBe(1)
    expect(asking.pauses).toEqual([])
  })

  it('an abort during a pause ends it with the reason of the abort', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const sleep = vi.fn((_ms: number, given?: AbortSignal) => {
      return new Promise<void>((_, reject) => given?.addEventListener('abort', () => reject(given.reason)))
    })
    const { opts } = setup({ signal, sleep })
    const { fn } = failing(9)
    const seen = watch(retry(fn, opts))
    await settle()
    expect([seen.state, sleep.mock.calls.length]).toEqual(['pending', 1])
    const reason = new Error('the caller has left')
    controller.abort(reason)
    await settle()
    expect(seen.reason).toBe(reason)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('after an abort nothing more is tried, even if the pause ends well', async () => {
    const controller = new AbortController()
    const reason = new Error('the caller has left')
    const { opts } = setup({ signal: controller.signal, sleep: async () => controller.abort(reason) })
    const { fn } = failing(9)
    const seen = watch(retry(fn, opts))
    await settle()
    expect([seen.reason, fn.mock.calls.length]).toEqual([reason, 1])
  })

  it('an abort during an attempt that fails ends it without a pause', async () => {
    const reason = new Error('the caller has left')
    for (const opts of [{}, { retryable: () => false }]) {
      const controller = new AbortController()
      const { pauses, opts: all } = setup({ signal: controller.signal, ...opts })
      const fn = async () => {
        controller.abort(reason)
        throw new Error('failed')
      }
      const seen = watch(retry(fn, all))
      await settle()
      expect([seen.reason, pauses]).toEqual([reason, []])
    }
  })

  it('an attempt that succeeds in spite of an abort has succeeded', async () => {
    const controller = new AbortController()
    const { opts } = setup({ signal: controller.signal })
    const fn = async () => {
      controller.abort(new Error('too late'))
      return 'done'
    }
    expect(await retry(fn, opts)).toBe('done')
  })

  it('a signal that is already aborted lets nothing be tried', async () => {
    const reason = new Error('the caller has left')
    const { opts } = setup({ signal: AbortSignal.abort(reason) })
    const { fn } = failing(0)
    const seen = watch(retry(fn, opts))
    await settle()
    expect([seen.reason, fn.mock.calls.length]).toEqual([reason, 0])
  })
})

describe('Idempotency', () => {
  it('those who ask while it is done share the one run', async () => {
    const store = new IdempotencyStore()
    let finish: (value: { id: number }) => void = () => {}
    const fn = vi.fn(() => new Promise<{ id: number }>((resolve) => (finish = resolve)))
    const others = vi.fn(async () => ({ id: -1 }))
    const all = [watch(store.run('k', fn)), watch(store.run('k', others)), watch(store.run('k', fn))]
    await settle()
    expect([fn.mock.calls.length, others.mock.calls.length, store.size]).toEqual([1, 0, 1])
    finish({ id: 7 })
    await settle()
    expect(all.map(({ value }) => value)).toEqual([{ id: 7 }, { id: 7 }, { id: 7 }])
  })

  it('those who ask later get the same result, whatever it is', async () => {
    const store = new IdempotencyStore()
    for (const value of [undefined, null, 0, 'text']) {
      const key = String(value)
      const fn = vi.fn(async () => value)
      expect(await store.run(key, fn)).toBe(value)
      expect(await store.run<unknown>(key, async () => 'another')).toBe(value)
      expect(fn).toHaveBeenCalledTimes(1)
    }
    expect(store.size).toBe(4)
  })

  it('each key has work of its own', async () => {
    const store = new IdempotencyStore()
    const keys = random.shuffle(['a', 'b', '__proto__', 'constructor', ''])
    for (const key of keys) expect(await store.run(key, async () => `work of ${key}`)).toBe(`work of ${key}`)
    expect(store.size).toBe(keys.length)
  })

  it('a failure goes to all who share it, and is not kept', async () => {
    const store = new IdempotencyStore()
    const error = new Error('card declined')
    let fail: (error: Error) => void = () => {}
    const fn = vi.fn(() => new Promise<string>((_, reject) => (fail = reject)))
    const all = [watch(store.run('k', fn)), watch(store.run('k', fn))]
    await settle()
    fail(error)
    await settle()
    expect(all.map(({ reason }) => reason)).toEqual([error, error])
    expect([fn.mock.calls.length, store.size]).toEqual([1, 0])
    expect(await store.run('k', async () => 'paid')).toBe('paid')
    expect(await store.run('k', fn)).toBe('paid')
  })

  it('a function that throws before it returns a promise has failed as well', async () => {
    const store = new IdempotencyStore()
    const error = new Error('at once')
    const seen = watch(
      store.run('k', () => {
        throw error
      }),
    )
    await settle()
    expect([seen.reason, store.size]).toEqual([error, 0])
  })

  it('with both together a repeated charge is made once', async () => {
    const store = new IdempotencyStore()
    const { opts } = setup()
    const charge = vi.fn(async () => 'receipt')
    // The server does the work, and its answer is lost twice on the way.
    const call = async (attempt: number) => {
      const receipt = await store.run('order-7', charge)
      if (attempt < 3) throw new Error('connection lost')
      return receipt
    }
    expect(await retry(call, opts)).toBe('receipt')
    expect(charge).toHaveBeenCalledTimes(1)
  })
})
