import { describe, expect, it } from 'vitest'
import { leastConnections, random, roundRobin, sourceHash } from './solution'

const servers = ['a', 'b', 'c'].map((id) => ({ id }))

describe('balancers', () => {
  it('round robin takes every server in turn, without the excluded', () => {
    const balancer = roundRobin(servers)
    expect([balancer.pick(), balancer.pick(), balancer.pick(), balancer.pick()]).toEqual(['a', 'b', 'c', 'a'])
    expect(balancer.pick({ exclude: new Set(['b']) })).toBe('c')
    expect(balancer.pick({ exclude: new Set(['a', 'b', 'c']) })).toBe(null)
  })

  it('random goes by the numbers it is given', () => {
    const numbers = [0, 0.34, 0.67]
    const balancer = random(servers, () => numbers.shift() ?? 0)
    expect([balancer.pick(), balancer.pick(), balancer.pick()]).toEqual(['a', 'b', 'c'])
  })

  it('least connections picks the least busy server', () => {
    const balancer = leastConnections(servers)
    expect([balancer.pick(), balancer.pick(), balancer.pick()]).toEqual(['a', 'b', 'c'])
    balancer.done('b')
    expect(balancer.active('b')).toBe(0)
    expect(balancer.pick()).toBe('b')
  })

  it('source hash finds the same server again', () => {
    const balancer = sourceHash(servers, '$remote_addr')
    const first = balancer.pick({ vars: { remote_addr: '10.0.0.7' } })
    expect(['a', 'b', 'c']).toContain(first)
    expect(balancer.pick({ vars: { remote_addr: '10.0.0.7' } })).toBe(first)
  })
})
