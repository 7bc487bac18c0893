import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { Dict } from './solution'

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

/** Keys are numbers as text, and each is its own hash. */
function numbered(keys: readonly number[]): Dict<number> {
  const dict = new Dict<number>({ hash: Number })
  for (const key of keys) dict.set(String(key), key)
  return dict
}

/**
 * What a script does with such a dictionary. `finish` reads until no rehash is going on, `scan` makes at most so many
 * calls of the one scan of the script.
 */
type Step =
  | readonly ['set' | 'get' | 'has' | 'delete' | 'scan', number]
  | readonly ['fork', boolean]
  | readonly ['finish']

interface Seen {
  result: unknown
  size: number
  tables: readonly [number, number]
  rehashing: boolean
  moved: number
}

interface Scanned {
  visited: number[]
  over: boolean
}

/** Runs beside the solution. Script and report travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), script: string): string {
  const steps = JSON.parse(script) as Step[]
  const dict = new solution.Dict<number>({ hash: Number })
  let cursor = 0
  let begun = false
  const act = ([name, what]: Step): unknown => {
    const key = String(what)
    if (name === 'set') return dict.set(key, Number(what))
    if (name === 'get') return dict.get(key)
    if (name === 'has') return dict.has(key)
    if (name === 'delete') return dict.delete(key)
    if (name === 'fork') return dict.setForkActive(what === true)
    if (name === 'finish') {
      let reads = 0
      for (; dict.rehashing && reads < 60; reads++) dict.get('777')
      return reads
    }
    const visited: number[] = []
    for (let calls = 0; calls < Number(what) && !(begun && cursor === 0); calls++) {
      cursor = dict.scan(cursor, (_, value) => visited.push(value))
      begun = true
    }
    return { visited, over: begun && cursor === 0 }
  }
  const report = steps.map((step) => {
    const result = act(step)
    const { size, tables, rehashing, movedBuckets: moved } = dict
    return { result, size, tables, rehashing, moved }
  })
  return JSON.stringify(report)
}

/** What was seen after each step of a script. */
const play = (steps: readonly Step[]): Seen[] => JSON.parse(inGuest(drive, JSON.stringify(steps))) as Seen[]
/** What was seen after the last step. */
const after = (steps: readonly Step[]): Seen => play(steps).at(-1) as Seen
const each = (name: 'set' | 'get' | 'has' | 'delete', keys: readonly number[]): Step[] =>
  keys.map((key) => [name, key] as const)

const FINISH: Step = ['finish']
/** A table of 128 buckets that has just begun to shrink; the keys from 53 to 64 are left. */
const SHRINKING: Step[] = [...each('set', numbers(0, 65)), FINISH, ...each('delete', numbers(0, 53))]

