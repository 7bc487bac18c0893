import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { GroupCoordinator, type GroupOpts, IllegalGenerationError, NotOwnerError } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const names = (topic: string, count: number) => numbers(count).map((i) => `${topic}-${i}`)

function setup(strategy: GroupOpts['strategy'], partitions: Record<string, number>, sessionMs = 1000) {
  const clock = { ms: random.int(0, 1e6) }
  const group = new GroupCoordinator({ partitions, strategy, sessionMs, now: () => clock.ms })
  const all = (...members: string[]) => members.map((member) => group.assignment(member))
  return { group, clock, all }
}

/** Joins these members with these topics, the last one first. */
function joinAll(group: GroupCoordinator, topics: Readonly<Record<string, readonly string[]>>): void {
  for (const [member, list] of Object.entries(topics).reverse()) group.join(member, list)
}

describe('Range and round robin', () => {
  it('gives everything to a member that is alone', () => {
    const { group, all } = setup(random.pick(['range', 'roundrobin', 'sticky']), { x: 3, y: 1, z: 0 })
    group.join('a', ['y', 'x', 'z'])
    expect(all('a', 'nobody')).toEqual([['x-0', 'x-1', 'x-2', 'y-0'], []])
  })

  it('cuts a topic into contiguous ranges, the first ones larger', () => {
    const size = random.int(2, 4)
    const count = size * random.int(1, 2) + random.int(1, size - 1)
    const { group, all } = setup('range', { x: count })
    const members = ['a', 'b', 'c', 'd'].slice(0, size)
    joinAll(group, Object.fromEntries(members.map((member) => [member, ['x']])))
    const sizes = members.map((_, i) => Math.floor(count / size) + (i < count % size ? 1 : 0))
    const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, one) => sum + one, 0))
    const ranges = starts.map((start, i) => names('x', count).slice(start, start + (sizes[i] ?? 0)))
    expect(all(...members)).toEqual(ranges)
  })

  it('leaves members without anything when there are too many', () => {
    for (const strategy of ['range', 'roundrobin'] as const) {
      const { group, all } = setup(strategy, { x: 2 })
      joinAll(group, { a: ['x'], b: ['x'], c: ['x'], d: ['x'] })
      expect(all('a', 'b', 'c', 'd')).toEqual([['x-0'], ['x-1'], [], []])
    }
  })

  it('cuts each topic by itself, for those who have subscribed', () => {
    const { group, all } = setup('range', { x: 3, y: 3, z: 2 })
    joinAll(group, { a: ['x', 'y', 'z'], b: ['y', 'x'], c: ['z'] })
    expect(all('a', 'b', 'c')).toEqual([['x-0', 'x-1', 'y-0', 'y-1', 'z-0'], ['x-2', 'y-2'], ['z-1']])
  })

  it('sorts members by name, whatever order they came in', () => {
    for (const strategy of ['range', 'roundrobin'] as const) {
      const { group, all } = setup(strategy, { x: 3 })
      joinAll(group, { m10: ['x'], m9: ['x'], M: ['x'] })
      expect(all('M', 'm10', 'm9')).toEqual([['x-0'], ['x-1'], ['x-2']])
    }
  })

  it('sorts partitions by number, not as text', () => {
    const { group, all } = setup('range', { x: 12, 'x-1': 2 })
    joinAll(group, { a: ['x', 'x-1'], b: ['x'] })
    expect(all('a', 'b')).toEqual([
      [...names('x', 6), 'x-1-0', 'x-1-1'],
      ['x-6', 'x-7', 'x-8', 'x-9', 'x-10', 'x-11'],
    ])
    const turn = setup('roundrobin', { x: 12 })
    joinAll(turn.group, { a: ['x'], b: ['x'] })
    expect(turn.all('a')).toEqual([['x-0', 'x-2', 'x-4', 'x-6', 'x-8', 'x-10']])
  })

  it('deals all topics in turn without beginning anew', () => {
    const { group, all } = setup('roundrobin', { c: 2, a: 1, b: 4 })
    joinAll(group, { m: ['a', 'b', 'c'], n: ['c', 'b', 'a'], o: ['a', 'c', 'b'] })
    expect(all('m', 'n', 'o')).toEqual([
      ['a-0', 'b-2', 'c-1'],
      ['b-0', 'b-3'],
      ['b-1', 'c-0'],
    ])
  })

  it('passes over those who have not subscribed, and goes on behind whoever got it', () => {
    const { group, all } = setup('roundrobin', { x: 4, y: 3, z: 1 })
    joinAll(group, { a: ['y'], b: ['x', 'y'], c: ['x'], d: ['y', 'x'] })
    expect(all('a', 'b', 'c', 'd')).toEqual([['y-1'], ['x-0', 'x-3', 'y-2'], ['x-1'], ['x-2', 'y-0']])
  })

  it('has one subscribed owner for every partition, always', () => {
    const topics = { x: 5, y: 3, z: 4 }
    const { group } = setup(random.pick(['range', 'roundrobin']), topics)
    const members = new Map<string, readonly string[]>()
    for (const _ of numbers(7)) {
      const member = random.pick(['a', 'b', 'c'])
      if (members.has(member) && random.next() < 0.4) {
        group.leave(member)
        members.delete(member)
      } else {
        const list = ['x', 'y', 'z'].filter(() => random.next() < 0.6)
        group.join(member, list)
        members.set(member, list)
      }
      const owned = [...members.keys()].flatMap((one) => group.assignment(one))
      const expected = Object.entries(topics).flatMap(([topic, count]) =>
        [...members.values()].some((list) => list.includes(topic)) ? names(topic, count) : [],
      )
      expect(owned.sort()).toEqual(expected.sort())
      for (const [one, list] of members) {
        for (const name of group.assignment(one)) expect(list).toContain(name[0])
      }
    }
  })

  it('hands out a list of the caller’s own', () => {
    const { group, all } = setup('range', { x: 2 })
    group.join('a', ['x'])
    group.assignment('a').length = 0
    expect(all('a')).toEqual([['x-0', 'x-1']])
  })
})

