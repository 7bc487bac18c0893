import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, IntSet, stringEncoding, TypedObject } from './solution'

describe('Encodings', () => {
  it('stores a text that is an integer as a number', () => {
    const texts = ['123', '-9', 'twelve', '007']
    expect(texts.map((text) => stringEncoding(text))).toEqual(['int', 'int', 'embstr', 'embstr'])
    expect([stringEncoding('x'.repeat(44)), stringEncoding('x'.repeat(45))]).toEqual(['embstr', 'raw'])
  })

  it('keeps integers in order, as wide as the widest needs', () => {
    const set = new IntSet()
    expect([set.add(5n), set.add(-3n), set.add(5n)]).toEqual([true, true, false])
    expect([set.values(), set.bits, set.byteLength]).toEqual([[-3n, 5n], 16, 4])
    set.add(100_000n)
    expect([set.values(), set.bits, set.byteLength]).toEqual([[-3n, 5n, 100_000n], 32, 12])
  })

  it('turns a set of integers into a hash table for another member', () => {
    const set = new TypedObject('set')
    for (const member of ['1', '2', '3']) set.put(member)
    expect([set.encoding, set.size]).toEqual(['intset', 3])
    set.put('four')
    expect([set.encoding, set.size]).toEqual(['hashtable', 4])
  })

  it('turns a small sorted set into a skip list when it grows', () => {
    const board = new TypedObject('zset', { ...DEFAULT_LIMITS, zsetEntries: 2 })
    const encodings = ['ann', 'bob', 'eve'].map((name, i) => {
      board.put(name, String(i))
      return board.encoding
    })
    expect(encodings).toEqual(['listpack', 'listpack', 'skiplist'])
  })
})
