import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { BPlusTree, type NodeDump } from './solution'

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

/** Something to do with a tree; `look` reports what can be seen of it. A bound of null is infinite. */
type Step =
  | readonly ['set', key: number, value: string]
  | readonly ['get' | 'delete', key: number]
  | readonly ['range', lo: number | null, hi: number | null, opts?: { limit?: number; reverse?: boolean }]
  | readonly ['look']

interface Look {
  dump: NodeDump | null
  size: number
  height: number
  visits: number
}

type Entries = Array<[number, string]>

/** Takes these steps beside the solution. Script and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), order: number, script: string): string {
  const tree = new solution.BPlusTree<string>(order)
  const act = (step: Step): unknown => {
    if (step[0] === 'set') return tree.set(step[1], step[2])
    if (step[0] === 'get') return tree.get(step[1])
    if (step[0] === 'delete') return tree.delete(step[1])
    if (step[0] === 'range') return tree.range(step[1] ?? -Infinity, step[2] ?? Infinity, step[3])
    return { dump: tree.dump(), size: tree.size, height: tree.height, visits: tree.nodeVisits }
  }
  return JSON.stringify((JSON.parse(script) as Step[]).map((step) => act(step) ?? null))
}

/** The results of these steps on a new tree; null where there is none. */
const play = (order: number, steps: readonly Step[]): unknown[] =>
  JSON.parse(inGuest(drive, order, JSON.stringify(steps))) as unknown[]

const LOOK: Step = ['look']
const sets = (keys: readonly number[]): Step[] => keys.map((key) => ['set', key, `v${key}`] as const)
const gets = (keys: readonly number[]): Step[] => keys.map((key) => ['get', key] as const)
const deletions = (keys: readonly number[]): Step[] => keys.map((key) => ['delete', key] as const)
const entries = (keys: readonly number[]): Entries => keys.map((key) => [key, `v${key}`])

