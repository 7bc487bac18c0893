import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { LRUCache } from './solution'

/** A cache with the entries a: 1, b: 2, ... set in this order. */
function filled(keys: string, capacity = keys.length, onEvict?: (key: string, value: number) => void) {
  const cache = new LRUCache<string, number>(capacity, onEvict)
  ;[...keys].forEach((key, i) => cache.set(key, i + 1))
  return cache
}

/** The rule itself, on a list: least recent first. Each change drops entries into `dropped`. */
class Model {
  entries: Array<[number, number]> = []
  dropped: Array<[number, number]> = []
  constructor(public capacity: number) {}

  use(key: number, value?: number): number | undefined {
    const at = this.entries.findIndex(([known]) => known === key)
    const found = at === -1 ? undefined : this.entries.splice(at, 1)[0]
    const kept = value ?? found?.[1]
    if (kept !== undefined) this.entries.push([key, kept])
    this.fit(this.capacity)
    return found?.[1]
  }

  fit(capacity: number): void {
    this.capacity = capacity
    while (this.entries.length > capacity) this.dropped.push(...this.entries.splice(0, 1))
  }

  /** What the cache must answer to this step. */
  take({ kind, key, value }: Step): unknown {
    if (kind === 'get') return this.use(key)
    if (kind === 'set') return void this.use(key, value)
    const had = this.entries.some(([known]) => known === key)
    this.entries = this.entries.filter(([known]) => known !== key)
    return had
  }
}

interface Step {
  kind: 'get' | 'set' | 'delete'
  key: number
  value: number
}

/** Fills any cache, overwrites an entry, and goes on with reads and writes in like parts and a deletion now and then. */
function randomHistory(length: number): Step[] {
  const opening = [0, 1, 2, 3, 4, 5, 6, 6]
  return Array.from({ length }, (_, value) => {
    const key = opening[value]
    if (key !== undefined) return { kind: 'set', key, value }
    const kind = random.next() < 0.1 ? 'delete' : random.pick(['get', 'set'] as const)
    return { kind, key: random.int(0, 9), value }
  })
}

/** Takes a new cache through a history, and tells all that could be seen of it. */
function replay(capacity: number, history: readonly Step[]) {
  return inGuest(
    (solution: typeof import('./solution'), capacity: number, history: readonly Step[]) => {
      const dropped: Array<[number, number]> = []
      const cache = new solution.LRUCache<number, number>(capacity, (key, value) => dropped.push([key, value]))
      const answers = history.map(({ kind, key, value }) => {
        return kind === 'set' ? cache.set(key, value) : cache[kind](key)
      })
      return { answers, dropped, order: cache.keys().map((key) => [key, cache.peek(key)]) }
    },
    capacity,
    history,
  )
}

describe('Recency', () => {
  it('refreshes an entry when it is read', () => {
    const cache = filled('abcd')
    cache.get('b')
    cache.get('a')
    expect(cache.keys()).toEqual(['a', 'b', 'd', 'c'])
  })

  it('refreshes an entry when it is overwritten', () => {
    const cache = filled('abc')
    cache.set('a', 10)
    expect(cache.keys()).toEqual(['a', 'c', 'b'])
    expect(cache.get('a')).toBe(10)
  })

  it('leaves the order alone when it is only asked', () => {
    const cache = filled('abc')
    expect([cache.peek('a'), cache.peek('missing')]).toEqual([1, undefined])
    expect([cache.has('b'), cache.has('missing')]).toEqual([true, false])
    expect(cache.keys()).toEqual(['c', 'b', 'a'])
  })

  it('leaves the order alone when a read finds nothing', () => {
    const cache = filled('abc')
    expect(cache.get('missing')).toBeUndefined()
    expect(cache.keys()).toEqual(['c', 'b', 'a'])
    expect(cache.size).toBe(3)
  })

  it('keeps the order of any history of reads, writes and deletions', () => {
    const capacity = random.int(3, 6)
    const history = randomHistory(200)
    const { answers, order } = replay(capacity, history)
    const model = new Model(capacity)
    expect(answers).toEqual(history.map((step) => model.take(step)))
    expect(order).toEqual(model.entries.reverse())
  })
})

describe('Eviction', () => {
  it('drops exactly the least recent entry when a new one does not fit', () => {
    const cache = filled('abc')
    cache.get('a')
    cache.set('d', 4)
    expect(cache.keys()).toEqual(['d', 'a', 'c'])
    expect(cache.has('b')).toBe(false)
    expect(cache.size).toBe(3)
  })

  it('drops nothing when an entry of a full cache is overwritten', () => {
    const onEvict = vi.fn()
    const cache = filled('abc', 3, onEvict)
    cache.set('b', 20)
    cache.set('b', 21)
    expect(onEvict).not.toHaveBeenCalled()
    expect(cache.keys()).toEqual(['b', 'c', 'a'])
  })

  it('reports each dropped entry once, with its own key and value', () => {
    const capacity = random.int(2, 5)
    const history = randomHistory(80)
    const { dropped } = replay(capacity, history)
    const model = new Model(capacity)
    for (const step of history) model.take(step)
    expect(dropped).toEqual(model.dropped)
  })

  it('reports nothing when an entry is deleted', () => {
    const onEvict = vi.fn()
    const cache = filled('abc', 3, onEvict)
    expect([cache.delete('b'), cache.delete('b')]).toEqual([true, false])
    expect(onEvict).not.toHaveBeenCalled()
    expect(cache.keys()).toEqual(['c', 'a'])
  })

  it('makes room for a new entry when one is deleted', () => {
    const onEvict = vi.fn()
    const cache = filled('abc', 3, onEvict)
    cache.delete('a')
    cache.set('d', 4)
    expect(onEvict).not.toHaveBeenCalled()
    cache.set('e', 5)
    expect(onEvict.mock.calls).toEqual([['b', 2]])
  })

  it('shows its final state while it reports', () => {
    const seen: Array<{ there: boolean; keys: string[]; size: number }> = []
    const cache = filled('ab', 2, (key) => {
      seen.push({ there: cache.has(key), keys: cache.keys(), size: cache.size })
    })
    cache.set('c', 3)
    expect(seen).toEqual([{ there: false, keys: ['c', 'b'], size: 2 }])
  })
})