describe('Sticky', () => {
  const overlap = (a: readonly string[], b: readonly string[]) => a.filter((one) => b.includes(one)).length

  it('stays balanced, and moves no more than it must', () => {
    const total = random.pick([8, 12, 14])
    const x = random.int(3, 5)
    const y = total - x
    const { group } = setup('sticky', { x, y })
    let before = new Map<string, string[]>()
    for (const step of numbers(9)) {
      const member = ['a', 'b', 'c'][step] ?? random.pick(['a', 'b', 'c', 'd', 'e', 'f'])
      const isThere = before.has(member)
      const mayLeave = step % 3 === 1 || before.size === 6
      if (isThere && mayLeave) group.leave(member)
      else group.join(member, ['y', 'x'])
      const hasLeft = isThere && mayLeave
      const members = new Set([...before.keys(), member].filter((one) => one !== member || !hasLeft))
      const now = new Map([...members].map((one) => [one, group.assignment(one)]))
      if (now.size === 0) {
        before = now
        continue
      }
      const sizes = [...now.values()].map(({ length }) => length)
      expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(total)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      const had = [...now.keys()].map((one) => before.get(one)?.length ?? 0).sort((a, b) => b - a)
      const most = had.map((one, i) => Math.min(one, Math.floor(total / now.size) + (i < total % now.size ? 1 : 0)))
      const kept = [...now].map(([one, list]) => overlap(list, before.get(one) ?? []))
      expect(kept.reduce((sum, one) => sum + one, 0)).toBe(most.reduce((sum, one) => sum + one, 0))
      before = now
    }
  })

  it('takes from the richest for a newcomer', () => {
    const { group, all } = setup('sticky', { x: 8 })
    group.join('a', ['x'])
    group.join('b', ['x'])
    const before = all('a', 'b')
    group.join('c', ['x'])
    const after = all('a', 'b', 'c')
    expect(after.map(({ length }) => length).sort()).toEqual([2, 3, 3])
    const kept = before.map((list, i) => overlap(list, after[i] ?? []))
    expect(kept).toEqual([after[0]?.length, after[1]?.length])
  })

  it('gives only what a leaver had to the others', () => {
    const { group, all } = setup('sticky', { x: 6, y: 6 })
    joinAll(group, { a: ['x', 'y'], b: ['x', 'y'], c: ['x', 'y'], d: ['x', 'y'] })
    const before = all('a', 'b', 'c', 'd')
    expect(before.map(({ length }) => length)).toEqual([3, 3, 3, 3])
    const gone = random.int(0, 3)
    group.leave('abcd'[gone] ?? '')
    const after = all('a', 'b', 'c', 'd')
    for (const i of numbers(4)) {
      if (i === gone) continue
      expect(after[i]).toHaveLength(4)
      expect(after[i]).toEqual(expect.arrayContaining(before[i] ?? []))
    }
  })

  it('moves nothing when nothing has to move', () => {
    const { group, all } = setup('sticky', { x: 4, y: 2 })
    group.join('a', ['x'])
    group.join('b', ['x'])
    const before = all('a', 'b')
    group.join('c', ['y'])
    expect(all('a', 'b', 'c')).toEqual([...before, ['y-0', 'y-1']])
    group.join('c', ['x', 'y'])
    expect(all('a', 'b', 'c')).toEqual([...before, ['y-0', 'y-1']])
    group.join('d', [])
    group.leave('d')
    expect(all('a', 'b', 'c')).toEqual([...before, ['y-0', 'y-1']])
  })

  it('keeps nothing of a topic that is no longer subscribed to', () => {
    const { group, all } = setup('sticky', { x: 2, y: 2 })
    group.join('a', ['x', 'y'])
    group.join('b', ['x'])
    const moved = all('a')[0] ?? []
    expect(moved).toEqual(expect.arrayContaining(['y-0', 'y-1']))
    group.join('a', ['y'])
    expect(all('a', 'b')).toEqual([['y-0', 'y-1'], ['x-0', 'x-1']])
    group.join('a', ['x'])
    expect(all('a', 'b').map(({ length }) => length)).toEqual([1, 1])
  })

  it('is balanced also when members subscribe to different topics', () => {
    const topics: Record<string, number> = { x: 5, y: 4, z: 3 }
    const { group } = setup('sticky', topics)
    const members = new Map<string, readonly string[]>()
    const all = ['x', 'y', 'z']
    const first: Array<[string, string[]]> = [['a', all], ['a', ['x']], ['b', all], ['c', all]]
    for (const i of numbers(8)) {
      const next = [random.pick(['a', 'b', 'c', 'd']), all.filter(() => random.next() < 0.7)] as const
      const [member, list] = first[i] ?? next
      group.join(member, list)
      members.set(member, list)
      const owned = new Map([...members.keys()].map((one) => [one, group.assignment(one)]))
      for (const [one, list] of owned) {
        for (const topic of new Set(list.map((name) => name[0] ?? ''))) {
          expect(members.get(one)).toContain(topic)
          for (const [other, topics] of members) {
            if (topics.includes(topic)) expect(list.length - (owned.get(other)?.length ?? 0)).toBeLessThan(2)
          }
        }
      }
    }
  })

  it('has no memory of members that were away', () => {
    const { group, all } = setup('sticky', { x: 4 })
    group.join('a', ['x'])
    group.join('b', ['x'])
    group.leave('b')
    group.leave('a')
    expect(all('a', 'b')).toEqual([[], []])
    group.join('b', ['x'])
    expect(all('b')).toEqual([names('x', 4)])
  })
})

