import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { DualCache, type DualOpts, jitteredTtl } from './solution'

class LoadError extends Error {}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await null
}

/** A cache with a clock that the test moves, and loads that the test ends, each by its number. */
function dualCache(opts: Partial<DualOpts<unknown>> = {}) {
  const clock = { time: random.int(0, 1e6) }
  const loads: Array<{ resolve: (value: unknown) => void; reject: (reason: unknown) => void }> = []
  const asked: string[] = []
  const rng = vi.fn(() => 0.5)
  const load = (key: string) => {
    asked.push(key)
    return new Promise<unknown>((resolve, reject) => loads.push({ resolve, reject }))
  }
  const cache = new DualCache<unknown>({
    load,
    ttlMs: 100,
    spread: 0,
    maxConcurrentLoads: 4,
    rng,
    now: () => clock.time,
    ...opts,
  })
  return {
    cache,
    asked,
    rng,
    pass: (ms: number) => (clock.time += ms),
    async succeed(number: number, value: unknown) {
      loads[number]?.resolve(value)
      await settle()
    },
    async fail(number: number) {
      loads[number]?.reject(new LoadError(`load ${number}`))
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

/** Starts a get and lets happen what can happen. */
async function get(cache: DualCache<unknown>, key: string): Promise<Seen> {
  const seen = watch(cache.get(key))
  await settle()
  return seen
}

const resolved = (value: unknown): Seen => ({ state: 'resolved', value })
const letters = (count: number): string[] => random.shuffle([...'abcdefghijklmnop']).slice(0, count)

describe('Jittered TTLs', () => {
  it('gives the whole number that the formula draws', () => {
    for (let i = 0; i < 12; i++) {
      const base = random.int(1, 100_000)
      const spread = random.pick([0.05, 0.1, 0.25, 0.5, 0.9, random.next()])
      const drawn = random.pick([0, 0.5, 1 - 2 ** -53, random.next(), random.next()])
      const width = Math.floor(base * spread)
      expect(jitteredTtl(base, spread, () => drawn)).toBe(base - width + Math.floor(drawn * (2 * width + 1)))
    }
  })

  it('stays within the spread, and reaches both of its ends', () => {
    const drawn = [0, 0.2, 0.4, 0.6, 0.8, 1 - 2 ** -53]
    const ttls = inGuest((solution: typeof import('./solution'), draws: number[]): number[] => {
      return draws.map((draw) => solution.jitteredTtl(10, 0.25, () => draw))
    }, drawn)
    expect(ttls).toEqual([8, 9, 10, 11, 12, 12])
  })

  it('gives the base when there is no spread, and never 0', () => {
    expect(jitteredTtl(777, 0, () => random.next())).toBe(777)
    expect(jitteredTtl(1, 0.99, () => 0)).toBe(1)
    expect(jitteredTtl(2, 0.99, () => 0)).toBe(1)
  })

  it('draws once for each TTL', () => {
    const rng = vi.fn(() => 0.3)
    jitteredTtl(1000, 0.2, rng)
    expect(rng).toHaveBeenCalledTimes(1)
  })

  it('refuses a base or a spread that makes no sense', () => {
    for (const base of [0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => jitteredTtl(base, 0.1, () => 0)).toThrow(RangeError)
    }
    for (const spread of [1, -0.1, Number.NaN]) expect(() => jitteredTtl(100, spread, () => 0)).toThrow(RangeError)
  })

  it('draws a TTL of its own for every value that is stored', async () => {
    const keys = letters(3)
    const draws = [0.1, 0.9, 0.5, 0.7]
    const rng = vi.fn(() => draws[rng.mock.calls.length - 1] ?? 0)
    const { cache, asked, pass, succeed } = dualCache({ ttlMs: 1000, spread: 0.5, rng })
    for (const [i, key] of keys.entries()) {
      void get(cache, key)
      await settle()
      await succeed(i, key)
    }
    expect(rng).toHaveBeenCalledTimes(3)
    let time = 0
    // 500 + ⌊draw · 1001⌋: 600, 1400 and 1000 milliseconds.
    for (const [at, key] of [
      [600, keys[0]],
      [1000, keys[2]],
      [1400, keys[1]],
    ] as const) {
      const before = asked.length
      pass(at - 1 - time)
      time = at - 1
      await get(cache, key ?? '')
      expect(asked.length).toBe(before)
      pass(1)
      time = at
      await get(cache, key ?? '')
      expect(asked[before]).toBe(key)
    }
    await succeed(3, 'refreshed')
    expect(rng).toHaveBeenCalledTimes(4)
  })
})

describe('Backup copy', () => {
  it('the primary answers while it is fresh, without another load', async () => {
    const { cache, asked, pass, succeed } = dualCache()
    const first = await get(cache, 'a')
    expect(first.state).toBe('pending')
    await succeed(0, 1)
    expect(first).toEqual(resolved(1))
    pass(99)
    expect(await get(cache, 'a')).toEqual(resolved(1))
    expect(asked).toEqual(['a'])
    expect(cache.stats()).toEqual({ loads: 1, servedFromBackup: 0, activeLoads: 0 })
  })

  it('the backup answers at once when the primary has expired, and one refresh starts', async () => {
    const { cache, asked, pass, succeed } = dualCache()
    await get(cache, 'a')
    await succeed(0, 1)
    pass(random.int(100, 1e9))
    const count = random.int(2, 8)
    for (let i = 0; i < count; i++) expect(await get(cache, 'a')).toEqual(resolved(1))
    expect(asked).toEqual(['a', 'a'])
    expect(cache.stats()).toEqual({ loads: 2, servedFromBackup: count, activeLoads: 1 })
  })

  it('a refresh renews both copies', async () => {
    const { cache, asked, pass, succeed } = dualCache()
    await get(cache, 'a')
    await succeed(0, 1)
    for (let round = 1; round < 4; round++) {
      pass(100)
      expect(await get(cache, 'a')).toEqual(resolved(round))
      await succeed(round, round + 1)
      pass(99)
      expect(await get(cache, 'a')).toEqual(resolved(round + 1))
      expect(asked.length).toBe(round + 1)
      pass(1)
    }
    expect(cache.stats().servedFromBackup).toBe(3)
  })

  it('the life of a value counts from the moment it was stored', async () => {
    const { cache, asked, pass, succeed } = dualCache()
    await get(cache, 'a')
    pass(70)
    await succeed(0, 1)
    pass(99)
    await get(cache, 'a')
    expect(asked).toEqual(['a'])
    pass(1)
    await get(cache, 'a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('a refresh that fails leaves the backup, and the next get tries again', async () => {
    const { cache, asked, rng, pass, fail } = dualCache()
    await get(cache, 'a')
    await fail(0)
    rng.mockClear()
    const second = await get(cache, 'a')
    expect(second.state).toBe('pending')
    expect(asked).toEqual(['a', 'a'])
    pass(1)
    await fail(1)
    expect(second.value).toBeInstanceOf(LoadError)
    expect(rng).not.toHaveBeenCalled()
  })

  it('a key with a backup never rejects, however often its refresh fails', async () => {
    const { cache, asked, pass, succeed, fail } = dualCache()
    await get(cache, 'a')
    await succeed(0, 1)
    pass(100)
    for (let attempt = 1; attempt < 4; attempt++) {
      expect(await get(cache, 'a')).toEqual(resolved(1))
      expect(await get(cache, 'a')).toEqual(resolved(1))
      await fail(attempt)
    }
    expect(asked.length).toBe(4)
    expect(cache.stats()).toEqual({ loads: 4, servedFromBackup: 6, activeLoads: 0 })
  })

  it('any value can be stored under any key', async () => {
    const { cache, asked, pass, succeed } = dualCache({ maxConcurrentLoads: 1 })
    const keys = ['', '__proto__', 'constructor']
    for (const [i, key] of keys.entries()) {
      await get(cache, key)
      await succeed(i, [undefined, null, 0][i])
    }
    pass(99)
    for (const [i, key] of keys.entries()) expect((await get(cache, key)).value).toBe([undefined, null, 0][i])
    expect(asked).toEqual(keys)
    pass(1)
    for (const [i, key] of keys.entries()) expect((await get(cache, key)).value).toBe([undefined, null, 0][i])
    expect(cache.stats().servedFromBackup).toBe(3)
  })
})

describe('Limited loads', () => {
  it('keys that expire together are refreshed a few at a time, first come, first served', async () => {
    const maxConcurrentLoads = random.int(2, 4)
    const keys = letters(9)
    const { cache, asked, pass, succeed } = dualCache({ maxConcurrentLoads })
    void cache.warm(keys)
    for (let i = 0; i < 9; i++) await succeed(i, `old ${keys[i]}`)
    pass(100)
    const order = random.shuffle(keys)
    for (const key of order) expect(await get(cache, key)).toEqual(resolved(`old ${key}`))
    const running = Array.from({ length: maxConcurrentLoads }, (_, i) => 9 + i)
    for (let next = 9 + maxConcurrentLoads; running.length > 0; next++) {
      expect(asked.slice(9)).toEqual(order.slice(0, next - 9))
      expect(cache.stats().activeLoads).toBe(running.length)
      const done = running.splice(random.int(0, running.length - 1), 1)[0] ?? 0
      await succeed(done, 'new')
      if (next < 18) running.push(next)
    }
    expect(cache.stats()).toEqual({ loads: 18, servedFromBackup: 9, activeLoads: 0 })
    for (const key of keys) expect((await get(cache, key)).value).toBe('new')
    expect(asked.length).toBe(18)
  })

  it('who needs a key that is loaded or in the line shares that load', async () => {
    const { cache, asked, succeed } = dualCache({ maxConcurrentLoads: 1 })
    const gets = [await get(cache, 'a'), await get(cache, 'b'), await get(cache, 'a'), await get(cache, 'b')]
    expect(asked).toEqual(['a'])
    await succeed(0, 'first')
    expect(asked).toEqual(['a', 'b'])
    await succeed(1, 'second')
    expect(gets.map(({ value }) => value)).toEqual(['first', 'second', 'first', 'second'])
    expect(cache.stats().loads).toBe(2)
  })

  it('a stale key that waits in the line is answered from its backup and not queued again', async () => {
    const { cache, asked, pass, succeed } = dualCache({ maxConcurrentLoads: 1 })
    await get(cache, 'a')
    await succeed(0, 'old')
    pass(100)
    await get(cache, 'b')
    for (let i = 0; i < 3; i++) expect(await get(cache, 'a')).toEqual(resolved('old'))
    expect(cache.stats()).toEqual({ loads: 2, servedFromBackup: 3, activeLoads: 1 })
    await succeed(1, 'b')
    await succeed(2, 'new')
    expect(asked).toEqual(['a', 'b', 'a'])
    expect(await get(cache, 'a')).toEqual(resolved('new'))
  })

  it('a load that fails hands its place to the next', async () => {
    const { cache, asked, succeed, fail } = dualCache({ maxConcurrentLoads: 1 })
    const gets = [await get(cache, 'a'), await get(cache, 'b'), await get(cache, 'c')]
    await fail(0)
    expect(asked).toEqual(['a', 'b'])
    await fail(1)
    await succeed(2, 'c')
    expect(gets.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'resolved'])
    expect(cache.stats()).toEqual({ loads: 3, servedFromBackup: 0, activeLoads: 0 })
  })

  it('a load that throws at once fails like any other', async () => {
    const load = vi.fn((key: string): Promise<unknown> => {
      if (key === 'good') return Promise.resolve(1)
      throw new LoadError('at once')
    })
    const { cache } = dualCache({ load, maxConcurrentLoads: 1 })
    const outcomes = [await get(cache, 'a'), await get(cache, 'b'), await get(cache, 'good')]
    expect(outcomes.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'resolved'])
    expect(outcomes[0]?.value).toBeInstanceOf(LoadError)
    expect(cache.stats()).toEqual({ loads: 3, servedFromBackup: 0, activeLoads: 0 })
  })

  it('limits and lives that make no sense are refused', () => {
    for (const maxConcurrentLoads of [0, -1, 1.5, Number.NaN]) {
      expect(() => dualCache({ maxConcurrentLoads })).toThrow(RangeError)
    }
    for (const ttlMs of [0, 1.5]) expect(() => dualCache({ ttlMs })).toThrow(RangeError)
    for (const spread of [1, -0.1]) expect(() => dualCache({ spread })).toThrow(RangeError)
  })
})

describe('Warming', () => {
  it('loads what is absent or expired, in the given order, and leaves what is fresh', async () => {
    const { cache, asked, pass, succeed } = dualCache({ maxConcurrentLoads: 3 })
    await get(cache, 'old')
    await succeed(0, 1)
    pass(60)
    await get(cache, 'fresh')
    await succeed(1, 2)
    pass(40)
    const warming = watch(cache.warm(['new', 'fresh', 'old', 'new']))
    await settle()
    expect(asked).toEqual(['old', 'fresh', 'new', 'old'])
    expect(cache.stats().servedFromBackup).toBe(0)
    await succeed(3, 10)
    expect(warming.state).toBe('pending')
    await succeed(2, 30)
    expect(warming).toEqual(resolved(undefined))
    const values = [await get(cache, 'old'), await get(cache, 'fresh'), await get(cache, 'new')]
    expect(values.map(({ value }) => value)).toEqual([10, 2, 30])
    expect(asked.length).toBe(4)
  })

  it('keeps to the limit, and waits for a load that was running before', async () => {
    const { cache, asked, succeed } = dualCache({ maxConcurrentLoads: 2 })
    await get(cache, 'a')
    const keys = ['a', ...random.shuffle(['b', 'c', 'd'])]
    const warming = watch(cache.warm(keys))
    await settle()
    expect(asked).toEqual(keys.slice(0, 2))
    for (let i = 1; i < 4; i++) await succeed(i, i)
    expect(asked).toEqual(keys)
    expect(warming.state).toBe('pending')
    await succeed(0, 0)
    expect(warming.state).toBe('resolved')
  })

  it('resolves even when loads fail, and only when all have ended', async () => {
    const { cache, succeed, fail } = dualCache()
    const warming = watch(cache.warm(['a', 'b']))
    await settle()
    await fail(0)
    expect(warming.state).toBe('pending')
    await succeed(1, 'b')
    expect(warming.state).toBe('resolved')
    expect(await get(cache, 'b')).toEqual(resolved('b'))
  })

  it('has nothing to wait for when there is nothing to load', async () => {
    const { cache, asked } = dualCache()
    const warming = watch(cache.warm([]))
    await settle()
    expect(warming.state).toBe('resolved')
    expect(asked).toEqual([])
  })
})