describe('Capacity', () => {
  it('drops the least recent entries first when it shrinks', () => {
    const dropped: string[] = []
    const cache = filled('abcde', 5, (key, value) => dropped.push(`${key}${value}`))
    cache.get('a')
    cache.resize(2)
    expect(dropped).toEqual(['b2', 'c3', 'd4'])
    expect(cache.keys()).toEqual(['a', 'e'])
  })

  it('holds more when it grows', () => {
    const onEvict = vi.fn()
    const cache = filled('ab', 2, onEvict)
    cache.resize(3)
    cache.set('c', 3)
    expect(onEvict).not.toHaveBeenCalled()
    cache.set('d', 4)
    expect(onEvict.mock.calls).toEqual([['a', 1]])
  })

  it('keeps to the smaller size after it shrank', () => {
    const cache = filled('abcd')
    cache.resize(2)
    cache.set('e', 5)
    expect(cache.keys()).toEqual(['e', 'd'])
  })

  it('works with room for a single entry', () => {
    const dropped: string[] = []
    const cache = new LRUCache<string, number>(1, (key) => dropped.push(key))
    for (const key of ['a', 'b', 'b', 'c']) cache.set(key, 1)
    expect([cache.get('c'), cache.get('b'), cache.size]).toEqual([1, undefined, 1])
    expect(dropped).toEqual(['a', 'b'])
  })

  it('refuses a capacity that is not a positive integer, and stays as it was', () => {
    const cache = filled('abc')
    for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new LRUCache(capacity)).toThrow(RangeError)
      expect(() => cache.resize(capacity)).toThrow(RangeError)
    }
    cache.set('d', 4)
    expect(cache.keys()).toEqual(['d', 'c', 'b'])
  })
})

describe('Keys, values and cost', () => {
  it('treats a stored undefined as an entry like any other', () => {
    const cache = new LRUCache<string, number | undefined>(2)
    cache.set('empty', undefined)
    cache.set('b', 2)
    expect(cache.get('empty')).toBeUndefined()
    expect(cache.has('empty')).toBe(true)
    expect(cache.keys()).toEqual(['empty', 'b'])
    cache.set('empty', undefined)
    expect(cache.size).toBe(2)
  })

  it('tells keys apart as a Map does', () => {
    const cache = new LRUCache<unknown, string>(10)
    const object = { id: 1 }
    cache.set(Number.NaN, 'not a number')
    cache.set('1', 'text')
    cache.set(1, 'number')
    cache.set(object, 'object')
    const keys = [Number.NaN, '1', 1, object, { id: 1 }, '__proto__']
    expect(keys.map((key) => cache.get(key))).toEqual([
      'not a number',
      'text',
      'number',
      'object',
      undefined,
      undefined,
    ])
    expect(cache.size).toBe(4)
  })

  it('gives out a list of keys that is the caller’s own', () => {
    const cache = filled('abc')
    cache.keys().length = 0
    expect(cache.keys()).toEqual(['c', 'b', 'a'])
  })

  // In the next two, the quickest of many short rounds counts: a moment in which the machine is busy slows some rounds,
  // and never all of them. A search through all entries slows every one, to far more than what is allowed.

  it('reads and overwrites in constant time, however many entries it holds', () => {
    const { best, allowed } = inGuest(
      (solution: typeof import('./solution'), entries: number, rounds: number, steps: number) => {
        const keys = Array.from({ length: entries }, (_, i) => `key ${i}`)
        const quickest = (use: (key: string, step: number) => void): number => {
          let best = Number.POSITIVE_INFINITY
          for (let round = 0; round < rounds; round++) {
            const began = performance.now()
            for (let step = 0; step < steps; step++) use(keys[((round * steps + step) * 4_827) % entries] ?? '', step)
            best = Math.min(best, performance.now() - began)
          }
          return best
        }
        const map = new Map(keys.map((key, i) => [key, i]))
        const cache = new solution.LRUCache<string, number>(entries)
        keys.forEach((key, i) => cache.set(key, i))
        const best = quickest((key, step) => (step % 4 === 0 ? cache.set(key, step) : cache.get(key)))
        return { best, allowed: Math.max(0.25, 20 * quickest((key, step) => map.set(key, step))) }
      },
      8_000,
      25,
      100,
    )
    expect(best).toBeLessThan(allowed)
  })

  it('finds the entry to drop without looking at the others', () => {
    const { best, allowed } = inGuest(
      (solution: typeof import('./solution'), entries: number, rounds: number, steps: number) => {
        const quickest = (use: (key: number) => void): number => {
          let best = Number.POSITIVE_INFINITY
          for (let round = 0; round < rounds; round++) {
            const began = performance.now()
            for (let step = 0; step < steps; step++) use(entries + round * steps + step)
            best = Math.min(best, performance.now() - began)
          }
          return best
        }
        const map = new Map<number, number>()
        const cache = new solution.LRUCache<number, number>(entries)
        for (let key = 0; key < entries; key++) cache.set(key, key)
        const best = quickest((key) => cache.set(key, key))
        return { best, allowed: Math.max(0.25, 20 * quickest((key) => map.set(key, key))) }
      },
      5_000,
      20,
      50,
    )
    expect(best).toBeLessThan(allowed)
  })
})
