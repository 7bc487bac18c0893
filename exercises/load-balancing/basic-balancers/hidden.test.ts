import { describe, expect, it, vi } from 'vitest'
import { inGuest, random as dice } from 'handroll'
import { type Balancer, leastConnections, type PickCtx, random, roundRobin, sourceHash } from './solution'

const named = (ids: readonly string[]) => ids.map((id) => ({ id }))
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const without = (...ids: string[]): PickCtx => ({ exclude: new Set(ids) })
const picks = (balancer: Balancer, count: number, ctx?: PickCtx) => numbers(count).map(() => balancer.pick(ctx))

/** Several servers with names of no particular order. */
function someIds(count = dice.int(3, 7)): string[] {
  return dice.shuffle(numbers(count).map((i) => `s${i * 7}`))
}

/** What every balancer owes: nothing from nothing, nothing excluded, nothing removed. */
function expectNoStrangers(make: (ids: readonly string[]) => Balancer): void {
  expect(make([]).pick()).toBe(null)
  const ids = someIds(5)
  const balancer = make(ids)
  expect(balancer.pick(without(...ids))).toBe(null)
  const [first = '', second = '', ...rest] = ids
  for (const id of picks(balancer, 8, without(first, second, 'unknown'))) expect(rest).toContain(id)
  balancer.update(named([...rest, 'new']))
  for (const id of picks(balancer, 8)) expect([...rest, 'new']).toContain(id)
  balancer.update([])
  expect(balancer.pick()).toBe(null)
  balancer.update(named(['back']))
  expect(balancer.pick()).toBe('back')
}

describe('Round robin', () => {
  it('takes every server in list order, round after round', () => {
    const ids = someIds()
    expect(picks(roundRobin(named(ids)), 3 * ids.length)).toEqual([...ids, ...ids, ...ids])
  })

  it('goes on behind the server picked last when some are excluded', () => {
    const balancer = roundRobin(named(['a', 'b', 'c', 'd']))
    expect(balancer.pick({ vars: { user: 'u1' } })).toBe('a')
    expect(balancer.pick(without('b'))).toBe('c')
    expect(balancer.pick()).toBe('d')
    expect(balancer.pick(without('a', 'b'))).toBe('c')
    expect(balancer.pick(without('a', 'b', 'c', 'd'))).toBe(null)
    expect(picks(balancer, 4)).toEqual(['d', 'a', 'b', 'c'])
  })

  it('visits all servers of a new list evenly and in its order', () => {
    const balancer = roundRobin(named(someIds(6)))
    for (const size of [2, 5, 1, 4, 3]) {
      picks(balancer, dice.int(0, 9))
      const ids = numbers(size).map((i) => `n${size}-${i}`)
      balancer.update(named(ids))
      const round = picks(balancer, 2 * size)
      const start = ids.indexOf(round[0] ?? '')
      expect(round).toEqual(numbers(2 * size).map((i) => ids[(start + i) % size]))
    }
  })

  it('stays valid when the list shrinks below its place', () => {
    const balancer = roundRobin(named(numbers(9).map((i) => `s${i}`)))
    picks(balancer, 8)
    balancer.update(named(['x', 'y']))
    expect(picks(balancer, 4).sort()).toEqual(['x', 'x', 'y', 'y'])
  })

  it('does not look at the array of the caller again', () => {
    const servers = named(['a', 'b'])
    const balancer = roundRobin(servers)
    servers.length = 0
    expect(picks(balancer, 2)).toEqual(['a', 'b'])
  })

  it('picks no server that is excluded, removed or not there', () => {
    expectNoStrangers((ids) => roundRobin(named(ids)))
  })
})

