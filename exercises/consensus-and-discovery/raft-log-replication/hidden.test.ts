import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { type AppendEntries, type AppendReply, type Entry, Follower, Leader } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
/** A log of these terms; the command of an entry follows from its place. */
const log = (...terms: number[]): Entry[] => terms.map((term, i) => ({ term, command: `${term}.${i + 1}` }))
const commands = (entries: readonly Entry[]) => entries.map(({ command }) => command)

function message(term: number, prevLogIndex: number, prevLogTerm: number, more: Partial<AppendEntries> = {}) {
  return { term, prevLogIndex, prevLogTerm, entries: [], leaderCommit: 0, ...more }
}

const agreed = (term: number, matchIndex: number): AppendReply => ({ term, success: true, matchIndex })
const refused = (term: number, more: Partial<AppendReply> = {}): AppendReply => {
  return { term, success: false, matchIndex: 0, ...more }
}

describe('Consistency check', () => {
  it('begins with an empty log unless it is given one', () => {
    const follower = new Follower(1)
    expect(follower.log).toEqual([])
    expect(follower.handle(message(1, 1, 1))).toEqual(refused(1, { conflictIndex: 1 }))
  })

  it('refuses leaders of an earlier term, and tells its own', () => {
    const term = random.int(4, 9)
    const follower = new Follower(term, log(1, 2))
    const entries = log(1, 2, 3).slice(2)
    expect(follower.handle(message(term - 1, 2, 2, { entries, leaderCommit: 2 }))).toEqual(refused(term))
    expect([follower.log, follower.commitIndex]).toEqual([log(1, 2), 0])
  })

  it('takes on a higher term, also when it refuses', () => {
    const follower = new Follower(2, log(1))
    expect(follower.handle(message(5, 4, 4)).term).toBe(5)
    expect(follower.handle(message(4, 1, 1))).toEqual(refused(5))
    expect(follower.handle(message(7, 1, 1))).toEqual(agreed(7, 1))
    expect(follower.handle(message(6, 1, 1))).toEqual(refused(7))
  })

  it('says how long its log is if that is too short', () => {
    const length = random.int(0, 6)
    const follower = new Follower(3, log(...numbers(length).map(() => 2)))
    const entries = [{ term: 3, command: 'x' }]
    const reply = follower.handle(message(3, length + random.int(1, 5), 2, { entries }))
    expect(reply).toEqual(refused(3, { conflictIndex: length + 1 }))
    expect(follower.log).toHaveLength(length)
  })

  it('says which term it has there, and where that begins', () => {
    const follower = new Follower(9, log(1, 1, 4, 4, 4, 6, 6))
    const cases: Array<[number, number, number, number]> = [
      [7, 5, 6, 6],
      [6, 5, 6, 6],
      [5, 5, 4, 3],
      [3, 2, 4, 3],
      [2, 3, 1, 1],
      [1, 2, 1, 1],
    ]
    for (const [prevLogIndex, prevLogTerm, conflictTerm, conflictIndex] of random.shuffle(cases)) {
      const reply = follower.handle(message(9, prevLogIndex, prevLogTerm))
      expect(reply).toEqual(refused(9, { conflictTerm, conflictIndex }))
    }
    expect(follower.log).toEqual(log(1, 1, 4, 4, 4, 6, 6))
  })

  it('accepts a message that begins with the first entry', () => {
    const follower = new Follower(1)
    expect(follower.handle(message(1, 0, 0))).toEqual(agreed(1, 0))
    expect(follower.handle(message(1, 0, 0, { entries: log(1, 1) }))).toEqual(agreed(1, 2))
    expect(follower.log).toEqual(log(1, 1))
  })

  it('tells the last index that agrees, which is not the end of its log', () => {
    const follower = new Follower(5, log(1, 1, 2, 2, 3))
    expect(follower.handle(message(5, 2, 1, { entries: log(1, 1, 2).slice(2) }))).toEqual(agreed(5, 3))
    expect(follower.handle(message(5, 1, 1))).toEqual(agreed(5, 1))
  })
})

