import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { type Bound, ZSet } from './solution'

const ALL: [Bound, Bound] = [{ score: Number.NEGATIVE_INFINITY }, { score: Number.POSITIVE_INFINITY }]
const names = (entries: ReadonlyArray<readonly [string, number]>) => entries.map(([member]) => member)

/** A set with random heights that depend on the seed of the run alone. */
function seeded(): ZSet {
  return new ZSet({ rng: () => random.next() })
}

function filled(entries: ReadonlyArray<readonly [string, number]>): ZSet {
  const set = seeded()
  for (const [member, score] of entries) set.add(score, member)
  return set
}

/** The entries of a map in the order of a sorted set; members are plain ASCII. */
function sorted(scores: ReadonlyMap<string, number>): Array<[string, number]> {
  return [...scores].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
}

type Method = 'add' | 'incrBy' | 'remove' | 'score' | 'rank' | 'rangeByRank' | 'rangeByScore' | 'count'
type Call = readonly [Method, ...unknown[]] | readonly ['size'] | readonly ['level']

interface Setting {
  maxLevel?: number
  /** What the generator gives first; random numbers follow if there is a start for them, else 0.25. */
  numbers?: number[]
  start?: number
}

/** Makes these calls beside the solution. Calls and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), setting: Setting, script: string): string {
  const { maxLevel, numbers = [], start } = setting
  let state = start ?? 0
  const rng = (): number => {
    const given = numbers.shift()
    if (given !== undefined || start === undefined) return given ?? 0.25
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const set = new solution.ZSet({ rng, maxLevel })
  const results = (JSON.parse(script) as Call[]).map(([name, ...args]) => {
    if (name === 'size' || name === 'level') return set[name]
    return (set[name] as (...args: unknown[]) => unknown).apply(set, args)
  })
  return JSON.stringify(results)
}

/** The results of these calls on a new set; random heights unless the setting says otherwise. */
const play = (calls: readonly Call[], setting: Setting = { start: random.int(1, 2 ** 31 - 2) }): unknown[] =>
  JSON.parse(inGuest(drive, setting, JSON.stringify(calls))) as unknown[]

/** The results of these calls on a set that holds the entries. */
function ask(entries: ReadonlyArray<readonly [string, number]>, calls: readonly Call[]): unknown[] {
  const adding = entries.map(([member, score]): Call => ['add', score, member])
  return play([...adding, ...calls]).slice(adding.length)
}

const EVERYTHING: Call = ['rangeByRank', 0, -1]
const members = (result: unknown) => names(result as Array<[string, number]>)

const isWithin = (score: number, min: Bound, max: Bound) =>
  (min.exclusive ? score > min.score : score >= min.score) && (max.exclusive ? score < max.score : score <= max.score)

