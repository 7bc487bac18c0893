import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { HashRing } from './solution'

type Places = Record<string, number>

/** Random places for all labels and keys. The first two nodes get the ends of the ring; `beyond` lies past them. */
function randomPlaces(nodes: readonly string[], replicas: number, keys: readonly string[]): Places {
  const labels = nodes.flatMap((node) => Array.from({ length: replicas }, (_, i) => `${node}#${i}`))
  const places = Object.fromEntries([...labels, ...keys].map((s) => [s, random.int(0x100, 0xffff_f000)]))
  return { ...places, [`${nodes[0]}#0`]: 0x10, [`${nodes[1]}#0`]: 0xffff_fff0, beyond: 0xffff_fff8 }
}

interface Opts {
  replicas?: number
  /** A hash with these places; it hashes nothing else. */
  places?: Places
}

/** A ring that the nodes have joined in this order. */
function ringOf(nodes: readonly string[], opts: Opts = {}): HashRing {
  const driver = ({ HashRing }: typeof import('./solution'), nodes: readonly string[], { replicas, places }: Opts) => {
    const hash = (s: string): number => {
      const place = places?.[s]
      if (place === undefined) throw new Error(`the ring hashed ${JSON.stringify(s)}, which is no label and no key`)
      return place
    }
    const ring = new HashRing({ ...(replicas && { replicas }), ...(places && { hash }) })
    for (const node of nodes) ring.add(node)
    return ring
  }
  return inGuest(driver, nodes, opts)
}

/** The owner of each key. */
function owners(ring: HashRing, keys: readonly string[]): Array<string | undefined> {
  const driver = (_: unknown, ring: HashRing, keys: readonly string[]) => keys.map((key) => ring.get(key))
  return inGuest(driver, ring, keys)
}

/** The first `n` nodes for each key. */
function replicaSets(ring: HashRing, keys: readonly string[], n: number): string[][] {
  const driver = (_: unknown, ring: HashRing, keys: readonly string[], n: number) => {
    return keys.map((key) => ring.getN(key, n))
  }
  return inGuest(driver, ring, keys, n)
}

/** The rule itself, without any cleverness: nodes clockwise from a key, nearest first. */
function clockwise(nodes: readonly string[], replicas: number, places: Places, key: string): string[] {
  const at = places[key] ?? 0
  const points = nodes.flatMap((node) => {
    return Array.from({ length: replicas }, (_, i) => ({
      node,
      way: ((places[`${node}#${i}`] ?? 0) - at + 2 ** 32) % 2 ** 32,
    }))
  })
  points.sort((a, b) => a.way - b.way || (a.node < b.node ? -1 : 1))
  return [...new Set(points.map((point) => point.node))]
}

const nodeNames = (count: number): string[] => {
  return random.shuffle(Array.from({ length: 40 }, (_, i) => `10.0.${i}.${random.int(1, 254)}`)).slice(0, count)
}
const keyNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `user:${random.int(1, 1e9)}:${i}`)

describe('Placing keys', () => {
  it('gives each key to the first virtual node clockwise', () => {
    const nodes = nodeNames(4)
    const replicas = random.int(6, 10)
    const keys = [...keyNames(60), 'beyond']
    const places = randomPlaces(nodes, replicas, keys)
    const right = keys.map((key) => clockwise(nodes, replicas, places, key)[0])
    expect(owners(ringOf(nodes, { replicas, places }), keys)).toEqual(right)
  })

  it('lets a virtual node own the keys on its very place', () => {
    const ring = ringOf(['a', 'b'], { replicas: 1, places: { 'a#0': 1000, 'b#0': 2000, first: 1000, second: 2000 } })
    expect(owners(ring, ['first', 'second'])).toEqual(['a', 'b'])
  })

  it('wraps from the end of the ring to its beginning', () => {
    const places = { 'a#0': 1000, 'b#0': 2000, beyond: 2001, end: 0xffff_ffff }
    expect(owners(ringOf(['b', 'a'], { replicas: 1, places }), ['beyond', 'end'])).toEqual(['a', 'a'])
  })

  it('orders places as numbers, not as text', () => {
    const places = { 'a#0': 9, 'b#0': 10, 'c#0': 100_000, low: 8, middle: 10, high: 11 }
    const ring = ringOf(['a', 'b', 'c'], { replicas: 1, places })
    expect(owners(ring, ['low', 'middle', 'high'])).toEqual(['a', 'b', 'c'])
  })

  it('reads the low 32 bits of a hash as an unsigned number', () => {
    const places = {
      'low#0': 0x2000_0000,
      'middle#0': 0xa000_0000,
      'high#0': -0x2000_0000,
      negative: -0x7000_0000,
      unsigned: 0x9000_0000,
      last: -1,
      large: 2 ** 32 + 5,
    }
    const ring = ringOf(['low', 'middle', 'high'], { replicas: 1, places })
    expect(owners(ring, ['negative', 'unsigned', 'last', 'large'])).toEqual(['middle', 'middle', 'low', 'low'])
  })

  it('refuses a number of replicas that is not a positive integer', () => {
    for (const replicas of [0, -1, 1.5]) expect(() => new HashRing({ replicas })).toThrow(RangeError)
  })
})

