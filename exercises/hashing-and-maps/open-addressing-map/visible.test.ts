import { describe, expect, it } from 'vitest'
import { OpenAddressingMap } from './solution'

const byLength = (key: string) => key.length

describe('OpenAddressingMap', () => {
  it('finds a key behind one that was deleted', () => {
    const map = new OpenAddressingMap<number>({ hash: byLength })
    map.set('red', 1)
    map.set('sky', 2)
    expect(map.delete('red')).toBe(true)
    expect([map.get('sky'), map.has('red'), map.size, map.tombstones]).toEqual([2, false, 1, 1])
    expect(map.probesFor('sky')).toEqual([3, 4])
    expect(map.probesFor('sea')).toEqual([3, 4, 5])
  })

  it('tries slots on both sides with quadratic probing', () => {
    const map = new OpenAddressingMap<number>({ probe: 'quadratic', hash: () => 0, maxLoad: 1 })
    for (const key of 'abcdefg') map.set(key, 1)
    expect(map.probesFor('missing')).toEqual([0, 1, 6, 4, 3, 2, 5])
  })

  it('puts a key that finds no slot into the overflow area', () => {
    const map = new OpenAddressingMap<number>({ probe: 'rehash', hashes: [() => 1, () => 4] })
    for (const key of 'abcd') map.set(key, 1)
    expect([map.size, map.overflowSize, map.has('d'), map.delete('d'), map.overflowSize]).toEqual([4, 2, true, true, 1])
  })

  it('grows to a prime of at least twice its capacity', () => {
    const map = new OpenAddressingMap<number>()
    const capacities = Array.from({ length: 6 }, (_, i) => {
      map.set(`k${i}`, i)
      return map.capacity
    })
    expect(capacities).toEqual([7, 7, 7, 7, 7, 19])
  })
})
