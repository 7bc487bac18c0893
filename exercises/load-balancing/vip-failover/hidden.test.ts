import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { VrrpCluster, type VrrpEvent, type VrrpNodeCfg } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const told = (events: readonly VrrpEvent[]) => events.map(({ node, type }) => `${node} ${type}`)

const skew = (priority: number, advertMs: number) => ((256 - priority) * advertMs) / 256
const down = (priority: number, advertMs: number) => 3 * advertMs + skew(priority, advertMs)

/** Nodes a, b, c ... at 10.0.0.1 and following, of these priorities. */
function nodes(...priorities: number[]): VrrpNodeCfg[] {
  return priorities.map((priority, i) => ({ id: 'abcdef'[i] ?? '', ip: `10.0.0.${i + 1}`, priority }))
}

/** A cluster in which node a has been master for a while, since `began`. Others never take over from it by chance. */
function settled(advertMs: number, ...priorities: number[]) {
  const cluster = new VrrpCluster(nodes(...priorities), { advertMs })
  cluster.advance(10 * advertMs)
  const began = down(priorities[0] ?? 0, advertMs)
  const lastAdvert = began + Math.floor((10 * advertMs - began) / advertMs) * advertMs
  return { cluster, lastAdvert, now: 10 * advertMs }
}

describe('Election', () => {
  it('gives the address to the highest priority, at its time', () => {
    const advertMs = random.int(1, 40) * 100
    const priorities = random.shuffle([40, 90, 150, 200].map((base) => base + random.int(0, 40)))
    const best = Math.max(...priorities)
    const id = 'abcd'[priorities.indexOf(best)] ?? ''
    const cluster = new VrrpCluster(nodes(...priorities), { advertMs })
    const at = down(best, advertMs)
    expect(cluster.advance(20 * advertMs)).toEqual([
      { at, node: id, type: 'master' },
      { at, node: id, type: 'garp' },
    ])
    expect(cluster.owners).toEqual([id])
  })

  it('breaks ties by the numerically higher address', () => {
    const pairs = [
      ['10.0.0.9', '10.0.0.10'],
      ['10.0.9.1', '10.0.10.0'],
      ['9.255.255.255', '10.0.0.0'],
      ['100.0.0.1', '192.168.0.1'],
      ['20.0.0.1', '130.0.0.1'],
    ]
    for (const [low = '', high = ''] of pairs) {
      const two = random.shuffle([
        { id: 'low', ip: low, priority: 100 },
        { id: 'high', ip: high, priority: 100 },
      ])
      const cluster = new VrrpCluster(two, { advertMs: 1000 })
      expect(told(cluster.advance(20_000))).toEqual(['high master', 'high garp'])
    }
  })

  it('keeps an equal node from taking over from a master', () => {
    const cluster = new VrrpCluster(nodes(100, 100), { advertMs: 1000 })
    cluster.fail('b')
    expect(told(cluster.advance(10_000))).toEqual(['a master', 'a garp'])
    cluster.recover('b')
    expect(cluster.advance(20_000)).toEqual([])
  })

  it('gives events in pieces as it gives them at once', () => {
    const make = () => new VrrpCluster(nodes(120, 200, 90), { advertMs: 700 })
    const [one, other] = [make(), make()]
    const steps = numbers(12).map(() => random.int(0, 900))
    const pieces = steps.flatMap((ms) => one.advance(ms))
    expect(pieces).toEqual(other.advance(steps.reduce((a, b) => a + b, 0)))
    expect(one.owners).toEqual(other.owners)
  })

  it('counts what falls exactly on the end of a step', () => {
    const cluster = new VrrpCluster(nodes(128), { advertMs: 1000 })
    expect(cluster.advance(3499)).toEqual([])
    expect(told(cluster.advance(1))).toEqual(['a master', 'a garp'])
    expect(cluster.advance(0)).toEqual([])
  })

  it('takes an interval of one millisecond', () => {
    const cluster = new VrrpCluster(nodes(128), { advertMs: 1 })
    expect(cluster.advance(10)).toEqual([
      { at: 3.5, node: 'a', type: 'master' },
      { at: 3.5, node: 'a', type: 'garp' },
    ])
  })

  it('has nothing to tell without nodes', () => {
    const cluster = new VrrpCluster([], { advertMs: 1000 })
    expect([cluster.advance(10_000), cluster.owners]).toEqual([[], []])
  })

  it('refuses priorities, intervals, steps and ids that make no sense', () => {
    for (const bad of [0, 255, -1, 1.5, Number.NaN]) {
      expect(() => new VrrpCluster(nodes(bad), { advertMs: 1000 })).toThrow(RangeError)
    }
    for (const advertMs of [0, -1, 0.5, Number.NaN]) {
      expect(() => new VrrpCluster(nodes(1), { advertMs })).toThrow(RangeError)
    }
    const cluster = new VrrpCluster(nodes(1, 254), { advertMs: 1000 })
    expect(() => cluster.advance(-1)).toThrow(RangeError)
    expect(() => cluster.fail('x')).toThrow(RangeError)
    expect(() => cluster.shutdown('x')).toThrow(RangeError)
    expect(() => cluster.recover('x')).toThrow(RangeError)
    expect(() => cluster.track('x', 1)).toThrow(RangeError)
    expect(() => cluster.partition([['a', 'x']])).toThrow(RangeError)
  })
})

