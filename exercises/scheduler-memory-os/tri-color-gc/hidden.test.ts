import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { Collector, Heap } from './solution'

/** A heap of objects with one-letter names and links such as 'ab'. */
function heapOf(objects: string, roots: string, ...links: string[]): Heap {
  const heap = new Heap()
  for (const id of objects) heap.alloc(id)
  for (const [from = '', to = ''] of links) heap.link(from, to)
  for (const id of roots) heap.addRoot(id)
  return heap
}

const colors = (collector: Collector, objects: string) => [...objects].map((id) => collector.color(id))

/** A cycle that has been started, and its heap. */
function started(...heap: Parameters<typeof heapOf>) {
  const collector = new Collector(heapOf(...heap))
  collector.start()
  return collector
}

describe('Marking', () => {
  it('begins with grey roots, in the order in which they were added, and white objects', () => {
    const roots = random.shuffle(['a', 'b', 'c']).join('')
    const collector = started('abcd', roots, 'ad')
    expect(collector.greys).toEqual([...roots])
    expect(colors(collector, 'abcd')).toEqual(['grey', 'grey', 'grey', 'white'])
  })

  it('blackens the oldest grey object and greys its white children in the order of the links', () => {
    const collector = started('abcde', 'ab', 'ad', 'ac', 'be')
    expect(collector.step()).toBe(false)
    expect(collector.greys).toEqual(['b', 'd', 'c'])
    expect(colors(collector, 'abcde')).toEqual(['black', 'grey', 'grey', 'grey', 'white'])
    expect(collector.step()).toBe(false)
    expect(collector.greys).toEqual(['d', 'c', 'e'])
  })

  it('blackens as many objects in a step as it is asked to', () => {
    const collector = started('abcdef', 'a', 'ab', 'bc', 'cd', 'de', 'ef')
    expect(collector.step(2)).toBe(false)
    expect(colors(collector, 'abcd')).toEqual(['black', 'black', 'grey', 'white'])
    expect(collector.step(3)).toBe(false)
    expect(collector.greys).toEqual(['f'])
    expect(collector.step(1)).toBe(true)
    expect(collector.greys).toEqual([])
  })

  it('says so when no grey object is left, also if it was asked for more', () => {
    const collector = started('abc', 'a', 'ab')
    expect(collector.step(100)).toBe(true)
    expect(collector.step()).toBe(true)
    expect(colors(collector, 'abc')).toEqual(['black', 'black', 'white'])
    expect(started('ab', '').step()).toBe(true)
  })

  it('greys an object once, whatever the number of ways to it', () => {
    const collector = started('abcd', 'abd', 'ac', 'bc', 'ab', 'cd', 'da')
    collector.step()
    expect(collector.greys).toEqual(['b', 'd', 'c'])
    collector.step(2)
    expect(collector.greys).toEqual(['c'])
    expect(collector.step()).toBe(true)
    expect(colors(collector, 'abcd')).toEqual(['black', 'black', 'black', 'black'])
  })

  it('blackens an object that refers to itself', () => {
    const collector = started('a', 'a', 'aa')
    expect(collector.step()).toBe(true)
    expect(colors(collector, 'a')).toEqual(['black'])
  })

  it('never lets a black object refer to a white one, in any heap and at any moment', () => {
    const names = [...'abcdefgh']
    const drawn = Array.from({ length: 12 }, () => `${random.pick(names)}${random.pick(names)}`)
    const links = ['aa', ...drawn]
    const collector = started('abcdefgh', 'ab', ...links)
    for (let done = false; !done; ) {
      done = collector.step()
      const color = new Map(names.map((id) => [id, collector.color(id)]))
      for (const [from = '', to = ''] of links) {
        expect(color.get(from) === 'black' && color.get(to) === 'white').toBe(false)
      }
      expect([...collector.greys].sort()).toEqual(names.filter((id) => color.get(id) === 'grey'))
    }
  })

  it('refuses steps that make no sense', () => {
    const collector = started('a', 'a')
    for (const n of [0, -1, 1.5, Number.NaN]) expect(() => collector.step(n)).toThrow(RangeError)
    expect(collector.greys).toEqual(['a'])
  })
})

