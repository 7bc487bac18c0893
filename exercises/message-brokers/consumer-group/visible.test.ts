import { describe, expect, it } from 'vitest'
import { GroupCoordinator, type GroupOpts, IllegalGenerationError, NotOwnerError } from './solution'

function setup(strategy: GroupOpts['strategy'], partitions: Record<string, number>) {
  const clock = { ms: 0 }
  const group = new GroupCoordinator({ partitions, strategy, sessionMs: 1000, now: () => clock.ms })
  return { group, clock }
}

describe('GroupCoordinator', () => {
  it('cuts each topic into ranges', () => {
    const { group } = setup('range', { orders: 7 })
    for (const member of ['c', 'a', 'b']) group.join(member, ['orders'])
    expect(group.assignment('a')).toEqual(['orders-0', 'orders-1', 'orders-2'])
    expect(group.assignment('b')).toEqual(['orders-3', 'orders-4'])
    expect(group.assignment('c')).toEqual(['orders-5', 'orders-6'])
  })

  it('deals in turn', () => {
    const { group } = setup('roundrobin', { x: 3, y: 2 })
    group.join('a', ['x', 'y'])
    group.join('b', ['y'])
    group.join('c', ['y', 'x'])
    expect(['a', 'b', 'c'].map((member) => group.assignment(member))).toEqual([
      ['x-0', 'x-2'],
      ['y-0'],
      ['x-1', 'y-1'],
    ])
  })

  it('moves little when it is sticky', () => {
    const { group } = setup('sticky', { x: 5 })
    group.join('b', ['x'])
    group.join('c', ['x'])
    const before = group.assignment('c')
    group.join('a', ['x'])
    expect(group.assignment('a')).toHaveLength(1)
    group.leave('a')
    expect(before).toEqual(expect.arrayContaining(group.assignment('c').slice(0, 1)))
  })

  it('begins a new generation with each change', () => {
    const { group, clock } = setup('range', { x: 2 })
    expect([group.join('a', ['x']), group.join('b', ['x']), group.join('b', ['x'])]).toEqual([1, 2, 2])
    expect([group.heartbeat('a', 1), group.heartbeat('a', 2), group.heartbeat('z', 2)]).toEqual([
      'rejoin',
      'ok',
      'unknown',
    ])
    clock.ms = 999
    group.heartbeat('b', 2)
    clock.ms = 1000
    group.tick()
    expect([group.generation, group.assignment('a'), group.assignment('b')]).toEqual([3, [], ['x-0', 'x-1']])
  })

  it('lets only owners of today commit', () => {
    const { group } = setup('range', { x: 2 })
    group.join('a', ['x'])
    group.commit('a', 1, 'x-1', 17)
    group.join('b', ['x'])
    expect(() => group.commit('a', 1, 'x-1', 18)).toThrow(IllegalGenerationError)
    expect(() => group.commit('a', 2, 'x-1', 18)).toThrow(NotOwnerError)
    expect([group.committed('x-1'), group.committed('x-0')]).toEqual([17, null])
  })
})
