import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { HeavyHitters, TopK, topKSharded } from './solution'

type Solution = typeof import('./solution')

interface Item {
  id: number
  score: number
}

const scoreOf = (item: Item) => item.score
const ids = (items: readonly Item[]) => items.map(({ id }) => id)

/** Items with few different scores, so that many are equal. */
const someItems = (count: number, scores = 6): Item[] => {
  return Array.from({ length: count }, (_, id) => ({ id, score: random.int(-scores, scores) }))
}

/** Items in any order, of which no two are equal. */
const differentItems = (count: number): Item[] => {
  return random.shuffle(Array.from({ length: count }, (_, id) => ({ id, score: id * id - 900 })))
}

const equalItems = (count: number): Item[] => Array.from({ length: count }, (_, id) => ({ id, score: 3 }))

/** The model: a stable sort of everything. */
const best = (items: readonly Item[], k: number) => [...items].sort((a, b) => b.score - a.score).slice(0, k)

/** Pushes all items beside the solution; the ids of the result, its size and threshold. */
function keep(k: number, items: readonly Item[]) {
  const driver = (solution: Solution, count: number, text: string) => {
    const top = new solution.TopK<Item>(count, (item) => item.score)
    for (const item of JSON.parse(text) as Item[]) top.push(item)
    return { ids: top.result().map(({ id }) => id).join(), size: top.size, threshold: top.threshold }
  }
  return inGuest(driver, k, JSON.stringify(items))
}

describe('The largest', () => {
  it('keeps the k largest, largest first', () => {
    for (const k of [1, 2, random.int(3, 10), 30]) {
      const items = differentItems(60)
      expect(keep(k, items).ids).toBe(ids(best(items, k)).join())
    }
  })

  it('keeps what came first of equal scores, in the order of arrival', () => {
    for (let i = 0; i < 4; i++) {
      const items = someItems(50)
      const k = random.int(5, 25)
      expect(keep(k, items).ids).toBe(ids(best(items, k)).join())
    }
    expect(keep(7, equalItems(20)).ids).toBe('0,1,2,3,4,5,6')
  })

  it('lists equal scores in the order of arrival also while there is room', () => {
    expect(keep(9, equalItems(7)).ids).toBe('0,1,2,3,4,5,6')
  })

  it('gives the items themselves, again and again', () => {
    const top = new TopK<Item>(3, scoreOf)
    const items = differentItems(5)
    for (const item of items) top.push(item)
    const first = top.result()
    expect(first[0]).toBe(best(items, 1)[0])
    first.length = 0
    expect(ids(top.result())).toEqual(ids(best(items, 3)))
    const late = { id: 9, score: 1000 }
    top.push(late)
    expect(ids(top.result())).toEqual(ids(best([...items, late], 3)))
  })

  it('tells how many it keeps and what a new item must beat', () => {
    const top = new TopK<number>(3, (n) => n)
    const seen: unknown[] = []
    for (const n of [5, 1, 3, 2, 9]) {
      top.push(n)
      seen.push([top.size, top.threshold])
    }
    expect(seen).toEqual([[1, undefined], [2, undefined], [3, 1], [3, 2], [3, 3]])
  })

  it('has everything while there are fewer items than k', () => {
    const items = differentItems(8)
    expect(keep(20, items)).toEqual({ ids: ids(best(items, 8)).join(), size: 8, threshold: undefined })
    expect(keep(8, items).threshold).toBe(best(items, 8)[7]?.score)
    expect(keep(3, [])).toEqual({ ids: '', size: 0, threshold: undefined })
  })

  it('keeps nothing if k is 0', () => {
    expect(keep(0, someItems(5))).toEqual({ ids: '', size: 0, threshold: undefined })
  })

  it('takes infinite scores, but none that is no number', () => {
    const top = new TopK<number>(2, (n) => n)
    for (const n of [-Infinity, 5, Infinity]) top.push(n)
    expect(() => top.push(Number.NaN)).toThrow(RangeError)
    expect([top.result(), top.threshold]).toEqual([[Infinity, 5], 5])
    expect(() => new TopK<number>(0, (n) => n).push(Number.NaN)).toThrow(RangeError)
  })

  it('refuses a k that is no number of items', () => {
    for (const bad of [-1, 1.5, Number.NaN]) expect(() => new TopK<number>(bad, (n) => n)).toThrow(RangeError)
  })

  it('asks for the score of each item once', () => {
    const score = vi.fn((n: number) => n)
    const top = new TopK(3, score)
    const numbers = Array.from({ length: 12 }, () => random.int(1, 50))
    for (const n of numbers) top.push(n)
    top.result()
    top.result()
    expect(score.mock.calls.map(([n]) => n)).toEqual(numbers)
  })
})

