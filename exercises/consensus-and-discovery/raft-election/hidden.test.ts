import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { type Msg, RaftNode, type RaftOpts } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const PEERS = ['b', 'c', 'd', 'e']

/** Node a of a cluster of five, whose timers last 100 unless told otherwise. */
function setup(opts: Partial<RaftOpts> = {}) {
  const sent: Array<[string, Msg]> = []
  const node = new RaftNode({
    id: 'a',
    peers: PEERS,
    rng: () => 0,
    electionMs: [100, 200],
    heartbeatMs: 10,
    send: (to, message) => sent.push([to, message]),
    ...opts,
  })
  /** What was sent since the last time. */
  const take = () => sent.splice(0)
  return { node, take }
}

const state = (node: RaftNode) => [node.role, node.term, node.votedFor, node.leader]
const request = (term: number, lastLogIndex = 0, lastLogTerm = 0): Msg => {
  return { type: 'RequestVote', term, lastLogIndex, lastLogTerm }
}
const vote = (term: number, granted = true): Msg => ({ type: 'VoteReply', term, granted })
const heartbeat = (term: number): Msg => ({ type: 'AppendEntries', term })

/** A node that has won the election of this term. */
function leading(term = 1, opts: Partial<RaftOpts> = {}) {
  const made = setup(opts)
  if (term > 1) made.node.receive('b', vote(term - 1, false))
  made.node.advance(200)
  for (const peer of PEERS) made.node.receive(peer, vote(made.node.term))
  made.take()
  return made
}

describe('Campaigns', () => {
  it('begins as a follower of nobody', () => {
    const { node, take } = setup()
    expect(state(node)).toEqual(['follower', 0, null, null])
    expect(take()).toEqual([])
  })

  it('stands when its time is up, and not before', () => {
    const [min, max] = [random.int(100, 200), random.int(300, 500)]
    const { node, take } = setup({ electionMs: [min, max], rng: () => 0.5 })
    const timeout = min + 0.5 * (max - min)
    node.advance(timeout - 0.5)
    expect([state(node), take()]).toEqual([['follower', 0, null, null], []])
    node.advance(0.5)
    expect(state(node)).toEqual(['candidate', 1, 'a', null])
    expect(take()).toEqual(PEERS.map((peer) => [peer, request(1)]))
  })

  it('waits for 150 to 300 milliseconds unless told otherwise', () => {
    const { node, take } = setup({ electionMs: undefined, rng: () => 0.99 })
    node.advance(298)
    expect(take()).toEqual([])
    node.advance(2)
    expect(node.role).toBe('candidate')
  })

  it('tells the end of its log', () => {
    const logTerms = numbers(random.int(1, 9)).map((i) => 1 + Math.floor(i / 2))
    const { node, take } = setup({ logTerms })
    node.advance(100)
    expect(take()[0]).toEqual(['b', request(1, logTerms.length, logTerms[logTerms.length - 1])])
  })

  it('draws a new time for every election', () => {
    const draws = [0.2, 0.9, 0.4, 0.1]
    const { node, take } = setup({ rng: () => draws.shift() ?? 0 })
    const terms = [120, 190, 140, 110].map((ms) => {
      node.advance(ms - 1)
      const before = node.term
      node.advance(1)
      return [before, node.term]
    })
    expect(terms).toEqual([[0, 1], [1, 2], [2, 3], [3, 4]])
    const requests = take().map(([to, { term }]) => `${to}${term}`)
    expect(requests).toEqual([1, 2, 3, 4].flatMap((term) => PEERS.map((peer) => `${peer}${term}`)))
  })

  it('stands again after a split vote, and begins to count anew', () => {
    const { node } = setup()
    node.advance(100)
    node.receive('b', vote(1))
    node.receive('c', vote(1, false))
    node.advance(100)
    expect(state(node)).toEqual(['candidate', 2, 'a', null])
    node.receive('d', vote(2))
    expect(node.role).toBe('candidate')
    node.receive('b', vote(2))
    expect(node.role).toBe('leader')
  })

  it('goes through several elections in one long step', () => {
    const { node } = setup()
    node.advance(550)
    expect(state(node)).toEqual(['candidate', 5, 'a', null])
  })

  it('forgets the leader that has fallen silent', () => {
    const { node } = setup()
    node.receive('b', heartbeat(3))
    expect(node.leader).toBe('b')
    node.advance(100)
    expect(state(node)).toEqual(['candidate', 4, 'a', null])
  })

  it('refuses to go back in time', () => {
    expect(() => setup().node.advance(-1)).toThrow(RangeError)
  })

  it('may stand still', () => {
    const { node, take } = setup()
    node.advance(0)
    expect([state(node), take()]).toEqual([['follower', 0, null, null], []])
  })
})

