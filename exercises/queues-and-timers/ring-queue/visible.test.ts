import { describe, expect, it } from 'vitest'
import { AtomicRing, type Cell, RingQueue } from './solution'

/** A cell for one thread. `beforeSwap` runs in front of each compareAndSwap, as another thread might. */
function plainCell(initial: number, beforeSwap = () => {}): Cell {
  let value = initial
  return {
    load: () => value,
    store(v) {
      value = v
    },
    compareAndSwap(expected, next) {
      beforeSwap()
      if (value !== expected) return false
      value = next
      return true
    },
  }
}

describe('RingQueue', () => {
  it('gives items back in the order in which they came, round and round', () => {
    const ring = new RingQueue<number>(3)
    for (let i = 0; i < 10; i++) {
      ring.push(i)
      ring.push(i + 100)
      expect([ring.pop(), ring.pop()]).toEqual([i, i + 100])
    }
  })

  it('uses every slot, and refuses what does not fit', () => {
    const ring = new RingQueue<string>(2)
    expect([ring.push('a'), ring.push('b'), ring.push('c')]).toEqual([true, true, false])
    expect([ring.isFull, ring.length, ring.peek(), ring.pop()]).toEqual([true, 2, 'a', 'a'])
    ring.push('c')
    expect(ring.toArray()).toEqual(['b', 'c'])
  })
})

describe('AtomicRing', () => {
  it('works like a queue for a single thread', () => {
    const ring = new AtomicRing(2, (initial) => plainCell(initial))
    expect([ring.tryPush(1), ring.tryPush(2), ring.tryPush(3)]).toEqual([true, true, false])
    expect([ring.tryPop(), ring.tryPop(), ring.tryPop()]).toEqual([1, 2, undefined])
  })

  it('keeps both items when another thread pushes in the middle of a push', () => {
    let others = 1
    const cell = (initial: number) => {
      return plainCell(initial, () => {
        if (others-- > 0) ring.tryPush(7)
      })
    }
    const ring: AtomicRing = new AtomicRing(4, cell)
    expect(ring.tryPush(8)).toBe(true)
    expect([ring.tryPop(), ring.tryPop()].sort()).toEqual([7, 8])
  })
})