describe('Keys and values', () => {
  it('finds keys in both tables while it rehashes', () => {
    const keys = numbers(0, 9)
    const dict = numbered(keys)
    expect(dict.rehashing).toBe(true)
    expect(keys.slice(5).map((key) => dict.get(String(key)))).toEqual(keys.slice(5))
    expect(dict.rehashing).toBe(true)
    expect(keys.map((key) => dict.has(String(key)))).toEqual(keys.map(() => true))
    const script = play([...each('set', numbers(0, 33)), ...each('get', numbers(0, 33))]).slice(33)
    expect(script.map(({ result }) => result)).toEqual(numbers(0, 33))
  })

  it('counts the keys of both tables', () => {
    expect(play(each('set', numbers(0, 40))).map(({ size }) => size)).toEqual(numbers(1, 41))
  })

  it('keeps one copy of a key that is written while it rehashes', () => {
    const dict = numbered(numbers(0, 5))
    dict.set('3', 33)
    dict.set('4', 44)
    expect([dict.size, dict.get('3'), dict.get('4')]).toEqual([5, 33, 44])
    expect(dict.delete('3')).toBe(true)
    expect([dict.has('3'), dict.delete('3'), dict.size]).toEqual([false, false, 4])
    expect([dict.rehashing, dict.get('3'), dict.get('4'), dict.size]).toEqual([false, undefined, 44, 4])
  })

  it('deletes keys from either table while it rehashes', () => {
    const gone = [16, 0, 15, 1]
    const seen = play([
      ...each('set', numbers(0, 17)),
      ...each('delete', gone),
      ...each('has', gone),
      FINISH,
      ...each('has', numbers(0, 17)),
    ])
    const results = seen.map(({ result }) => result)
    expect(results.slice(17, 21)).toEqual([true, true, true, true])
    expect(results.slice(21, 25)).toEqual([false, false, false, false])
    expect(numbers(0, 17).filter((key) => results[26 + key] === true)).toEqual(numbers(2, 15))
    expect(seen.at(-1)?.size).toBe(13)
  })

  it('takes any number for a hash, and any value', () => {
    const found = inGuest((solution: typeof import('./solution')) => {
      const hashes = [() => -1, () => 2 ** 32 - 1, () => 7, (key: string) => -Number(key)]
      return hashes.map((hash) => {
        const dict = new solution.Dict<number | undefined>({ hash })
        for (let key = 0; key < 12; key++) dict.set(String(key), key === 5 ? undefined : key)
        const values = Array.from({ length: 12 }, (_, key) => dict.get(String(key)) ?? 'nothing')
        return [...values, dict.has('5'), dict.has('12'), dict.size]
      })
    })
    const values = numbers(0, 12).map((key) => (key === 5 ? 'nothing' : key))
    expect(found).toEqual(numbers(0, 4).map(() => [...values, true, false, 12]))
  })

  it('agrees with a Map over a long history, whatever the hash', () => {
    for (const kind of ['spread', 'poor', 'constant']) {
      const report = inGuest(
        (solution: typeof import('./solution'), hashKind: string, start: number, steps: number) => {
          const hashOf = (key: string): number => {
            const number = Number(key.slice(1))
            if (hashKind === 'constant') return 5
            return hashKind === 'poor' ? number % 37 : Math.imul(number, 0x9e3779b1)
          }
          let state = start
          const draw = (below: number): number => {
            state = (state * 48_271) % 2_147_483_647
            return state % below
          }
          const dict = new solution.Dict<number>({ hash: hashOf })
          const map = new Map<string, number>()
          const keys = hashKind === 'spread' ? 500 : 60
          for (let step = 0; step < steps; step++) {
            const key = `k${draw(keys)}`
            // Times of growing and times of shrinking take turns.
            const grows = Math.floor(step / 2000) % 2 === 0
            const action = draw(10)
            if (action < (grows ? 5 : 1)) {
              dict.set(key, step)
              map.set(key, step)
            } else if (action < 7) {
              if (dict.delete(key) !== map.delete(key)) return `delete at step ${step}`
            } else if (dict.get(key) !== map.get(key) || dict.has(key) !== map.has(key)) return `read at step ${step}`
            if (dict.size !== map.size) return `size at step ${step}`
          }
          for (const [key, value] of map) if (dict.get(key) !== value) return `${key} at the end`
          return 'agrees'
        },
        kind,
        random.int(1, 2 ** 31 - 2),
        kind === 'spread' ? 8_000 : 3_000,
      )
      expect(report).toBe('agrees')
    }
  })
})

