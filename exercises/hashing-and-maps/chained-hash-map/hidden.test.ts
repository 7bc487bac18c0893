import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { ChainedHashMap } from './solution'

interface Size {
  initialBuckets?: number
  maxLoad?: number
}

/** A map with the hashes that are written here, into which the keys went in order, each with its number as value. */
function drawn(hashes: Record<string, number>, size: Size = {}): ChainedHashMap<number> {
  const driver = (solution: typeof import('./solution'), hashes: Record<string, number>, size: Size) => {
    const map = new solution.ChainedHashMap<number>({ hash: (key) => hashes[key] ?? 0, ...size })
    Object.keys(hashes).forEach((key, i) => map.set(key, i))
    return map
  }
  return inGuest(driver, hashes, size)
}

/** A map whose keys all share one chain. */
function oneChain(keys: readonly string[]): ChainedHashMap<string> {
  return inGuest((solution: typeof import('./solution'), keys: readonly string[]) => {
    const map = new solution.ChainedHashMap<string>({ hash: () => 5, initialBuckets: 16, maxLoad: 100 })
    for (const key of keys) map.set(key, `value of ${key}`)
    return map
  }, keys)
}

/** The keys of the buckets from 0 to `count - 1`. */
function chains(map: ChainedHashMap<number>, count: number): string[][] {
  const driver = (_: unknown, map: ChainedHashMap<number>, count: number) => {
    return Array.from({ length: count }, (_, index) => map.chain(index))
  }
  return inGuest(driver, map, count)
}

const words = (count: number): string[] => random.shuffle(Array.from({ length: count }, (_, i) => `w${i}`))

describe('Look-ups and updates', () => {
  it('agrees with a plain map on any history of changes', () => {
    const model = new Map<string, number>()
    const expected: boolean[] = []
    // Each step sets a key to its own number, or deletes one.
    const steps = Array.from({ length: 200 }, (_, i): [string, 'set' | 'delete'] => {
      const [key, change] = [`k${random.int(0, 30)}`, random.next() < 0.6 ? 'set' : 'delete'] as const
      if (change === 'set') model.set(key, i)
      else expected.push(model.delete(key))
      return [key, change]
    })
    const driver = (solution: typeof import('./solution'), initialBuckets: number, script: string): string => {
      const map = new solution.ChainedHashMap<number>({ initialBuckets })
      const deletions: boolean[] = []
      for (const [i, [key, change]] of (JSON.parse(script) as typeof steps).entries()) {
        if (change === 'set') map.set(key, i)
        else deletions.push(map.delete(key))
      }
      const found = Array.from({ length: 31 }, (_, i) => [map.has(`k${i}`), map.get(`k${i}`) ?? null])
      return JSON.stringify({ deletions, found, size: map.size, entries: [...map].sort() })
    }
    const report: unknown = JSON.parse(inGuest(driver, random.int(1, 9), JSON.stringify(steps)))
    const found = Array.from({ length: 31 }, (_, i) => [model.has(`k${i}`), model.get(`k${i}`) ?? null])
    expect(report).toEqual({ deletions: expected, found, size: model.size, entries: [...model].sort() })
  })

  it('replaces the value of a known key without moving it or counting it again', () => {
    const map = oneChain(['a', 'b', 'c'])
    map.set('b', 'new')
    expect(map.chain(5)).toEqual(['a', 'b', 'c'])
    expect(map.get('b')).toBe('new')
    expect(map.size).toBe(3)
  })

  it('adds a new key at the tail of its chain', () => {
    const keys = words(6)
    expect(oneChain(keys).chain(5)).toEqual(keys)
  })

  it('tells a stored undefined from a missing key', () => {
    const map = new ChainedHashMap<number | undefined>()
    map.set('empty', undefined)
    expect([map.has('empty'), map.has('missing')]).toEqual([true, false])
    expect(map.size).toBe(1)
    expect([...map]).toEqual([['empty', undefined]])
  })

  it('takes every string as a key, also those that objects treat specially', () => {
    const keys = ['', '__proto__', 'constructor', 'hasOwnProperty', '编程', '💾']
    const driver = (solution: typeof import('./solution'), keys: readonly string[]) => {
      const map = new solution.ChainedHashMap<number>()
      const before = keys.filter((key) => map.has(key))
      keys.forEach((key, i) => map.set(key, i))
      return { before, values: keys.map((key) => map.get(key)) }
    }
    expect(inGuest(driver, keys)).toEqual({ before: [], values: keys.map((_, i) => i) })
  })

  it('walks bucket by bucket, each chain from head to tail', () => {
    const map = drawn({ a: 2, b: 0, c: 2, d: 1, e: 0 }, { initialBuckets: 8 })
    expect(inGuest((_: unknown, map: ChainedHashMap<number>) => [...map], map)).toEqual([
      ['b', 1],
      ['e', 4],
      ['d', 3],
      ['a', 0],
      ['c', 2],
    ])
  })
})