describe('Sweeping', () => {
  it('frees exactly what is white and tells it sorted', () => {
    const heap = heapOf('fzaecdb', 'fa', 'fe', 'zb', 'bc')
    const collector = new Collector(heap)
    expect(collector.collect()).toEqual(['b', 'c', 'd', 'z'])
    expect(heap.objects).toEqual(['f', 'a', 'e'])
  })

  it('frees circles and objects that refer to themselves', () => {
    const heap = heapOf('abcdef', 'a', 'bc', 'cd', 'db', 'ee', 'fa')
    expect(new Collector(heap).collect()).toEqual(['b', 'c', 'd', 'e', 'f'])
    expect(heap.objects).toEqual(['a'])
  })

  it('keeps circles that can be reached', () => {
    const heap = heapOf('abcd', 'a', 'ab', 'bc', 'cb', 'dc')
    expect(new Collector(heap).collect()).toEqual(['d'])
  })

  it('keeps the links of what survives', () => {
    const heap = heapOf('abcx', 'a', 'ab', 'bc', 'xb', 'xc')
    const collector = new Collector(heap)
    expect(collector.collect()).toEqual(['x'])
    expect(collector.collect()).toEqual([])
    collector.start()
    collector.step(2)
    expect(collector.greys).toEqual(['c'])
  })

  it('gives a new object none of the links of a freed one with its name', () => {
    const heap = heapOf('abx', 'ab', 'xb', 'xx')
    const collector = new Collector(heap)
    expect(collector.collect()).toEqual(['x'])
    heap.removeRoot('b')
    heap.alloc('x')
    heap.link('a', 'x')
    expect(collector.collect()).toEqual(['b'])
    expect(heap.objects).toEqual(['a', 'x'])
  })

  it('refuses to sweep while grey objects are left, and frees nothing then', () => {
    const heap = heapOf('abcx', 'a', 'ab', 'bc')
    const collector = new Collector(heap)
    collector.start()
    collector.step(2)
    expect(() => collector.sweep()).toThrow()
    expect(heap.objects).toEqual(['a', 'b', 'c', 'x'])
    collector.step()
    expect(collector.sweep()).toEqual(['x'])
  })

  it('frees what no path leads to, in any heap', () => {
    const names = Array.from({ length: 14 }, (_, i) => `o${i}`)
    const heap = new Heap()
    for (const id of random.shuffle([...names, 'k', 'x', 'y'])) heap.alloc(id)
    const drawn = Array.from({ length: 16 }, () => [random.pick(names), random.pick(names)] as const)
    const roots = [random.pick(names), random.pick(names)]
    const links = [...drawn, ['x', 'y'] as const, ['y', 'x'] as const, ...roots.map((root) => [root, 'k'] as const)]
    for (const [from, to] of links) heap.link(from, to)
    for (const id of roots) heap.addRoot(id)
    const alive = new Set(roots)
    for (let i = 0; i < names.length; i++) for (const [from, to] of links) if (alive.has(from)) alive.add(to)
    const before = heap.objects
    expect(new Collector(heap).collect()).toEqual(before.filter((id) => !alive.has(id)).sort())
    expect(heap.objects).toEqual(before.filter((id) => alive.has(id)))
  })
})