describe('Resizing', () => {
  it('grows when a key is added and there are as many as buckets', () => {
    const seen = play(numbers(0, 40).flatMap((key): Step[] => [['set', key], FINISH]))
    const sizes = numbers(0, 40).map((key) => seen[2 * key + 1]?.tables)
    expect(sizes).toEqual(numbers(1, 41).map((used) => [4 * 2 ** Math.max(0, Math.ceil(Math.log2(used / 4))), 0]))
  })

  it('does not grow when a key is only replaced', () => {
    const dict = numbered(numbers(0, 4))
    for (const key of [0, 1, 2, 3]) dict.set(String(key), 9)
    expect(dict.tables).toEqual([4, 0])
  })

  it('waits with growing while a fork is active, up to five keys a bucket', () => {
    const seen = play([['fork', true], ...each('set', numbers(0, 22))])
    expect(seen.slice(0, 22).map(({ tables }) => tables)).toEqual(numbers(0, 22).map(() => [4, 0]))
    expect([seen.at(-1)?.rehashing, seen.at(-1)?.tables[0]]).toEqual([true, 4])
  })

  it('goes straight to the power of two above the number of keys', () => {
    const forked = numbers(0, random.int(9, 15))
    const seen = after([['fork', true], ...each('set', forked), ['fork', false], ['set', 99]])
    expect(seen.tables).toEqual([4, 16])
    const sixteen: Step[] = [['fork', true], ...each('set', numbers(0, 16)), ['fork', false], ['set', 99]]
    expect(after(sixteen).tables).toEqual([4, 32])
  })

  it('changes no table when a fork begins or ends', () => {
    const crowded: Step[] = [['fork', true], ...each('set', numbers(0, 9)), ['fork', false]]
    expect(after(crowded).tables).toEqual([4, 0])
    const sparse: Step[] = [...each('set', numbers(0, 33)), FINISH, ['fork', true], ...each('delete', numbers(0, 30))]
    expect(after([...sparse, ['fork', false], ['get', 31], ['delete', 777]]).tables).toEqual([64, 0])
  })

  it('goes on with a rehash while a fork is active', () => {
    const seen = after([...each('set', numbers(0, 9)), ['fork', true], FINISH])
    expect([seen.tables, seen.result]).toEqual([[16, 0], 8])
  })

  it('shrinks when a deletion leaves it less than a tenth full', () => {
    const seen = play([...SHRINKING, FINISH, ...each('get', numbers(53, 65))])
    expect(seen[SHRINKING.length - 2]?.tables).toEqual([128, 0])
    expect(seen[SHRINKING.length - 1]?.tables).toEqual([128, 16])
    expect(seen[SHRINKING.length]?.tables).toEqual([16, 0])
    expect(seen.slice(SHRINKING.length + 1).map(({ result }) => result)).toEqual(numbers(53, 65))
  })

  it('chooses the smallest power of two that holds what is left', () => {
    // Deletions during a fork leave as many keys as we like; the first one after it starts the rehash.
    const tables = [2, 4, 5, 8, 9].map((left) => {
      const kept = numbers(0, left + 1)
      const forked: Step[] = [['fork', true], ...each('delete', numbers(left + 1, 129)), ['fork', false]]
      const seen = play([...each('set', numbers(0, 129)), ...each('get', numbers(0, 129)), ...forked, ['delete', 0]])
      expect(seen.at(-1)?.size).toBe(kept.length - 1)
      return seen.at(-1)?.tables
    })
    expect(tables).toEqual([[256, 4], [256, 4], [256, 8], [256, 8], [256, 16]])
  })

  it('does not shrink below four buckets', () => {
    const seen = play([
      ...each('set', numbers(0, 5)),
      FINISH,
      ...numbers(0, 5).flatMap((key): Step[] => [['delete', key], FINISH]),
      ['delete', 0],
    ])
    expect([seen.at(-2)?.tables, seen.at(-2)?.size]).toEqual([[4, 0], 0])
    expect(seen.at(-1)?.tables).toEqual([4, 0])
    expect(after([['set', 0], ['delete', 0]]).tables).toEqual([4, 0])
  })

  it('does not shrink while a fork is active', () => {
    const forked: Step[] = [...each('set', numbers(0, 33)), FINISH, ['fork', true], ...each('delete', numbers(0, 30))]
    expect(after(forked).tables).toEqual([64, 0])
    expect(after([...forked, ['fork', false], ['delete', 30]]).tables).toEqual([64, 4])
  })
})

