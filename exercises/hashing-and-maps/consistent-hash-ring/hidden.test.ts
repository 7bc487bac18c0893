import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { HashRing } from './solution'

/** A hash that draws a fresh 32-bit place for every new text and remembers it; some places may be given. */
function randomHash(given: Record<string, number> = {}): (s: string) => number {
  const places = new Map(Object.entries(given))
  return (s) => {
    const place = places.get(s) ?? random.int(0x100, 0xffff_f000)
    places.set(s, place)
    return place
  }
}

/** A random hash under which the two nodes have the ends of the ring, and the key `beyond` lies past them. */
function ringWithEnds(first: string, last: string): (s: string) => number {
  return randomHash({ [`${first}#0`]: 0x10, [`${last}#0`]: 0xffff_fff0, beyond: 0xffff_fff8 })
}

/** A hash with places written by hand. */
function drawn(places: Record<string, number>): (s: string) => number {
  return (s) => {
    const place = places[s]
    if (place === undefined) throw new Error(`the ring hashed ${JSON.stringify(s)}, which is no label and no key`)
    return place
  }
}

/** The rule itself, without any cleverness: nodes clockwise from a key, nearest first. */
function clockwise(members: Record<string, number>, hash: (s: string) => number, key: string): string[] {
  const at = hash(key) >>> 0
  const points = Object.entries(members).flatMap(([node, count]) => {
    return Array.from({ length: count }, (_, i) => ({
      node,
      way: ((hash(`${node}#${i}`) >>> 0) - at + 2 ** 32) % 2 ** 32,
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
    const hash = ringWithEnds(nodes[0] ?? '', nodes[1] ?? '')
    const replicas = random.int(6, 10)
    const ring = new HashRing({ replicas, hash })
    for (const node of nodes) ring.add(node)
    const members = Object.fromEntries(nodes.map((node) => [node, replicas]))
    const keys = [...keyNames(80), 'beyond']
    expect(keys.map((key) => ring.get(key))).toEqual(keys.map((key) => clockwise(members, hash, key)[0]))
  })

  it('lets a virtual node own the keys on its very place', () => {
    const places = { 'a#0': 1000, 'b#0': 2000, first: 1000, second: 2000 }
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    ring.add('a')
    ring.add('b')
    expect([ring.get('first'), ring.get('second')]).toEqual(['a', 'b'])
  })

  it('wraps from the end of the ring to its beginning', () => {
    const places = { 'a#0': 1000, 'b#0': 2000, beyond: 2001, end: 0xffff_ffff }
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    ring.add('b')
    ring.add('a')
    expect([ring.get('beyond'), ring.get('end')]).toEqual(['a', 'a'])
  })

  it('orders places as numbers, not as text', () => {
    const places = { 'a#0': 9, 'b#0': 10, 'c#0': 100_000, low: 8, middle: 10, high: 11 }
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    for (const node of ['a', 'b', 'c']) ring.add(node)
    expect([ring.get('low'), ring.get('middle'), ring.get('high')]).toEqual(['a', 'b', 'c'])
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
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    for (const node of ['low', 'middle', 'high']) ring.add(node)
    const owners = ['negative', 'unsigned', 'last', 'large'].map((key) => ring.get(key))
    expect(owners).toEqual(['middle', 'middle', 'low', 'low'])
  })

  it('refuses a number of replicas that is not a positive integer', () => {
    for (const replicas of [0, -1, 1.5, Number.NaN]) expect(() => new HashRing({ replicas })).toThrow(RangeError)
  })
})

describe('Changing the ring', () => {
  it('moves keys only to a node that joins, and about its share of them', () => {
    const nodes = nodeNames(5)
    const [joining = '', ...others] = nodes
    const keys = keyNames(300)
    const ring = new HashRing()
    for (const node of others) ring.add(node)
    const before = keys.map((key) => ring.get(key))
    ring.add(joining)
    const after = keys.map((key) => ring.get(key))
    const moved = keys.filter((_, i) => after[i] !== before[i])
    expect(after.filter((owner, i) => owner !== before[i] && owner !== joining)).toEqual([])
    expect(moved.length).toBeGreaterThan(20)
    expect(moved.length).toBeLessThan(120)
  })

  it('moves only the keys of a node that leaves', () => {
    const nodes = nodeNames(5)
    const leaving = random.pick(nodes)
    const keys = keyNames(200)
    const ring = new HashRing({ replicas: 40 })
    for (const node of nodes) ring.add(node)
    const before = keys.map((key) => ring.get(key))
    ring.remove(leaving)
    const after = keys.map((key) => ring.get(key))
    expect(after).not.toContain(leaving)
    expect(after.filter((owner, i) => owner !== before[i] && before[i] !== leaving)).toEqual([])
  })

  it('does not depend on the order in which nodes joined', () => {
    const nodes = nodeNames(5)
    const keys = keyNames(100)
    const owners = [nodes, random.shuffle(nodes)].map((order) => {
      const ring = new HashRing({ replicas: 20 })
      for (const node of order) ring.add(node)
      return keys.map((key) => ring.get(key))
    })
    expect(owners[0]).toEqual(owners[1])
  })

  it('gives a shared place to the smaller name, whoever came first', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 400 }
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ]) {
      const ring = new HashRing({ replicas: 1, hash: drawn(places) })
      for (const node of order) ring.add(node)
      expect(ring.get('key')).toBe('a')
    }
  })

  it('keeps the other point on a shared place when one node leaves', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 400 }
    for (const [leaving, staying] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const ring = new HashRing({ replicas: 1, hash: drawn(places) })
      for (const node of random.shuffle(['a', 'b', 'c'])) ring.add(node)
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
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    ring.add('a')
    ring.add('b')
    ring.remove('a')
    ring.add('a', 2)
    expect(ring.ringSize).toBe(3)
    expect(['early', 'middle', 'late'].map((key) => ring.get(key))).toEqual(['a', 'b', 'a'])
  })

  it('multiplies the virtual nodes of a node by its weight', () => {
    const places = { 'heavy#0': 100, 'heavy#1': 300, 'light#0': 400, 'heavy#2': 500, 'heavy#3': 600, 'light#1': 700 }
    const keys = { one: 50, two: 250, three: 350, four: 450, five: 550, six: 650 }
    const ring = new HashRing({ replicas: 2, hash: drawn({ ...places, ...keys }) })
    ring.add('light')
    ring.add('heavy', 2)
    expect(ring.ringSize).toBe(6)
    const owners = Object.keys(keys).map((key) => ring.get(key))
    expect(owners).toEqual(['heavy', 'heavy', 'light', 'heavy', 'heavy', 'light'])
  })

  it('refuses a weight that is not a positive integer', () => {
    const ring = new HashRing()
    for (const weight of [0, -2, 0.5, Number.NaN]) expect(() => ring.add('a', weight)).toThrow(RangeError)
    expect(ring.nodes).toEqual([])
  })

  it('lists its nodes in ascending order, in a fresh array', () => {
    const nodes = nodeNames(4)
    const ring = new HashRing({ replicas: 2 })
    for (const node of nodes) ring.add(node)
    ring.nodes.push('intruder')
    expect(ring.nodes).toEqual([...nodes].sort())
  })
})