describe('Votes', () => {
  it('votes once in a term, for the first who asks', () => {
    const { node, take } = setup()
    const candidates = random.shuffle(PEERS)
    for (const peer of candidates) node.receive(peer, request(1))
    expect(take()).toEqual(candidates.map((peer, i) => [peer, vote(1, i === 0)]))
    expect(state(node)).toEqual(['follower', 1, candidates[0], null])
  })

  it('grants the same candidate its vote again', () => {
    const { node, take } = setup()
    for (const peer of ['c', 'b', 'c']) node.receive(peer, request(2))
    expect(take()).toEqual([['c', vote(2)], ['b', vote(2, false)], ['c', vote(2)]])
  })

  it('votes anew in every term', () => {
    const { node, take } = setup()
    for (const term of [1, 2, 5]) node.receive(random.pick(PEERS), request(term))
    expect(take().map(([, message]) => message)).toEqual([vote(1), vote(2), vote(5)])
  })

  it('votes only for logs that are up to date', () => {
    const ours: [number, number] = [random.int(3, 6), random.int(3, 6)]
    const [index, term] = ours
    const logTerms = [...numbers(index - 1).map(() => 1), term]
    const cases: Array<[number, number, boolean]> = [
      [index, term, true],
      [index + 1, term, true],
      [index - 1, term, false],
      [1, term + 1, true],
      [index + 20, term - 1, false],
      [0, 0, false],
      [index + 1, term + 1, true],
    ]
    for (const [lastLogIndex, lastLogTerm, granted] of cases) {
      const { node, take } = setup({ logTerms })
      node.receive('b', request(9, lastLogIndex, lastLogTerm))
      expect(take()).toEqual([['b', vote(9, granted)]])
      expect(state(node)).toEqual(['follower', 9, granted ? 'b' : null, null])
    }
  })

  it('keeps its vote for a better candidate after it has refused one', () => {
    const { node, take } = setup({ logTerms: [1, 2] })
    node.receive('b', request(3, 1, 1))
    node.receive('c', request(3, 2, 2))
    expect(take()).toEqual([['b', vote(3, false)], ['c', vote(3)]])
  })

  it('waits a full time again when it has granted a vote', () => {
    const { node } = setup()
    node.advance(90)
    node.receive('b', request(1))
    node.advance(99)
    expect(node.role).toBe('follower')
    node.advance(1)
    expect(state(node)).toEqual(['candidate', 2, 'a', null])
  })

  it('does not wait longer because it has refused a vote', () => {
    const { node } = setup({ logTerms: [1, 2] })
    node.advance(90)
    node.receive('b', request(1, 1, 1))
    node.advance(10)
    expect(state(node)).toEqual(['candidate', 2, 'a', null])
  })

  it('has given its own vote away when it stands', () => {
    const { node, take } = setup()
    node.advance(100)
    take()
    node.receive('b', request(1))
    expect(take()).toEqual([['b', vote(1, false)]])
    expect(node.role).toBe('candidate')
  })
})

describe('Terms', () => {
  it('becomes a follower at any message of a higher term', () => {
    const term = random.int(5, 50)
    const messages = [vote(term), vote(term, false), { type: 'AppendReply' as const, term }]
    for (const message of messages) {
      for (const { node, take } of [setup(), leading()]) {
        node.receive('b', message)
        expect(state(node)).toEqual(['follower', term, null, null])
        expect(take()).toEqual([])
      }
    }
    const { node } = leading()
    node.receive('c', heartbeat(term))
    expect(state(node)).toEqual(['follower', term, null, 'c'])
    const { node: voter, take } = leading()
    voter.receive('c', request(term))
    expect(state(voter)).toEqual(['follower', term, 'c', null])
    expect(take()).toEqual([['c', vote(term)]])
  })

  it('enters the higher term even if it refuses the vote', () => {
    const { node, take } = leading(1, { logTerms: [1] })
    node.receive('c', request(7))
    expect(state(node)).toEqual(['follower', 7, null, null])
    expect(take()).toEqual([['c', vote(7, false)]])
  })

  it('tells those of lower terms the current one, and changes nothing', () => {
    const { node, take } = setup()
    node.receive('b', heartbeat(6))
    take()
    const before = state(node)
    node.advance(60)
    node.receive('c', request(random.int(0, 5), 99, 5))
    node.receive('d', heartbeat(random.int(0, 5)))
    expect(take()).toEqual([['c', vote(6, false)], ['d', { type: 'AppendReply', term: 6 }]])
    expect(state(node)).toEqual(before)
    node.advance(40)
    expect(node.role).toBe('candidate')
  })

  it('stands again some time after it had to step down', () => {
    const { node } = leading()
    node.receive('b', vote(4, false))
    node.advance(99)
    expect(state(node)).toEqual(['follower', 4, null, null])
    node.advance(1)
    expect(state(node)).toEqual(['candidate', 5, 'a', null])
  })

  it('does not wait longer because it has heard of a higher term', () => {
    const { node } = setup()
    node.advance(70)
    node.receive('b', vote(3, false))
    node.advance(30)
    expect(state(node)).toEqual(['candidate', 4, 'a', null])
  })

  it('sends no more heartbeats when it has stepped down', () => {
    const { node, take } = leading()
    node.receive('b', heartbeat(9))
    take()
    node.advance(99)
    expect(take()).toEqual([])
  })
})