describe('Generations', () => {
  it('begins with none, and counts every change', () => {
    const { group } = setup('range', { x: 2, y: 2 })
    expect(group.generation).toBe(0)
    expect([group.join('a', ['x']), group.join('b', ['x', 'y'])]).toEqual([1, 2])
    group.leave('a')
    expect(group.generation).toBe(3)
    expect([group.join('b', ['x']), group.join('c', []), group.generation]).toEqual([4, 5, 5])
    group.leave('c')
    expect(group.generation).toBe(6)
  })

  it('changes nothing for a member that joins again with the same topics', () => {
    const { group, all } = setup('sticky', { x: 4, y: 1 })
    joinAll(group, { a: ['x', 'y'], b: ['y', 'x'] })
    const before = all('a', 'b')
    const lists = [['y', 'x'], ['x', 'y', 'x'], ['x', 'y']]
    expect(lists.map((topics) => group.join('a', topics))).toEqual([2, 2, 2])
    expect(all('a', 'b')).toEqual(before)
    expect([group.join('a', ['x']), group.join('a', ['y']), group.join('a', ['x', 'y'])]).toEqual([3, 4, 5])
  })

  it('sees other topics although they are as many, and that nothing is like nothing', () => {
    const { group, all } = setup('range', { x: 1, y: 1, z: 1 })
    const lists = [['x', 'y'], ['x', 'z'], ['z', 'x']]
    expect(lists.map((topics) => group.join('a', topics))).toEqual([1, 2, 2])
    expect(all('a')).toEqual([['x-0', 'z-0']])
    expect([group.join('b', []), group.join('b', [])]).toEqual([3, 3])
  })

  it('changes nothing when nobody leaves', () => {
    const { group } = setup('range', { x: 1 })
    group.join('a', ['x'])
    group.leave('b')
    group.tick()
    expect(group.generation).toBe(1)
    group.leave('a')
    group.leave('a')
    expect(group.generation).toBe(2)
  })

  it('tells members whether they are up to date', () => {
    const { group } = setup('range', { x: 2 })
    const generation = group.join('a', ['x'])
    expect(group.heartbeat('a', generation)).toBe('ok')
    group.join('b', ['x'])
    expect([1, 2, 3].map((one) => group.heartbeat('a', one))).toEqual(['rejoin', 'ok', 'rejoin'])
    group.leave('a')
    expect([group.heartbeat('a', 3), group.heartbeat('nobody', 3)]).toEqual(['unknown', 'unknown'])
    expect(group.generation).toBe(3)
  })

  it('removes members that have been silent for too long, and not before', () => {
    const sessionMs = random.int(100, 60_000)
    const { group, clock, all } = setup('range', { x: 2 }, sessionMs)
    group.join('a', ['x'])
    group.join('b', ['x'])
    clock.ms += sessionMs - 1
    group.tick()
    expect(group.generation).toBe(2)
    group.heartbeat('b', 2)
    clock.ms += 1
    expect(all('a')).toEqual([['x-0']])
    group.tick()
    expect([group.generation, all('a', 'b'), group.heartbeat('a', 3)]).toEqual([3, [[], ['x-0', 'x-1']], 'unknown'])
    clock.ms += sessionMs - 2
    group.tick()
    expect(group.generation).toBe(3)
    clock.ms += 1
    group.tick()
    expect([group.generation, all('b')]).toEqual([4, [[]]])
  })

  it('counts one change for all that are removed at once', () => {
    const { group, clock, all } = setup('roundrobin', { x: 3 })
    joinAll(group, { a: ['x'], b: ['x'], c: ['x'] })
    clock.ms += 500
    group.heartbeat('b', 3)
    clock.ms += 500
    group.tick()
    group.tick()
    expect([group.generation, all('a', 'b', 'c')]).toEqual([4, [[], names('x', 3), []]])
  })

  it('takes every join and every heartbeat for a sign of life', () => {
    const { group, clock } = setup('range', { x: 3 })
    for (const member of ['a', 'b', 'c']) group.join(member, ['x'])
    clock.ms += 999
    group.heartbeat('a', 1)
    group.join('b', ['x'])
    clock.ms += 999
    expect(group.heartbeat('c', 3)).toBe('ok')
    group.tick()
    expect(group.generation).toBe(3)
    clock.ms += 1
    group.tick()
    expect([group.generation, group.heartbeat('c', 4)]).toEqual([4, 'ok'])
  })

  it('refuses topics that do not exist, and changes nothing', () => {
    const { group, all } = setup('range', { x: 1, empty: 0 })
    group.join('a', ['x'])
    for (const topics of [['y'], ['x', 'toString'], ['x-0'], ['']]) {
      for (const member of ['a', 'b']) expect(() => group.join(member, topics)).toThrow(RangeError)
    }
    expect([group.generation, all('a', 'b'), group.heartbeat('b', 1)]).toEqual([1, [['x-0'], []], 'unknown'])
    expect(group.join('a', ['x', 'empty'])).toBe(2)
  })

  it('refuses options that make no sense', () => {
    for (const ms of [0, -1, Number.NaN]) expect(() => setup('range', { x: 1 }, ms)).toThrow(RangeError)
    for (const count of [-1, 1.5, Number.NaN]) expect(() => setup('range', { x: 1, y: count })).toThrow(RangeError)
  })
})

