import { describe, expect, it } from 'vitest'
import { HeavyHitters, TopK, topKSharded } from './solution'

describe('top k', () => {
  it('keeps the largest', () => {
    const top = new TopK<number>(3, (n) => n)
    for (const n of [4, 9, 1, 7, 2, 8]) top.push(n)
    expect(top.result()).toEqual([9, 8, 7])
    expect(top.size).toBe(3)
    expect(top.threshold).toBe(7)
  })

  it('has all items while there are fewer than k', () => {
    const top = new TopK<string>(5, (word) => word.length)
    for (const word of ['a', 'ccc', 'bb']) top.push(word)
    expect(top.result()).toEqual(['ccc', 'bb', 'a'])
    expect(top.threshold).toBeUndefined()
  })

  it('finds the best of all shards', () => {
    expect(topKSharded([[1, 5], [9, 8, 7], [6]], 3, (n) => n)).toEqual([9, 8, 7])
  })

  it('counts frequent keys with few counters', () => {
    const hitters = new HeavyHitters(2)
    for (const key of ['a', 'a', 'a', 'b']) hitters.add(key)
    expect(hitters.top(1)).toEqual([{ key: 'a', count: 3, error: 0 }])
    hitters.add('c')
    expect(hitters.top(2)).toEqual([
      { key: 'a', count: 3, error: 0 },
      { key: 'c', count: 2, error: 1 },
    ])
  })
})
