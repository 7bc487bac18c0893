import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { LogicalExpiryCache, type LogicalOpts } from './solution'

class RebuildError extends Error {}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

interface Ending {
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** A cache with a clock that the test moves, and rebuilds that the test ends, each by its number. */
function hotCache(opts: Partial<LogicalOpts<unknown>> = {}) {
  const clock = { time: random.int(0, 1e6) }
  const rebuilds: Ending[] = []
  const asked: string[] = []
  const rebuild = (key: string) => {
    asked.push(key)
    return new Promise<unknown>((resolve, reject) => rebuilds.push({ resolve, reject }))
  }
  const cache = new LogicalExpiryCache<unknown>({ rebuild, ttlMs: 100, now: () => clock.time, ...opts })
  return {
    cache,
    asked,
    pass: (ms: number) => (clock.time += ms),
    async succeed(number: number, value: unknown) {
      rebuilds[number]?.resolve(value)
      await settle()
    },
    async fail(number: number) {
      rebuilds[number]?.reject(new RebuildError(`rebuild ${number}`))
      await settle()
    },
  }
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  value?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (value) => Object.assign(seen, { state: 'rejected', value }),
  )
  return seen
}

/** What a get gives that need not wait for a rebuild. */
async function now(cache: LogicalExpiryCache<unknown>, key: string): Promise<unknown> {
  const seen = watch(cache.get(key))
  await settle()
  return seen.value ?? seen.state
}

const fresh = (value: unknown) => ({ value, stale: false })
const stale = (value: unknown) => ({ value, stale: true })

describe('Fresh and stale', () => {
  it('an entry is fresh until exactly its life is over', async () => {
    const ttlMs = random.int(10, 5000)
    const { cache, asked, pass } = hotCache({ ttlMs })
    cache.preload('a', 1)
    pass(ttlMs - 1)
    expect(await now(cache, 'a')).toEqual(fresh(1))
    expect(asked).toEqual([])
    pass(1)
    expect(await now(cache, 'a')).toEqual(stale(1))
    expect(asked).toEqual(['a'])
  })

  it('a stale entry is handed out without waiting, however old it is', async () => {
    const { cache, pass } = hotCache()
    cache.preload('a', 'old')
    for (let i = 0; i < 3; i++) {
      pass(random.int(100, 1e9))
      expect(await now(cache, 'a')).toEqual(stale('old'))
    }
  })

  it('the rebuilt value is fresh as soon as the rebuild is done', async () => {
    const { cache, asked, pass, succeed } = hotCache()
    cache.preload('a', 1)
    pass(100)
    await now(cache, 'a')
    await succeed(0, 2)
    expect(await now(cache, 'a')).toEqual(fresh(2))
    expect(asked).toEqual(['a'])
  })

  it('the life of a rebuilt value counts from the end of the rebuild', async () => {
    const { cache, pass, succeed } = hotCache()
    cache.preload('a', 1)
    pass(130)
    await now(cache, 'a')
    pass(60)
    await succeed(0, 2)
    pass(99)
    expect(await now(cache, 'a')).toEqual(fresh(2))
    pass(1)
    expect(await now(cache, 'a')).toEqual(stale(2))
  })

  it('any value can be cached', async () => {
    const { cache, asked, pass } = hotCache()
    const values = [undefined, null, 0, '', false]
    values.forEach((value, i) => cache.preload(`k${i}`, value))
    for (const [i, value] of values.entries()) expect(await now(cache, `k${i}`)).toEqual(fresh(value))
    expect(asked).toEqual([])
    pass(100)
    for (const [i, value] of values.entries()) expect(await now(cache, `k${i}`)).toEqual(stale(value))
  })

  it('a preload replaces the entry and renews its life', async () => {
    const { cache, pass } = hotCache()
    cache.preload('a', 1)
    pass(60)
    cache.preload('a', 2)
    pass(60)
    expect(await now(cache, 'a')).toEqual(fresh(2))
    pass(40)
    expect(await now(cache, 'a')).toEqual(stale(2))
  })

  it('limits that make no sense are refused', () => {
    for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => hotCache({ ttlMs })).toThrow(RangeError)
    }
    for (const maxStaleMs of [-1, Number.NaN]) expect(() => hotCache({ maxStaleMs })).toThrow(RangeError)
    for (const maxStaleMs of [0, Number.POSITIVE_INFINITY]) expect(() => hotCache({ maxStaleMs })).not.toThrow()
  })
})

