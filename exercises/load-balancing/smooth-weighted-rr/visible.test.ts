import { describe, expect, it } from 'vitest'
import { SmoothWRR } from './solution'

const times = (balancer: SmoothWRR, count: number) => Array.from({ length: count }, () => balancer.next()).join(' ')

describe('SmoothWRR', () => {
  it('spreads the picks of the heavy server', () => {
    const balancer = new SmoothWRR([
      { id: 'a', weight: 5 },
      { id: 'b', weight: 1 },
      { id: 'c', weight: 1 },
    ])
    expect(times(balancer, 14)).toBe('a a b a c a a a a b a c a a')
  })

  it('is plain round robin when all weights are equal', () => {
    const balancer = new SmoothWRR(['a', 'b', 'c'].map((id) => ({ id, weight: 2 })))
    expect(times(balancer, 6)).toBe('a b c a b c')
  })

  it('lowers the effective weight of a server that fails', () => {
    const balancer = new SmoothWRR([{ id: 'a', weight: 5 }])
    balancer.report('a', false)
    expect(balancer.snapshot()).toEqual([{ id: 'a', weight: 5, effective: 3, current: 0 }])
  })

  it('gives null when there is no server to pick', () => {
    expect(new SmoothWRR([]).next()).toBe(null)
  })
})
