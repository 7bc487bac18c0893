import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { type Entry, SmoothWRR } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const times = (balancer: SmoothWRR, count: number) => numbers(count).map(() => balancer.next())
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const currents = (balancer: SmoothWRR) => balancer.snapshot().map(({ current }) => current)

/** Servers s0, s1, ... of these weights. */
function weighted(...weights: number[]) {
  return weights.map((weight, i) => ({ id: `s${i}`, weight }))
}

/** Two to five servers with weights of 1 to 6. */
function someWeights(): number[] {
  return numbers(random.int(2, 5)).map(() => random.int(1, 6))
}

/** One step of the rules as they are written, on plain numbers. */
function step(entries: Entry[]): string | null {
  const taking = entries.filter(({ weight }) => weight > 0)
  const total = sum(taking.map(({ effective }) => effective))
  for (const entry of taking) {
    entry.current += entry.effective
    entry.effective = Math.min(entry.weight, entry.effective + 1)
  }
  const largest = Math.max(...taking.map(({ current }) => current))
  const picked = taking.find(({ current }) => current === largest)
  if (picked) picked.current -= total
  return picked?.id ?? null
}

describe('Smoothness', () => {
  it('gives each server exactly its weight in every cycle', () => {
    const weights = someWeights()
    const balancer = new SmoothWRR(weighted(...weights))
    for (const _ of numbers(3)) {
      const cycle = times(balancer, sum(weights))
      expect(weights.map((_, i) => cycle.filter((id) => id === `s${i}`).length)).toEqual(weights)
      expect(currents(balancer)).toEqual(weights.map(() => 0))
    }
  })

  it('keeps the sum of the current values at zero', () => {
    const balancer = new SmoothWRR(weighted(...someWeights()))
    for (const _ of numbers(15)) {
      balancer.next()
      expect(sum(currents(balancer))).toBe(0)
    }
  })

  it('never bunches the picks of a heavy server', () => {
    const light = random.int(3, 6)
    const balancer = new SmoothWRR(weighted(light, ...numbers(light).map(() => 1)))
    const cycle = times(balancer, 2 * light)
    for (const at of numbers(2 * light - 2)) {
      expect(cycle.slice(at, at + 3).every((id) => id === 's0')).toBe(false)
    }
  })

  it('lets the earlier server win a tie', () => {
    expect(times(new SmoothWRR(weighted(3, 3, 3)), 6)).toEqual(['s0', 's1', 's2', 's0', 's1', 's2'])
    expect(times(new SmoothWRR(weighted(1, 2, 2)), 5)).toEqual(['s1', 's2', 's0', 's1', 's2'])
  })

  it('follows the rules pick by pick', () => {
    const weights = someWeights()
    const balancer = new SmoothWRR(weighted(...weights))
    const model = weighted(...weights).map((one) => ({ ...one, effective: one.weight, current: 0 }))
    for (const _ of numbers(40)) expect(balancer.next()).toBe(step(model))
    expect(balancer.snapshot()).toEqual(model)
  })
})

describe('Failures', () => {
  it('lowers the effective weight by the penalty, which is 2 by default', () => {
    const balancer = new SmoothWRR(weighted(9, 9))
    balancer.report('s1', false)
    balancer.report('s1', false)
    expect(balancer.snapshot().map(({ effective }) => effective)).toEqual([9, 5])
    const strict = new SmoothWRR(weighted(9, 9), { failPenalty: 7 })
    strict.report('s0', false)
    expect(strict.snapshot().map(({ effective }) => effective)).toEqual([2, 9])
  })

  it('never lowers it below zero', () => {
    const balancer = new SmoothWRR(weighted(3))
    for (const _ of numbers(4)) balancer.report('s0', false)
    expect(balancer.snapshot()[0]?.effective).toBe(0)
    balancer.next()
    expect(balancer.snapshot()[0]?.effective).toBe(1)
  })

  it('gives a failed server fewer requests', () => {
    const balancer = new SmoothWRR(weighted(8, 8))
    const counts = { s0: 0, s1: 0 }
    for (const _ of numbers(16)) {
      const id = balancer.next() as 's0' | 's1'
      counts[id]++
      if (id === 's1') balancer.report(id, false)
    }
    expect(counts.s0).toBeGreaterThan(counts.s1)
  })

  it('recovers by one with each pick, up to the weight', () => {
    const balancer = new SmoothWRR(weighted(4, 1))
    balancer.report('s0', false)
    balancer.report('s0', false)
    const seen = numbers(6).map(() => {
      balancer.next()
      return balancer.snapshot()[0]?.effective
    })
    expect(seen).toEqual([1, 2, 3, 4, 4, 4])
  })

  it('changes nothing for a success, or for a server that is not there', () => {
    const balancer = new SmoothWRR(weighted(4, 2))
    balancer.report('s0', false)
    const before = balancer.snapshot()
    balancer.report('s0', true)
    balancer.report('s1', true)
    balancer.report('gone', false)
    expect(balancer.snapshot()).toEqual(before)
  })

  it('follows the rules through any history of failures', () => {
    const weights = someWeights()
    const failPenalty = random.int(1, 4)
    const balancer = new SmoothWRR(weighted(...weights), { failPenalty })
    const model = weighted(...weights).map((one) => ({ ...one, effective: one.weight, current: 0 }))
    for (const _ of numbers(7)) balancer.report('s0', false)
    if (model[0]) model[0].effective = Math.max(0, model[0].effective - 7 * failPenalty)
    for (const _ of numbers(60)) {
      if (random.next() < 0.6) {
        expect(balancer.next()).toBe(step(model))
        continue
      }
      const entry = random.pick(model)
      balancer.report(entry.id, false)
      entry.effective = Math.max(0, entry.effective - failPenalty)
    }
    expect(balancer.snapshot()).toEqual(model)
  })
})