describe('Merging', () => {
  it('gives the best of both, ties in the order of the two', () => {
    for (const items of [equalItems(30), someItems(30), someItems(30)]) {
      const cut = random.int(5, 25)
      const driver = (solution: Solution, text: string, at: number) => {
        const all = JSON.parse(text) as Item[]
        const [left, right] = [0, 1].map(() => new solution.TopK<Item>(8, (item) => item.score))
        for (const item of all.slice(0, at)) left?.push(item)
        for (const item of all.slice(at)) right?.push(item)
        const merged = left && right && left.merge(right)
        return merged?.result().map(({ id }) => id).join()
      }
      expect(inGuest(driver, JSON.stringify(items), cut)).toBe(ids(best(items, 8)).join())
    }
  })

  it('changes neither of the two, and can go on', () => {
    const score = vi.fn((n: number) => n)
    const [left, right] = [new TopK(2, score), new TopK(2, score)]
    for (const n of [1, 5]) left.push(n)
    for (const n of [4, 8]) right.push(n)
    const merged = left.merge(right)
    expect(score).toHaveBeenCalledTimes(4)
    expect(merged.result()).toEqual([8, 5])
    merged.push(9)
    expect([merged.result(), left.result(), right.result()]).toEqual([[9, 8], [5, 1], [8, 4]])
    left.push(7)
    expect(merged.result()).toEqual([9, 8])
  })

  it('lets those merged count as older than what comes later', () => {
    const [left, right] = [new TopK<Item>(3, scoreOf), new TopK<Item>(3, scoreOf)]
    left.push({ id: 1, score: 5 })
    right.push({ id: 2, score: 5 })
    const merged = left.merge(right)
    for (const id of [3, 4]) merged.push({ id, score: 5 })
    expect(ids(merged.result())).toEqual([1, 2, 3])
  })

  it('keeps as many as the smaller of the two', () => {
    const [small, large] = [new TopK<number>(2, (n) => n), new TopK<number>(4, (n) => n)]
    for (const n of [1, 2, 3, 4, 5]) {
      small.push(n)
      large.push(n + 10)
    }
    expect([small.merge(large).result(), large.merge(small).result()]).toEqual([[15, 14], [15, 14]])
    expect(small.merge(large).threshold).toBe(14)
  })

  it('finds the global answer in shards', () => {
    const items = differentItems(60)
    // Most of them in one shard, and so most of the best.
    const cuts = [0, random.int(1, 2), random.int(56, 57), 58, 60]
    const shards = cuts.slice(1).map((end, i) => items.slice(cuts[i], end))
    const k = random.int(10, 15)
    expect(ids(topKSharded(shards, k, scoreOf))).toEqual(ids(best(items, k)))
  })

  it('finds it even if all of it is in one shard', () => {
    const low = Array.from({ length: 6 }, (_, id) => ({ id, score: id }))
    const high = low.map(({ id }) => ({ id: id + 10, score: id + 100 }))
    expect(ids(topKSharded([low, high, [], low], 5, scoreOf))).toEqual([15, 14, 13, 12, 11])
    expect(topKSharded([], 3, scoreOf)).toEqual([])
    expect(topKSharded([low], 0, scoreOf)).toEqual([])
  })
})

type Hit = { key: string; count: number; error: number }

/** Adds all pairs of key and number beside the solution; what it has to say then, all counters included. */
function count(capacity: number, adds: ReadonlyArray<readonly [key: string, n: number]>) {
  const driver = (solution: Solution, room: number, text: string) => {
    const hitters = new solution.HeavyHitters(room)
    let largest = 0
    for (const [key, n] of JSON.parse(text) as Array<[string, number]>) {
      hitters.add(key, n)
      largest = Math.max(largest, hitters.tracked)
    }
    return JSON.stringify({ hits: hitters.top(1e6), largest })
  }
  return JSON.parse(inGuest(driver, capacity, JSON.stringify(adds))) as { hits: Hit[]; largest: number }
}

/** A stream in which a few keys are frequent, and how often each key truly comes. */
function someStream(length: number) {
  const adds = Array.from({ length }, (): [string, number] => {
    return [random.int(0, 2) === 0 ? `hot${random.int(1, 4)}` : `key${random.int(1, 200)}`, random.int(1, 3)]
  })
  const truth = new Map<string, number>()
  for (const [key, n] of adds) truth.set(key, (truth.get(key) ?? 0) + n)
  return { adds, truth, total: adds.reduce((sum, [, n]) => sum + n, 0) }
}

