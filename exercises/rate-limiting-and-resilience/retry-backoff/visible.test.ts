import { describe, expect, it } from 'vitest'
import { IdempotencyStore, retry, RetryError, type RetryOpts } from './solution'

/** Options with a clock that only sleeping moves, and a list of the pauses. */
function setup(opts: Partial<RetryOpts> = {}) {
  const pauses: number[] = []
  let ms = 0
  const all: RetryOpts = {
    maxAttempts: 4,
    baseMs: 100,
    maxMs: 10_000,
    now: () => ms,
    sleep: async (delay) => {
      pauses.push(delay)
      ms += delay
    },
    ...opts,
  }
  return { pauses, opts: all }
}

describe('retry', () => {
  it('tries again with growing pauses until it succeeds', async () => {
    const { pauses, opts } = setup()
    const value = await retry(async (attempt) => {
      if (attempt < 4) throw new Error(`attempt ${attempt}`)
      return 'at last'
    }, opts)
    expect(value).toBe('at last')
    expect(pauses).toEqual([100, 200, 400])
  })

  it('gives up with everything that went wrong', async () => {
    const { pauses, opts } = setup({ maxAttempts: 2 })
    const errors = [new Error('first'), new Error('second')]
    const end = retry((attempt) => Promise.reject(errors[attempt - 1]), opts)
    await expect(end).rejects.toBeInstanceOf(RetryError)
    await expect(end).rejects.toMatchObject({ attempts: 2, causes: errors })
    expect(pauses).toEqual([100])
  })

  it('does not repeat what cannot help', async () => {
    const { pauses, opts } = setup({ retryable: (err) => (err as Error).message !== 'not found' })
    const error = new Error('not found')
    await expect(retry(() => Promise.reject(error), opts)).rejects.toBe(error)
    expect(pauses).toEqual([])
  })

  it('spreads the pauses by chance', async () => {
    const { pauses, opts } = setup({ jitter: 'full', rng: () => 0.25 })
    await expect(retry(() => Promise.reject(new Error('down')), opts)).rejects.toThrow()
    expect(pauses).toEqual([25, 50, 100])
  })
})

describe('IdempotencyStore', () => {
  it('does the work of a key once', async () => {
    const store = new IdempotencyStore()
    let charges = 0
    const charge = async () => ++charges
    expect(await Promise.all([store.run('order-7', charge), store.run('order-7', charge)])).toEqual([1, 1])
    expect(await store.run('order-7', charge)).toBe(1)
    expect(await store.run('order-8', charge)).toBe(2)
  })
})
