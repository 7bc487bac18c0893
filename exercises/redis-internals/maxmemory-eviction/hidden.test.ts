import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { BoundedStore, type EvictPolicy, OomError } from './solution'

/** Something to do with a store; `wait` turns its clock on. The size of an entry is what its value says. */
type Step =
  | readonly ['set', key: string, size: number, px?: number]
  | readonly ['get' | 'del' | 'frequency', key: string]
  | readonly ['frequencies', keys: readonly string[]]
  | readonly ['wait', ms: number]
  | readonly ['used' | 'evicted']

interface Setting {
  maxBytes: number
  policy: EvictPolicy
  samples?: number
  /** The number that rng always gives, in place of random ones. */
  luck?: number
}

/** Takes these steps beside the solution. Script and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), setting: Setting, script: string, start: number): string {
  const { luck, ...opts } = setting
  let now = 1_000_000
  let state = start
  const rng = (): number => {
    if (luck !== undefined) return luck
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const store = new solution.BoundedStore({ ...opts, sizeOf: (_, value) => Number(value), now: () => now, rng })
  const act = (step: Step): unknown => {
    if (step[0] === 'get') return store.get(step[1])
    if (step[0] === 'del') return store.del(step[1])
    if (step[0] === 'frequency') return store.frequency(step[1])
    if (step[0] === 'frequencies') return step[1].map((key) => store.frequency(key))
    if (step[0] === 'wait') now += step[1]
    if (step[0] === 'used') return store.usedBytes
    if (step[0] === 'evicted') return store.evicted
    if (step[0] !== 'set') return null
    try {
      return store.set(step[1], String(step[2]), step[3])
    } catch (error) {
      if (error instanceof solution.OomError) return 'out of memory'
      return error instanceof RangeError ? 'out of range' : String(error)
    }
  }
  return JSON.stringify((JSON.parse(script) as Step[]).map((step) => act(step) ?? null))
}

/** The results of these steps; null where there is none. */
const play = (setting: Setting, steps: readonly Step[]): unknown[] =>
  JSON.parse(inGuest(drive, setting, JSON.stringify(steps), random.int(1, 2 ** 31 - 2))) as unknown[]
const last = (setting: Setting, steps: readonly Step[]): unknown => play(setting, steps).at(-1)

const OOM = 'out of memory'
const USED: Step = ['used']
const EVICTED: Step = ['evicted']
const TICK: Step = ['wait', 1]
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const gets = (keys: readonly string[]): Step[] => keys.map((key) => ['get', key] as const)
/** Sets these keys one millisecond after the other. */
const sets = (keys: readonly string[], size = 1, px?: number): Step[] =>
  keys.flatMap((key): Step[] => [px === undefined ? ['set', key, size] : ['set', key, size, px], TICK])

const POLICIES = [
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
] as const