describe('Truncation', () => {
  it('keeps what a heartbeat does not mention', () => {
    const follower = new Follower(3, log(1, 2, 3, 3))
    for (const [index, term] of [[2, 2], [0, 0], [1, 1], [4, 3]] as const) follower.handle(message(3, index, term))
    expect(follower.log).toEqual(log(1, 2, 3, 3))
  })

  it('keeps entries that came after a delayed message', () => {
    const follower = new Follower(2)
    const all = log(1, 1, 2, 2, 2, 2)
    const cut = random.int(1, 5)
    follower.handle(message(2, 0, 0, { entries: all }))
    follower.handle(message(2, 0, 0, { entries: all.slice(0, cut) }))
    follower.handle(message(2, 2, 1, { entries: all.slice(2, 3) }))
    expect(follower.log).toEqual(all)
  })

  it('removes everything from the first conflict on', () => {
    const follower = new Follower(4, log(1, 1, 2, 2, 3, 3, 3))
    const entries = log(1, 1, 2, 4).slice(1)
    expect(follower.handle(message(4, 1, 1, { entries }))).toEqual(agreed(4, 4))
    expect(follower.log).toEqual(log(1, 1, 2, 4))
  })

  it('removes a conflict in the very first entry of the log', () => {
    const follower = new Follower(4, log(2, 2, 3))
    follower.handle(message(5, 0, 0, { entries: log(1) }))
    expect(follower.log).toEqual(log(1))
  })

  it('appends the new part of a message that overlaps', () => {
    const all = log(1, 1, 1, 2, 2, 3, 3)
    const [known, from] = [random.int(3, 5), random.int(0, 3)]
    const follower = new Follower(3, all.slice(0, known))
    const prevLogTerm = all[from - 1]?.term ?? 0
    expect(follower.handle(message(3, from, prevLogTerm, { entries: all.slice(from) }))).toEqual(agreed(3, 7))
    expect(follower.log).toEqual(all)
  })

  it('does the same whether a message comes once or often, in order or not', () => {
    const all = log(1, 1, 2, 3, 3, 3, 3)
    const follower = new Follower(3, log(1, 1, 1))
    const messages = [2, 3, 4, 5].map((from) =>
      message(3, from, all[from - 1]?.term ?? 0, { entries: all.slice(from, from + random.int(2, 3)) }),
    )
    follower.handle(message(3, 2, 1, { entries: all.slice(2) }))
    for (const one of [...random.shuffle([...messages, ...messages]), ...messages.slice(0, 1)]) follower.handle(one)
    expect(follower.log).toEqual(all)
  })

  it('shares its log with nobody', () => {
    const given = log(1, 1)
    const follower = new Follower(1, given)
    given.push({ term: 1, command: 'foreign' })
    const before = follower.log
    const entries = [{ term: 1, command: 'new' }]
    follower.handle(message(1, 2, 1, { entries }))
    expect(before).toEqual(log(1, 1))
    ;(entries[0] as Entry).command = 'changed'
    expect(commands(follower.log)).toEqual(['1.1', '1.2', 'new'])
  })
})