describe('Incremental steps', () => {
  it('leaves all entries where they are when it begins to resize', () => {
    const seen = play([...each('set', numbers(0, 8)), FINISH, ['set', 8]])
    const [before, begun] = seen.slice(-2)
    expect([begun?.rehashing, begun?.tables, begun?.moved]).toEqual([true, [8, 16], before?.moved])
  })

  it('moves one bucket with each read, write and deletion', () => {
    const steps: Step[] = [['get', 7], ['has', 777], ['set', 900], ['set', 5], ['delete', 6], ['delete', 777]]
    const seen = play([...each('set', numbers(0, 17)), ...steps])
    const from = seen[16]?.moved ?? 0
    expect(seen.slice(17).map(({ moved }) => moved)).toEqual(numbers(from + 1, from + 7))
    expect(seen.at(-1)?.rehashing).toBe(true)
  })

  it('moves whole buckets, however long their chains', () => {
    const dict = new Dict<number>({ hash: () => 2 })
    for (const key of numbers(0, 5)) dict.set(`k${key}`, key)
    expect(dict.tables).toEqual([4, 8])
    dict.get('k0')
    expect([dict.movedBuckets, dict.tables]).toEqual([1, [8, 0]])
  })

  it('passes at most ten empty buckets in a step', () => {
    // What is left lies in the buckets from 53 to 64: five steps over ten empty buckets each, then twelve that move.
    const moves = play([...SHRINKING, ...each('get', numbers(0, 17))]).slice(SHRINKING.length - 1)
    const from = moves[0]?.moved ?? 0
    expect(moves.map(({ moved }) => moved - from)).toEqual([0, 0, 0, 0, 0, ...numbers(0, 13)])
    expect(moves.map(({ rehashing }) => rehashing)).toEqual([...numbers(0, 17).map(() => true), false])
  })

  it('puts new keys into the second table', () => {
    // The buckets to which these keys would belong in the old table have been moved already.
    const late = [32, 33, 48, 49]
    const steps: Step[] = [...each('set', numbers(0, 17)), ['get', 0], ['get', 0], ...each('set', late), FINISH]
    const seen = play([...steps, ...each('get', late)])
    expect(seen.slice(-4).map(({ result }) => result)).toEqual(late)
    expect(seen.at(-1)?.size).toBe(21)
  })

  it('takes the second table for the first when the old one is empty', () => {
    const seen = play([...each('set', numbers(0, 9)), ...each('get', numbers(0, 8))])
    expect(seen.at(-2)?.tables).toEqual([8, 16])
    expect([seen.at(-1)?.tables, seen.at(-1)?.rehashing]).toEqual([[16, 0], false])
  })
})

/** All that the scan of a script visited; the script must bring it to its end. */
function visited(seen: readonly Seen[]): number[] {
  const scans = seen.map(({ result }) => result as Scanned | null).filter((scan) => scan?.visited !== undefined)
  expect(scans.at(-1)?.over).toBe(true)
  return scans.flatMap((scan) => scan?.visited ?? [])
}

const missing = (keys: readonly number[], seen: readonly Seen[]) => {
  const found = new Set(visited(seen))
  return keys.filter((key) => !found.has(key))
}

const TO_THE_END: Step = ['scan', 400]

