import { describe, expect, it } from 'vitest'
import { ChainedHashMap } from './solution'

/** Puts a key into the bucket of its length, so that chains are easy to predict. */
const byLength = (key: string): number => key.length

describe('ChainedHashMap', () => {
  it('stores, finds and replaces values', () => {
    const map = new ChainedHashMap<number>()
    map.set('one', 1)
    map.set('two', 2)
    map.set('one', 11)
    expect([map.get('one'), map.get('two'), map.get('three')]).toEqual([11, 2, undefined])
    expect(map.size).toBe(2)
  })

  it('chains colliding keys in the order of their arrival', () => {
    const map = new ChainedHashMap<number>({ hash: byLength, initialBuckets: 8 })
    for (const key of ['red', 'sky', 'sea']) map.set(key, 0)
    map.set('red', 1)
    expect(map.chain(3)).toEqual(['red', 'sky', 'sea'])
    expect(map.chain(4)).toEqual([])
  })

  it('deletes a key and says whether it was there', () => {
    const map = new ChainedHashMap<number>({ hash: byLength })
    for (const key of ['red', 'sky', 'sea']) map.set(key, 0)
    expect(map.delete('red')).toBe(true)
    expect(map.delete('red')).toBe(false)
    expect(map.chain(3)).toEqual(['sky', 'sea'])
  })

  it('doubles its buckets when the load goes above the limit', () => {
    const map = new ChainedHashMap<number>({ hash: byLength, initialBuckets: 4, maxLoad: 0.75 })
    for (const key of ['a', 'bb', 'ccc']) map.set(key, key.length)
    expect(map.bucketCount).toBe(4)
    map.set('four', 4)
    expect(map.bucketCount).toBe(8)
  })

  it('walks bucket by bucket, each chain from its head', () => {
    const map = new ChainedHashMap<number>({ hash: byLength })
    for (const key of ['sea', 'a', 'sky']) map.set(key, key.length)
    expect([...map]).toEqual([
      ['a', 1],
      ['sea', 3],
      ['sky', 3],
    ])
  })
})