describe('Heavy hitters', () => {
  it('counts exactly while there is room', () => {
    const { adds, truth } = someStream(300)
    const { hits } = count(500, adds)
    expect(new Map(hits.map(({ key, count: n }) => [key, n]))).toEqual(truth)
    expect(hits.every(({ error }) => error === 0)).toBe(true)
  })

  it('never tracks more keys than it may', () => {
    const capacity = random.int(5, 20)
    const { hits, largest } = count(capacity, someStream(400).adds)
    expect([hits.length, largest]).toEqual([capacity, capacity])
  })

  it('never counts too little, and knows by how much it may be too much', () => {
    for (const capacity of [1, 7, 25]) {
      const { adds, truth } = someStream(500)
      for (const { key, count: n, error } of count(capacity, adds).hits) {
        const real = truth.get(key) ?? 0
        expect(real).toBeLessThanOrEqual(n)
        expect(real).toBeGreaterThanOrEqual(n - error)
        expect(error).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('lets a new key take over the smallest counter', () => {
    const hitters = new HeavyHitters(3)
    for (const [key, n] of [['a', 5], ['b', 2], ['c', 9]] as const) hitters.add(key, n)
    hitters.add('d', 4)
    const hits = [{ key: 'c', count: 9, error: 0 }, { key: 'd', count: 6, error: 2 }, { key: 'a', count: 5, error: 0 }]
    expect(hitters.top(3)).toEqual(hits)
    hitters.add('a', 3)
    hitters.add('e')
    expect(hitters.top(5)).toEqual([hits[0], { key: 'a', count: 8, error: 0 }, { key: 'e', count: 7, error: 6 }])
  })

  it('has every key that is more frequent than total by capacity', () => {
    const others = Array.from({ length: 40 }, (_, i) => [`key${i}`, 1] as const)
    const often = random.int(60, 99)
    const adds = [['hot', 1], ['hot', often], ...random.shuffle(others), ['warm', 30], ...others] as const
    const { hits } = count(3, adds)
    expect(hits[0]?.key).toBe('hot')
    expect(hits[0]?.count).toBe(often + 1)
  })

  it('counts all that was added, no more and no less', () => {
    const { adds, total } = someStream(300)
    expect(count(9, adds).hits.reduce((sum, hit) => sum + hit.count, 0)).toBe(total)
  })

  it('lists the largest counts first, as many as asked for', () => {
    const { hits } = count(15, someStream(300).adds)
    const counts = hits.map((hit) => hit.count)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    const hitters = new HeavyHitters(4)
    for (const [key, n] of [['a', 1], ['b', 3], ['c', 2]] as const) hitters.add(key, n)
    expect([hitters.top(2).map(({ key }) => key), hitters.top(0), hitters.tracked]).toEqual([['b', 'c'], [], 3])
    expect(hitters.top(9)).toHaveLength(3)
  })

  it('takes any text for a key, and counts one if nothing is said', () => {
    const hitters = new HeavyHitters(3)
    for (const key of ['__proto__', 'constructor', '', '__proto__']) hitters.add(key)
    expect(hitters.top(1)).toEqual([{ key: '__proto__', count: 2, error: 0 }])
    expect(hitters.tracked).toBe(3)
  })

  it('refuses numbers out of range', () => {
    for (const bad of [0, -1, 2.5]) expect(() => new HeavyHitters(bad)).toThrow(RangeError)
    const hitters = new HeavyHitters(1)
    for (const bad of [0, -1, 1.5, Number.NaN]) expect(() => hitters.add('a', bad)).toThrow(RangeError)
    for (const bad of [-1, 1.5]) expect(() => hitters.top(bad)).toThrow(RangeError)
    expect(hitters.tracked).toBe(0)
  })
})

/**
 * What twenty calls take beside as many looks at every number in a list of this length. The quickest of many short
 * rounds counts: a moment in which the machine is busy slows some rounds, and never all of them.
 */
function shareOfLooks(solution: Solution, kind: 'push' | 'add', length: number): number {
  const quickest = (use: (i: number) => void): number => {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 20; round++) {
      const began = performance.now()
      for (let i = 0; i < 20; i++) use(length + 20 * round + i)
      best = Math.min(best, performance.now() - began)
    }
    return best
  }
  const top = new solution.TopK<number>(length, (n) => n)
  const hitters = new solution.HeavyHitters(length)
  const use = (i: number): void => (kind === 'push' ? top.push(i) : hitters.add(`key ${i}`))
  for (let i = 0; i < length; i++) use(i)
  const calls = quickest(use)
  const numbers = new Map(Array.from({ length }, (_, i) => [`key ${i}`, i]))
  let sum = 0
  const looks = quickest(() => {
    for (const n of numbers.values()) sum += n
  })
  return sum > 0 ? calls / looks : Number.POSITIVE_INFINITY
}

describe('Cost', () => {
  it('keeps the largest of very many without sorting them', () => {
    const driver = (solution: Solution, length: number, k: number) => {
      const top = new solution.TopK<number>(k, (n) => n)
      let sum = 0
      for (let n = 0; n < length; n++) {
        top.push(n)
        sum += top.threshold ?? 0
      }
      return [top.size, top.result()[0], top.threshold, sum]
    }
    const [length, k] = [3_000, 1_000]
    const rest = length - k
    expect(inGuest(driver, length, k)).toEqual([k, length - 1, rest, (rest * (rest + 1)) / 2])
    expect(inGuest(shareOfLooks, 'push', 4_000)).toBeLessThan(0.4)
  })

  it('finds the smallest counter without looking at all', () => {
    const driver = (solution: Solution, length: number, capacity: number) => {
      const hitters = new solution.HeavyHitters(capacity)
      for (let i = 0; i < length; i++) hitters.add(`key ${i}`)
      return [hitters.tracked, hitters.top(1)[0]?.count]
    }
    expect(inGuest(driver, 2_000, 500)).toEqual([500, 4])
    expect(inGuest(shareOfLooks, 'add', 4_000)).toBeLessThan(0.4)
  })
})