describe('Offsets', () => {
  it('keeps what an owner commits', () => {
    const { group } = setup('range', { x: 2, y: 1 })
    group.join('a', ['x', 'y'])
    const offset = random.int(1, 1e6)
    group.commit('a', 1, 'x-1', offset)
    group.commit('a', 1, 'y-0', 0)
    expect(['x-0', 'x-1', 'y-0', 'z-0'].map((name) => group.committed(name))).toEqual([null, offset, 0, null])
  })

  it('lets a consumer go back', () => {
    const { group } = setup('range', { x: 1 })
    group.join('a', ['x'])
    for (const offset of [10, 25, 3, 4]) {
      group.commit('a', 1, 'x-0', offset)
      expect(group.committed('x-0')).toBe(offset)
    }
  })

  it('refuses commits of another generation', () => {
    const { group } = setup('range', { x: 2 })
    group.join('a', ['x'])
    group.join('b', ['x'])
    for (const generation of [1, 3, 0]) {
      expect(() => group.commit('a', generation, 'x-0', 5)).toThrow(IllegalGenerationError)
      expect(() => group.commit('a', generation, 'x-1', -1)).toThrow(IllegalGenerationError)
    }
    expect(group.committed('x-0')).toBe(null)
    group.commit('a', 2, 'x-0', 5)
    group.leave('b')
    expect(() => group.commit('a', 2, 'x-0', 6)).toThrow(IllegalGenerationError)
    expect(group.committed('x-0')).toBe(5)
  })

  it('refuses commits of those who are gone', () => {
    const { group, clock } = setup('sticky', { x: 2 })
    group.join('zombie', ['x'])
    group.commit('zombie', 1, 'x-0', 5)
    clock.ms += 1000
    group.tick()
    group.join('b', ['x'])
    for (const generation of [1, 2, 3]) {
      expect(() => group.commit('zombie', generation, 'x-0', 9)).toThrow(IllegalGenerationError)
    }
    expect(() => group.commit('nobody', 3, 'x-0', 9)).toThrow(IllegalGenerationError)
    expect(group.committed('x-0')).toBe(5)
  })

  it('refuses commits for what belongs to others or to nobody', () => {
    const { group } = setup('range', { x: 2, y: 1 })
    joinAll(group, { a: ['x'], b: ['x'] })
    for (const name of ['x-1', 'y-0', 'x-2', 'x', 'z-0']) {
      expect(() => group.commit('a', 2, name, 5)).toThrow(NotOwnerError)
      expect(() => group.commit('a', 2, name, -1)).toThrow(NotOwnerError)
      expect(group.committed(name)).toBe(null)
    }
  })

  it('refuses offsets that are none', () => {
    const { group } = setup('range', { x: 1 })
    group.join('a', ['x'])
    for (const offset of [-1, 0.5, Number.NaN, Infinity]) {
      expect(() => group.commit('a', 1, 'x-0', offset)).toThrow(RangeError)
    }
    expect(group.committed('x-0')).toBe(null)
  })

  it('keeps offsets whatever becomes of the members', () => {
    const { group, clock } = setup(random.pick(['range', 'roundrobin', 'sticky']), { x: 3 })
    group.join('a', ['x'])
    for (const i of numbers(3)) group.commit('a', 1, `x-${i}`, 10 + i)
    group.join('b', ['x'])
    group.leave('a')
    clock.ms += 5000
    group.tick()
    const offsets = () => numbers(3).map((i) => group.committed(`x-${i}`))
    expect([group.generation, offsets()]).toEqual([4, [10, 11, 12]])
    group.join('c', [])
    group.join('c', ['x'])
    group.commit('c', 6, 'x-1', 50)
    expect(offsets()).toEqual([10, 50, 12])
  })
})