describe('One rebuild at a time', () => {
  it('many gets of a stale key start one rebuild', async () => {
    const { cache, asked, pass } = hotCache()
    cache.preload('a', 1)
    pass(100)
    const gets = Array.from({ length: random.int(5, 20) }, () => watch(cache.get('a')))
    await settle()
    expect(gets.map(({ value }) => value)).toEqual(gets.map(() => stale(1)))
    expect(asked).toEqual(['a'])
    expect(cache.pendingRebuilds).toBe(1)
  })

  it('a rebuild that has succeeded makes room for the next', async () => {
    const { cache, asked, pass, succeed } = hotCache()
    cache.preload('a', 0)
    for (let round = 0; round < 3; round++) {
      pass(100)
      expect(await now(cache, 'a')).toEqual(stale(round))
      await succeed(round, round + 1)
    }
    expect(asked).toEqual(['a', 'a', 'a'])
    expect(cache.pendingRebuilds).toBe(0)
  })

  it('keys are rebuilt independently of each other', async () => {
    const { cache, asked, pass, succeed } = hotCache()
    const keys = random.shuffle(['a', '', '__proto__', 'constructor'])
    for (const key of keys) cache.preload(key, `old ${key}`)
    pass(100)
    for (const key of keys) expect(await now(cache, key)).toEqual(stale(`old ${key}`))
    expect(asked).toEqual(keys)
    expect(cache.pendingRebuilds).toBe(4)
    await succeed(2, 'new')
    expect(cache.pendingRebuilds).toBe(3)
    for (const [i, key] of keys.entries()) {
      expect(await now(cache, key)).toEqual(i === 2 ? fresh('new') : stale(`old ${key}`))
    }
  })
})

describe('Waiting', () => {
  it('an absent key makes all who want it wait for one rebuild', async () => {
    const { cache, asked, succeed } = hotCache()
    const gets = Array.from({ length: random.int(2, 10) }, () => watch(cache.get('a')))
    await settle()
    expect(gets.map(({ state }) => state)).toEqual(gets.map(() => 'pending'))
    await succeed(0, undefined)
    expect(gets.map(({ value }) => value)).toEqual(gets.map(() => fresh(undefined)))
    expect(asked).toEqual(['a'])
  })

  it('an entry is handed out until exactly the limit after its expiry', async () => {
    const maxStaleMs = random.int(10, 500)
    const { cache, asked, pass, succeed } = hotCache({ maxStaleMs })
    cache.preload('a', 1)
    pass(100 + maxStaleMs - 1)
    expect(await now(cache, 'a')).toEqual(stale(1))
    pass(1)
    const get = watch(cache.get('a'))
    await settle()
    expect(get.state).toBe('pending')
    expect(asked).toEqual(['a'])
    await succeed(0, 2)
    expect(get.value).toEqual(fresh(2))
  })

  it('an entry that is too stale makes its caller start a rebuild and wait', async () => {
    const { cache, asked, pass, succeed } = hotCache({ maxStaleMs: 50 })
    cache.preload('a', 1)
    pass(1000)
    const get = watch(cache.get('a'))
    await settle()
    expect([get.state, ...asked]).toEqual(['pending', 'a'])
    await succeed(0, 2)
    expect(get.value).toEqual(fresh(2))
  })

  it('a limit of 0 never hands out anything stale', async () => {
    const { cache, pass, succeed } = hotCache({ maxStaleMs: 0 })
    cache.preload('a', 1)
    pass(99)
    expect(await now(cache, 'a')).toEqual(fresh(1))
    pass(1)
    const get = watch(cache.get('a'))
    await settle()
    expect(get.state).toBe('pending')
    await succeed(0, 2)
    expect(get.value).toEqual(fresh(2))
  })

  it('who waited gets the rebuilt value as fresh, however fast the clock runs', async () => {
    let time = 0
    // Each look at the clock takes longer than the life of an entry.
    const { cache, asked, succeed } = hotCache({ now: () => (time += 1000) })
    const get = watch(cache.get('a'))
    await settle()
    await succeed(0, 'new')
    expect(get.value).toEqual(fresh('new'))
    expect(asked).toEqual(['a'])
  })
})