describe('Takeover', () => {
  it('waits for three intervals and the skew after the last advertisement', () => {
    const advertMs = random.int(1, 30) * 64
    const { cluster, lastAdvert, now } = settled(advertMs, 250, random.int(20, 100), 10)
    cluster.fail('a')
    expect(cluster.advance(lastAdvert + 3 * advertMs - now)).toEqual([])
    expect(told(cluster.advance(advertMs))).toEqual(['b master', 'b garp'])
  })

  it('takes over at the exact time', () => {
    const priority = random.int(1, 240)
    const { cluster, lastAdvert } = settled(1000, 254, priority)
    cluster.fail('a')
    const at = lastAdvert + down(priority, 1000)
    expect(cluster.advance(10_000)).toEqual([
      { at, node: 'b', type: 'master' },
      { at, node: 'b', type: 'garp' },
    ])
  })

  it('does not mind a master that comes back in time', () => {
    const { cluster } = settled(1000, 200, 100)
    cluster.partition([['a'], ['b']])
    cluster.advance(2000)
    cluster.heal()
    expect(cluster.advance(20_000)).toEqual([])
    expect(cluster.owners).toEqual(['a'])
  })

  it('hands over after the skew alone when a master shuts down', () => {
    const priority = random.int(50, 150)
    const { cluster, now } = settled(1000, 200, priority, 20)
    cluster.shutdown('a')
    expect(cluster.owners).toEqual([])
    const at = now + skew(priority, 1000)
    expect(cluster.advance(10_000)).toEqual([
      { at, node: 'b', type: 'master' },
      { at, node: 'b', type: 'garp' },
    ])
  })

  it('lets the backups wait for their skew after a goodbye', () => {
    const { cluster } = settled(1000, 200, 128, 64)
    cluster.shutdown('a')
    expect(cluster.advance(499)).toEqual([])
    expect(cluster.owners).toEqual([])
  })

  it('says goodbye only to its own group, and only as a master', () => {
    const { cluster, lastAdvert } = settled(1000, 200, 100, 50)
    cluster.partition([['a'], ['b', 'c']])
    cluster.shutdown('a')
    cluster.shutdown('c')
    const [first] = cluster.advance(10_000)
    expect(first).toEqual({ at: lastAdvert + down(100, 1000), node: 'b', type: 'master' })
  })

  it('goes down the line as nodes fail, one owner at a time', () => {
    const priorities = random.shuffle([200, 160, 120, 80])
    const order = [...priorities].sort((a, b) => b - a).map((priority) => 'abcd'[priorities.indexOf(priority)] ?? '')
    const cluster = new VrrpCluster(nodes(...priorities), { advertMs: 500 })
    for (const id of order) {
      expect(told(cluster.advance(5000))).toEqual([`${id} master`, `${id} garp`])
      expect(cluster.owners).toEqual([id])
      cluster.fail(id)
      cluster.fail(id)
      cluster.shutdown(id)
    }
    expect(cluster.advance(50_000)).toEqual([])
  })
})

describe('Return and tracking', () => {
  it('lets a better node take the address back when it recovers', () => {
    const { cluster } = settled(1000, 200, 100)
    cluster.fail('a')
    cluster.advance(10_000)
    cluster.recover('a')
    cluster.recover('a')
    const at = 20_000 + down(200, 1000)
    expect(cluster.advance(20_000)).toEqual([
      { at, node: 'a', type: 'master' },
      { at, node: 'a', type: 'garp' },
      { at, node: 'b', type: 'backup' },
    ])
  })

  it('leaves the address where it is if the node is not to preempt', () => {
    const [a, b] = nodes(200, 100)
    const cluster = new VrrpCluster([{ ...(a as VrrpNodeCfg), preempt: false }, b as VrrpNodeCfg], { advertMs: 1000 })
    expect(told(cluster.advance(10_000))).toEqual(['a master', 'a garp'])
    cluster.fail('a')
    cluster.advance(10_000)
    cluster.recover('a')
    expect(cluster.advance(30_000)).toEqual([])
    cluster.shutdown('b')
    expect(told(cluster.advance(10_000))).toEqual(['a master', 'a garp'])
  })

  it('moves the address when tracking lowers the master below a backup', () => {
    const { cluster, lastAdvert } = settled(1000, 150, 100)
    cluster.track('a', -60)
    const at = lastAdvert + down(100, 1000)
    expect(cluster.advance(10_000)).toEqual([
      { at, node: 'b', type: 'master' },
      { at, node: 'b', type: 'garp' },
      { at, node: 'a', type: 'backup' },
    ])
    cluster.track('a', 60)
    expect(told(cluster.advance(10_000))).toEqual(['a master', 'a garp', 'b backup'])
  })

  it('adds deltas up, and keeps them through a restart', () => {
    const { cluster } = settled(1000, 150, 100)
    cluster.track('a', -30)
    expect(cluster.advance(10_000)).toEqual([])
    cluster.track('a', -30)
    expect(told(cluster.advance(10_000))).toEqual(['b master', 'b garp', 'a backup'])
    cluster.fail('a')
    cluster.recover('a')
    expect(cluster.advance(20_000)).toEqual([])
  })

  it('keeps effective priorities from 1 to 254', () => {
    const { cluster, now } = settled(1000, 200, 1)
    cluster.track('a', -5000)
    expect(cluster.advance(20_000)).toEqual([])
    cluster.track('a', 10_000)
    cluster.fail('a')
    cluster.advance(20_000)
    cluster.recover('a')
    expect(cluster.advance(20_000)[0]).toEqual({ at: now + 40_000 + down(254, 1000), node: 'a', type: 'master' })
  })

  it('does not mind recovering what runs', () => {
    const { cluster, lastAdvert } = settled(1000, 200, 100)
    cluster.recover('a')
    expect(cluster.owners).toEqual(['a'])
    cluster.fail('a')
    cluster.advance(1000)
    cluster.recover('b')
    expect(cluster.advance(10_000)[0]).toEqual({ at: lastAdvert + down(100, 1000), node: 'b', type: 'master' })
  })
})