describe('Weights and changes', () => {
  it('never picks a server of weight 0, and leaves its numbers alone', () => {
    const balancer = new SmoothWRR(weighted(0, 3, 0, 2))
    expect(times(balancer, 10).filter((id) => id === 's0' || id === 's2')).toEqual([])
    expect(balancer.snapshot()[2]).toEqual({ id: 's2', weight: 0, effective: 0, current: 0 })
  })

  it('gives null when there is nothing to pick', () => {
    expect(new SmoothWRR([]).next()).toBe(null)
    expect(new SmoothWRR(weighted(0, 0)).next()).toBe(null)
    const balancer = new SmoothWRR(weighted(1))
    balancer.remove('s0')
    expect(balancer.next()).toBe(null)
  })

  it('goes on with a server whose effective weight has fallen to zero', () => {
    const balancer = new SmoothWRR(weighted(1))
    balancer.report('s0', false)
    expect(balancer.next()).toBe('s0')
  })

  it('changes one weight and none of the other numbers', () => {
    const balancer = new SmoothWRR(weighted(5, 3, 2))
    times(balancer, random.int(1, 9))
    balancer.report('s2', false)
    const before = balancer.snapshot()
    balancer.setWeight('s1', 7)
    const expected = before.map((one) => (one.id === 's1' ? { ...one, weight: 7, effective: 7 } : one))
    expect(balancer.snapshot()).toEqual(expected)
    balancer.setWeight('s1', 0)
    expect(times(balancer, 10)).not.toContain('s1')
  })

  it('removes one server and changes none of the others', () => {
    const balancer = new SmoothWRR(weighted(5, 3, 2))
    times(balancer, random.int(1, 9))
    const before = balancer.snapshot()
    balancer.remove('s0')
    balancer.remove('s0')
    balancer.remove('never there')
    expect(balancer.snapshot()).toEqual(before.slice(1))
    balancer.report('s0', false)
    expect(times(balancer, 5)).not.toContain('s0')
  })

  it('gives out copies of its numbers', () => {
    const balancer = new SmoothWRR(weighted(2, 1))
    const entry = balancer.snapshot()[0]
    if (entry) entry.current = 99
    expect(currents(balancer)).toEqual([0, 0])
  })

  it('refuses weights and penalties that make no sense, and unknown or repeated ids', () => {
    for (const bad of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new SmoothWRR(weighted(1, bad))).toThrow(RangeError)
      expect(() => new SmoothWRR(weighted(1), { failPenalty: bad })).toThrow(RangeError)
      const balancer = new SmoothWRR(weighted(1))
      expect(() => balancer.setWeight('s0', bad)).toThrow(RangeError)
      expect(balancer.snapshot()).toEqual([{ id: 's0', weight: 1, effective: 1, current: 0 }])
    }
    expect(() => new SmoothWRR([...weighted(1), ...weighted(2)])).toThrow(RangeError)
    expect(() => new SmoothWRR(weighted(1)).setWeight('unknown', 1)).toThrow(RangeError)
  })
})
