import { describe, expect, it } from 'vitest'
import { BoundedStore, type EvictPolicy, OomError } from './solution'

/** A store of ten bytes with a clock; every character of a value takes one. */
function setUp(policy: EvictPolicy) {
  const clock = { now: 1_000 }
  const store = new BoundedStore({
    maxBytes: 10,
    policy,
    sizeOf: (_, value) => value.length,
    now: () => clock.now,
    rng: () => 0.5,
  })
  return { clock, store }
}

describe('BoundedStore', () => {
  it('refuses what does not fit when it may not evict', () => {
    const { store } = setUp('noeviction')
    store.set('a', '12345678')
    expect(() => store.set('b', '123')).toThrow(OomError)
    store.set('c', '12')
    expect([store.get('a'), store.get('b'), store.usedBytes]).toEqual(['12345678', undefined, 10])
  })

  it('evicts what was unused for longest', () => {
    const { store, clock } = setUp('allkeys-lru')
    for (const key of ['a', 'b', 'c']) {
      store.set(key, '123')
      clock.now++
    }
    store.get('a')
    store.set('d', '123')
    expect([store.evicted, store.get('a'), store.usedBytes]).toEqual([['b'], '123', 9])
  })

  it('evicts nothing but keys that expire under a volatile policy', () => {
    const { store } = setUp('volatile-ttl')
    store.set('lasting', '1234')
    store.set('late', '123', 2_000)
    store.set('soon', '123', 1_000)
    store.set('new', '123')
    expect(store.evicted).toEqual(['soon'])
  })

  it('counts accesses, the more slowly the more there were', () => {
    const { store, clock } = setUp('allkeys-lfu')
    store.set('a', '1')
    expect(store.frequency('a')).toBe(5)
    // The first access always counts, the next ones with a chance of 1 to 11.
    for (let i = 0; i < 3; i++) store.get('a')
    expect(store.frequency('a')).toBe(6)
    clock.now += 2 * 60_000
    expect(store.frequency('a')).toBe(4)
  })
})