describe('Scan', () => {
  it('visits every key once if nothing changes', () => {
    for (const count of [0, 1, 4, 30]) {
      const seen = play([...each('set', numbers(0, count)), FINISH, TO_THE_END])
      expect(visited(seen).sort((a, b) => a - b)).toEqual(numbers(0, count))
    }
  })

  it('visits one bucket in a call, with keys and values', () => {
    const dict = numbered(numbers(0, 4))
    const keys: string[] = []
    let cursor = 0
    for (let call = 1; call <= 4; call++) {
      cursor = dict.scan(cursor, (key, value) => keys.push(`${key}=${value}`))
      expect([keys.length, cursor === 0]).toEqual([call, call === 4])
    }
    expect(keys.sort()).toEqual(['0=0', '1=1', '2=2', '3=3'])
  })

  it('visits the keys of both tables while the dictionary rehashes', () => {
    const grown = play([...each('set', numbers(0, 33)), ...each('get', numbers(0, 9)), TO_THE_END])
    expect(missing(numbers(0, 33), grown)).toEqual([])
    expect(grown.at(-1)?.rehashing).toBe(true)
    const shrunk = play([...SHRINKING, ...each('get', numbers(0, 7)), TO_THE_END])
    expect(missing(numbers(53, 65), shrunk)).toEqual([])
    expect(shrunk.at(-1)?.rehashing).toBe(true)
  })

  it('visits the bucket of the smaller table and those of the larger one that belong to it', () => {
    // Some buckets of 16 have moved to a table of 32; each call meets the keys that agree in their lowest four bits.
    const seen = play([...each('set', numbers(0, 24)), ...numbers(0, 16).map((): Step => ['scan', 1])])
    const calls = seen.slice(24).map(({ result }) => (result as Scanned).visited)
    expect(seen[23]?.rehashing).toBe(true)
    for (const call of calls) expect(new Set(call.map((key) => key % 16)).size).toBe(1)
    expect(calls.flat().sort((a, b) => a - b)).toEqual(numbers(0, 24))
    expect((seen.at(-1)?.result as Scanned).over).toBe(true)
  })

  it('does not move anything itself', () => {
    const [before, end] = play([...each('set', numbers(0, 9)), TO_THE_END]).slice(-2)
    expect([end?.moved, end?.rehashing]).toEqual([before?.moved, true])
  })

  it('misses no key when the table grows between calls', () => {
    const old = numbers(0, 14)
    const fresh = (i: number): Step[] => each('set', numbers(1000 + 4 * i, 1004 + 4 * i))
    const growing = numbers(0, 25).flatMap((i): Step[] => [['scan', 1], ...fresh(i)])
    const seen = play([...each('set', old), FINISH, ...growing, TO_THE_END])
    expect(seen.at(-1)?.tables[0]).toBeGreaterThan(16)
    expect(missing(old, seen)).toEqual([])
  })

  it('misses no key when the table shrinks between calls', () => {
    const stay = [3, 15, 27, 39, 51, 63]
    const others = numbers(0, 65).filter((key) => !stay.includes(key))
    for (const pause of [10, 30]) {
      const before: Step[] = [...each('set', numbers(0, 65)), FINISH, ['scan', pause]]
      const seen = play([...before, ...each('delete', others), FINISH, TO_THE_END])
      expect(seen.at(-1)?.tables).toEqual([16, 0])
      expect(missing(stay, seen)).toEqual([])
    }
  })

  it('misses no key in any history of growing and shrinking', () => {
    const missed = inGuest(
      (solution: typeof import('./solution'), start: number) => {
        let state = start
        const draw = (below: number): number => {
          state = (state * 48_271) % 2_147_483_647
          return state % below
        }
        let lost = 0
        for (let round = 0; round < 6; round++) {
          const dict = new solution.Dict<number>({ hash: Number })
          const present = new Set<number>()
          const change = (grow: boolean, keep: ReadonlySet<number>): void => {
            for (let i = draw(60); i > 0; i--) {
              const key = 1 + draw(600)
              if (grow) present.add(key)
              if (grow) dict.set(String(key), key)
              else if (!keep.has(key)) {
                dict.delete(String(key))
                present.delete(key)
              }
            }
          }
          for (let i = 0; i < 8; i++) change(true, present)
          const throughout = new Set([...present].filter((key) => key % 9 === 0))
          const seen = new Set<string>()
          let cursor = 0
          let calls = 0
          do {
            cursor = dict.scan(cursor, (key) => seen.add(key))
            for (let i = draw(5); i > 0; i--) change(Math.floor(calls / 20) % 2 === 1, throughout)
            calls++
          } while (cursor !== 0 && calls < 2_000)
          if (cursor !== 0) return -1
          for (const key of throughout) if (!seen.has(String(key))) lost++
        }
        return lost
      },
      random.int(1, 2 ** 31 - 2),
    )
    expect(missed).toBe(0)
  })
})