describe('Members and scores', () => {
  it('says whether a member was added, moved or left as it was', () => {
    const set = seeded()
    expect([set.add(1, 'a'), set.add(1, 'a'), set.add(2, 'a'), set.add(1, 'b')]).toEqual([
      'added',
      'same',
      'updated',
      'added',
    ])
    expect([set.size, set.score('a'), set.score('c')]).toEqual([2, 2, undefined])
  })

  it('holds a member once, at its latest score', () => {
    const scores = [5, 0, 2.5, -7, 2]
    const calls = scores.flatMap((score): Call[] => [['add', score, 'b'], EVERYTHING, ['score', 'b'], ['size']])
    const results = ask([['a', 1], ['b', 2], ['c', 3]], calls)
    const expected = scores.flatMap((score) => {
      const list = sorted(new Map([['a', 1], ['b', score], ['c', 3]]))
      return ['updated', list, score, 3]
    })
    expect(results).toEqual(expected)
  })

  it('orders equal scores by bytes, capitals before small letters', () => {
    const several = ['b', 'B', 'a', 'Z', 'ä', 'a1', 'a', '', '10', '9']
    const [list] = ask(several.map((member) => [member, 7] as const), [EVERYTHING])
    expect(members(list)).toEqual(['', '10', '9', 'B', 'Z', 'a', 'a1', 'b', 'ä'])
  })

  it('orders by the bytes of UTF-8 beyond the basic plane too', () => {
    // U+FF5E has three bytes beginning with EF, U+1F642 has four beginning with F0.
    const several = ['🙂', '～', '数', 'x🙂', 'x～'].map((member) => [member, 1] as const)
    const [list, ...others] = ask(several, [
      EVERYTHING,
      ['rank', '～'],
      ['rank', '🙂'],
      ['remove', '🙂'],
      ['rank', '～'],
    ])
    expect(members(list)).toEqual(['x～', 'x🙂', '数', '～', '🙂'])
    expect(others).toEqual([3, 4, true, 3])
  })

  it('orders by code points on both sides of the surrogates', () => {
    const ordered = ['\u{d7a3}', '\u{e000}', '\u{ff5e}', '\u{10000}', '\u{1f642}']
    const [list] = ask(random.shuffle(ordered).map((member) => [member, 1] as const), [EVERYTHING])
    expect(members(list)).toEqual(ordered)
  })

  it('removes members, and says whether they were there', () => {
    const set = filled([['a', 1], ['b', 1], ['c', 1]])
    expect([set.remove('b'), set.remove('b'), set.size]).toEqual([true, false, 2])
    expect([set.score('b'), set.rank('b'), set.rank('c')]).toEqual([undefined, null, 1])
    expect(set.add(0, 'b')).toBe('added')
    expect(names(set.rangeByRank(0, -1))).toEqual(['b', 'a', 'c'])
  })

  it('adds to a score, counting a missing one as 0', () => {
    const set = seeded()
    expect([set.incrBy(5, 'a'), set.incrBy(-7, 'a'), set.incrBy(1, 'b'), set.incrBy(0, 'c')]).toEqual([5, -2, 1, 0])
    expect(set.rangeByRank(0, -1)).toEqual([['a', -2], ['c', 0], ['b', 1]])
  })

  it('takes infinite scores', () => {
    const set = filled([['top', Number.POSITIVE_INFINITY], ['low', Number.NEGATIVE_INFINITY], ['mid', 0]])
    expect(names(set.rangeByRank(0, -1))).toEqual(['low', 'mid', 'top'])
    expect(names(set.rangeByScore(...ALL))).toEqual(['low', 'mid', 'top'])
  })

  it('refuses a score that is not a number', () => {
    const set = filled([['a', 1]])
    expect(() => set.add(Number.NaN, 'a')).toThrow(RangeError)
    expect(() => set.add(Number.NaN, 'b')).toThrow(RangeError)
    expect(() => set.rangeByScore({ score: Number.NaN }, { score: 1 })).toThrow(RangeError)
    expect(() => set.count({ score: 1 }, { score: Number.NaN })).toThrow(RangeError)
    expect([set.score('a'), set.size]).toEqual([1, 1])
  })

  it('refuses an increment whose result is not a number, and changes nothing', () => {
    const set = filled([['a', Number.POSITIVE_INFINITY], ['b', 1]])
    expect(() => set.incrBy(Number.NEGATIVE_INFINITY, 'a')).toThrow(RangeError)
    expect(() => set.incrBy(Number.NaN, 'c')).toThrow(RangeError)
    expect(set.rangeByRank(0, -1)).toEqual([['b', 1], ['a', Number.POSITIVE_INFINITY]])
  })
})