describe('Majority and heartbeats', () => {
  it('takes a majority of the whole cluster to lead', () => {
    for (const size of [2, 3, 4, 5, 6, 7]) {
      const peers = numbers(size - 1).map((i) => `p${i}`)
      const { node } = setup({ peers })
      node.advance(100)
      const majority = Math.floor(size / 2) + 1
      const roles = random.shuffle(peers).map((peer) => {
        node.receive(peer, vote(1))
        return node.role
      })
      expect(roles.indexOf('leader')).toBe(majority - 2)
    }
  })

  it('elects itself at once when it is alone', () => {
    const { node, take } = setup({ peers: [] })
    node.advance(100)
    expect(state(node)).toEqual(['leader', 1, 'a', 'a'])
    node.advance(1000)
    expect([node.term, take()]).toEqual([1, []])
  })

  it('counts each peer once', () => {
    const { node } = setup()
    node.advance(100)
    for (const _ of numbers(5)) node.receive('b', vote(1))
    expect(node.role).toBe('candidate')
    node.receive('c', vote(1))
    expect(node.role).toBe('leader')
  })

  it('counts neither refusals nor votes of an earlier term', () => {
    const { node } = setup()
    node.advance(200)
    expect(node.term).toBe(2)
    for (const peer of PEERS) node.receive(peer, vote(1))
    for (const peer of PEERS) node.receive(peer, vote(2, false))
    expect(node.role).toBe('candidate')
  })

  it('does not lead by votes that come after it has given up', () => {
    const { node } = setup()
    node.advance(100)
    node.receive('b', vote(1))
    node.receive('d', heartbeat(1))
    node.receive('c', vote(1))
    expect(state(node)).toEqual(['follower', 1, 'a', 'd'])
  })

  it('sends heartbeats at once and at every interval', () => {
    const heartbeatMs = random.int(5, 20)
    const { node, take } = setup({ heartbeatMs })
    node.advance(100)
    take()
    node.receive('b', vote(1))
    node.receive('c', vote(1))
    const round = PEERS.map((peer) => [peer, heartbeat(1)])
    expect(take()).toEqual(round)
    node.receive('d', vote(1))
    node.receive('e', { type: 'AppendReply', term: 1 })
    node.advance(heartbeatMs - 1)
    expect(take()).toEqual([])
    node.advance(1)
    expect(take()).toEqual(round)
    node.advance(3 * heartbeatMs)
    expect(take()).toEqual([...round, ...round, ...round])
    expect(state(node)).toEqual(['leader', 1, 'a', 'a'])
  })

  it('sends heartbeats every 50 milliseconds unless told otherwise', () => {
    const { node, take } = leading(1, { heartbeatMs: undefined })
    node.advance(49)
    expect(take()).toEqual([])
    node.advance(1)
    expect(take()).toHaveLength(4)
  })

  it('waits as long as heartbeats come, and answers them', () => {
    const { node, take } = setup()
    for (const _ of numbers(6)) {
      node.advance(99)
      node.receive('c', heartbeat(2))
    }
    expect(state(node)).toEqual(['follower', 2, null, 'c'])
    expect(take()).toEqual(numbers(6).map(() => ['c', { type: 'AppendReply', term: 2 }]))
  })

  it('yields to the leader of its own term, and keeps its vote', () => {
    const { node, take } = setup()
    node.advance(100)
    take()
    node.receive('e', heartbeat(1))
    expect(state(node)).toEqual(['follower', 1, 'a', 'e'])
    node.receive('b', request(1))
    expect(take()).toEqual([['e', { type: 'AppendReply', term: 1 }], ['b', vote(1, false)]])
  })
})
