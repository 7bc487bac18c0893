import { describe, expect, it, vi } from 'vitest'
import { LRUCache } from './solution'

describe('LRUCache', () => {
  it('drops the entry that has gone unused for longest', () => {
    const cache = new LRUCache<string, number>(2)
    cache.set('a', 1)
    cache.set('b', 2)
    cache.get('a')
    cache.set('c', 3)
    expect(cache.keys()).toEqual(['c', 'a'])
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
  })

  it('lists keys from the most to the least recent', () => {
    const cache = new LRUCache<string, number>(3)
    cache.set('a', 1)
    cache.set('b', 2)
    cache.set('c', 3)
    cache.get('a')
    expect(cache.keys()).toEqual(['a', 'c', 'b'])
  })

  it('reports what it drops', () => {
    const onEvict = vi.fn()
    const cache = new LRUCache<string, number>(2, onEvict)
    cache.set('a', 1)
    cache.set('b', 2)
    cache.set('c', 3)
    expect(onEvict.mock.calls).toEqual([['a', 1]])
  })

  it('deletes an entry and says whether it was there', () => {
    const cache = new LRUCache<string, number>(2)
    cache.set('a', 1)
    expect([cache.delete('a'), cache.delete('a'), cache.size]).toEqual([true, false, 0])
  })

  it('refuses a capacity that holds nothing', () => {
    expect(() => new LRUCache(0)).toThrow(RangeError)
  })
})