describe('Bounds', () => {
  it('adds up sizes, and subtracts what goes', () => {
    const sizes: Array<readonly [string, string]> = []
    const store = new BoundedStore({
      maxBytes: 100,
      policy: 'noeviction',
      sizeOf: (key, value) => {
        sizes.push([key, value])
        return key.length + 2 * value.length
      },
      now: () => 0,
      rng: () => 0.5,
    })
    store.set('key', 'value')
    expect([store.usedBytes, sizes[0]]).toEqual([13, ['key', 'value']])
    store.set('k', '')
    expect([store.usedBytes, store.del('key'), store.del('key'), store.usedBytes]).toEqual([14, true, false, 1])
    expect([store.get('k'), store.get('key'), store.evicted]).toEqual(['', undefined, []])
  })

  it('counts an entry once that is overwritten', () => {
    const steps: Step[] = [['set', 'a', 4], ['set', 'a', 7], USED, ['set', 'a', 2], USED, ['set', 'a', 10], USED]
    const seen = play({ maxBytes: 10, policy: 'allkeys-lru' }, [...steps, EVICTED])
    expect([seen[2], seen[4], seen[6], seen[7]]).toEqual([7, 2, 10, []])
  })

  it('refuses writes that do not fit when nothing may be evicted', () => {
    const steps: Step[] = [['set', 'a', 6], ['set', 'b', 4], ['set', 'c', 1], ['set', 'a', 7], ['get', 'a'], USED]
    const more: Step[] = [['set', 'a', 6], ['set', 'a', 5], ['set', 'c', 1], ['del', 'b'], ['set', 'd', 4], EVICTED]
    const seen = play({ maxBytes: 10, policy: 'noeviction' }, [...steps, ...more])
    expect(seen).toEqual([null, null, OOM, OOM, '6', 10, null, null, null, true, null, []])
  })

  it('evicts until a write fits, and no longer', () => {
    for (const policy of POLICIES) {
      const steps: Step[] = [...sets(['a', 'b', 'c', 'd'], 3, 9_000), ['set', 'e', 6], USED, EVICTED]
      const seen = play({ maxBytes: 12, policy }, steps)
      expect([seen.at(-2), (seen.at(-1) as string[]).length]).toEqual([12, 2])
    }
  })

  it('evicts nothing for a value that is larger than the store', () => {
    for (const policy of [...POLICIES, 'noeviction'] as const) {
      const steps: Step[] = [['set', 'a', 5, 9_000], ['set', 'b', 11], ['set', 'a', 11], USED, EVICTED, ['get', 'a']]
      expect(play({ maxBytes: 10, policy }, steps).slice(1)).toEqual([OOM, OOM, 5, [], '5'])
    }
  })

  it('takes an entry of exactly its size', () => {
    expect(play({ maxBytes: 10, policy: 'allkeys-lru' }, [['set', 'a', 4], ['set', 'b', 10], USED, EVICTED])).toEqual([
      null,
      null,
      10,
      ['a'],
    ])
  })

  it('does not evict the key that is being written', () => {
    for (const policy of POLICIES) {
      const steps: Step[] = [...sets(['a', 'b', 'c'], 3, 9_000), ...gets(['b', 'c']), ['set', 'a', 8], EVICTED]
      const seen = play({ maxBytes: 10, policy }, [...steps, ['get', 'a'], USED])
      expect([(seen.at(-3) as string[]).sort(), seen.at(-2), seen.at(-1)]).toEqual([['b', 'c'], '8', 8])
    }
  })

  it('keeps a value that cannot grow', () => {
    const steps: Step[] = [['set', 'a', 4, 500], ['set', 'b', 6], ['set', 'a', 5], ['get', 'a'], USED, EVICTED]
    const after: Step[] = [['set', 'c', 4], EVICTED, USED]
    const seen = play({ maxBytes: 10, policy: 'volatile-lru' }, [...steps, ...after])
    expect(seen.slice(2)).toEqual([OOM, '4', 10, [], null, ['a'], 10])
  })

  it('deletes a key whose time has come when somebody meets it', () => {
    const touch: Step[] = [['get', 'a'], ['del', 'a'], ['frequency', 'a']]
    for (const [i, step] of touch.entries()) {
      const steps: Step[] = [['set', 'a', 4, 10], ['wait', 9], ['get', 'a'], ['wait', 1], USED, step, USED, EVICTED]
      expect(play({ maxBytes: 10, policy: 'noeviction' }, steps).slice(2)).toEqual([
        '4',
        null,
        4,
        [null, false, 0][i],
        0,
        [],
      ])
    }
    const steps: Step[] = [['set', 'a', 8, 10], ['get', 'a'], ['wait', 10], ['set', 'a', 9], USED, ['frequency', 'a']]
    expect(play({ maxBytes: 10, policy: 'noeviction' }, steps).slice(3)).toEqual([null, 9, 5])
    const tooLarge: Step[] = [['set', 'a', 8, 10], ['wait', 10], ['set', 'a', 11], USED, EVICTED]
    expect(play({ maxBytes: 10, policy: 'allkeys-lru' }, tooLarge).slice(2)).toEqual([OOM, 0, []])
  })

  it('refuses limits and times that make no sense', () => {
    const opts = { policy: 'allkeys-lru', sizeOf: () => 1, now: () => 0, rng: () => 0 } as const
    for (const maxBytes of [0, -1, 1.5]) {
      expect(() => new BoundedStore({ ...opts, maxBytes })).toThrow(RangeError)
      expect(() => new BoundedStore({ ...opts, maxBytes: 1, samples: maxBytes })).toThrow(RangeError)
    }
    const steps: Step[] = [['set', 'a', 1], ['set', 'a', 2, 0], ['set', 'b', 3, -1], ['get', 'a'], USED]
    expect(play({ maxBytes: 3, policy: 'allkeys-lru' }, steps)).toEqual([null, 'out of range', 'out of range', '1', 1])
    expect(new OomError('full')).toBeInstanceOf(Error)
  })
})

