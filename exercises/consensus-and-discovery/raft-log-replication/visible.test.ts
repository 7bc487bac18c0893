import { describe, expect, it } from 'vitest'
import { Follower, Leader } from './solution'

const log = (...terms: number[]) => terms.map((term, i) => ({ term, command: `${term}.${i + 1}` }))

describe('replication', () => {
  it('refuses what does not fit, and says where to go on', () => {
    const follower = new Follower(4, log(1, 1, 2, 2))
    const message = { term: 4, entries: [], leaderCommit: 0 }
    expect(follower.handle({ ...message, prevLogIndex: 9, prevLogTerm: 4 })).toEqual({
      term: 4,
      success: false,
      matchIndex: 0,
      conflictIndex: 5,
    })
    expect(follower.handle({ ...message, prevLogIndex: 4, prevLogTerm: 3 })).toEqual({
      term: 4,
      success: false,
      matchIndex: 0,
      conflictIndex: 3,
      conflictTerm: 2,
    })
  })

  it('replaces entries from a conflict on', () => {
    const follower = new Follower(3, log(1, 2, 2))
    const entries = [{ term: 3, command: 'new' }]
    const reply = follower.handle({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries, leaderCommit: 1 })
    expect(reply).toEqual({ term: 3, success: true, matchIndex: 2 })
    expect(follower.log).toEqual([...log(1), ...entries])
    expect(follower.applied).toEqual(['1.1'])
  })

  it('commits what a majority holds', () => {
    const leader = new Leader({ term: 2, peers: ['b', 'c'] })
    expect([leader.propose('x'), leader.propose('y')]).toEqual([1, 2])
    const b = new Follower(1)
    leader.onReply('b', b.handle(leader.messageFor('b')))
    expect([leader.commitIndex, leader.matchIndex('b'), leader.matchIndex('c')]).toEqual([2, 2, 0])
    b.handle(leader.messageFor('b'))
    expect(b.applied).toEqual(['x', 'y'])
  })

  it('steps down when it hears of a higher term', () => {
    const leader = new Leader({ term: 2, peers: ['b', 'c'] })
    leader.onReply('b', { term: 3, success: false, matchIndex: 0 })
    expect(leader.steppedDown).toBe(true)
    expect(() => leader.propose('x')).toThrow(Error)
  })
})