describe('Follower commit', () => {
  it('applies commands in order as the leader commits them', () => {
    const all = log(1, 1, 2, 2, 3)
    const follower = new Follower(3, all)
    const steps = [0, 2, 2, 3, 5]
    const seen = steps.map((leaderCommit) => {
      follower.handle(message(3, 5, 3, { leaderCommit }))
      return [follower.commitIndex, follower.applied]
    })
    expect(seen).toEqual(steps.map((count) => [count, commands(all.slice(0, count))]))
  })

  it('commits no further than the message has verified', () => {
    const follower = new Follower(4, log(1, 1, 2, 2, 2))
    follower.handle(message(4, 2, 1, { leaderCommit: 5 }))
    expect([follower.commitIndex, follower.applied]).toEqual([2, ['1.1', '1.2']])
    follower.handle(message(4, 2, 1, { leaderCommit: 9, entries: log(1, 1, 2).slice(2) }))
    expect([follower.commitIndex, follower.applied]).toEqual([3, ['1.1', '1.2', '2.3']])
  })

  it('commits nothing with a message that it refuses', () => {
    const follower = new Follower(4, log(1, 1, 2))
    follower.handle(message(4, 3, 3, { leaderCommit: 3 }))
    follower.handle(message(3, 3, 2, { leaderCommit: 3 }))
    follower.handle(message(4, 5, 3, { leaderCommit: 3 }))
    expect([follower.commitIndex, follower.applied]).toEqual([0, []])
  })

  it('never takes a commit back, and applies nothing twice', () => {
    const all = log(1, 2, 2, 3)
    const follower = new Follower(3, all)
    for (const [index, leaderCommit] of [[4, 3], [1, 1], [4, 2], [0, 4], [4, 3], [4, 4], [2, 4]] as const) {
      follower.handle(message(3, index, all[index - 1]?.term ?? 0, { leaderCommit }))
    }
    expect([follower.commitIndex, follower.applied]).toEqual([4, commands(all)])
  })

  it('applies what has just been replaced, not what was there', () => {
    const follower = new Follower(2, log(1, 2, 2))
    follower.handle(message(3, 1, 1, { entries: log(1, 3).slice(1), leaderCommit: 2 }))
    expect(follower.applied).toEqual(['1.1', '3.2'])
  })
})

describe('Leader commit', () => {
  it('commits what a majority of the cluster holds', () => {
    for (const peers of [1, 2, 3, 4, 5, 6]) {
      const ids = numbers(peers).map((i) => `p${i}`)
      const leader = new Leader({ term: 1, peers: ids })
      leader.propose('x')
      const majority = Math.floor((peers + 1) / 2) + 1
      const commits = random.shuffle(ids).map((id) => {
        leader.onReply(id, agreed(1, 1))
        return leader.commitIndex
      })
      expect(commits.indexOf(1)).toBe(majority - 2)
    }
  })

  it('finds the highest index that a majority holds', () => {
    const ids = ['b', 'c', 'd', 'e']
    const leader = new Leader({ term: 2, peers: ids })
    for (const i of numbers(10)) expect(leader.propose(`c${i}`)).toBe(i + 1)
    const held = new Map(ids.map((id) => [id, 0]))
    for (const _ of numbers(20)) {
      const id = random.pick(ids)
      const matchIndex = Math.min(10, (held.get(id) ?? 0) + random.int(0, 3))
      held.set(id, matchIndex)
      leader.onReply(id, agreed(2, matchIndex))
      const expected = numbers(11).filter((index) => [...held.values()].filter((one) => one >= index).length >= 2)
      expect(leader.commitIndex).toBe(Math.max(...expected))
    }
  })

  it('commits at once when it is alone', () => {
    const leader = new Leader({ term: 3, peers: [], log: log(1, 2) })
    expect(leader.commitIndex).toBe(0)
    expect([leader.propose('x'), leader.commitIndex]).toEqual([3, 3])
  })

  it('counts no copies of entries of earlier terms', () => {
    const leader = new Leader({ term: 4, peers: ['b', 'c', 'd', 'e'], log: log(1, 2, 2) })
    for (const peer of ['b', 'c', 'd', 'e']) leader.onReply(peer, agreed(4, 3))
    expect(leader.commitIndex).toBe(0)
    leader.propose('x')
    leader.onReply('b', agreed(4, 4))
    expect(leader.commitIndex).toBe(0)
    leader.onReply('c', agreed(4, 4))
    expect(leader.commitIndex).toBe(4)
  })

  it('commits earlier entries along with one of its own, and tells the followers', () => {
    const leader = new Leader({ term: 3, peers: ['b', 'c'], log: log(1, 1, 2) })
    leader.propose('x')
    const b = new Follower(2, log(1, 1, 2))
    leader.onReply('b', b.handle(leader.messageFor('b')))
    expect([leader.commitIndex, b.commitIndex]).toEqual([4, 0])
    expect(leader.messageFor('b')).toEqual(message(3, 4, 3, { leaderCommit: 4 }))
    b.handle(leader.messageFor('b'))
    expect(b.applied).toEqual(['1.1', '1.2', '2.3', 'x'])
  })

  it('steps down for a higher term, and then counts no more', () => {
    const leader = new Leader({ term: 2, peers: ['b', 'c'] })
    leader.propose('x')
    leader.onReply('b', refused(random.int(3, 9)))
    expect(leader.steppedDown).toBe(true)
    leader.onReply('c', agreed(2, 1))
    expect([leader.commitIndex, leader.matchIndex('c')]).toEqual([0, 0])
    expect(() => leader.propose('y')).toThrow(Error)
    expect(() => leader.messageFor('b')).toThrow(Error)
  })

  it('ignores replies of an earlier term', () => {
    const leader = new Leader({ term: 5, peers: ['b', 'c'] })
    leader.propose('x')
    leader.onReply('b', agreed(4, 1))
    leader.onReply('b', refused(4, { conflictIndex: 1 }))
    expect([leader.commitIndex, leader.matchIndex('b'), leader.steppedDown]).toEqual([0, 0, false])
  })

  it('knows its peers', () => {
    const leader = new Leader({ term: 1, peers: ['b'] })
    expect(() => leader.messageFor('x')).toThrow(RangeError)
    expect(() => leader.onReply('x', agreed(1, 1))).toThrow(RangeError)
    expect(() => leader.matchIndex('x')).toThrow(RangeError)
  })
})

