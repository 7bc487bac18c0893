import { describe, expect, it } from 'vitest'
import { ZSet } from './solution'

function board(): ZSet {
  const set = new ZSet()
  set.add(30, 'ann')
  set.add(10, 'bob')
  set.add(20, 'eve')
  return set
}

describe('ZSet', () => {
  it('orders members by score', () => {
    expect(board().rangeByRank(0, -1)).toEqual([
      ['bob', 10],
      ['eve', 20],
      ['ann', 30],
    ])
  })

  it('knows scores and ranks', () => {
    const set = board()
    expect([set.score('ann'), set.rank('ann'), set.rank('ann', true)]).toEqual([30, 2, 0])
    expect([set.score('joe'), set.rank('joe')]).toEqual([undefined, null])
  })

  it('moves a member whose score changes', () => {
    const set = board()
    expect([set.add(40, 'bob'), set.add(40, 'bob'), set.add(5, 'joe')]).toEqual(['updated', 'same', 'added'])
    expect(set.rangeByRank(0, -1).map(([member]) => member)).toEqual(['joe', 'eve', 'ann', 'bob'])
    expect(set.incrBy(-39, 'bob')).toBe(1)
    expect(set.rank('bob')).toBe(0)
  })

  it('finds what lies between two scores', () => {
    const set = board()
    expect(set.rangeByScore({ score: 10 }, { score: 20 })).toEqual([
      ['bob', 10],
      ['eve', 20],
    ])
    expect(set.count({ score: 10, exclusive: true }, { score: Number.POSITIVE_INFINITY })).toBe(2)
  })
})
