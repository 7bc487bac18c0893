import { describe, expect, it } from 'vitest'
import { type Msg, RaftNode } from './solution'

function setup(peers: string[], logTerms: number[] = []) {
  const sent: Array<[string, Msg]> = []
  const node = new RaftNode({ id: 'a', peers, rng: () => 0, logTerms, send: (to, message) => sent.push([to, message]) })
  return { node, sent }
}

describe('RaftNode', () => {
  it('stands for election when it hears from no leader', () => {
    const { node, sent } = setup(['b', 'c'], [1, 1, 2])
    expect([node.role, node.term]).toEqual(['follower', 0])
    node.advance(149)
    expect(sent).toEqual([])
    node.advance(1)
    expect([node.role, node.term, node.votedFor]).toEqual(['candidate', 1, 'a'])
    const request = { type: 'RequestVote', term: 1, lastLogIndex: 3, lastLogTerm: 2 }
    expect(sent).toEqual([
      ['b', request],
      ['c', request],
    ])
  })

  it('leads with the votes of a majority', () => {
    const { node, sent } = setup(['b', 'c'])
    node.advance(150)
    node.receive('c', { type: 'VoteReply', term: 1, granted: true })
    expect([node.role, node.leader]).toEqual(['leader', 'a'])
    expect(sent.slice(2)).toEqual([
      ['b', { type: 'AppendEntries', term: 1 }],
      ['c', { type: 'AppendEntries', term: 1 }],
    ])
  })

  it('has one vote in each term', () => {
    const { node, sent } = setup(['b', 'c'])
    node.receive('b', { type: 'RequestVote', term: 1, lastLogIndex: 0, lastLogTerm: 0 })
    node.receive('c', { type: 'RequestVote', term: 1, lastLogIndex: 0, lastLogTerm: 0 })
    expect(sent).toEqual([
      ['b', { type: 'VoteReply', term: 1, granted: true }],
      ['c', { type: 'VoteReply', term: 1, granted: false }],
    ])
  })

  it('follows a leader of a higher term', () => {
    const { node } = setup(['b', 'c'])
    node.advance(150)
    node.receive('b', { type: 'AppendEntries', term: 2 })
    expect([node.role, node.term, node.leader, node.votedFor]).toEqual(['follower', 2, 'b', null])
  })
})