describe('Backing up', () => {
  /** What the next message to the peer would begin with. */
  const next = (leader: Leader, peer = 'b') => leader.messageFor(peer).prevLogIndex + 1

  it('begins behind the end of its log, and sends all that is new', () => {
    const leader = new Leader({ term: 2, peers: ['b'], log: log(1, 1) })
    expect(leader.messageFor('b')).toEqual(message(2, 2, 1))
    leader.propose('x')
    leader.propose('y')
    const sent = leader.messageFor('b')
    expect([sent.prevLogIndex, sent.prevLogTerm, commands(sent.entries)]).toEqual([2, 1, ['x', 'y']])
    expect(leader.messageFor('b')).toEqual(sent)
  })

  it('goes back to the end of the follower’s log', () => {
    const leader = new Leader({ term: 4, peers: ['b'], log: log(1, 1, 2, 3, 3) })
    leader.onReply('b', refused(4, { conflictIndex: 3 }))
    expect(leader.messageFor('b')).toEqual(message(4, 2, 1, { entries: log(1, 1, 2, 3, 3).slice(2) }))
  })

  it('goes back behind its own last entry of the conflicting term', () => {
    const leader = new Leader({ term: 9, peers: ['b'], log: log(1, 4, 4, 5, 5, 6, 6, 6) })
    leader.onReply('b', refused(9, { conflictTerm: 4, conflictIndex: 2 }))
    expect(next(leader)).toBe(4)
  })

  it('skips the conflicting term if it has none of it', () => {
    const leader = new Leader({ term: 9, peers: ['b'], log: log(1, 4, 4, 5, 5, 6, 6, 6) })
    leader.onReply('b', refused(9, { conflictTerm: 3, conflictIndex: 2 }))
    expect(next(leader)).toBe(2)
    leader.onReply('b', refused(9))
    expect(next(leader)).toBe(1)
  })

  it('looks for the conflicting term only before where it stands', () => {
    const leader = new Leader({ term: 5, peers: ['b'], log: log(1, 1, 2, 3) })
    leader.onReply('b', refused(5, { conflictIndex: 2 }))
    leader.onReply('b', refused(5, { conflictTerm: 2, conflictIndex: 1 }))
    expect(next(leader)).toBe(1)
  })

  it('never lowers what it knows because of a stale reply', () => {
    const leader = new Leader({ term: 3, peers: ['b', 'c', 'd', 'e'], log: log(1, 1, 2) })
    for (const i of numbers(4)) leader.propose(`c${i}`)
    leader.onReply('b', agreed(3, 5))
    leader.onReply('b', agreed(3, 2))
    expect([leader.matchIndex('b'), next(leader)]).toEqual([5, 6])
    leader.onReply('b', refused(3, { conflictIndex: 2 }))
    leader.onReply('b', refused(3, { conflictIndex: 1, conflictTerm: 1 }))
    expect([leader.matchIndex('b'), next(leader)]).toEqual([5, 6])
  })

  it('never moves forward because of a refusal', () => {
    const leader = new Leader({ term: 5, peers: ['b'], log: log(1, 2, 2, 3, 4, 4) })
    leader.onReply('b', refused(5, { conflictIndex: 2 }))
    leader.onReply('b', refused(5, { conflictIndex: 6 }))
    leader.onReply('b', refused(5, { conflictIndex: 5, conflictTerm: 4 }))
    expect(next(leader)).toBe(2)
  })

  it('keeps the progress of each peer apart', () => {
    const leader = new Leader({ term: 2, peers: ['b', 'c'], log: log(1, 1, 1) })
    leader.onReply('b', refused(2, { conflictIndex: 1 }))
    leader.onReply('c', agreed(2, 3))
    expect([next(leader, 'b'), next(leader, 'c'), leader.matchIndex('b')]).toEqual([1, 4, 0])
  })

  it('needs no more refusals than there are terms', () => {
    const terms = 6
    const old = numbers(terms).flatMap((i) => numbers(20).map(() => i + 1))
    const leader = new Leader({ term: 20, peers: ['b'], log: log(1, 1, ...numbers(60).map(() => 10)) })
    const b = new Follower(19, log(...old))
    let refusals = 0
    for (const _ of numbers(20)) {
      const reply = b.handle(leader.messageFor('b'))
      leader.onReply('b', reply)
      if (reply.success) break
      refusals++
    }
    expect(refusals).toBeLessThanOrEqual(terms)
    expect(b.log).toHaveLength(62)
    expect(leader.matchIndex('b')).toBe(62)
  })

  it('brings all logs together over a network that loses, repeats and reorders', () => {
    // Behind, apart, too long, and empty: what leaders of the terms 2, 3, 5 and 6 have left behind.
    const logs = [log(1, 1, 4, 4, 6, 6), log(1, 1, 4), log(1, 1, 2, 2, 2, 3, 3, 3), log(1, 1, 4, 4, 5, 5, 5), log()]
    const peers = ['b', 'c', 'd', 'e']
    const leader = new Leader({ term: 7, peers, log: logs[0] })
    const followers = peers.map((_, i) => new Follower(6, logs[i + 1]))
    const total = leader.propose('last')
    const wire: Array<{ to: number; message?: AppendEntries; reply?: AppendReply }> = []
    const sent: Array<{ to: number; message: AppendEntries }> = []
    for (let step = 0; step < 400; step++) {
      const isReliable = step > 150
      if (wire.length === 0 || (!isReliable && random.next() < 0.3)) {
        sent.push(...peers.map((peer, to) => ({ to, message: leader.messageFor(peer) })))
        wire.push(...sent.slice(-peers.length))
      }
      const [one] = wire.splice(isReliable ? 0 : random.int(0, wire.length - 1), 1)
      if (one === undefined) break
      if (!isReliable && random.next() < 0.2) continue
      if (!isReliable && random.next() < 0.2) wire.push(one)
      const follower = followers[one.to]
      if (one.message && follower) {
        wire.push({ to: one.to, reply: follower.handle(one.message) })
        expect(follower.commitIndex).toBeLessThanOrEqual(leader.commitIndex)
      } else if (one.reply) {
        const before = leader.matchIndex(peers[one.to] ?? '')
        leader.onReply(peers[one.to] ?? '', one.reply)
        expect(leader.matchIndex(peers[one.to] ?? '')).toBeGreaterThanOrEqual(before)
      }
      if (isReliable && followers.every(({ commitIndex }) => commitIndex === total)) break
    }
    // Everything comes once more, late.
    for (const { to, message } of sent) followers[to]?.handle(message)
    const expected = [...(logs[0] ?? []), { term: 7, command: 'last' }]
    for (const follower of followers) {
      expect(follower.log).toEqual(expected)
      expect(follower.applied).toEqual(commands(expected))
    }
  })
})
