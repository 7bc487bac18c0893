import { describe, expect, it } from 'vitest'
import { HashRing } from './solution'

/** Places written by hand make the ring easy to draw: a#0 at 100, b#0 at 200, c#0 at 300. */
const PLACES: Record<string, number> = {
  'a#0': 100,
  'b#0': 200,
  'c#0': 300,
  early: 50,
  exact: 200,
  between: 201,
  late: 301,
}

function drawnRing(): HashRing {
  const ring = new HashRing({ replicas: 1, hash: (s) => PLACES[s] ?? 0 })
  for (const node of ['c', 'a', 'b']) ring.add(node)
  return ring
}

describe('HashRing', () => {
  it('gives a key to the first virtual node at or after its hash', () => {
    const ring = drawnRing()
    expect(ring.get('early')).toBe('a')
    expect(ring.get('exact')).toBe('b')
    expect(ring.get('between')).toBe('c')
  })

  it('wraps past the last virtual node to the first', () => {
    expect(drawnRing().get('late')).toBe('a')
  })

  it('has no owner for any key while it is empty', () => {
    const ring = new HashRing()
    expect(ring.get('user:1')).toBeUndefined()
    expect(ring.getN('user:1', 2)).toEqual([])
    expect(ring.nodes).toEqual([])
  })

  it('moves keys only to a node that joins', () => {
    const ring = new HashRing({ replicas: 50 })
    for (const node of ['cache-1', 'cache-2', 'cache-3']) ring.add(node)
    const keys = Array.from({ length: 200 }, (_, i) => `user:${i}`)
    const before = keys.map((key) => ring.get(key))
    ring.add('cache-4')
    const moved = keys.filter((key, i) => ring.get(key) !== before[i])
    expect(moved.length).toBeGreaterThan(0)
    expect(new Set(moved.map((key) => ring.get(key)))).toEqual(new Set(['cache-4']))
  })

  it('lists distinct nodes clockwise for replicas of a key', () => {
    expect(drawnRing().getN('between', 2)).toEqual(['c', 'a'])
  })
})