describe('Failures and overtaking', () => {
  it('a failed rebuild leaves the old entry, and the next get tries again', async () => {
    const { cache, asked, pass, succeed, fail } = hotCache()
    cache.preload('a', 1)
    pass(100)
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await now(cache, 'a')).toEqual(stale(1))
      await fail(attempt)
      expect(cache.pendingRebuilds).toBe(0)
    }
    expect(asked).toEqual(['a', 'a', 'a'])
    expect(await now(cache, 'a')).toEqual(stale(1))
    await succeed(3, 2)
    expect(await now(cache, 'a')).toEqual(fresh(2))
  })

  it('a failure rejects all who wait for it with its error, and is not remembered', async () => {
    const { cache, asked, succeed, fail } = hotCache()
    const gets = [watch(cache.get('a')), watch(cache.get('a'))]
    await settle()
    await fail(0)
    for (const get of gets) expect(get.value).toBeInstanceOf(RebuildError)
    const next = watch(cache.get('a'))
    await settle()
    expect(asked).toEqual(['a', 'a'])
    await succeed(1, 'at last')
    expect(next.value).toEqual(fresh('at last'))
  })

  it('a failure with an entry that is too stale rejects who waits, but keeps the entry', async () => {
    const { cache, pass, fail } = hotCache({ maxStaleMs: 50 })
    cache.preload('a', 1)
    pass(149)
    expect(await now(cache, 'a')).toEqual(stale(1))
    pass(1)
    const get = watch(cache.get('a'))
    await fail(0)
    expect(get.value).toBeInstanceOf(RebuildError)
    pass(-1)
    expect(await now(cache, 'a')).toEqual(stale(1))
  })

  it('a rebuild that throws at once is a failure like any other', async () => {
    const rebuild = vi.fn((): Promise<unknown> => {
      throw new RebuildError('at once')
    })
    const { cache, pass } = hotCache({ rebuild })
    const get = watch(cache.get('a'))
    await settle()
    expect(get.value).toBeInstanceOf(RebuildError)
    cache.preload('a', 1)
    pass(100)
    expect([await now(cache, 'a'), await now(cache, 'a')]).toEqual([stale(1), stale(1)])
    expect(rebuild).toHaveBeenCalledTimes(3)
    expect(cache.pendingRebuilds).toBe(0)
  })

  it('a rebuild that ends after a newer preload stores nothing', async () => {
    const { cache, pass, succeed } = hotCache()
    cache.preload('a', 1)
    pass(100)
    await now(cache, 'a')
    cache.preload('a', 'newer')
    expect(cache.pendingRebuilds).toBe(1)
    pass(50)
    await succeed(0, 'older')
    expect(cache.pendingRebuilds).toBe(0)
    expect(await now(cache, 'a')).toEqual(fresh('newer'))
    pass(50)
    expect(await now(cache, 'a')).toEqual(stale('newer'))
  })

  for (const ending of ['succeed', 'fail'] as const) {
    it(`who waits for a rebuild that is overtaken gets the preloaded value, if it ends with: ${ending}`, async () => {
      const hot = hotCache()
      const get = watch(hot.cache.get('a'))
      await settle()
      hot.cache.preload('a', 'newer')
      hot.pass(ending === 'fail' ? 99 : 100)
      await hot[ending](0, 'older')
      expect(get.value).toEqual(ending === 'fail' ? fresh('newer') : stale('newer'))
      expect(hot.asked.length).toBe(ending === 'fail' ? 1 : 2)
    })
  }

  it('an overtaken rebuild neither holds back the next one nor ends it', async () => {
    const { cache, asked, pass, succeed, fail } = hotCache()
    cache.preload('a', 1)
    pass(100)
    await now(cache, 'a')
    cache.preload('a', 2)
    pass(100)
    expect(await now(cache, 'a')).toEqual(stale(2))
    expect(asked).toEqual(['a', 'a'])
    expect(cache.pendingRebuilds).toBe(2)
    await fail(0)
    expect(await now(cache, 'a')).toEqual(stale(2))
    expect(asked).toEqual(['a', 'a'])
    await succeed(1, 3)
    expect(await now(cache, 'a')).toEqual(fresh(3))
    expect(cache.pendingRebuilds).toBe(0)
  })
})