describe('Replica sets', () => {
  it('lists distinct nodes in the order in which they are met clockwise', () => {
    const nodes = nodeNames(5)
    const hash = ringWithEnds(nodes[0] ?? '', nodes[1] ?? '')
    const replicas = random.int(6, 8)
    const ring = new HashRing({ replicas, hash })
    for (const node of nodes) ring.add(node)
    const members = Object.fromEntries(nodes.map((node) => [node, replicas]))
    const keys = [...keyNames(40), 'beyond']
    expect(keys.map((key) => ring.getN(key, 3))).toEqual(keys.map((key) => clockwise(members, hash, key).slice(0, 3)))
  })

  it('starts with the owner of the key', () => {
    const ring = new HashRing({ replicas: 20 })
    for (const node of nodeNames(4)) ring.add(node)
    const keys = keyNames(40)
    expect(keys.map((key) => ring.getN(key, 2)[0])).toEqual(keys.map((key) => ring.get(key)))
  })

  it('goes on past the end of the ring', () => {
    const places = { 'a#0': 100, 'a#1': 900, 'b#0': 200, 'b#1': 800, 'c#0': 300, 'c#1': 850, key: 840 }
    const ring = new HashRing({ replicas: 2, hash: drawn(places) })
    for (const node of ['a', 'b', 'c']) ring.add(node)
    expect(ring.getN('key', 3)).toEqual(['c', 'a', 'b'])
  })

  it('meets the smaller name first on a shared place', () => {
    const places = { 'a#0': 500, 'b#0': 500, 'c#0': 900, key: 450 }
    const ring = new HashRing({ replicas: 1, hash: drawn(places) })
    for (const node of ['c', 'b', 'a']) ring.add(node)
    expect(ring.getN('key', 3)).toEqual(['a', 'b', 'c'])
  })

  it('gives every node once when more are asked for than there are', () => {
    const places = { 'a#0': 100, 'a#1': 200, 'b#0': 300, 'b#1': 400, 'c#0': 500, 'c#1': 600, key: 250 }
    const ring = new HashRing({ replicas: 2, hash: drawn(places) })
    for (const node of ['a', 'b', 'c']) ring.add(node)
    expect(ring.getN('key', 10)).toEqual(['b', 'c', 'a'])
  })

  it('gives no node when none are asked for, and refuses a count that is no whole number', () => {
    const ring = new HashRing({ replicas: 5 })
    ring.add('a')
    expect(ring.getN('user:7', 0)).toEqual([])
    for (const n of [-1, 1.5, Number.NaN]) expect(() => ring.getN('user:7', n)).toThrow(RangeError)
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
        for (let i = 0; i < 20_000; i++) {
          const owner = ring.get(`user:${from + i}`)
          load.set(owner, (load.get(owner) ?? 0) + 1)
        }
        return Math.max(...load.values()) / 2_000
      },
      nodes,
      random.int(0, 1e6),
    )
    expect(busiest).toBeLessThan(1.4)
  })

  it('hashes alike in every ring, so that two servers agree', () => {
    const nodes = nodeNames(4)
    const rings = [new HashRing(), new HashRing()]
    for (const ring of rings) for (const node of nodes) ring.add(node)
    const keys = keyNames(60)
    expect(keys.map((key) => rings[0]?.get(key))).toEqual(keys.map((key) => rings[1]?.get(key)))
  })

  it('stands with 150 virtual nodes for a node by default', () => {
    const ring = new HashRing()
    ring.add('a')
    expect(ring.ringSize).toBe(150)
  })

  it('hashes a key once for a look-up, and nothing else', () => {
    const hashed: string[] = []
    const hash = randomHash()
    const ring = new HashRing({
      replicas: 4,
      hash: (s) => {
        hashed.push(s)
        return hash(s)
      },
    })
    for (const node of ['a', 'b', 'c']) ring.add(node)
    hashed.length = 0
    ring.get('one')
    ring.getN('two', 3)
    expect(hashed).toEqual(['one', 'two'])
  })

  it('looks a key up in logarithmic time', () => {
    // The time allowed is many times what the same binary searches take in an array, measured then and there: enough
    // on a slow or busy machine too, and a small part of what walks along 40,000 places take.
    const done = inGuest(
      (solution: typeof import('./solution'), members: number, steps: number): number => {
        const ring = new solution.HashRing({ replicas: 5_000 })
        for (let i = 0; i < members; i++) ring.add(`node-${i}`)
        const places = Array.from({ length: members * 5_000 }, (_, i) => i * 100_000)
        const began = Date.now()
        let found = 0
        for (let step = 0; step < steps; step++) {
          const key = `user:${step}`
          let at = 0
          for (let i = 0; i < key.length; i++) at = (at * 31 + key.charCodeAt(i)) % 4_000_000_000
          let [low, high] = [0, places.length]
          while (low < high) {
            const middle = (low + high) >> 1
            if ((places[middle] ?? 0) < at) low = middle + 1
            else high = middle
          }
          found += low
        }
        const searchMs = found > 0 ? Date.now() - began : 0
        const end = Date.now() + Math.max(500, 25 * searchMs)
        for (let step = 0; step < steps; step++) {
          if (step % 64 === 0 && Date.now() > end) return step
          ring.get(`user:${step}`)
        }
        return steps
      },
      8,
      40_000,
    )
    expect(done).toBe(40_000)
  })
})