describe('Deleting', () => {
  for (const [place, index] of [
    ['head', 0],
    ['middle', 2],
    ['tail', 4],
  ] as const) {
    it(`takes a key from the ${place} of a chain and keeps the rest in order`, () => {
      const keys = words(5)
      const map = oneChain(keys)
      expect(map.delete(keys[index] ?? '')).toBe(true)
      expect(map.chain(5)).toEqual(keys.filter((_, i) => i !== index))
      expect(map.has(keys[index] ?? '')).toBe(false)
    })
  }

  it('says whether it removed something', () => {
    const map = oneChain(['a'])
    expect([map.delete('b'), map.delete('a'), map.delete('a')]).toEqual([false, true, false])
  })

  it('counts what is left', () => {
    const map = oneChain(['a', 'b', 'c'])
    map.delete('b')
    map.delete('missing')
    expect(map.size).toBe(2)
    map.delete('a')
    map.delete('c')
    expect(map.size).toBe(0)
  })

  it('adds a key at the tail again after it was deleted', () => {
    const map = oneChain(['a', 'b', 'c'])
    map.delete('c')
    map.set('d', '')
    map.delete('a')
    map.set('a', '')
    expect(map.chain(5)).toEqual(['b', 'd', 'a'])
  })
})

describe('Hash values', () => {
  it('puts a negative hash into the bucket of its floored remainder', () => {
    const map = drawn({ a: -1, b: -7, c: -14 }, { initialBuckets: 7 })
    expect(chains(map, 7)).toEqual([['b', 'c'], [], [], [], [], [], ['a']])
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([0, 1, 2])
  })

  it('keeps every digit of a hash beyond 32 bits', () => {
    const hashes = { a: 2 ** 40 + 3, b: Number.MAX_SAFE_INTEGER, c: -(2 ** 35) - 2 }
    const map = drawn(hashes, { initialBuckets: 10 })
    const floored = (hash: number): number => ((hash % 10) + 10) % 10
    expect(map.chain(floored(hashes.a))).toEqual(['a'])
    expect(map.chain(floored(hashes.b))).toEqual(['b'])
    expect(map.chain(floored(hashes.c))).toEqual(['c'])
  })

  it('stays right when every key has the same hash', () => {
    const keys = words(40)
    const driver = (solution: typeof import('./solution'), keys: readonly string[]) => {
      const map = new solution.ChainedHashMap<number>({ hash: () => 0 })
      keys.forEach((key, i) => map.set(key, i))
      for (const key of keys.slice(0, 10)) map.delete(key)
      return { chain: map.chain(0), values: keys.map((key) => map.get(key)) }
    }
    const values = keys.map((_, i) => (i < 10 ? undefined : i))
    expect(inGuest(driver, keys)).toEqual({ chain: keys.slice(10), values })
  })

  it('refuses a bucket that does not exist', () => {
    const map = new ChainedHashMap<number>({ initialBuckets: 4 })
    for (const index of [-1, 4, 0.5, Number.NaN]) expect(() => map.chain(index)).toThrow(RangeError)
  })
})