describe('Ranks and ranges', () => {
  const letters: Array<[string, number]> = [...'abcdefgh'].map((letter, i) => [letter, i * 10])

  it('ranks from either end', () => {
    const calls = letters.flatMap(([member]): Call[] => [['rank', member], ['rank', member, true]])
    expect(ask(random.shuffle(letters), calls)).toEqual(letters.flatMap((_, i) => [i, 7 - i]))
  })

  it('gives ranges of ranks, negative ones counted from the end', () => {
    const calls: Call[] = []
    const expected: unknown[] = []
    for (let start = -10; start <= 9; start++) {
      for (let stop = -10; stop <= 9; stop += 3) {
        calls.push(['rangeByRank', start, stop])
        const last = stop < 0 ? stop + 8 : stop
        expected.push(last < 0 ? [] : letters.slice(start, last + 1))
      }
    }
    expect(ask(random.shuffle(letters), calls)).toEqual(expected)
  })

  it('gives a single place at either end', () => {
    const lists = ask(random.shuffle(letters), [['rangeByRank', 0, 0], ['rangeByRank', 0, 0, true]])
    expect(lists).toEqual([[letters[0]], [letters[7]]])
  })

  it('gives ranges of ranks from the highest down', () => {
    const set = filled(random.shuffle(letters))
    const down = [...letters].reverse()
    expect(set.rangeByRank(0, 2, true)).toEqual(down.slice(0, 3))
    expect(set.rangeByRank(-2, -1, true)).toEqual(down.slice(-2))
    expect(set.rangeByRank(5, 100, true)).toEqual(down.slice(5))
    expect(set.rangeByRank(3, 2, true)).toEqual([])
  })

  it('gives ranges of scores, with bounds that belong or do not', () => {
    const cases: Array<[string, Bound, Bound]> = [
      ['cdef', { score: 20 }, { score: 50 }],
      ['def', { score: 20, exclusive: true }, { score: 50 }],
      ['cde', { score: 20 }, { score: 50, exclusive: true }],
      ['', { score: 20, exclusive: true }, { score: 20 }],
      ['', { score: 21 }, { score: 29 }],
      ['', { score: 50 }, { score: 20 }],
    ]
    const lists = ask(random.shuffle(letters), cases.map(([, min, max]): Call => ['rangeByScore', min, max]))
    expect(lists.map((list) => members(list).join(''))).toEqual(cases.map(([expected]) => expected))
    const counts = ask(random.shuffle(letters), cases.map(([, min, max]): Call => ['count', min, max]))
    expect(counts).toEqual(cases.map(([expected]) => expected.length))
  })

  it('skips an offset and stops at a count', () => {
    const range = (offset?: number, count?: number): Call => {
      return ['rangeByScore', { score: 10 }, { score: 60 }, { offset, count }]
    }
    const whole = [range(), range(2), range(99)]
    const cut = [range(2, 2), range(undefined, 3), range(0, 0), range(5, 9), range(6, 1)]
    const lists = ask(random.shuffle(letters), [...whole, ...cut])
    expect(lists.map((list) => members(list).join(''))).toEqual(['bcdefg', 'defg', '', 'de', 'bcd', '', 'g', ''])
  })

  it('agrees with a sorted list after any history', () => {
    const scores = new Map<string, number>()
    const calls: Call[] = []
    const expected: unknown[] = []
    const call = (result: unknown, ...made: Call) => {
      calls.push(made)
      expected.push(result)
    }
    for (let step = 0; step < 160; step++) {
      const member = `m${random.int(0, 40)}`
      if (random.int(0, 9) < 6) {
        const score = random.int(0, 15)
        const known = scores.get(member)
        call(known === undefined ? 'added' : known === score ? 'same' : 'updated', 'add', score, member)
        scores.set(member, score)
      } else call(scores.delete(member), 'remove', member)
      const list = sorted(scores)
      const at = list.findIndex(([other]) => other === member)
      call(at === -1 ? null : at, 'rank', member)
      call(at === -1 ? null : list.length - 1 - at, 'rank', member, true)
      if (step % 5 !== 0) continue
      call(list, 'rangeByRank', 0, -1)
      const min = { score: random.int(-1, 12), exclusive: random.next() < 0.5 }
      const max = { score: random.int(3, 16), exclusive: random.next() < 0.5 }
      const between = list.filter(([, score]) => isWithin(score, min, max))
      call(between.length, 'count', min, max)
      call(between.slice(1, 6), 'rangeByScore', min, max, { offset: 1, count: 5 })
    }
    const differs = play(calls).map((result, i) => JSON.stringify(result) !== JSON.stringify(expected[i]))
    expect(calls[differs.indexOf(true)]).toBeUndefined()
  })

  it('keeps its ranks right through thousands of changes', () => {
    const report = inGuest(
      (solution: typeof import('./solution'), start: number, steps: number) => {
        let state = start
        const draw = (below: number): number => {
          state = (state * 48_271) % 2_147_483_647
          return state % below
        }
        const set = new solution.ZSet({ rng: () => draw(1 << 20) / (1 << 20) })
        const scores = new Map<string, number>()
        for (let step = 0; step < steps; step++) {
          const member = `m${draw(300)}`
          if (draw(3) > 0) {
            const score = draw(100)
            set.add(score, member)
            scores.set(member, score)
          } else if (set.remove(member) !== scores.delete(member)) return `removal at step ${step}`
          if (step % 500 !== 0) continue
          const list = [...scores].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
          for (let i = 0; i < list.length; i++) {
            const [other, score] = list[i] ?? ['', 0]
            if (set.rank(other) !== i) return `rank at step ${step}`
            const [found] = set.rangeByRank(i, i)
            if (found?.[0] !== other || found[1] !== score) return `entry at step ${step}`
          }
        }
        return 'agrees'
      },
      random.int(1, 2 ** 31 - 2),
      2_501,
    )
    expect(report).toBe('agrees')
  })
})

