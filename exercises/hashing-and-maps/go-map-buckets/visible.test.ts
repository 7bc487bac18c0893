import { describe, expect, it } from 'vitest'
import { GoMap } from './solution'

/** A map whose keys are their own hashes. */
function numbered(count: number, hint = 0): GoMap<number> {
  const map = new GoMap<number>({ hash: (key) => Number(key), hint })
  for (let i = 0; i < count; i++) map.set(String(i), i)
  return map
}

describe('GoMap', () => {
  it('finds what was set, and tells a stored undefined from a missing key', () => {
    const map = new GoMap<number | undefined>({ hash: (key) => key.length })
    map.set('a', 1)
    map.set('b', undefined)
    map.set('a', 2)
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([
      { value: 2, ok: true },
      { value: undefined, ok: true },
      { value: undefined, ok: false },
    ])
    expect([map.size, map.delete('a'), map.delete('a'), map.size]).toEqual([2, true, false, 1])
  })

  it('doubles when there would be more than 6.5 entries for each bucket', () => {
    expect([8, 9, 13, 14].map((count) => numbered(count).stats().B)).toEqual([0, 1, 1, 2])
    expect([8, 9, 13, 14].map((hint) => numbered(0, hint).stats().B)).toEqual([0, 1, 1, 2])
  })

  it('moves two old buckets with each write while it grows', () => {
    const map = numbered(53)
    expect(map.stats()).toEqual({ B: 4, oldB: 3, growing: true, sameSize: false, evacuated: 2, overflow: 0 })
    map.set('0', 0)
    expect(map.stats().evacuated).toBe(3)
    map.set('3', 3)
    expect(map.stats().evacuated).toBe(5)
  })

  it('walks from any bucket and slot, each entry once', () => {
    const map = numbered(12)
    const walk = (bucket: number, slot: number) => {
      const draws = [bucket, slot]
      return map.iterate(() => draws.shift() ?? 0).map(([key]) => Number(key))
    }
    expect(walk(0, 0)).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11])
    expect(walk(0.5, 0.25)).toEqual([5, 7, 9, 11, 1, 3, 4, 6, 8, 10, 0, 2])
  })
})
