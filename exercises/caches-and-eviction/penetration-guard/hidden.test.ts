import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { GuardedLoader, type GuardOpts } from './solution'

/** A loader in front of rows that the test may change, and the keys that it asked for. */
function guard<V>(rows: Map<string, V>, opts: Partial<GuardOpts<V>> = {}) {
  const clock = { time: random.int(0, 1e6) }
  const asked: string[] = []
  const loader = new GuardedLoader<V>({
    load: async (key) => {
      asked.push(key)
      return rows.get(key) ?? null
    },
    ttlMs: 1000,
    nullTtlMs: 100,
    maxNulls: 50,
    now: () => clock.time,
    ...opts,
  })
  return { loader, clock, asked, pass: (ms: number) => (clock.time += ms) }
}

/** A promise that the test settles when it likes. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

class LoadError extends Error {}

describe('At the door', () => {
  it('answers null for a key that the expression does not match, without loading it', async () => {
    const { loader, asked } = guard(new Map([['x', 1]]), { validKey: /^id-\d+$/ })
    expect([await loader.get('x'), await loader.get('id-'), await loader.get('')]).toEqual([null, null, null])
    expect(asked).toEqual([])
    expect(loader.stats()).toEqual({ loads: 0, hits: 0, nullHits: 0, rejected: 3 })
  })

  it('lets a function decide which keys are valid', async () => {
    const { loader, asked } = guard(new Map(), { validKey: (key) => key.length === 2 })
    for (const key of ['a', 'ab', 'abc']) await loader.get(key)
    expect(asked).toEqual(['ab'])
    expect(loader.stats().rejected).toBe(2)
  })

  it('answers null for a key that the filter denies, without loading it', async () => {
    const known = new Set(['a', 'c'])
    const { loader, asked } = guard(new Map([['a', 1]]), { mayExist: (key) => known.has(key) })
    expect([await loader.get('a'), await loader.get('b'), await loader.get('c')]).toEqual([1, null, null])
    expect(asked).toEqual(['a', 'c'])
    expect(loader.stats()).toEqual({ loads: 2, hits: 0, nullHits: 0, rejected: 1 })
  })

  it('judges the same key the same every time, whatever the flags of the expression', async () => {
    for (const flags of ['', 'g', 'y', 'gy', 'gi']) {
      const { loader } = guard(new Map(), { validKey: new RegExp('^[a-z]{4}$', flags) })
      for (let i = 0; i < 4; i++) await loader.get('abcd')
      await loader.get('efgh')
      expect(loader.stats().rejected).toBe(0)
      await loader.get('ABCD')
      expect(loader.stats().rejected).toBe(flags === 'gi' ? 0 : 1)
    }
  })

  it('judges every key before it looks into the cache', async () => {
    let open = true
    const { loader, asked } = guard(new Map([['a', 1]]), { mayExist: () => open })
    expect(await loader.get('a')).toBe(1)
    open = false
    expect(await loader.get('a')).toBe(null)
    open = true
    expect(await loader.get('a')).toBe(1)
    expect(asked).toEqual(['a'])
    expect(loader.stats()).toEqual({ loads: 1, hits: 1, nullHits: 0, rejected: 1 })
  })

  it('lets every string pass when it has neither rule nor filter', async () => {
    const keys = random.shuffle(['', '__proto__', 'constructor', '键', 'a b'])
    const { loader, asked } = guard(new Map(keys.map((key) => [key, `row ${key}`])))
    for (const key of keys) expect(await loader.get(key)).toBe(`row ${key}`)
    for (const key of keys) expect(await loader.get(key)).toBe(`row ${key}`)
    expect(asked).toEqual(keys)
  })
})

describe('Values and empties', () => {
  it('answers, counts and loads as the rules say on any history', async () => {
    const keys = ['a', 'b', 'c', 'd']
    const rows = new Map<string, number>()
    const { loader, asked, clock } = guard(rows, { ttlMs: 30, nullTtlMs: 12, maxNulls: 2 })
    const cached = new Map<string, { value: number | null; until: number }>()
    const loads: string[] = []
    const counts = { loads: 0, hits: 0, nullHits: 0, rejected: 0 }
    // Begins with a stored 0, an exact expiry, an empty stored again and one that is dropped; the rest is drawn.
    const opening = [0, 0, 0, 1, 11, 0, 0, 0].map((wait, i) => ({ key: 'aabcbdbc'[i] ?? 'a', wait }))
    rows.set('a', 0)
    for (let step = 0; step < 40; step++) {
      const { key, wait } = opening[step] ?? { key: random.pick(keys), wait: random.int(0, 4) }
      clock.time += wait
      if (step >= opening.length && random.next() < 0.15) rows.set(key, step)
      if (step >= opening.length && random.next() < 0.1) rows.delete(key)
      let known = cached.get(key)
      if (known !== undefined && clock.time < known.until) counts[known.value === null ? 'nullHits' : 'hits']++
      else {
        const value = rows.get(key) ?? null
        known = { value, until: clock.time + (value === null ? 12 : 30) }
        cached.delete(key)
        cached.set(key, known)
        const empties = [...cached].filter(([, entry]) => entry.value === null)
        if (empties.length > 2) cached.delete(empties[0]?.[0] ?? '')
        counts.loads++
        loads.push(key)
      }
      expect(await loader.get(key)).toBe(known.value)
    }
    expect(asked).toEqual(loads)
    expect(loader.stats()).toEqual(counts)
  })

  it('treats 0, the empty string and false as values like any other', async () => {
    const rows = new Map<string, unknown>([
      ['zero', 0],
      ['text', ''],
      ['no', false],
    ])
    const { loader, asked, pass } = guard(rows, { maxNulls: 1 })
    for (const [key, value] of rows) expect(await loader.get(key)).toBe(value)
    pass(999)
    for (const [key, value] of rows) expect(await loader.get(key)).toBe(value)
    expect(asked).toEqual(['zero', 'text', 'no'])
    expect(loader.stats()).toEqual({ loads: 3, hits: 3, nullHits: 0, rejected: 0 })
  })

  it('loads a value again when it has exactly reached its age, not before', async () => {
    const ttlMs = random.int(10, 5000)
    const { loader, asked, pass } = guard(new Map([['a', 1]]), { ttlMs })
    await loader.get('a')
    pass(ttlMs - 1)
    await loader.get('a')
    expect(asked).toEqual(['a'])
    pass(1)
    await loader.get('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('gives an empty a life of its own', async () => {
    for (const [ttlMs, nullTtlMs] of [
      [5000, 20],
      [20, 5000],
    ] as const) {
      const { loader, asked, pass } = guard(new Map<string, number>(), { ttlMs, nullTtlMs })
      await loader.get('a')
      pass(nullTtlMs - 1)
      await loader.get('a')
      expect(asked).toEqual(['a'])
      pass(1)
      await loader.get('a')
      expect(asked).toEqual(['a', 'a'])
    }
  })

  it('counts the age from the end of the load', async () => {
    const answer = deferred<number>()
    const load = vi.fn(() => answer.promise)
    const { loader, pass } = guard<number>(new Map(), { load, ttlMs: 100 })
    const first = loader.get('a')
    pass(70)
    answer.resolve(1)
    await first
    pass(99)
    await loader.get('a')
    expect(load).toHaveBeenCalledTimes(1)
    pass(1)
    await loader.get('a')
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('lets gets that overlap share one load, and counts only the load', async () => {
    const answer = deferred<number>()
    const load = vi.fn(() => answer.promise)
    const { loader } = guard<number>(new Map(), { load })
    const gets = Array.from({ length: random.int(2, 6) }, () => loader.get('a'))
    const other = loader.get('b')
    answer.resolve(7)
    expect(await Promise.all(gets)).toEqual(gets.map(() => 7))
    await other
    expect(load.mock.calls).toEqual([['a'], ['b']])
    expect(loader.stats()).toEqual({ loads: 2, hits: 0, nullHits: 0, rejected: 0 })
  })

  it('refuses lives and bounds that make no sense', () => {
    const bad = [0, -1, Number.NaN, Number.POSITIVE_INFINITY]
    for (const ttlMs of bad) expect(() => guard(new Map(), { ttlMs })).toThrow(RangeError)
    for (const nullTtlMs of bad) expect(() => guard(new Map(), { nullTtlMs })).toThrow(RangeError)
    for (const maxNulls of [...bad, 1.5]) expect(() => guard(new Map(), { maxNulls })).toThrow(RangeError)
    expect(() => guard(new Map(), { ttlMs: 0.5, nullTtlMs: 0.5, maxNulls: 1 })).not.toThrow()
  })
})

describe('Bounded empties', () => {
  it('keeps only so many empties and drops the one stored first', async () => {
    const maxNulls = random.int(2, 5)
    const keys = random.shuffle(['a', 'b', 'c', 'd', 'e', 'f', 'g']).slice(0, maxNulls + 1)
    const { loader, asked } = guard(new Map<string, number>(), { maxNulls })
    for (const key of keys) await loader.get(key)
    for (const key of keys.slice(1)) await loader.get(key)
    expect(asked).toEqual(keys)
    await loader.get(keys[0] ?? '')
    expect(asked).toEqual([...keys, keys[0]])
    // Storing the first again pushed out the second.
    await loader.get(keys[1] ?? '')
    expect(asked).toEqual([...keys, keys[0], keys[1]])
  })

  it('keeps an empty no longer because it was read', async () => {
    const { loader, asked } = guard(new Map<string, number>(), { maxNulls: 2 })
    for (const key of ['a', 'b', 'a', 'a', 'c', 'a']) await loader.get(key)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  it('puts an empty at the end of the line when it is stored again', async () => {
    const { loader, asked, pass } = guard(new Map<string, number>(), { maxNulls: 2, nullTtlMs: 100 })
    await loader.get('a')
    pass(50)
    await loader.get('b')
    pass(50)
    for (const key of ['a', 'c', 'a', 'b']) await loader.get(key)
    expect(asked).toEqual(['a', 'b', 'a', 'c', 'b'])
  })

  it('does not bound the values, and does not count them as empties', async () => {
    const rows = new Map(Array.from({ length: 6 }, (_, i) => [`row${i}`, i]))
    const { loader, asked } = guard(rows, { maxNulls: 1 })
    await loader.get('nothing')
    for (const key of rows.keys()) await loader.get(key)
    for (const key of rows.keys()) await loader.get(key)
    await loader.get('nothing')
    expect(asked).toEqual(['nothing', ...rows.keys()])
    expect(loader.stats()).toEqual({ loads: 7, hits: 6, nullHits: 1, rejected: 0 })
  })

  it('frees the place of an empty whose row has come', async () => {
    const rows = new Map<string, number>()
    const { loader, asked, pass } = guard(rows, { maxNulls: 2, nullTtlMs: 100 })
    await loader.get('a')
    rows.set('a', 1)
    pass(100)
    for (const key of ['b', 'a', 'c', 'b']) await loader.get(key)
    expect(asked).toEqual(['a', 'b', 'a', 'c'])
  })
})

describe('Failures and invalidation', () => {
  it('gives an error to all who wait, and caches nothing', async () => {
    const rows = new Map([['a', 1]])
    let broken = true
    const load = vi.fn(async (key: string) => {
      if (broken) throw new LoadError('database is down')
      return rows.get(key) ?? null
    })
    const { loader } = guard(rows, { load })
    const outcomes = await Promise.allSettled([loader.get('a'), loader.get('a')])
    expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'rejected'])
    await expect(loader.get('a')).rejects.toBeInstanceOf(LoadError)
    broken = false
    expect(await loader.get('a')).toBe(1)
    expect(load).toHaveBeenCalledTimes(3)
    expect(loader.stats()).toEqual({ loads: 3, hits: 0, nullHits: 0, rejected: 0 })
  })

  it('rejects when the load throws at once, and tries again the next time', async () => {
    let broken = true
    const load = (): Promise<number | null> => {
      if (broken) throw new LoadError('no connection')
      return Promise.resolve(2)
    }
    const { loader } = guard<number>(new Map(), { load })
    await expect(loader.get('a')).rejects.toBeInstanceOf(LoadError)
    broken = false
    expect(await loader.get('a')).toBe(2)
  })

  it('shows a row at once that was inserted behind a cached empty', async () => {
    const rows = new Map<string, number>()
    const { loader, asked } = guard(rows)
    for (const key of ['a', 'b']) await loader.get(key)
    rows.set('a', 1)
    rows.set('b', 2)
    loader.invalidate('a')
    expect([await loader.get('a'), await loader.get('b')]).toEqual([1, null])
    expect(asked).toEqual(['a', 'b', 'a'])
  })

  it('shows a changed row at once, and leaves other keys cached', async () => {
    const rows = new Map([
      ['a', 1],
      ['b', 2],
    ])
    const { loader, asked } = guard(rows)
    for (const key of ['a', 'b']) await loader.get(key)
    rows.set('a', 10)
    rows.set('b', 20)
    loader.invalidate('a')
    loader.invalidate('unknown')
    expect([await loader.get('a'), await loader.get('b')]).toEqual([10, 2])
    expect(asked).toEqual(['a', 'b', 'a'])
  })

  it('stores nothing of a load that began before its key was invalidated', async () => {
    const answers = [deferred<number | null>(), deferred<number | null>()]
    let calls = 0
    const load = vi.fn(() => answers[calls++]?.promise ?? Promise.resolve(3))
    const { loader } = guard<number>(new Map(), { load })
    const early = loader.get('a')
    loader.invalidate('a')
    answers[0]?.resolve(null)
    expect(await early).toBe(null)
    const late = loader.get('a')
    answers[1]?.resolve(2)
    expect(await late).toBe(2)
    expect(await loader.get('a')).toBe(2)
    expect(load).toHaveBeenCalledTimes(2)
  })

  for (const [ends, settle] of [
    ['succeeds', (answer: { resolve: (value: number) => void }) => answer.resolve(1)],
    ['fails', (answer: { reject: (reason: unknown) => void }) => answer.reject(new LoadError('too old'))],
  ] as const) {
    it(`starts a new load after an invalidation, undisturbed by an older one that ${ends} later`, async () => {
      const old = deferred<number | null>()
      const young = deferred<number | null>()
      const answers = [old, young]
      const load = vi.fn(() => answers.shift()?.promise ?? Promise.resolve(-1))
      const { loader } = guard<number>(new Map(), { load })
      const first = loader.get('a')
      loader.invalidate('a')
      const second = loader.get('a')
      expect(load).toHaveBeenCalledTimes(2)
      settle(old)
      await first.catch(() => null)
      const third = loader.get('a')
      expect(load).toHaveBeenCalledTimes(2)
      young.resolve(2)
      expect([await second, await third, await loader.get('a')]).toEqual([2, 2, 2])
      expect(load).toHaveBeenCalledTimes(2)
    })
  }
})
