import { describe, expect, it, vi } from 'vitest'
import { ExpiringStore } from './solution'

describe('ExpiringStore', () => {
  it('forgets a key when its time has come', () => {
    let now = 1000
    const store = new ExpiringStore({ now: () => now, rng: () => 0.5 })
    store.set('a', '1', { px: 100 })
    now = 1099
    expect([store.get('a'), store.pttl('a')]).toEqual(['1', 1])
    now = 1100
    expect([store.get('a'), store.pttl('a')]).toEqual([undefined, -2])
  })

  it('tells replicas of a key that it found expired', () => {
    let now = 0
    const propagate = vi.fn()
    const store = new ExpiringStore({ now: () => now, rng: () => 0.5, propagate })
    store.set('a', '1', { px: 10 })
    now = 10
    expect(store.physicalSize).toBe(1)
    store.get('a')
    store.get('a')
    expect(propagate.mock.calls).toEqual([[['DEL', 'a']]])
    expect(store.physicalSize).toBe(0)
  })

  it('finds expired keys that nobody asks for', () => {
    let now = 0
    const store = new ExpiringStore({ now: () => now, rng: () => 0.5 })
    for (let i = 0; i < 10; i++) store.set(`key ${i}`, 'x', { px: 5 })
    store.set('lasting', 'x')
    now = 5
    expect(store.activeCycle(16)).toEqual({ loops: 1, expired: 10 })
    expect(store.physicalSize).toBe(1)
  })
})
