import { describe, expect, it } from 'vitest'
import { Dict } from './solution'

/** Keys are numbers as text, and each is its own hash. */
function numbered(count: number): Dict<number> {
  const dict = new Dict<number>({ hash: Number })
  for (let i = 0; i < count; i++) dict.set(String(i), i)
  return dict
}

describe('Dict', () => {
  it('stores, replaces and deletes', () => {
    const dict = numbered(3)
    dict.set('1', 100)
    expect([dict.get('0'), dict.get('1'), dict.get('9')]).toEqual([0, 100, undefined])
    expect([dict.delete('1'), dict.delete('1'), dict.has('1'), dict.size]).toEqual([true, false, false, 2])
  })

  it('begins to grow when a key is added to a full table', () => {
    const dict = numbered(4)
    expect(dict.tables).toEqual([4, 0])
    dict.set('4', 4)
    expect(dict.tables).toEqual([4, 8])
    expect([dict.rehashing, dict.movedBuckets, dict.size]).toEqual([true, 0, 5])
  })

  it('moves one bucket with each operation', () => {
    const dict = numbered(5)
    const moved = [0, 1, 2, 3].map((key) => {
      expect(dict.get(String(key))).toBe(key)
      return dict.movedBuckets
    })
    expect(moved).toEqual([1, 2, 3, 4])
    expect([dict.tables, dict.rehashing]).toEqual([[8, 0], false])
  })

  it('visits every key in a scan', () => {
    const dict = numbered(6)
    const seen = new Set<string>()
    let cursor = 0
    do {
      cursor = dict.scan(cursor, (key) => seen.add(key))
    } while (cursor !== 0)
    expect([...seen].sort()).toEqual(['0', '1', '2', '3', '4', '5'])
  })
})
