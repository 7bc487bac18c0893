import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { ChainedHashMap } from './solution'

/** Hashes written by hand; a key that is not among them has hash 0. */
function drawn(hashes: Record<string, number>): (key: string) => number {
  return (key) => (Object.hasOwn(hashes, key) ? (hashes[key] ?? 0) : 0)
}

/** A map whose keys all share one chain. */
function oneChain(keys: readonly string[]): ChainedHashMap<string> {
  const map = new ChainedHashMap<string>({ hash: () => 5, initialBuckets: 16, maxLoad: 100 })
  for (const key of keys) map.set(key, `value of ${key}`)
  return map
}

const words = (count: number): string[] => random.shuffle(Array.from({ length: count }, (_, i) => `w${i}`))

describe('Look-ups and updates', () => {
  it('agrees with a plain map on any history of changes', () => {
    const map = new ChainedHashMap<number>({ initialBuckets: random.int(1, 9) })
    const model = new Map<string, number>()
    const answers: unknown[] = []
    const expected: unknown[] = []
    for (let step = 0; step < 250; step++) {
      const key = `k${random.int(0, 30)}`
      if (random.next() < 0.6) {
        map.set(key, step)
        model.set(key, step)
      } else {
        answers.push(map.delete(key))
        expected.push(model.delete(key))
      }
    }
    for (let i = 0; i <= 30; i++) {
      answers.push(map.get(`k${i}`), map.has(`k${i}`))
      expected.push(model.get(`k${i}`), model.has(`k${i}`))
    }
    expect(answers).toEqual(expected)
    expect(map.size).toBe(model.size)
    expect([...map].sort()).toEqual([...model].sort())
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
    const map = new ChainedHashMap<number>()
    expect(keys.map((key) => map.has(key))).toEqual(keys.map(() => false))
    keys.forEach((key, i) => map.set(key, i))
    expect(keys.map((key) => map.get(key))).toEqual(keys.map((_, i) => i))
  })

  it('walks bucket by bucket, each chain from head to tail', () => {
    const map = new ChainedHashMap<number>({ hash: drawn({ a: 2, b: 0, c: 2, d: 1, e: 0 }), initialBuckets: 8 })
    const keys = ['a', 'b', 'c', 'd', 'e']
    keys.forEach((key, i) => map.set(key, i))
    expect([...map]).toEqual([
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
    const map = new ChainedHashMap<number>({ hash: drawn({ a: -1, b: -7, c: -14 }), initialBuckets: 7 })
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    expect([map.chain(6), map.chain(0)]).toEqual([['a'], ['b', 'c']])
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, 1, 1])
  })

  it('keeps every digit of a hash beyond 32 bits', () => {
    const hashes = { a: 2 ** 40 + 3, b: Number.MAX_SAFE_INTEGER, c: -(2 ** 35) - 2 }
    const map = new ChainedHashMap<number>({ hash: drawn(hashes), initialBuckets: 10 })
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    const floored = (hash: number): number => ((hash % 10) + 10) % 10
    expect(map.chain(floored(hashes.a))).toEqual(['a'])
    expect(map.chain(floored(hashes.b))).toEqual(['b'])
    expect(map.chain(floored(hashes.c))).toEqual(['c'])
  })

  it('stays right when every key has the same hash', () => {
    const keys = words(40)
    const map = new ChainedHashMap<number>({ hash: () => 0 })
    keys.forEach((key, i) => map.set(key, i))
    for (const key of keys.slice(0, 10)) map.delete(key)
    expect(map.chain(0)).toEqual(keys.slice(10))
    expect(keys.map((key) => map.get(key))).toEqual(keys.map((_, i) => (i < 10 ? undefined : i)))
  })

  it('refuses a bucket that does not exist', () => {
    const map = new ChainedHashMap<number>({ initialBuckets: 4 })
    for (const index of [-1, 4, 0.5, Number.NaN]) expect(() => map.chain(index)).toThrow(RangeError)
  })
})

describe('Growing', () => {
  it('doubles its buckets only when the load goes above the limit', () => {
    const map = new ChainedHashMap<number>()
    const counts = Array.from({ length: 13 }, (_, i) => {
      map.set(`k${i}`, i)
      return map.bucketCount
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

  it('puts every key into the bucket that its hash has among more buckets', () => {
    const hashes = Object.fromEntries(words(24).map((key) => [key, random.int(-1000, 1000)]))
    const map = new ChainedHashMap<number>({ hash: drawn(hashes), initialBuckets: 3, maxLoad: 1 })
    for (const key of Object.keys(hashes)) map.set(key, 1)
    expect(map.bucketCount).toBe(24)
    const chains = Array.from({ length: 24 }, (_, index) => {
      return Object.keys(hashes).filter((key) => (((hashes[key] ?? 0) % 24) + 24) % 24 === index)
    })
    expect(chains.map((_, index) => map.chain(index))).toEqual(chains)
  })

  it('refuses a number of buckets or a load that makes no sense', () => {
    for (const initialBuckets of [0, -8, 2.5, Number.NaN]) {
      expect(() => new ChainedHashMap({ initialBuckets })).toThrow(RangeError)
    }
    for (const maxLoad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new ChainedHashMap({ maxLoad })).toThrow(RangeError)
    }
  })

  it('spreads many keys over its buckets with the default hash', () => {
    const prefix = random.pick(['user:', 'session-', 'order/2024/'])
    const longest = inGuest((solution: typeof import('./solution'), start: string): number => {
      const map = new solution.ChainedHashMap<number>()
      for (let i = 0; i < 10_000; i++) map.set(start + i, i)
      let most = 0
      for (let index = 0; index < map.bucketCount; index++) most = Math.max(most, map.chain(index).length)
      return most
    }, prefix)
    expect(longest).toBeLessThanOrEqual(16)
  })

  it('takes many keys without slowing down', () => {
    // The time allowed is many times what a Map takes for the same, measured then and there.
    const found = inGuest((solution: typeof import('./solution'), count: number): number => {
      const model = new Map<string, number>()
      const began = Date.now()
      for (let i = 0; i < count; i++) model.set(`user:${i}`, i)
      for (let i = 0; i < count; i++) model.get(`user:${i}`)
      const end = Date.now() + Math.max(500, 30 * (Date.now() - began))
      const map = new solution.ChainedHashMap<number>()
      let right = 0
      for (let i = 0; i < count; i++) {
        if (i % 64 === 0 && Date.now() > end) return right
        map.set(`user:${i}`, i)
      }
      for (let i = 0; i < count; i++) {
        if (i % 64 === 0 && Date.now() > end) return right
        if (map.get(`user:${i}`) === i) right++
      }
      return right
    }, 40_000)
    expect(found).toBe(40_000)
  })
})