describe('Random', () => {
  it('gives every server an equal part of [0, 1)', () => {
    const ids = someIds()
    const steps = numbers(ids.length * 4).map((i) => (i + 0.5) / (ids.length * 4))
    const rng = vi.fn(() => steps[rng.mock.calls.length - 1] ?? 0)
    expect(picks(random(named(ids), rng), steps.length)).toEqual(ids.flatMap((id) => [id, id, id, id]))
    expect(rng).toHaveBeenCalledTimes(steps.length)
  })

  it('is never out of range', () => {
    const ids = someIds()
    expect(random(named(ids), () => 0).pick()).toBe(ids[0])
    expect(random(named(ids), () => 0.9999999).pick()).toBe(ids[ids.length - 1])
  })

  it('divides the range among the servers that are left', () => {
    const steps = [0, 0.26, 0.51, 0.76]
    const balancer = random(named(['a', 'b', 'c', 'd', 'e']), () => steps.shift() ?? 0)
    expect(picks(balancer, 4, without('b'))).toEqual(['a', 'c', 'd', 'e'])
  })

  it('picks no server that is excluded, removed or not there', () => {
    expectNoStrangers((ids) => random(named(ids), () => dice.next()))
  })
})

describe('Least connections', () => {
  it('picks the fewest active requests, the earlier server on a tie', () => {
    const ids = someIds()
    const balancer = leastConnections(named(ids))
    const counts = new Map(ids.map((id) => [id, 0]))
    for (const _ of numbers(40)) {
      const busy = ids.filter((id) => (counts.get(id) ?? 0) > 0)
      if (busy.length > 0 && dice.next() < 0.4) {
        const id = dice.pick(busy)
        balancer.done(id)
        counts.set(id, (counts.get(id) ?? 0) - 1)
        continue
      }
      const fewest = Math.min(...counts.values())
      const expected = ids.find((id) => counts.get(id) === fewest) ?? ''
      expect(balancer.pick()).toBe(expected)
      counts.set(expected, fewest + 1)
    }
    expect(ids.map((id) => balancer.active(id))).toEqual(ids.map((id) => counts.get(id)))
  })

  it('takes the least busy of those not excluded, and counts it', () => {
    const balancer = leastConnections(named(['a', 'b', 'c']))
    expect([balancer.pick(without('a')), balancer.pick(without('a')), balancer.pick(without('a'))]).toEqual([
      'b',
      'c',
      'b',
    ])
    expect(['a', 'b', 'c'].map((id) => balancer.active(id))).toEqual([0, 2, 1])
    expect(balancer.pick(without('a', 'b', 'c'))).toBe(null)
    expect(balancer.pick({ vars: { user: 'u1' } })).toBe('a')
  })

  it('never counts below zero', () => {
    const balancer = leastConnections(named(['a', 'b']))
    balancer.pick()
    for (const _ of numbers(3)) balancer.done('a')
    expect(balancer.active('a')).toBe(0)
    expect([balancer.pick(), balancer.pick()]).toEqual(['a', 'b'])
  })

  it('ignores ids that it does not know', () => {
    const balancer = leastConnections(named(['a']))
    balancer.done('unknown')
    balancer.done('constructor')
    expect([balancer.active('unknown'), balancer.active('constructor')]).toEqual([0, 0])
    expect([balancer.pick(), balancer.pick()]).toEqual(['a', 'a'])
  })

  it('keeps the counts of servers that stay', () => {
    const balancer = leastConnections(named(['a', 'b']))
    picks(balancer, 4)
    balancer.update(named(['c', 'b', 'a']))
    expect(['a', 'b', 'c'].map((id) => balancer.active(id))).toEqual([2, 2, 0])
    expect(picks(balancer, 4)).toEqual(['c', 'c', 'c', 'b'])
  })

  it('forgets the count of a server that goes', () => {
    const balancer = leastConnections(named(['a', 'b']))
    picks(balancer, 4)
    balancer.update(named(['b']))
    expect(balancer.active('a')).toBe(0)
    balancer.done('a')
    balancer.update(named(['b', 'a']))
    expect([balancer.active('a'), balancer.active('b')]).toEqual([0, 2])
  })

  it('picks no server that is excluded, removed or not there', () => {
    expectNoStrangers((ids) => leastConnections(named(ids)))
  })
})