/** Random numbers that let entries reach these heights, one after the other. */
function heights(...wanted: number[]): number[] {
  return wanted.flatMap((height) => [...Array.from({ length: height - 1 }, () => 0.2499), 0.25])
}

describe('Levels', () => {
  it('begins with one level and grows with its highest entry', () => {
    const numbers = heights(1, 3, 2, 5)
    const set = new ZSet({ rng: () => numbers.shift() ?? 0.25 })
    const levels = [set.level]
    for (const member of ['a', 'b', 'c', 'd']) {
      set.add(1, member)
      levels.push(set.level)
    }
    expect(levels).toEqual([1, 1, 3, 3, 5])
  })

  it('loses the levels that nobody reaches any more', () => {
    const adding = ['a', 'b', 'c'].map((member): Call => ['add', 1, member])
    const removing = ['b', 'a', 'c'].flatMap((member): Call[] => [['remove', member], ['level']])
    const results = play([...adding, ['level'], ...removing], { numbers: heights(2, 5, 3) })
    expect(results.slice(3)).toEqual([5, true, 3, true, 3, true, 1])
  })

  it('does not grow above the cap', () => {
    const numbers = Array<number>(200).fill(0)
    const calls: Call[] = [
      ...['b', 'a', 'c'].map((member): Call => ['add', 1, member]),
      ['level'],
      ...['a', 'b', 'c'].map((member): Call => ['rank', member]),
    ]
    for (const maxLevel of [1, 4]) {
      expect(play(calls, { maxLevel, numbers }).slice(3)).toEqual([maxLevel, 0, 1, 2])
    }
    expect(play(calls, { numbers }).slice(3)).toEqual([32, 0, 1, 2])
  })
})

/**
 * For each kind of call, whether a few of them at the far end of a large set take hardly longer than on a small one.
 * The large set is 32 times the small one: a search takes a few steps more there, a walk over all entries 32 times as
 * many. The quickest of many short rounds counts: a busy machine slows some of them, a walk all of them.
 */
function fastKinds(solution: typeof import('./solution'), small: number, large: number): string[] {
  const rounds = 8
  const calls = 60
  const kinds: Record<string, (set: ZSet, i: number) => void> = {
    add: (set, i) => {
      set.add(i + 20, 'guest')
      set.remove('guest')
    },
    rank: (set, i) => set.rank(`member ${i}`),
    count: (set, i) => set.count({ score: i }, { score: i }),
    range: (set, i) => set.rangeByRank(i, i),
  }
  const filled = (size: number): ZSet => {
    const set = new solution.ZSet()
    for (let i = 0; i < size; i++) set.add(i, `member ${i}`)
    return set
  }
  const duration = (set: ZSet, call: (set: ZSet, i: number) => void): number => {
    const last = set.size - 1
    const began = performance.now()
    for (let i = 0; i < calls; i++) call(set, last - (i % 20))
    return performance.now() - began
  }
  const few = filled(small)
  const many = filled(large)
  const isFast = (call: (set: ZSet, i: number) => void): boolean => {
    const quickest = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY }
    for (let round = 0; round < rounds; round++) {
      quickest.few = Math.min(quickest.few, duration(few, call))
      quickest.many = Math.min(quickest.many, duration(many, call))
      // The first rounds compile the code; they say nothing about the small set.
      if (round > 2 && quickest.many < Math.max(0.02, 8 * quickest.few)) return true
    }
    return false
  }
  return Object.keys(kinds).filter((kind) => isFast(kinds[kind] ?? (() => {})))
}

describe('Cost', () => {
  let measured: string[] | undefined
  const expectFast = (kind: string) => {
    measured ??= inGuest(fastKinds, 125, 4_000)
    expect(measured).toContain(kind)
  }

  it('adds and removes without walking over all entries', () => {
    expectFast('add')
  })

  it('finds ranks without walking over all entries', () => {
    expectFast('rank')
  })

  it('counts without walking over all entries', () => {
    expectFast('count')
  })

  it('finds the beginning of a range without walking over all entries', () => {
    expectFast('range')
  })
})