describe('Changing the ring', () => {
  it('moves keys only to a node that joins, and about its share of them', () => {
    const nodes = nodeNames(5)
    const [joining = '', ...others] = nodes
    const keys = keyNames(300)
    const ring = ringOf(others)
    const before = owners(ring, keys)
    ring.add(joining)
    const after = owners(ring, keys)
    const moved = keys.filter((_, i) => after[i] !== before[i])
    expect(after.filter((owner, i) => owner !== before[i] && owner !== joining)).toEqual([])
    expect(moved.length).toBeGreaterThan(20)
    expect(moved.length).toBeLessThan(120)
  })

  it('moves only the keys of a node that leaves', () => {
    const nodes = nodeNames(5)
    const leaving = random.pick(nodes)
    const keys = keyNames(100)
    const ring = ringOf(nodes, { replicas: 40 })
    const before = owners(ring, keys)
    ring.remove(leaving)
    const after = owners(ring, keys)
    expect(after).not.toContain(leaving)
    expect(after.filter((owner, i) => owner !== before[i] && before[i] !== leaving)).toEqual([])
  })

  it('does not depend on the order in which nodes joined', () => {
    const nodes = nodeNames(5)
    const keys = keyNames(100)
    const rings = [nodes, random.shuffle(nodes)].map((order) => owners(ringOf(order, { replicas: 20 }), keys))
    expect(rings[0]).toEqual(rings[1])
  })

  it('gives a shared place to the smaller name, whoever came first', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 400 }
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ]) {
      expect(ringOf(order, { replicas: 1, places }).get('key')).toBe('a')
    }
  })

  it('keeps the other point on a shared place when one node leaves', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 400 }
    for (const [leaving, staying] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const ring = ringOf(random.shuffle(['a', 'b', 'c']), { replicas: 1, places })
      ring.remove(leaving)
      expect(ring.get('key')).toBe(staying)
    }
  })

  it('leaves the ring as it is when a node joins twice or a stranger leaves', () => {
    const ring = new HashRing({ replicas: 10 })
    ring.add('a')
    ring.add('b', 2)
    ring.add('a', 3)
    ring.remove('nobody')
    expect(ring.ringSize).toBe(30)
    expect(ring.nodes).toEqual(['a', 'b'])
    ring.remove('a')
    expect(ring.ringSize).toBe(20)
    expect(ring.nodes).toEqual(['b'])
  })

  it('lets a node join again with another weight after it left', () => {
    const places = { 'a#0': 100, 'b#0': 200, 'a#1': 300, early: 50, middle: 150, late: 250 }
    const ring = ringOf(['a', 'b'], { replicas: 1, places })
    ring.remove('a')
    ring.add('a', 2)
    expect(ring.ringSize).toBe(3)
    expect(owners(ring, ['early', 'middle', 'late'])).toEqual(['a', 'b', 'a'])
  })

  it('multiplies the virtual nodes of a node by its weight', () => {
    const places = { 'heavy#0': 100, 'heavy#1': 300, 'light#0': 400, 'heavy#2': 500, 'heavy#3': 600, 'light#1': 700 }
    const keys = { one: 50, two: 250, three: 350, four: 450, five: 550, six: 650 }
    const ring = ringOf(['light'], { replicas: 2, places: { ...places, ...keys } })
    ring.add('heavy', 2)
    expect(ring.ringSize).toBe(6)
    expect(owners(ring, Object.keys(keys))).toEqual(['heavy', 'heavy', 'light', 'heavy', 'heavy', 'light'])
  })

  it('refuses a weight that is not a positive integer', () => {
    const ring = new HashRing()
    for (const weight of [0, -2, 0.5]) expect(() => ring.add('a', weight)).toThrow(RangeError)
    expect(ring.nodes).toEqual([])
  })

  it('lists its nodes in ascending order, in a fresh array', () => {
    const nodes = nodeNames(4)
    const ring = ringOf(nodes, { replicas: 2 })
    ring.nodes.push('intruder')
    expect(ring.nodes).toEqual([...nodes].sort())
  })
})