describe('Growing', () => {
  it('doubles its buckets only when the load goes above the limit', () => {
    const counts = inGuest((solution: typeof import('./solution')) => {
      const map = new solution.ChainedHashMap<number>()
      return Array.from({ length: 13 }, (_, i) => {
        map.set(`k${i}`, i)
        return map.bucketCount
      })
    })
    expect(counts).toEqual([8, 8, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 32])
  })

  it('doubles as often as the limit asks', () => {
    const map = new ChainedHashMap<number>({ initialBuckets: 1, maxLoad: 0.25 })
    map.set('a', 1)
    expect(map.bucketCount).toBe(4)
    map.set('b', 2)
    expect(map.bucketCount).toBe(8)
  })

  it('does not grow for a key that is already there, nor shrink for one that leaves', () => {
    const map = new ChainedHashMap<number>({ initialBuckets: 4, maxLoad: 0.75 })
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    map.set('c', 2)
    expect(map.bucketCount).toBe(4)
    map.set('d', 1)
    for (const key of ['a', 'b', 'c', 'd']) map.delete(key)
    expect(map.bucketCount).toBe(8)
  })

  it('does not move its entries while the load stays within the limit', () => {
    const calls = inGuest((solution: typeof import('./solution'), rounds: number): number => {
      let asked = 0
      const hash = (key: string): number => {
        asked++
        return Number(key)
      }
      const map = new solution.ChainedHashMap<number>({ hash, initialBuckets: 1024, maxLoad: 0.75 })
      // The load is at the limit now, not above it.
      for (let i = 0; i < 768; i++) map.set(String(i), i)
      asked = 0
      for (let i = 0; i < rounds; i++) {
        map.delete(String(i))
        map.set(String(i), i)
      }
      return asked
    }, 100)
    expect(calls).toBeLessThan(2_000)
  })

  it('puts every key into the bucket that its hash has among more buckets', () => {
    const hashes = Object.fromEntries(words(24).map((key) => [key, random.int(-1000, 1000)]))
    const map = drawn(hashes, { initialBuckets: 3, maxLoad: 1 })
    expect(map.bucketCount).toBe(24)
    const right = Array.from({ length: 24 }, (_, index) => {
      return Object.keys(hashes).filter((key) => (((hashes[key] ?? 0) % 24) + 24) % 24 === index)
    })
    expect(chains(map, 24)).toEqual(right)
  })

  it('refuses a number of buckets or a load that makes no sense', () => {
    for (const initialBuckets of [0, 2.5, Number.NaN]) {
      expect(() => new ChainedHashMap({ initialBuckets })).toThrow(RangeError)
    }
    for (const maxLoad of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => new ChainedHashMap({ maxLoad })).toThrow(RangeError)
    }
  })

  it('spreads many keys over its buckets with the default hash', () => {
    const prefix = random.pick(['user:', 'session-', 'order/2024/'])
    const longest = inGuest((solution: typeof import('./solution'), start: string): number => {
      // As many as it grows to; here it has them at once.
      const map = new solution.ChainedHashMap<number>({ initialBuckets: 16_384 })
      for (let i = 0; i < 10_000; i++) map.set(start + i, i)
      let most = 0
      for (let index = 0; index < map.bucketCount; index++) most = Math.max(most, map.chain(index).length)
      return most
    }, prefix)
    expect(longest).toBeLessThanOrEqual(16)
  })

  it('takes many keys without slowing down', () => {
    // A hundred keys go in and are found in a tenth of a millisecond, however many there are already. Since a machine
    // may be busy, the best of many rounds counts.
    const driver = (solution: typeof import('./solution'), count: number, enoughMs: number): number => {
      const map = new solution.ChainedHashMap<number>()
      for (let i = 0; i < count; i++) map.set(`user:${i}`, i)
      let bestMs = Number.POSITIVE_INFINITY
      for (let round = 0; round < 30 && bestMs > enoughMs; round++) {
        const next = count + 100 * round
        const began = performance.now()
        for (let i = next; i < next + 100; i++) {
          map.set(`user:${i}`, i)
          if (map.get(`user:${i}`) !== i || map.get(`user:${i - count}`) !== i - count) return Number.POSITIVE_INFINITY
        }
        bestMs = Math.min(bestMs, performance.now() - began)
      }
      return bestMs
    }
    expect(inGuest(driver, 4_000, 1)).toBeLessThan(1)
  })
})