describe('Split brain', () => {
  it('gives each side of a partition one owner', () => {
    const { cluster } = settled(1000, 200, 150, 100, 50)
    cluster.partition([
      ['a', 'c'],
      ['d', 'b'],
    ])
    expect(told(cluster.advance(10_000))).toEqual(['b master', 'b garp'])
    expect(cluster.owners).toEqual(['a', 'b'])
    cluster.partition([['a', 'b']])
    expect(told(cluster.advance(10_000)).sort()).toEqual([
      'b backup',
      'c garp',
      'c master',
      'd garp',
      'd master',
    ])
    expect(cluster.owners).toEqual(['a', 'c', 'd'])
  })

  it('leaves a node alone that is not listed', () => {
    const { cluster } = settled(1000, 200, 150, 100)
    cluster.partition([['a', 'c']])
    expect(told(cluster.advance(10_000))).toEqual(['b master', 'b garp'])
    expect(cluster.owners).toEqual(['a', 'b'])
  })

  it('leaves only the best owner when it heals', () => {
    const priorities = random.shuffle([200, 150, 100, 50])
    const cluster = new VrrpCluster(nodes(...priorities), { advertMs: 1000 })
    cluster.partition([])
    cluster.advance(10_000)
    expect(cluster.owners).toEqual(['a', 'b', 'c', 'd'])
    cluster.heal()
    const events = cluster.advance(5000)
    const best = 'abcd'[priorities.indexOf(200)] ?? ''
    expect(cluster.owners).toEqual([best])
    const losers = [...'abcd'].filter((id) => id !== best)
    expect(told(events).sort()).toEqual(losers.map((id) => `${id} backup`))
    expect(cluster.advance(20_000)).toEqual([])
  })

  it('keeps a master that hears a worse one first', () => {
    const cluster = new VrrpCluster(nodes(200, 100), { advertMs: 1000 })
    cluster.partition([['a'], ['b']])
    cluster.advance(10_300)
    cluster.heal()
    // b speaks at 10609.375, a at 11218.75.
    expect(cluster.advance(900)).toEqual([])
    expect(cluster.owners).toEqual(['a', 'b'])
    expect(cluster.advance(100)).toEqual([{ at: down(200, 1000) + 8000, node: 'b', type: 'backup' }])
  })

  it('leaves the beat of another master alone when one says goodbye', () => {
    const cluster = new VrrpCluster(nodes(200, 150, 56), { advertMs: 1000 })
    cluster.partition([['a'], ['b', 'c']])
    cluster.advance(10_100)
    cluster.heal()
    cluster.shutdown('a')
    expect(cluster.advance(900)).toEqual([])
    cluster.fail('b')
    // b became master at 3414.0625 and spoke every second since then; c heard it last at 10414.0625.
    const at = down(150, 1000) + 7000 + down(56, 1000)
    expect(cluster.advance(10_000)[0]).toEqual({ at, node: 'c', type: 'master' })
  })

  it('leaves the higher address when equal masters meet', () => {
    const cluster = new VrrpCluster(nodes(100, 100), { advertMs: 1000 })
    cluster.partition([['a'], ['b']])
    cluster.advance(10_000)
    expect(cluster.owners).toEqual(['a', 'b'])
    cluster.heal()
    expect(told(cluster.advance(10_000))).toEqual(['a backup'])
  })

  it('keeps messages of one side from the other', () => {
    const { cluster, lastAdvert } = settled(1000, 200, 100)
    cluster.partition([['a'], ['b']])
    const at = lastAdvert + down(100, 1000)
    expect(cluster.advance(10_000)[0]).toEqual({ at, node: 'b', type: 'master' })
    cluster.shutdown('a')
    expect(cluster.advance(10_000)).toEqual([])
    expect(cluster.owners).toEqual(['b'])
  })
})