describe('Replica sets', () => {
  it('lists distinct nodes in the order in which they are met clockwise', () => {
    const nodes = nodeNames(5)
    const replicas = random.int(6, 8)
    const keys = [...keyNames(30), 'beyond']
    const places = randomPlaces(nodes, replicas, keys)
    const right = keys.map((key) => clockwise(nodes, replicas, places, key).slice(0, 3))
    expect(replicaSets(ringOf(nodes, { replicas, places }), keys, 3)).toEqual(right)
  })

  it('starts with the owner of the key', () => {
    const ring = ringOf(nodeNames(4), { replicas: 20 })
    const keys = keyNames(40)
    expect(replicaSets(ring, keys, 2).map(([first]) => first)).toEqual(owners(ring, keys))
  })

  it('goes on past the end of the ring', () => {
    const places = { 'a#0': 100, 'a#1': 900, 'b#0': 200, 'b#1': 800, 'c#0': 300, 'c#1': 850, key: 840 }
    const ring = ringOf(['a', 'b', 'c'], { replicas: 2, places })
    expect(ring.getN('key', 3)).toEqual(['c', 'a', 'b'])
  })

  it('meets the smaller name first on a shared place', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 450 }
    const ring = ringOf(['c', 'b', 'a'], { replicas: 1, places })
    expect(ring.getN('key', 3)).toEqual(['a', 'b', 'c'])
  })

  it('gives every node once when more are asked for than there are', () => {
    const places = { 'a#0': 100, 'a#1': 200, 'b#0': 300, 'b#1': 400, 'c#0': 500, 'c#1': 600, key: 250 }
    const ring = ringOf(['a', 'b', 'c'], { replicas: 2, places })
    expect(ring.getN('key', 10)).toEqual(['b', 'c', 'a'])
  })

  it('gives no node when none are asked for, and refuses a count that is no whole number', () => {
    const ring = new HashRing({ replicas: 5 })
    ring.add('a')
    expect(ring.getN('user:7', 0)).toEqual([])
    for (const n of [-1, 1.5]) expect(() => ring.getN('user:7', n)).toThrow(RangeError)
  })
})

describe('Spread and cost', () => {
  it('spreads keys evenly over the nodes with the default hash', () => {
    const names = [(i: number) => `cache-${i}`, (i: number) => `10.0.0.${i}:6379`, (i: number) => `node${i}`]
    const style = random.int(0, names.length - 1)
    const nodes = Array.from({ length: 10 }, (_, i) => names[style]?.(i) ?? '')
    const busiest = inGuest(
      (solution: typeof import('./solution'), members: string[], from: number): number => {
        const ring = new solution.HashRing({ replicas: 150 })
        for (const member of members) ring.add(member)
        const load = new Map<string | undefined, number>()
        for (let i = 0; i < 6_000; i++) {
          const owner = ring.get(`user:${from + i}`)
          load.set(owner, (load.get(owner) ?? 0) + 1)
        }
        return Math.max(...load.values()) / 600
      },
      nodes,
      random.int(0, 1e6),
    )
    expect(busiest).toBeLessThan(1.4)
  })

  it('hashes alike in every ring, so that two servers agree', () => {
    const nodes = nodeNames(4)
    const keys = keyNames(60)
    expect(owners(ringOf(nodes), keys)).toEqual(owners(ringOf(nodes), keys))
  })

  it('stands with 150 virtual nodes for a node by default', () => {
    const ring = new HashRing()
    ring.add('a')
    expect(ring.ringSize).toBe(150)
  })

  it('hashes a key once for a look-up, and nothing else', () => {
    const hashed = inGuest(({ HashRing }: typeof import('./solution')) => {
      const hashed: string[] = []
      const ring = new HashRing({
        replicas: 4,
        hash: (s) => hashed.push(s) * 1_000_003,
      })
      for (const node of ['a', 'b', 'c']) ring.add(node)
      hashed.length = 0
      ring.get('one')
      ring.getN('two', 3)
      return hashed
    })
    expect(hashed).toEqual(['one', 'two'])
  })

  it('looks a key up in logarithmic time', () => {
    // A hundred look-ups take some hundredths of a millisecond, and milliseconds where they walk along ten thousand
    // places. Since a machine may be busy, the best of several rounds counts.
    const driver = ({ HashRing }: typeof import('./solution'), count: number, enoughMs: number): number => {
      // Labels in order, keys near the end: whoever walks has to go nearly all the way.
      const hash = (s: string): number => (s.startsWith('node#') ? Number(s.slice(5)) * 100 : count * 100)
      const ring = new HashRing({ replicas: count, hash })
      ring.add('node')
      let bestMs = Number.POSITIVE_INFINITY
      for (let round = 0; round < 15 && bestMs > enoughMs; round++) {
        const began = performance.now()
        for (let i = 0; i < 100; i++) if (ring.get('key') !== 'node') return Number.POSITIVE_INFINITY
        bestMs = Math.min(bestMs, performance.now() - began)
      }
      return bestMs
    }
    expect(inGuest(driver, 10_000, 0.3)).toBeLessThan(0.3)
  })
})
