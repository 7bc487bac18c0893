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
    const cache = new LRUCache<number, number>(capacity)
    const model = new Model(capacity)
    for (let step = 0; step < 200; step++) {
      const key = random.int(0, 9)
      const kind = random.next()
      if (kind < 0.45) {
        cache.set(key, step)
        model.use(key, step)
      } else if (kind < 0.9) {
        expect(cache.get(key)).toBe(model.use(key))
      } else {
        expect(cache.delete(key)).toBe(model.entries.some(([known]) => known === key))
        model.entries = model.entries.filter(([known]) => known !== key)
      }
    }
    expect(cache.keys()).toEqual(model.entries.map(([key]) => key).reverse())
    expect(cache.keys().map((key) => cache.peek(key))).toEqual(model.entries.map(([, value]) => value).reverse())
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
    const dropped: Array<[number, number]> = []
    const cache = new LRUCache<number, number>(capacity, (key, value) => dropped.push([key, value]))
    const model = new Model(capacity)
    for (let step = 0; step < 80; step++) {
      const key = random.int(0, 9)
      if (random.next() < 0.7) {
        cache.set(key, step)
        model.use(key, step)
      } else {
        cache.get(key)
        model.use(key)
      }
    }
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

  // The next two are given many times what similar work takes on a Map, measured then and there. That is enough for
  // every linked list, on a slow or busy machine too, and a small part of what a search through all entries takes.

  it('reads and overwrites in constant time, however many entries it holds', () => {
    const done = inGuest(
      (solution: typeof import('./solution'), entries: number, steps: number): number => {
        const keys = Array.from({ length: entries }, (_, i) => `key ${i}`)
        const keyAt = (step: number): string => keys[(step * 48_271) % entries] ?? ''
        const map = new Map<string, number>()
        const cache = new solution.LRUCache<string, number>(entries)
        const began = Date.now()
        keys.forEach((key, i) => map.set(key, i))
        for (let step = 0; step < steps; step++) map.set(keyAt(step), step)
        const mapMs = Date.now() - began
        keys.forEach((key, i) => cache.set(key, i))
        const end = Date.now() + Math.max(150, 15 * mapMs)
        for (let step = 0; step < steps; step++) {
          if (step % 64 === 0 && Date.now() > end) return step
          if (step % 4 === 0) cache.set(keyAt(step), step)
          else cache.get(keyAt(step))
        }
        return steps
      },
      30_000,
      20_000,
    )
    expect(done).toBe(20_000)
  })

  it('finds the entry to drop without looking at the others', () => {
    const done = inGuest(
      (solution: typeof import('./solution'), entries: number, steps: number): number => {
        const map = new Map<number, number>()
        const cache = new solution.LRUCache<number, number>(entries)
        const began = Date.now()
        for (let i = 0; i < entries; i++) map.set(i, i)
        const mapMs = Date.now() - began
        for (let i = 0; i < entries; i++) cache.set(i, i)
        const end = Date.now() + Math.max(100, 15 * mapMs)
        for (let step = 0; step < steps; step++) {
          if (step % 64 === 0 && Date.now() > end) return step
          cache.set(entries + step, step)
        }
        return steps
      },
      15_000,
      2_000,
    )
    expect(done).toBe(2_000)
  })
})