/** Every rule of the structure, and that the tree holds exactly these keys. */
function expectSound(seen: unknown, order: number, keys: readonly number[]): void {
  const { dump, size, height } = seen as Look
  const sorted = [...keys].sort((a, b) => a - b)
  expect(size).toBe(sorted.length)
  if (sorted.length === 0) {
    expect([dump, height]).toEqual([null, 0])
    return
  }
  const leaves: NodeDump[] = []
  const depths = new Set<number>()
  let wrong = ''
  const visit = (node: NodeDump, depth: number, lo: number, hi: number): void => {
    const fewest = depth === 1 ? 1 : Math.ceil(order / 2) - 1
    if (node.keys.length > order - 1 || node.keys.length < fewest) wrong = 'number of keys'
    if (node.keys.some((key, i) => key <= (node.keys[i - 1] ?? Number.NEGATIVE_INFINITY))) wrong = 'order of keys'
    if (node.keys.some((key) => key < lo || key >= hi)) wrong = 'key beyond its separators'
    if (node.leaf) {
      leaves.push(node)
      depths.add(depth)
      return
    }
    const children = node.children ?? []
    if (children.length !== node.keys.length + 1) wrong = 'number of children'
    children.forEach((child, i) => visit(child, depth + 1, node.keys[i - 1] ?? lo, node.keys[i] ?? hi))
  }
  if (dump) visit(dump, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  if (depths.size !== 1 || !depths.has(height)) wrong = 'depth of leaves'
  if (leaves.some(({ next }, i) => next !== (leaves[i + 1]?.keys[0] ?? null))) wrong = 'links of leaves'
  expect(wrong).toBe('')
  expect(leaves.flatMap((leaf) => leaf.keys)).toEqual(sorted)
}

describe('Structure', () => {
  it('is a B+ tree after every insertion in ascending order', () => {
    for (const order of [3, 4, 5]) {
      const seen = play(order, numbers(1, 31).flatMap((key): Step[] => [...sets([key]), LOOK]))
      for (const key of numbers(1, 31)) expectSound(seen[2 * key - 1], order, numbers(1, key + 1))
    }
  })

  it('is a B+ tree after insertions in descending and in random order', () => {
    for (const order of [3, 4, 5, 7, random.int(8, 16)]) {
      for (const keys of [numbers(0, 70).reverse(), random.shuffle(numbers(0, 70))]) {
        expectSound(play(order, [...sets(keys), LOOK]).at(-1), order, keys)
      }
    }
  })

  it('has a single leaf while its keys fit, and nothing while it is empty', () => {
    const order = random.int(4, 9)
    const tree = new BPlusTree<string>(order)
    expect([tree.dump(), tree.height, tree.size, tree.get(1)]).toEqual([null, 0, 0, undefined])
    expect(tree.nodeVisits).toBe(0)
    for (const key of numbers(1, order)) tree.set(key, 'x')
    expect([tree.dump(), tree.height]).toEqual([{ leaf: true, keys: numbers(1, order), next: null }, 1])
    tree.set(0, 'x')
    expect(tree.height).toBe(2)
  })

  it('replaces a value without changing the structure', () => {
    const keys = numbers(0, 20)
    const replaced = keys.map((key): Step => ['set', key, `new ${key}`])
    const seen = play(4, [...sets(keys), LOOK, ...replaced, LOOK, ...gets(keys)])
    const [before, after] = [seen[20] as Look, seen[41] as Look]
    expect([after.dump, after.size, after.height]).toEqual([before.dump, 20, before.height])
    expect(seen.slice(42)).toEqual(keys.map((key) => `new ${key}`))
  })

  it('takes fractions, negative numbers and values that are undefined', () => {
    const tree = new BPlusTree<number | undefined>(3)
    for (const key of [0.5, -3, 1e9, -2.25]) tree.set(key, undefined)
    expect(tree.range(-10, 1e10)).toEqual([-3, -2.25, 0.5, 1e9].map((key) => [key, undefined]))
    expect([tree.size, tree.delete(-3), tree.delete(-3)]).toEqual([4, true, false])
  })

  it('visits one node on each level to find a key', () => {
    const asked = [0, random.int(1, 298), 299, 500]
    const seen = play(5, [...sets(numbers(0, 300)), LOOK, ...asked.flatMap((key): Step[] => [['get', key], LOOK])])
    const looks = [300, 302, 304, 306, 308].map((at) => seen[at] as Look)
    const height = looks[0]?.height ?? 0
    expect(height).toBeGreaterThanOrEqual(4)
    expect(looks.map(({ visits }) => visits - (looks[0]?.visits ?? 0))).toEqual([0, 1, 2, 3, 4].map((i) => i * height))
    expect(looks.map(({ size }) => size)).toEqual([300, 300, 300, 300, 300])
  })

  it('visits nothing while it is empty, whatever it is asked', () => {
    const gone: Step[] = [...sets([1]), ...deletions([1]), LOOK]
    const looks = play(3, [...gone, ['get', 1], ['range', 0, 9], ['range', 0, 9, { reverse: true }], LOOK])
    const [before, after] = [looks[2] as Look, looks[6] as Look]
    expect([before.height, after.visits]).toEqual([0, before.visits])
  })

  it('needs an order of at least three', () => {
    for (const order of [2, 0, -1, 3.5, Number.NaN]) expect(() => new BPlusTree(order)).toThrow(RangeError)
    expect(new BPlusTree(3).size).toBe(0)
  })
})

describe('Deleting', () => {
  it('is a B+ tree after every deletion, from either end', () => {
    for (const order of [3, 4]) {
      for (const keys of [numbers(0, 24), numbers(0, 24).reverse()]) {
        const removal = keys.flatMap((key): Step[] => [['delete', key], LOOK])
        const seen = play(order, [...sets(numbers(0, 24)), ...removal]).slice(24)
        keys.forEach((_, i) => {
          expect(seen[2 * i]).toBe(true)
          expectSound(seen[2 * i + 1], order, keys.slice(i + 1))
        })
      }
    }
  })

  it('is a B+ tree after deletions in random order', () => {
    for (const order of [3, 4, 5, 6, random.int(7, 12)]) {
      const keys = random.shuffle(numbers(0, 60))
      const removal = keys.flatMap((key): Step[] => [['delete', key], LOOK])
      const seen = play(order, [...sets(random.shuffle(numbers(0, 60))), ...removal, ['set', 7, 'v7'], LOOK]).slice(60)
      keys.forEach((_, i) => {
        if (i % 3 === 2) expectSound(seen[2 * i + 1], order, keys.slice(i + 1))
      })
      expectSound(seen.at(-1), order, [7])
    }
  })

  it('finds every key whose neighbours were deleted', () => {
    for (const order of [3, 4, 5, 3, 4]) {
      const keys = random.shuffle(numbers(0, 90))
      const gone = keys.slice(0, 60)
      const made = [...sets(numbers(0, 90)), ...deletions(random.shuffle(gone)), ...gets(keys)]
      const seen = play(order, made).slice(90)
      expect(seen.slice(0, 60)).toEqual(gone.map(() => true))
      expect(seen.slice(60)).toEqual(keys.map((key, i) => (i < 60 ? null : `v${key}`)))
    }
  })

  it('is a B+ tree when deleted keys come back', () => {
    const all = numbers(0, 60)
    const gone = all.filter((key) => key % 3 !== 1)
    for (const order of [3, 4, 5]) {
      const seen = play(order, [...sets(all), ...deletions(gone), LOOK, ...sets(all), LOOK])
      expectSound(seen[100], order, all.filter((key) => key % 3 === 1))
      expectSound(seen.at(-1), order, all)
    }
  })

  it('keeps every node filled when its neighbours lose keys', () => {
    // Far too few deletions for the root to lose its last key.
    const from = random.int(8, 30)
    for (const first of numbers(from, from + 5)) {
      const gone = numbers(first, first + 8)
      const removal = gone.flatMap((key): Step[] => [['delete', key], LOOK])
      const seen = play(5, [...sets(numbers(0, 60)), ...removal]).slice(60)
      gone.forEach((key, i) => {
        const left = numbers(0, 60).filter((other) => other < first || other > key)
        expectSound(seen[2 * i + 1], 5, left)
      })
    }
  })

  it('changes nothing when the key is not there', () => {
    const seen = play(3, [...sets([2, 4, 6, 8, 10]), LOOK, ...deletions([1, 5, 11]), LOOK]).slice(5)
    expect(seen.slice(1, 4)).toEqual([false, false, false])
    expect((seen[4] as Look).dump).toEqual((seen[0] as Look).dump)
    expect(new BPlusTree(3).delete(1)).toBe(false)
  })

  it('agrees with a Map over a long history', () => {
    for (const order of [3, 4, 32]) {
      const report = inGuest(
        (solution: typeof import('./solution'), fanOut: number, start: number, steps: number) => {
          let state = start
          const draw = (below: number): number => {
            state = (state * 48_271) % 2_147_483_647
            return state % below
          }
          const tree = new solution.BPlusTree<number>(fanOut)
          const map = new Map<number, number>()
          for (let step = 0; step < steps; step++) {
            const key = draw(300)
            const grows = Math.floor(step / 700) % 2 === 0
            if (draw(10) < (grows ? 6 : 3)) {
              tree.set(key, step)
              map.set(key, step)
            } else if (tree.delete(key) !== map.delete(key)) return `deletion at step ${step}`
            const asked = draw(300)
            if (tree.get(asked) !== map.get(asked) || tree.size !== map.size) return `read at step ${step}`
            if (step % 500 !== 0) continue
            const keys = [...map.keys()].sort((a, b) => a - b)
            const listed = tree.range(-1, 1000)
            if (listed.length !== keys.length) return `range at step ${step}`
            if (listed.some(([listedKey, value], i) => listedKey !== keys[i] || value !== map.get(listedKey))) {
              return `entries at step ${step}`
            }
          }
          return 'agrees'
        },
        order,
        random.int(1, 2 ** 31 - 2),
        2_500,
      )
      expect(report).toBe('agrees')
    }
  })

  it('counts a node on each level at least that a set or a deletion looks at', () => {
    const keys = numbers(0, 40)
    const steps = [...sets(keys), ...deletions(keys)].flatMap((step): Step[] => [step, LOOK])
    const looks = play(3, [LOOK, ...steps]).filter((_, i) => i % 2 === 0) as Look[]
    looks.slice(1).forEach(({ visits }, i) => {
      const before = looks[i] as Look
      expect(visits - before.visits).toBeGreaterThanOrEqual(before.height)
    })
  })
})

describe('Ranges', () => {
  const keys = numbers(0, 60).map((i) => i * 10)
  const between = (lo: number, hi: number) => keys.filter((key) => key >= lo && key <= hi)

  it('includes both ends, whether they are keys or not', () => {
    const bounds = [[100, 200], [95, 205], [0, 0], [-5, 5], [581, 2000], [300, 299], [11, 19], [590, 590]] as const
    const asked = bounds.map(([lo, hi]): Step => ['range', lo, hi])
    const seen = play(random.int(3, 6), [...sets(random.shuffle(keys)), ...asked, ['range', null, null]]).slice(60)
    expect(seen).toEqual([...bounds.map(([lo, hi]) => entries(between(lo, hi))), entries(keys)])
    expect(new BPlusTree(3).range(0, 10)).toEqual([])
  })

  it('goes down when reversed', () => {
    const bounds = [[-5, 700], [100, 200], [95, 205], [585, 999], [-9, 5], [11, 19], [300, 299]] as const
    const asked = bounds.map(([lo, hi]): Step => ['range', lo, hi, { reverse: true }])
    for (const order of [3, 4, 5]) {
      const seen = play(order, [...sets(random.shuffle(keys)), ...asked, ['range', null, null, { reverse: true }]])
      const expected = bounds.map(([lo, hi]) => entries(between(lo, hi)).reverse())
      expect(seen.slice(60)).toEqual([...expected, entries(keys).reverse()])
    }
  })

  it('stops at the limit, counted from where it begins', () => {
    const limit = random.int(2, 9)
    const seen = play(4, [
      ...sets(keys),
      ['range', 105, 500, { limit }],
      ['range', 105, 500, { limit, reverse: true }],
      ['range', 0, 99, { limit: 0 }],
      ['range', 0, 25, { limit: 50 }],
    ])
    expect(seen.slice(60)).toEqual([
      entries(between(105, 500).slice(0, limit)),
      entries(between(105, 500).reverse().slice(0, limit)),
      [],
      entries([0, 10, 20]),
    ])
  })

  it('follows the links of the leaves', () => {
    const asked: Step[] = [
      ['range', 100, 299],
      ['range', 100, 299, { reverse: true }],
      ['range', 0, 399, { limit: 3 }],
    ]
    const steps = asked.flatMap((step): Step[] => [step, LOOK])
    const seen = play(5, [...sets(numbers(0, 400)), LOOK, ...steps]).slice(400)
    const looks = [0, 2, 4, 6].map((at) => seen[at] as Look)
    const height = looks[0]?.height ?? 0
    const visits = [1, 2, 3].map((i) => (looks[i]?.visits ?? 0) - (looks[i - 1]?.visits ?? 0))
    expect([1, 3, 5].map((at) => (seen[at] as Entries).length)).toEqual([200, 200, 3])
    // A leaf holds two to four keys.
    for (const made of visits.slice(0, 2)) {
      expect(made).toBeLessThanOrEqual(height + 101)
      expect(made).toBeGreaterThanOrEqual(height + 49)
    }
    expect(visits[2]).toBeGreaterThanOrEqual(height)
    expect(visits[2]).toBeLessThanOrEqual(height + 2)
  })

  it('still goes both ways after splits and merges', () => {
    for (const order of [3, 3, 4, 4, 5]) {
      const gone = random.shuffle(keys).slice(0, 40)
      const left = keys.filter((key) => !gone.includes(key))
      const asked: Step[] = [['range', null, 999], ['range', -1, null, { reverse: true }]]
      const seen = play(order, [...sets(random.shuffle(keys)), ...deletions(gone), ...asked])
      expect(seen.slice(-2)).toEqual([entries(left), entries(left).reverse()])
    }
  })
})