describe('Source hash', () => {
  const byUser = (user: string): PickCtx => ({ vars: { user } })
  const users = (count: number) => numbers(count).map((i) => `user ${i} of ${dice.int(0, 1e6)}`)

  it('finds a server for every value, and the same one again', () => {
    const ids = someIds()
    const balancer = sourceHash(named(ids), '$user')
    const values = users(10)
    const first = values.map((user) => balancer.pick(byUser(user)))
    for (const id of first) expect(ids).toContain(id)
    expect(values.map((user) => sourceHash(named(ids), '$user').pick(byUser(user)))).toEqual(first)
  })

  it('does not depend on the order of the list', () => {
    const ids = someIds(5)
    const one = sourceHash(named(ids), '$user')
    const other = sourceHash(named([...ids].reverse()), '$user')
    const values = users(10)
    const first = values.map((user) => one.pick(byUser(user)))
    expect(values.map((user) => other.pick(byUser(user)))).toEqual(first)
    one.update(named([...ids.slice(2), ...ids.slice(0, 2)]))
    expect(values.map((user) => one.pick(byUser(user)))).toEqual(first)
  })

  it('spreads different values over all servers', () => {
    const ids = someIds(4)
    const counts = inGuest(
      (solution: typeof import('./solution'), ids: string[], seed: number): number[] => {
        const balancer = solution.sourceHash(
          ids.map((id) => ({ id })),
          '$user',
        )
        const counts = new Map(ids.map((id) => [id, 0]))
        for (let i = 0; i < 1000; i++) {
          const id = balancer.pick({ vars: { user: `user ${i} of ${seed}` } }) ?? ''
          counts.set(id, (counts.get(id) ?? 0) + 1)
        }
        return ids.map((id) => counts.get(id) ?? 0)
      },
      ids,
      dice.int(0, 1e6),
    )
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(125)
  })

  it('finds the same server for the same value among those not excluded', () => {
    const ids = someIds(5)
    const [one, other] = [sourceHash(named(ids), '$user'), sourceHash(named([...ids].reverse()), '$user')]
    const [first = '', second = '', ...rest] = ids
    for (const user of users(8)) {
      const ctx = { vars: { user }, exclude: new Set([first, second]) }
      const id = one.pick(ctx)
      expect(rest).toContain(id)
      expect(other.pick(ctx)).toBe(id)
    }
  })

  it('depends on the expanded template alone', () => {
    const servers = named(someIds(7))
    const same = (one: [string, Record<string, string>?], other: [string, Record<string, string>?]) => {
      for (const i of numbers(3)) {
        const [a, b] = [one, other].map(([template, vars]) => sourceHash(servers, `${i} ${template}`).pick({ vars }))
        expect(a).toBe(b)
      }
    }
    const secret = `v${dice.int(0, 1e6)}`
    same(['$a-$b', { a: secret, b: '2-3' }], ['$a-$b', { a: `${secret}-2`, b: '3' }])
    same(['$a$b', { a: secret, b: secret }], [`${secret}${secret}`])
    same(['$user_id$user', { user: 'x', user_id: secret }], [`${secret}x`])
    same(['<$missing$toString>', { a: secret }], ['<>'])
    same(['$a', { a: `$b $& $$ ${secret}`, b: 'again' }], [`$a`, { b: 'z', a: `$b $& $$ ${secret}` }])
    same(['$a', { a: '$b', b: secret }], ['$c', { c: '$b', b: 'another' }])
    same(['cost $ $-$', {}], ['cost $ $-$'])
  })

  it('tells values apart by every variable of the template', () => {
    const balancer = sourceHash(named(someIds(5)), '$host$uri')
    const byUri = numbers(12).map((i) => balancer.pick({ vars: { host: 'h', uri: `/page/${i}` } }))
    const byHost = numbers(12).map((i) => balancer.pick({ vars: { host: `h${i}`, uri: '/' } }))
    expect(new Set(byUri).size).toBeGreaterThan(1)
    expect(new Set(byHost).size).toBeGreaterThan(1)
  })

  it('picks no server that is excluded, removed or not there', () => {
    expectNoStrangers((ids) => sourceHash(named(ids), 'constant'))
  })
})