const VOLATILE = ['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const

describe('Which keys', () => {
  it('evicts nothing under noeviction, not even keys that expire', () => {
    const steps: Step[] = [['set', 'a', 6, 9_000], ['set', 'b', 5], EVICTED, ['get', 'a']]
    expect(play({ maxBytes: 10, policy: 'noeviction' }, steps)).toEqual([null, OOM, [], '6'])
  })

  it('evicts nothing but keys that expire under a volatile policy', () => {
    for (const policy of VOLATILE) {
      const [lasting, mortal] = ['l', 'm'].map((letter) => numbers(0, 10).map((i) => `${letter}${i}`))
      const filled = [...sets(lasting ?? []), ...sets(mortal ?? [], 1, 9_000)]
      const seen = play({ maxBytes: 20, policy }, [...filled, ['set', 'large', 10], EVICTED, USED, ['set', 'more', 1]])
      expect([...(seen.at(-3) as string[])].sort()).toEqual(mortal)
      expect(seen.slice(-2)).toEqual([20, OOM])
    }
  })

  it('fails when nothing is left that may go, and does not write', () => {
    for (const policy of VOLATILE) {
      const steps: Step[] = [['set', 'a', 5], ['set', 'm', 2, 9_000], ['set', 'b', 3], ['set', 'c', 6], ['get', 'c']]
      const after: Step[] = [USED, EVICTED, ['get', 'a'], ['del', 'b'], ['set', 'c', 4]]
      const seen = play({ maxBytes: 10, policy }, [...steps, ...after])
      expect(seen.slice(3)).toEqual([OOM, null, 8, ['m'], '5', true, null])
    }
  })

  it('follows a key that begins or ceases to expire', () => {
    const steps: Step[] = [['set', 'a', 3, 9_000], ['set', 'b', 3], TICK, ['set', 'a', 3], ['set', 'b', 3, 9_000]]
    const more: Step[] = [['set', 'c', 6], EVICTED, ['set', 'd', 4], ['get', 'a']]
    for (const policy of VOLATILE) {
      expect(play({ maxBytes: 10, policy }, [...steps, ...more]).slice(5)).toEqual([null, ['b'], OOM, '3'])
    }
  })

  it('evicts a key whose time has come like any other', () => {
    for (const policy of POLICIES) {
      const steps: Step[] = [['set', 'a', 6, 10], ['wait', 10], USED, ['set', 'b', 5], USED, EVICTED]
      expect(play({ maxBytes: 10, policy }, steps).slice(2)).toEqual([6, null, 5, ['a']])
    }
  })

  it('evicts what expires first under volatile-ttl', () => {
    const times = random.shuffle(numbers(1, 13))
    const filled = times.map((time): Step => ['set', `k${time}`, 1, time * 1_000])
    const reads = gets(numbers(1, 5).map((time) => `k${time}`))
    const steps: Step[] = [...filled, ...reads, ['set', 'x', 7], EVICTED]
    const evicted = last({ maxBytes: 12, policy: 'volatile-ttl', samples: 12 }, steps)
    expect(evicted).toEqual(numbers(1, 8).map((time) => `k${time}`))
  })

  it('evicts any key under allkeys', () => {
    for (const policy of ['allkeys-lru', 'allkeys-lfu', 'allkeys-random'] as const) {
      const filled = [...sets(['a', 'b']), ...sets(['c', 'd'], 1, 9_000)]
      const seen = last({ maxBytes: 4, policy }, [...filled, ['set', 'x', 4], EVICTED]) as string[]
      expect(seen.sort()).toEqual(['a', 'b', 'c', 'd'])
    }
  })

  it('evicts at random under a random policy', () => {
    const keys = numbers(0, 200)
    const filled = [...sets(keys.map(String), 1, 90_000), ...gets(keys.slice(0, 100).map(String))]
    for (const policy of ['allkeys-random', 'volatile-random'] as const) {
      const seen = last({ maxBytes: 200, policy }, [...filled, ['set', 'x', 100], EVICTED]) as string[]
      const mean = seen.reduce((sum, key) => sum + Number(key), 0) / seen.length
      expect(new Set(seen).size).toBe(100)
      // Half of the keys, neither the old nor the young ones; the mean strays by 4 or so.
      expect(Math.abs(mean - 99.5)).toBeLessThan(30)
    }
  })
})

describe('Recency', () => {
  const SAMPLE_ALL = { maxBytes: 5, policy: 'allkeys-lru', samples: 50 } as const

  it('evicts what was unused for longest, if all are drawn', () => {
    const seen = last(SAMPLE_ALL, [...sets(['a', 'b', 'c', 'd', 'e', 'f', 'g']), EVICTED])
    expect(seen).toEqual(['a', 'b'])
  })

  it('refreshes a key that is read or written', () => {
    const steps: Step[] = [...sets(['a', 'b', 'c', 'd', 'e']), ['get', 'a'], TICK, ['set', 'b', 1], TICK]
    expect(last(SAMPLE_ALL, [...steps, ...sets(['f', 'g']), EVICTED])).toEqual(['c', 'd'])
  })

  it('does not refresh a key whose frequency is asked for', () => {
    const steps: Step[] = [...sets(['a', 'b', 'c', 'd', 'e']), ['frequency', 'a'], TICK]
    expect(last(SAMPLE_ALL, [...steps, ...sets(['f']), EVICTED])).toEqual(['a'])
  })

  it('does not refresh a key that could not be written', () => {
    const steps: Step[] = [...sets(['a', 'b'], 1, 9_000), ['set', 'c', 3], TICK, ['set', 'a', 9], TICK, ['set', 'd', 1]]
    expect(last({ ...SAMPLE_ALL, policy: 'volatile-lru' }, [...steps, EVICTED])).toEqual(['a'])
  })

  it('looks at keys that expire only, under volatile-lru', () => {
    const filled: Step[] = [...sets(['a']), ...sets(['b', 'c'], 1, 9_000), ...sets(['d'])]
    const steps: Step[] = [...filled, ['get', 'b'], TICK, ['set', 'e', 1], EVICTED]
    expect(last({ maxBytes: 4, policy: 'volatile-lru', samples: 50 }, steps)).toEqual(['c'])
  })

  it('agrees with a simple model over any history, if all are drawn', () => {
    const maxBytes = 24
    const model = new Map<string, { size: number; used: number }>()
    const steps: Step[] = []
    const expected: unknown[] = []
    const evicted: string[] = []
    const step = (made: Step, result: unknown = null) => {
      steps.push(made, TICK)
      expected.push(result, null)
    }
    const total = () => [...model.values()].reduce((sum, { size }) => sum + size, 0)
    for (let time = 0; time < 400; time++) {
      const key = `k${random.int(0, 11)}`
      const action = random.int(0, 9)
      const known = model.get(key)
      if (action < 5) {
        const size = random.int(1, 9)
        const others = [...model].filter(([other]) => other !== key).sort(([, a], [, b]) => a.used - b.used)
        for (const [other] of others) {
          if (total() - (known?.size ?? 0) + size <= maxBytes) break
          model.delete(other)
          evicted.push(other)
        }
        model.set(key, { size, used: time })
        step(['set', key, size])
      } else if (action < 8) {
        if (known) known.used = time
        step(['get', key], known ? String(known.size) : null)
      } else if (action === 8) step(['del', key], model.delete(key))
      else step(USED, total())
    }
    const seen = play({ maxBytes, policy: 'allkeys-lru', samples: 50 }, [...steps, EVICTED])
    expect(seen.at(-1)).toEqual(evicted)
    expect(seen.slice(0, -1)).toEqual(expected)
  })
})

const LFU = { maxBytes: 100, policy: 'allkeys-lfu' } as const

describe('Frequency', () => {
  it('begins at five, and is zero for a key that is not there', () => {
    const steps: Step[] = [['set', 'a', 1], ['frequency', 'a'], ['frequency', 'b'], ['del', 'a'], ['frequency', 'a']]
    expect(play(LFU, steps).slice(1)).toEqual([5, 0, true, 0])
  })

  it('grows at reads and writes of a key that is there', () => {
    // With this luck every access counts.
    const steps: Step[] = [['set', 'a', 1], ['get', 'a'], ['frequency', 'a'], ['set', 'a', 2], ['frequency', 'a']]
    const more: Step[] = [['frequency', 'a'], ['get', 'b'], ['frequency', 'b'], ['get', 'a'], ['frequency', 'a']]
    const seen = play({ ...LFU, luck: 0 }, [...steps, ...more])
    expect([seen[2], seen[4], seen[5], seen[7], seen[9]]).toEqual([6, 7, 7, 0, 8])
  })

  it('grows with the odds of 1 to 10 for each step above five', () => {
    // The chance is 1 at first, then 1/11, 1/21, 1/31 ...
    const cases = [[0.999, 6], [0.091, 6], [1 / 11, 6], [0.0909, 7], [0.0477, 7], [0.0476, 8], [0.0323, 8]] as const
    for (const [luck, highest] of cases) {
      const steps: Step[] = [['set', 'a', 1], ...gets(numbers(0, 5).map(() => 'a')), ['frequency', 'a']]
      expect(last({ ...LFU, luck }, steps)).toBe(highest)
    }
  })

  it('grows slowly in the long run', () => {
    // About 9 and 19; the bounds are so wide that chance does not get there.
    for (const [reads, low, high] of [[100, 6, 17], [1_000, 11, 33]] as const) {
      const steps: Step[] = [['set', 'a', 1], ...gets(numbers(0, reads).map(() => 'a')), ['frequency', 'a']]
      const frequency = last(LFU, steps)
      expect(frequency).toBeGreaterThanOrEqual(low)
      expect(frequency).toBeLessThanOrEqual(high)
    }
  })

  it('ends at 255', () => {
    const steps: Step[] = [['set', 'a', 1], ...gets(numbers(0, 300).map(() => 'a')), ['frequency', 'a']]
    expect(last({ ...LFU, luck: 0 }, steps)).toBe(255)
  })

  it('falls by one for each full minute without access, not below zero', () => {
    const waits = [59_999, 1, 59_999, 1, 120_000, 60_000, 600_000]
    const steps = waits.flatMap((ms): Step[] => [['wait', ms], ['frequency', 'a']])
    const seen = play(LFU, [['set', 'a', 1], ...steps]).slice(1)
    expect(seen.filter((_, i) => i % 2 === 1)).toEqual([5, 4, 4, 3, 1, 0, 0])
  })

  it('takes the fall into account at the next access', () => {
    const steps: Step[] = [
      ['set', 'a', 1],
      ...gets(['a', 'a', 'a']),
      ['frequency', 'a'],
      ['wait', 5 * 60_000 + 30_000],
      ['get', 'a'],
      ['frequency', 'a'],
      ['wait', 59_999],
      ['frequency', 'a'],
      ['wait', 1],
      ['frequency', 'a'],
    ]
    // 8 falls to 3, where an access always counts; the next minute begins with it.
    const seen = play({ ...LFU, luck: 0 }, steps)
    expect([seen[4], seen[7], seen[9], seen[11]]).toEqual([8, 4, 4, 3])
  })

  it('begins anew when a key is written again after it was deleted', () => {
    const steps: Step[] = [['set', 'a', 1], ...gets(['a', 'a']), ['del', 'a'], ['set', 'a', 1], ['frequency', 'a']]
    expect(last({ ...LFU, luck: 0 }, steps)).toBe(5)
  })

  it('decides what is evicted, as it is now', () => {
    const setting = { maxBytes: 3, policy: 'allkeys-lfu', samples: 50 } as const
    const steps: Step[] = [...sets(['old']), ...gets(['old', 'old', 'old']), ['wait', 4 * 60_000]]
    // What was used a lot but long ago has less than two that are new.
    expect(last(setting, [...steps, ...sets(['a', 'b', 'c']), EVICTED])).toEqual(['old'])
    const fresh: Step[] = [...sets(['a', 'b', 'c']), ...gets(['a', 'c']), TICK, ['set', 'd', 1], EVICTED]
    expect(last(setting, fresh)).toEqual(['b'])
    const mortal: Step[] = [...sets(['a']), ...sets(['b', 'c'], 1, 9_000), ...gets(['b']), ['set', 'd', 1], EVICTED]
    expect(last({ ...setting, policy: 'volatile-lfu' }, mortal)).toEqual(['c'])
  })

  it('evicts one of the lowest frequency in any history, if all are drawn', () => {
    const keys = numbers(0, 40).map((i) => `k${i}`)
    const steps: Step[] = []
    for (const key of keys) {
      steps.push(...gets(numbers(0, 6).map(() => random.pick(keys))))
      if (random.next() < 0.2) steps.push(['wait', 90_000])
      steps.push(['frequencies', keys], ['set', key, 1], EVICTED)
    }
    const seen = play({ maxBytes: 8, policy: 'allkeys-lfu', samples: 50 }, steps)
    const wrong: string[] = []
    let gone = 0
    steps.forEach((step, i) => {
      if (step[0] !== 'evicted') return
      const frequencies = seen[i - 2] as number[]
      const evicted = seen[i] as string[]
      const written = keys.indexOf(String(steps[i - 1]?.[1]))
      const present = keys.slice(0, written).filter((key) => !evicted.slice(0, gone).includes(key))
      const lowest = Math.min(...present.map((key) => frequencies[keys.indexOf(key)] ?? 0))
      for (const key of evicted.slice(gone)) if (frequencies[keys.indexOf(key)] !== lowest) wrong.push(key)
      gone = evicted.length
    })
    expect([gone, wrong]).toEqual([32, []])
  })
})

describe('Sampling', () => {
  const keys = numbers(0, 400).map(String)
  const indexes = (seen: unknown) => (seen as string[]).map(Number)
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  it('evicts old keys with five samples, though not always the oldest', () => {
    const evicted = indexes(last({ maxBytes: 400, policy: 'allkeys-lru' }, [...sets(keys), ['set', 'x', 120], EVICTED]))
    expect(evicted.length).toBe(120)
    // At random the mean would be 200. The oldest 120 alone would have 60.
    expect(meanOf(evicted)).toBeLessThan(140)
    expect(Math.max(...evicted)).toBeGreaterThan(119)
  })

  it('spares keys that were read, with five samples', () => {
    const steps = [...sets(keys), ...keys.slice(0, 200).flatMap((key): Step[] => [['get', key], TICK])]
    const evicted = indexes(last({ maxBytes: 400, policy: 'allkeys-lru' }, [...steps, ['set', 'x', 100], EVICTED]))
    expect(evicted.filter((index) => index >= 200).length).toBeGreaterThan(75)
  })

  it('looks at as many keys as it is told', () => {
    const steps: Step[] = [...sets(keys), ['set', 'x', 100], EVICTED]
    const mean = (samples: number) => meanOf(indexes(last({ maxBytes: 400, policy: 'allkeys-lru', samples }, steps)))
    const [one, three, twenty] = [mean(1), mean(3), mean(20)]
    // About 200, 120 and 60.
    expect(Math.abs(one - 199.5)).toBeLessThan(60)
    expect(Math.abs(three - 120)).toBeLessThan(45)
    expect(twenty).toBeLessThan(75)
  })

  it('draws among the keys that expire, and takes the nearest expiry of its sample', () => {
    const mortal = keys.slice(0, 200)
    const filled = [...sets(keys.slice(200)), ...mortal.map((key): Step => ['set', key, 1, 10_000 + 100 * Number(key)])]
    const evicted = indexes(last({ maxBytes: 400, policy: 'volatile-ttl' }, [...filled, ['set', 'x', 50], EVICTED]))
    expect([evicted.length, Math.max(...evicted) < 200]).toEqual([50, true])
    // At random the mean would be 100.
    expect(meanOf(evicted)).toBeLessThan(65)
    expect(Math.max(...evicted)).toBeGreaterThan(49)
  })

  it('evicts in a time that does not depend on the number of keys', () => {
    // The quickest of many short rounds counts: a busy machine slows some of them, a look at every key all of them.
    const isFast = inGuest((solution: typeof import('./solution'), few: number, many: number, rounds: number) => {
      let state = 1
      const rng = (): number => {
        state = (state * 48_271) % 2_147_483_647
        return state / 2_147_483_647
      }
      const filled = (keys: number) => {
        let time = 0
        const opts = { maxBytes: keys, policy: 'volatile-lru', sizeOf: () => 1, now: () => time++, rng } as const
        const store = new solution.BoundedStore(opts)
        for (let i = 0; i < keys; i++) store.set(`k${i}`, 'x', 1e12)
        return { store, ms: Number.POSITIVE_INFINITY }
      }
      const stores = [filled(few), filled(many)] as const
      for (let round = 0; round < rounds; round++) {
        for (const quickest of stores) {
          const began = performance.now()
          for (let i = 0; i < 10; i++) quickest.store.set(`new ${10 * round + i}`, 'x', 1e12)
          quickest.ms = Math.min(quickest.ms, performance.now() - began)
        }
        // The first rounds compile the code; they say nothing about the small store.
        if (round > 2 && stores[1].ms < Math.max(0.02, 6 * stores[0].ms)) return true
      }
      return false
    }, 100, 6_000, 20)
    expect(isFast).toBe(true)
  })
})
