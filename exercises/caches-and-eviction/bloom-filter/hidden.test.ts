import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { BloomFilter } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Keys that no other call of this function gives. */
function someKeys(count: number): string[] {
  const prefix = random.pick(['user:', '订单/', 'https://example.org/items?id='])
  const start = random.int(0, 1e6)
  return numbers(count).map((i) => `${prefix}${start + i}`)
}

function filled(bits: number, hashes: number, keys: readonly string[]): BloomFilter {
  const filter = new BloomFilter({ bits, hashes })
  addAll(filter, keys)
  return filter
}

function addAll(filter: BloomFilter, keys: readonly string[]): void {
  inGuest((_: unknown, to: BloomFilter, all: readonly string[]) => all.forEach((key) => to.add(key)), filter, keys)
}

/** Those of the keys that might be there. */
function found(filter: BloomFilter, keys: readonly string[]): string[] {
  const driver = (_: unknown, asked: BloomFilter, all: readonly string[]): string[] => {
    return all.filter((key) => asked.mightContain(key))
  }
  return inGuest(driver, filter, keys)
}

/** Number of set bits in some bytes. */
function countBits(data: Uint8Array): number {
  return [...data].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

describe('Sizing', () => {
  it('bits and hashes follow from the number of keys and the rate', () => {
    const cases = [
      [1000, 0.01],
      [100_000, 0.001],
      [random.int(2, 5000), random.pick([0.5, 0.1, 0.03, 0.002, 0.0001])],
      [random.int(2, 5000), 0.25 + random.next() / 4],
    ] as const
    const sizes = inGuest((solution: typeof import('./solution'), given: typeof cases) => {
      return given.map(([expected, falsePositiveRate]) => {
        const { bits, hashes } = new solution.BloomFilter({ expected, falsePositiveRate })
        return { bits, hashes }
      })
    }, cases)
    const right = cases.map(([expected, falsePositiveRate]) => {
      const bits = Math.ceil((-expected * Math.log(falsePositiveRate)) / Math.log(2) ** 2)
      return { bits, hashes: Math.max(1, Math.round((bits / expected) * Math.log(2))) }
    })
    expect(sizes).toEqual(right)
  })

  it('there is at least one hash and one bit, however high the rate may be', () => {
    const filter = new BloomFilter({ expected: 1, falsePositiveRate: 0.9 })
    expect([filter.bits, filter.hashes]).toEqual([1, 1])
    expect(new BloomFilter({ expected: 10_000, falsePositiveRate: 0.8 }).hashes).toBe(1)
  })

  it('a size that is given is taken as it is', () => {
    const [bits, hashes] = [random.int(1, 10_000), random.int(1, 20)]
    const filter = new BloomFilter({ bits, hashes })
    expect([filter.bits, filter.hashes]).toEqual([bits, hashes])
  })

  it('sizes and rates that make no sense are refused with RangeError', () => {
    const accepted = inGuest(({ BloomFilter }: typeof import('./solution')): string[] => {
      const calls: Array<[string, () => unknown]> = []
      for (const rate of [0, 1, -0.1, 1.5, Number.NaN]) {
        calls.push([`rate ${rate}`, () => new BloomFilter({ expected: 100, falsePositiveRate: rate })])
      }
      for (const bad of [0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        calls.push([`expected ${bad}`, () => new BloomFilter({ expected: bad, falsePositiveRate: 0.01 })])
        calls.push([`bits ${bad}`, () => new BloomFilter({ bits: bad, hashes: 3 })])
        calls.push([`hashes ${bad}`, () => new BloomFilter({ bits: 100, hashes: bad })])
        calls.push([`from, hashes ${bad}`, () => BloomFilter.from(100, bad, new Uint8Array(13))])
      }
      const isRefused = (call: () => unknown): boolean => {
        try {
          call()
          return false
        } catch (error) {
          return error instanceof RangeError
        }
      }
      return calls.filter(([, call]) => !isRefused(call)).map(([name]) => name)
    })
    expect(accepted).toEqual([])
  })
})

describe('Membership', () => {
  it('an empty filter contains nothing', () => {
    const filter = new BloomFilter({ bits: random.int(1, 50), hashes: random.int(1, 5) })
    expect(found(filter, ['', 'a', ...someKeys(20)])).toEqual([])
    expect(filter.fillRatio()).toBe(0)
  })

  it('none of five hundred added keys is ever missed', () => {
    const missed = inGuest(
      (solution: typeof import('./solution'), count: number, start: number): string[] => {
        const filter = new solution.BloomFilter({ expected: count, falsePositiveRate: 0.02 })
        const keys = Array.from({ length: count }, (_, i) => `${i % 2 === 0 ? 'user' : '用户'}:${start + i}`)
        for (const key of keys) filter.add(key)
        return keys.filter((key) => !filter.mightContain(key)).slice(0, 3)
      },
      500,
      random.int(0, 1e6),
    )
    expect(missed).toEqual([])
  })

  it('every string is a key', () => {
    const keys = ['', ' ', '\0', '编程', 'é', 'e\u0301', '💾', '\ud83d', '__proto__', 'x'.repeat(1000)]
    const filter = new BloomFilter({ bits: 100_000, hashes: 5 })
    const driver = (_: unknown, filter: BloomFilter, keys: readonly string[]) => {
      return keys.map((key) => {
        const before = filter.mightContain(key)
        filter.add(key)
        return [before, keys.filter((each) => filter.mightContain(each)).length]
      })
    }
    expect(inGuest(driver, filter, keys)).toEqual(keys.map((_, i) => [false, i + 1]))
    expect(found(filter, keys)).toEqual(keys)
  })

  it('small filters work as well, and are full at some time', () => {
    const driver = (solution: typeof import('./solution'), keys: readonly string[]) => {
      return [1, 2, 7, 8, 9].map((bits) => {
        const filter = new solution.BloomFilter({ bits, hashes: 2 })
        for (const key of keys) filter.add(key)
        return { missed: keys.filter((key) => !filter.mightContain(key)), fillRatio: filter.fillRatio() }
      })
    }
    expect(inGuest(driver, someKeys(60))).toEqual(Array(5).fill({ missed: [], fillRatio: 1 }))
  })

  it('the fill ratio is the share of set bits', () => {
    const bits = random.int(300, 400)
    const driver = (solution: typeof import('./solution'), bits: number, keys: readonly string[]) => {
      const filter = new solution.BloomFilter({ bits, hashes: 3 })
      return keys.map((key) => {
        filter.add(key)
        return { fillRatio: filter.fillRatio(), data: filter.export().slice() }
      })
    }
    const seen = inGuest(driver, bits, someKeys(8))
    expect(seen.map(({ fillRatio }) => fillRatio)).toEqual(seen.map(({ data }) => countBits(data) / bits))
  })

  it('adding a key again changes nothing', () => {
    const keys = someKeys(20)
    const filter = filled(500, 4, keys)
    const before = [...filter.export()]
    addAll(filter, random.shuffle(keys))
    expect([...filter.export()]).toEqual(before)
  })
})

describe('False positives', () => {
  it('a key has as many positions as there are hashes', () => {
    const hashes = random.int(5, 9)
    const set = filled(200_000, hashes, someKeys(25)).fillRatio() * 200_000
    expect(set).toBeLessThanOrEqual(25 * hashes + 0.5)
    // Two of them coincide once in a while; five do not.
    expect(set).toBeGreaterThan(25 * hashes - 5)
  })

  it('a filter that holds what it was made for keeps to its rate', () => {
    for (const [expected, rate, asked] of [
      [300, 0.05, 600],
      [500, 0.004, 6_000],
    ] as const) {
      const mistaken = inGuest(
        (
          solution: typeof import('./solution'),
          count: number,
          falsePositiveRate: number,
          absent: number,
          prefix: string,
        ): number => {
          const filter = new solution.BloomFilter({ expected: count, falsePositiveRate })
          for (let i = 0; i < count; i++) filter.add(`${prefix}${i}`)
          let positives = 0
          for (let i = 0; i < absent; i++) if (filter.mightContain(`${prefix}${count + i}`)) positives++
          return positives / absent
        },
        expected,
        rate,
        asked,
        random.pick(['user:', '用户:', 'a', 'session/2024/']),
      )
      expect(mistaken).toBeLessThan(2 * rate)
    }
  })

  it('a half-full filter with ten hashes is hardly ever mistaken', () => {
    const filter = filled(3000, 10, someKeys(200))
    const absent = numbers(300).map((i) => `absent-${i}`)
    expect(found(filter, absent).length).toBeLessThan(6)
  })

  it('every character of a key counts, in all its bits', () => {
    const mistaken = inGuest((solution: typeof import('./solution')): number => {
      const filter = new solution.BloomFilter({ expected: 600, falsePositiveRate: 0.01 })
      // Characters whose codes differ by multiples of 256.
      const letter = (i: number): string => String.fromCharCode(0x3021 + 256 * i)
      const key = (i: number): string => `key ${letter(i % 30)}${letter(Math.floor(i / 30))}`
      for (let i = 0; i < 600; i += 2) filter.add(key(i))
      let positives = 0
      for (let i = 1; i < 600; i += 2) if (filter.mightContain(key(i))) positives++
      return positives / 300
    })
    expect(mistaken).toBeLessThan(0.02)
  })
})

describe('Export and union', () => {
  it('the export has a byte for every eight bits, rounded up', () => {
    const sizes = [1, 8, 9, random.int(10, 5000)]
    const lengths = inGuest((solution: typeof import('./solution'), sizes: readonly number[]) => {
      return sizes.map((bits) => new solution.BloomFilter({ bits, hashes: 2 }).export().length)
    }, sizes)
    expect(lengths).toEqual(sizes.map((bits) => Math.ceil(bits / 8)))
  })

  it('a restored filter answers like the one that was saved', () => {
    const keys = someKeys(40)
    const saved = filled(900, 4, keys)
    const restored = BloomFilter.from(900, 4, saved.export())
    expect([restored.bits, restored.hashes, restored.fillRatio()]).toEqual([900, 4, saved.fillRatio()])
    const asked = [...keys, ...numbers(200).map((i) => `other ${i}`)]
    expect(found(restored, asked)).toEqual(found(saved, asked))
    restored.add('new')
    expect(restored.mightContain('new')).toBe(true)
  })

  it('filters of one size have the same bits for the same keys, whatever the order', () => {
    const keys = someKeys(50)
    const exports = [keys, random.shuffle(keys)].map((order) => [...filled(777, 3, order).export()])
    expect(exports[0]).toEqual(exports[1])
  })

  it('data of another length is refused with RangeError', () => {
    for (const length of [0, 12, 14]) {
      expect(() => BloomFilter.from(100, 3, new Uint8Array(length))).toThrow(RangeError)
    }
  })

  it('an exported or imported array and the filter do not touch each other', () => {
    const report = inGuest((solution: typeof import('./solution')) => {
      const filter = new solution.BloomFilter({ bits: 640, hashes: 3 })
      filter.add('kept')
      const exported = filter.export()
      const copy = exported.slice()
      const restored = solution.BloomFilter.from(640, 3, exported)
      for (let i = 0; i < 50; i++) filter.add(`later ${i}`)
      const isSnapshot = exported.every((byte, i) => byte === copy[i])
      exported.fill(0)
      return { isSnapshot, kept: [filter.mightContain('kept'), restored.mightContain('kept')] }
    })
    expect(report).toEqual({ isSnapshot: true, kept: [true, true] })
  })

  it('a union has the bits of both', () => {
    const [bits, hashes] = [random.int(400, 600), random.int(2, 4)]
    const [mine, theirs] = [someKeys(25), numbers(25).map((i) => `theirs ${i}`)]
    const [a, b] = [filled(bits, hashes, mine), filled(bits, hashes, theirs)]
    const both = a.union(b)
    expect([both.bits, both.hashes]).toEqual([bits, hashes])
    expect(found(both, [...mine, ...theirs])).toEqual([...mine, ...theirs])
    const theirBits = b.export()
    expect([...both.export()]).toEqual([...a.export()].map((byte, i) => byte | (theirBits[i] ?? 0)))
  })

  it('a union leaves its operands alone', () => {
    const [a, b] = [filled(500, 3, ['a']), filled(500, 3, ['b'])]
    const before = [[...a.export()], [...b.export()]]
    const both = a.union(b)
    both.add('c')
    expect([[...a.export()], [...b.export()]]).toEqual(before)
  })

  it('filters of different sizes cannot be united', () => {
    const filter = new BloomFilter({ bits: 100, hashes: 3 })
    for (const [bits, hashes] of [
      [101, 3],
      [100, 4],
    ] as const) {
      expect(() => filter.union(new BloomFilter({ bits, hashes }))).toThrow(RangeError)
    }
  })
})