describe('Heap and cycles', () => {
  it('works again with other roots and links', () => {
    const heap = heapOf('abcd', 'ab', 'ac', 'bd')
    const collector = new Collector(heap)
    expect(collector.collect()).toEqual([])
    heap.removeRoot('b')
    expect(collector.collect()).toEqual(['b', 'd'])
    heap.unlink('a', 'c')
    heap.alloc('e')
    heap.link('a', 'e')
    heap.addRoot('e')
    expect(collector.collect()).toEqual(['c'])
    heap.unlink('a', 'e')
    expect(collector.collect()).toEqual([])
    heap.removeRoot('a')
    heap.removeRoot('e')
    expect(collector.collect()).toEqual(['a', 'e'])
    expect(heap.objects).toEqual([])
  })

  it('is white and without greys outside of a cycle', () => {
    const collector = new Collector(heapOf('ab', 'a', 'ab'))
    expect([colors(collector, 'ab'), collector.greys]).toEqual([['white', 'white'], []])
    collector.collect()
    expect([colors(collector, 'ab'), collector.greys]).toEqual([['white', 'white'], []])
    collector.start()
    expect(colors(collector, 'ab')).toEqual(['grey', 'white'])
  })

  it('refuses to begin a cycle within a cycle', () => {
    const collector = started('ab', 'a', 'ab')
    expect(() => collector.start()).toThrow()
    expect(() => collector.collect()).toThrow()
    expect(collector.greys).toEqual(['a'])
    collector.step(2)
    expect(() => collector.start()).toThrow()
    expect(() => collector.collect()).toThrow()
    expect(collector.sweep()).toEqual([])
    collector.start()
  })

  it('refuses to step or sweep outside of a cycle', () => {
    const collector = new Collector(heapOf('a', ''))
    expect(() => collector.step()).toThrow()
    expect(() => collector.sweep()).toThrow()
    expect(collector.collect()).toEqual(['a'])
    expect(() => collector.step()).toThrow()
    expect(() => collector.sweep()).toThrow()
  })

  it('takes a link or a root that is there already for one', () => {
    const heap = heapOf('abc', 'aa', 'ab', 'ab')
    heap.unlink('a', 'b')
    heap.unlink('a', 'c')
    heap.removeRoot('c')
    const collector = new Collector(heap)
    collector.start()
    expect(collector.greys).toEqual(['a'])
    collector.step()
    expect(collector.sweep()).toEqual(['b', 'c'])
    heap.removeRoot('a')
    expect(collector.collect()).toEqual(['a'])
  })

  it('refuses objects that exist already, or do not, or no longer', () => {
    const heap = heapOf('abx', 'ab')
    const collector = new Collector(heap)
    collector.collect()
    expect(() => heap.alloc('a')).toThrow(RangeError)
    for (const id of ['x', 'never']) {
      expect(() => heap.link('a', id)).toThrow(RangeError)
      expect(() => heap.link(id, 'a')).toThrow(RangeError)
      expect(() => heap.unlink('a', id)).toThrow(RangeError)
      expect(() => heap.unlink(id, 'a')).toThrow(RangeError)
      expect(() => heap.addRoot(id)).toThrow(RangeError)
      expect(() => heap.removeRoot(id)).toThrow(RangeError)
      expect(() => collector.color(id)).toThrow(RangeError)
    }
    expect(heap.objects).toEqual(['a', 'b'])
    expect(collector.collect()).toEqual([])
  })

  it('gives lists that belong to the caller', () => {
    const heap = heapOf('ab', 'ab')
    const collector = new Collector(heap)
    heap.objects.pop()
    expect(heap.objects).toEqual(['a', 'b'])
    collector.start()
    collector.greys.pop()
    expect(collector.greys).toEqual(['a', 'b'])
  })
})

describe('Cost', () => {
  it('marks a long chain', () => {
    const found = inGuest((solution: typeof import('./solution'), length: number): [string[], number] => {
      const heap = new solution.Heap()
      heap.alloc('o0')
      heap.alloc('dead')
      let last = 'o0'
      for (let i = 1; i < length; i++) {
        const id = `o${i}`
        heap.alloc(id)
        heap.link(last, id)
        last = id
      }
      heap.addRoot('o0')
      return [new solution.Collector(heap).collect(), heap.objects.length]
    }, 50_000)
    expect(found).toEqual([['dead'], 50_000])
  })

  it('does no more in a step than it was asked to', () => {
    // Ten steps take far less than one look at every object. The quickest of many short rounds counts: a busy machine
    // slows some of them, and never all.
    const driver = (solution: typeof import('./solution'), length: number, rounds: number) => {
      const quickest = (use: () => void): number => {
        let best = Number.POSITIVE_INFINITY
        for (let round = 0; round < rounds; round++) {
          const began = performance.now()
          use()
          best = Math.min(best, performance.now() - began)
        }
        return best
      }
      const ids = Array.from({ length }, (_, i) => `o${i}`)
      const heap = new solution.Heap()
      for (const id of ids) heap.alloc(id)
      for (let i = 1; i < length; i++) heap.link(`o${i - 1}`, `o${i}`)
      heap.addRoot('o0')
      const collector = new solution.Collector(heap)
      collector.start()
      let early = 0
      const tenSteps = quickest(() => {
        for (let step = 0; step < 10; step++) if (collector.step()) early++
      })
      const ends = [early, collector.step(length - 10 * rounds - 1), collector.step()]
      const places = new Map(ids.map((id, i) => [id, i]))
      const look = quickest(() => {
        if (!ids.every((id, i) => places.get(id) === i)) early++
      })
      return { ends, isQuick: tenSteps < look / 6 }
    }
    expect(inGuest(driver, 8_000, 20)).toEqual({ ends: [0, false, true], isQuick: true })
  })
})
