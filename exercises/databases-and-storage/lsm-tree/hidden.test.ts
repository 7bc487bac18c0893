import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { type LsmDisk, LsmTree } from './solution'

/** Something to do with a tree; `reopen` makes a new one on the same disk, `disk` tells what is stored. */
type Step =
  | readonly ['put', key: string, value: string]
  | readonly ['delete' | 'get', key: string]
  | readonly ['scan', lo: string, hi: string]
  | readonly ['flush' | 'compact' | 'stats' | 'disk' | 'reopen']

interface Stats {
  levels: number[]
  tableReads: number
  filterSkips: number
}

interface Stored {
  records: number
  levels: number[]
}

interface Report {
  /** Of the steps up to the failure. */
  results: unknown[]
  /** The step in which the disk failed, or null. */
  failed: number | null
  /** What a new tree on the repaired disk holds. */
  found: Array<[string, string]>
}

/**
 * Takes these steps beside the solution, over a disk that fails after so many writes and refuses to change a table;
 * once for each number, until the disk does not fail any more. Script and reports travel as one text each: cheap.
 */
function drive(
  solution: typeof import('./solution'),
  script: string,
  opts: { memtableMax: number; level0Max: number; fanout: number },
  failures: readonly number[],
): string {
  class DiskError extends Error {}
  const steps = JSON.parse(script) as Step[]
  const runWith = (writesUntilFailure: number): Report => {
    let wal: string[] = []
    let writesLeft = writesUntilFailure
    const tables = new Map<number, { id: number; level: number; data: string }>()
    let used = new Set<number>()
    const write = (change: () => void) => {
      if (writesLeft <= 0) throw new DiskError('the disk is gone')
      writesLeft--
      change()
    }
    const disk: LsmDisk = {
      appendWal: (rec) => write(() => wal.push(rec)),
      clearWal: () => write(() => (wal = [])),
      readWal: () => [...wal],
      putTable: (id, level, data) =>
        write(() => {
          if (used.has(id)) throw new Error(`table ${id} was written twice`)
          used.add(id)
          tables.set(id, { id, level, data })
        }),
      dropTable: (id) =>
        write(() => {
          if (!tables.delete(id)) throw new Error(`there is no table ${id}`)
        }),
      // In no order that means anything.
      tables: () => [...tables.values()].sort((a, b) => ((a.id * 7) % 5) - ((b.id * 7) % 5)),
    }
    /** A new tree may use the ids of tables again that are gone. */
    const reopen = () => {
      used = new Set(tables.keys())
      tree = new solution.LsmTree(disk, opts)
    }
    let tree = new solution.LsmTree(disk, opts)
    const act = (step: Step): unknown => {
      if (step[0] === 'put') return tree.put(step[1], step[2])
      if (step[0] === 'delete') return tree.delete(step[1])
      if (step[0] === 'get') return tree.get(step[1])
      if (step[0] === 'scan') return tree.scan(step[1], step[2])
      if (step[0] === 'flush') return tree.flush()
      if (step[0] === 'compact') return tree.compact()
      if (step[0] === 'stats') return tree.stats()
      if (step[0] === 'disk') {
        return { records: wal.length, levels: [...tables.values()].map(({ level }) => level).sort((a, b) => a - b) }
      }
      reopen()
      return null
    }
    const results: unknown[] = []
    try {
      for (const step of steps) results.push(act(step) ?? null)
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
    }
    writesLeft = Number.POSITIVE_INFINITY
    const failed = results.length < steps.length ? results.length : null
    reopen()
    return { results, failed, found: tree.scan('', '\uffff') }
  }
  const reports: Report[] = []
  for (const writes of failures) {
    const report = runWith(writes)
    reports.push(report)
    if (report.failed === null) break
  }
  return JSON.stringify(reports)
}

/** A disk in memory, beside the test. */
function memoryDisk(): LsmDisk {
  let wal: string[] = []
  const tables = new Map<number, { id: number; level: number; data: string }>()
  return {
    appendWal: (rec) => void wal.push(rec),
    clearWal: () => void (wal = []),
    readWal: () => [...wal],
    putTable: (id, level, data) => void tables.set(id, { id, level, data }),
    dropTable: (id) => void tables.delete(id),
    tables: () => [...tables.values()],
  }
}

const OPTS = { memtableMax: 4, level0Max: 2, fanout: 2 }
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const name = (i: number) => `k${String(i).padStart(3, '0')}`
const END = '\uffff'
const STATS: Step = ['stats']
const DISK: Step = ['disk']
const FLUSH: Step = ['flush']
const COMPACT: Step = ['compact']
const REOPEN: Step = ['reopen']
const ALL: Step = ['scan', '', END]

const puts = (keys: readonly number[], value = 'v'): Step[] => keys.map((i) => ['put', name(i), value] as const)
const gets = (keys: readonly number[]): Step[] => keys.map((i) => ['get', name(i)] as const)
const deletions = (keys: readonly number[]): Step[] => keys.map((i) => ['delete', name(i)] as const)

/** The results of these steps on a fresh disk that does not fail; null where there is none. */
function play(steps: readonly Step[], opts = OPTS): unknown[] {
  const [report] = JSON.parse(inGuest(drive, JSON.stringify(steps), opts, [1e9])) as Report[]
  expect(report?.failed).toBe(null)
  return report?.results ?? []
}

/** The results of the steps that follow a preparation. */
const after = (preparation: readonly Step[], steps: readonly Step[], opts = OPTS): unknown[] =>
  play([...preparation, ...steps], opts).slice(preparation.length)

describe('Reading', () => {
  it('prefers memory to tables, and newer tables to older ones', () => {
    const tree = new LsmTree(memoryDisk(), { ...OPTS, level0Max: 5 })
    for (const value of ['1', '2', '3']) {
      tree.put('a', value)
      tree.put('b', `b${value}`)
      tree.flush()
      expect([tree.get('a'), tree.get('b')]).toEqual([value, `b${value}`])
    }
    expect(tree.stats().levels).toEqual([3])
    tree.put('a', '4')
    expect([tree.get('a'), tree.get('b'), tree.get('c')]).toEqual(['4', 'b3', undefined])
    expect(tree.scan('', END)).toEqual([['a', '4'], ['b', 'b3']])
  })

  it('finds a key in every level, and its newest version', () => {
    const fresh = [3, 17, 40]
    const strange: Step[] = [['get', 'k'], ['get', 'k0000'], ['get', 'z']]
    const steps = [STATS, ...puts(fresh, 'new'), ...gets(numbers(0, 60)), ...strange]
    const [stats, , , , ...found] = after(puts(numbers(0, 60)), steps)
    expect((stats as Stats).levels.length).toBeGreaterThan(2)
    expect(found.slice(0, 60)).toEqual(numbers(0, 60).map((i) => (fresh.includes(i) ? 'new' : 'v')))
    expect(found.slice(60)).toEqual([null, null, null])
  })

  it('finds the newest version in every level after a random history', () => {
    const order = random.shuffle([...numbers(0, 40), ...numbers(0, 40), ...numbers(0, 40)])
    const latest = new Map(order.map((key, i) => [key, `v${i}`]))
    const history = order.map((key, i): Step => ['put', name(key), `v${i}`])
    const expected = numbers(0, 40).map((key) => latest.get(key))
    expect(after(history, gets(numbers(0, 40)))).toEqual(expected)
    const more: Step[] = [...history, FLUSH, ['put', name(7), 'last'], REOPEN]
    expect(after(more, gets(numbers(0, 40)))).toEqual(expected.map((value, i) => (i === 7 ? 'last' : value)))
  })

  it('scans from the lower end up to, but without, the upper end', () => {
    const bounds = [
      [name(5), name(9)],
      ['', END],
      [name(28), 'z'],
      [name(9), name(9)],
      [name(9), name(5)],
      ['x', 'z'],
    ] as const
    const seen = after(puts(random.shuffle(numbers(0, 30))), bounds.map(([lo, hi]): Step => ['scan', lo, hi]))
    const all = numbers(0, 30).map(name)
    expect(seen).toEqual(bounds.map(([lo, hi]) => all.filter((key) => key >= lo && key < hi).map((key) => [key, 'v'])))
  })

  it('includes what is still in memory in a scan', () => {
    const steps: Step[] = [['put', name(2), 'fresh'], ['put', 'k0025', 'between'], ['scan', name(1), name(4)]]
    expect(after(puts(numbers(0, 8)), steps).at(-1)).toEqual([
      [name(1), 'v'],
      [name(2), 'fresh'],
      ['k0025', 'between'],
      [name(3), 'v'],
    ])
  })

  it('leaves the upper end out of a scan, also in memory', () => {
    expect(after(puts([1, 2, 3]), [['scan', name(1), name(3)]])).toEqual([[[name(1), 'v'], [name(2), 'v']]])
  })

  it('keeps empty values and odd keys', () => {
    const entries: Array<[string, string]> = [
      ['', 'e'],
      ['\0', ''],
      ['"', '\\'],
      ['a\nb', '\n'],
      ['null', 'null'],
      ['键', '值'],
    ]
    const steps = random.shuffle(entries).map(([key, value]): Step => ['put', key, value])
    expect(after(steps, [ALL, REOPEN, ALL])).toEqual([entries, null, entries])
  })

  it('agrees with a Map over a long history, reopened now and then', () => {
    const report = inGuest(
      (solution: typeof import('./solution'), start: number, steps: number) => {
        let state = start
        const draw = (below: number): number => {
          state = (state * 48_271) % 2_147_483_647
          return state % below
        }
        let wal: string[] = []
        const tables = new Map<number, { id: number; level: number; data: string }>()
        const disk: LsmDisk = {
          appendWal: (rec) => void wal.push(rec),
          clearWal: () => void (wal = []),
          readWal: () => [...wal],
          putTable: (id, level, data) => void tables.set(id, { id, level, data }),
          dropTable: (id) => void tables.delete(id),
          tables: () => [...tables.values()],
        }
        const opts = { memtableMax: 8, level0Max: 2, fanout: 3 }
        let tree = new solution.LsmTree(disk, opts)
        const map = new Map<string, string>()
        for (let step = 0; step < steps; step++) {
          const key = `k${draw(200)}`
          const action = draw(1000)
          if (action < 480) {
            tree.put(key, `v${step}`)
            map.set(key, `v${step}`)
          } else if (action < 660) {
            tree.delete(key)
            map.delete(key)
          } else if (action < 940) {
            if (tree.get(key) !== map.get(key)) return `read at step ${step}`
          } else if (action < 975) {
            const hi = `k${draw(200)}`
            const expected = [...map].filter(([each]) => each >= key && each < hi).sort(([a], [b]) => (a < b ? -1 : 1))
            if (JSON.stringify(tree.scan(key, hi)) !== JSON.stringify(expected)) return `scan at step ${step}`
          } else if (action < 990) tree = new solution.LsmTree(disk, opts)
          else if (action < 996) tree.flush()
          else tree.compact()
        }
        return 'agrees'
      },
      random.int(1, 2 ** 31 - 2),
      900,
    )
    expect(report).toBe('agrees')
  })
})

describe('Levels', () => {
  it('flushes when the memtable is full, counting keys once', () => {
    const early = puts([0, 0, 1, 0, 2])
    const seen = after(early, [STATS, DISK, ...deletions([7]), STATS, DISK, FLUSH, STATS])
    expect((seen[0] as Stats).levels).toEqual([])
    expect((seen[1] as Stored).records).toBeGreaterThan(0)
    expect([(seen[3] as Stats).levels, seen[4], (seen[6] as Stats).levels]).toEqual([
      [1],
      { records: 0, levels: [0] },
      [1],
    ])
  })

  it('writes a table when it is told to flush', () => {
    const seen = after(puts([0, 1]), [FLUSH, STATS, DISK])
    expect([(seen[1] as Stats).levels, seen[2]]).toEqual([[1], { records: 0, levels: [0] }])
  })

  it('lets no level grow beyond its size', () => {
    const steps = random.shuffle(numbers(0, 110)).flatMap((i): Step[] => [...puts([i]), STATS, DISK])
    const seen = play(steps)
    let deepest = 0
    for (const i of numbers(0, 110)) {
      const { levels } = seen[3 * i + 1] as Stats
      const stored = (seen[3 * i + 2] as Stored).levels
      expect(levels.every((count, level) => count <= OPTS.level0Max * OPTS.fanout ** level)).toBe(true)
      expect(levels).toEqual(levels.map((_, level) => stored.filter((at) => at === level).length))
      expect(levels.length).toBe((stored.at(-1) ?? -1) + 1)
      deepest = Math.max(deepest, levels.length - 1)
    }
    expect(deepest).toBeGreaterThanOrEqual(2)
  })

  it('moves all tables of level 0 when they are too many', () => {
    const opts = { memtableMax: 2, level0Max: 2, fanout: 3 }
    const seen = play(numbers(0, 7).flatMap((i): Step[] => [...puts([i]), STATS]), opts)
    const levels = numbers(0, 7).map((i) => (seen[2 * i + 1] as Stats).levels)
    expect(levels).toEqual([[], [1], [1], [2], [2], [0, 3], [0, 3]])
  })

  it('moves one table at a time from a deeper level', () => {
    const [stats] = after(puts([0, 1, 2, 3]), [STATS], { memtableMax: 1, level0Max: 1, fanout: 2 })
    expect((stats as Stats).levels).toEqual([0, 2, 2])
  })

  it('leaves tables alone that those which move do not meet', () => {
    const opts = { memtableMax: 2, level0Max: 1, fanout: 4 }
    const levelsAfter = (below: readonly number[], first: number, others: readonly number[]) => {
      const steps = [...puts(below), FLUSH, ...puts([first]), FLUSH, ...puts(others)]
      return (after(steps, [STATS], opts)[0] as Stats).levels
    }
    expect([levelsAfter([0, 1, 2], 7, [8, 9]), levelsAfter([7, 8, 9], 0, [1, 2])]).toEqual([[0, 4], [0, 4]])
  })

  it('meets the tables between those that move, so that none overlap', () => {
    const opts = { memtableMax: 3, level0Max: 1, fanout: 4 }
    const middle = [...puts([4]), FLUSH, ...puts([5]), FLUSH]
    const [stats] = after([...middle, ...puts([0, 1]), FLUSH, ...puts([8, 9]), FLUSH], [STATS], opts)
    expect((stats as Stats).levels).toEqual([0, 2])
  })

  it('merges everything into one level when it is told to compact', () => {
    const steps = [...puts(numbers(0, 20), 'new'), COMPACT, STATS, ALL]
    const [stats, all] = after(puts(numbers(0, 50)), steps).slice(-2)
    const { levels } = stats as Stats
    expect(levels.filter((tables) => tables > 0)).toEqual([Math.ceil(50 / OPTS.memtableMax)])
    expect(levels.at(-1)).toBeLessThanOrEqual(OPTS.level0Max * OPTS.fanout ** (levels.length - 1))
    expect(all).toEqual(numbers(0, 50).map((i) => [name(i), i < 20 ? 'new' : 'v']))
  })

  it('compacts what is still in memory too, and at least into level 1', () => {
    const seen = after(puts([0, 1]), [COMPACT, STATS, DISK])
    expect([(seen[1] as Stats).levels, seen[2]]).toEqual([[0, 1], { records: 0, levels: [1] }])
  })

  it('compacts into a deeper level only where there is no room, and deletions need none', () => {
    const opts = { memtableMax: 1, level0Max: 1, fanout: 2 }
    const compacted = (steps: readonly Step[]) => (after(steps, [COMPACT, STATS], opts)[1] as Stats).levels
    expect(compacted(puts([0, 1, 2]))).toEqual([0, 0, 3])
    expect(compacted([...puts([0, 1]), ...deletions([2])])).toEqual([0, 2])
  })

  it('compacts an empty tree to nothing', () => {
    const [, stats, disk] = play([COMPACT, STATS, DISK])
    expect([(stats as Stats).levels, disk]).toEqual([[], { records: 0, levels: [] }])
  })

  it('reads one table at most in each level below the first', () => {
    const steps = [0, 50, 99].flatMap((i): Step[] => [...gets([i]), STATS])
    const [before, ...seen] = after(puts(random.shuffle(numbers(0, 100))), [STATS, ...steps])
    const { levels } = before as Stats
    const most = (levels[0] ?? 0) + levels.length - 1
    let reads = (before as Stats).tableReads
    for (const i of [0, 1, 2]) {
      const { tableReads } = seen[2 * i + 1] as Stats
      expect(seen[2 * i]).toBe('v')
      expect(tableReads - reads).toBeLessThanOrEqual(most)
      reads = tableReads
    }
  })

  it('counts reads and skips, and touches no table outside whose range a key lies', () => {
    const seen = after(puts(numbers(0, 4)), [STATS, ...gets([2]), STATS, ['get', 'a'], ['get', 'z'], STATS])
    const [start, read, outside] = [seen[0] as Stats, seen[2] as Stats, seen[5] as Stats]
    expect([read.tableReads - start.tableReads, read.filterSkips - start.filterSkips]).toEqual([1, 0])
    expect([outside.tableReads, outside.filterSkips]).toEqual([read.tableReads, read.filterSkips])
  })

  it('skips most tables that do not hold a key', () => {
    const report = inGuest((solution: typeof import('./solution')) => {
      const tables = new Map<number, { id: number; level: number; data: string }>()
      const disk: LsmDisk = {
        appendWal: () => {},
        clearWal: () => {},
        readWal: () => [],
        putTable: (id, level, data) => void tables.set(id, { id, level, data }),
        dropTable: (id) => void tables.delete(id),
        tables: () => [...tables.values()],
      }
      const tree = new solution.LsmTree(disk, { memtableMax: 100, level0Max: 4, fanout: 4 })
      for (let i = 0; i < 1_000; i++) tree.put(`key ${(i * 7919) % 1_000}`, 'x')
      const before = tree.stats()
      for (let i = 0; i < 999; i++) tree.get(`key ${i} or not`)
      const after = tree.stats()
      return { reads: after.tableReads - before.tableReads, skips: after.filterSkips - before.filterSkips }
    })
    expect(report.skips).toBeGreaterThan(700)
    expect(report.reads).toBeLessThan((report.reads + report.skips) / 10)
  })
})

describe('Deletions', () => {
  it('hides older versions in every level', () => {
    const gone = [0, 25, 59]
    const steps = [...deletions(gone), ...gets(gone), FLUSH, ...gets(gone), ALL, REOPEN, ...gets(gone)]
    const seen = after(puts(numbers(0, 60)), steps).slice(3)
    expect([seen.slice(0, 3), seen.slice(4, 7), seen.slice(9)]).toEqual(numbers(0, 3).map(() => [null, null, null]))
    expect((seen[7] as unknown[]).length).toBe(57)
  })

  it('hides them still when deletions are merged down', () => {
    const steps = [...deletions(numbers(0, 12)), STATS, ...gets(numbers(0, 14)), ALL]
    const [before, ...seen] = after([...puts(numbers(0, 60)), COMPACT], [STATS, ...steps])
    expect((before as Stats).levels.length).toBeGreaterThan(2)
    // Deletions have been merged into level 1 by now, far above the values.
    expect((seen[12] as Stats).levels[1] ?? 0).toBeGreaterThan(0)
    expect(seen.slice(13, 27)).toEqual(numbers(0, 14).map((i) => (i < 12 ? null : 'v')))
    expect(seen.at(-1)).toEqual(numbers(12, 60).map((i) => [name(i), 'v']))
  })

  it('hides a key whose deletion moves down with a table far away', () => {
    const opts = { memtableMax: 2, level0Max: 1, fanout: 4 }
    const steps = [...puts([0, 1, 2, 3]), ...deletions([1]), FLUSH, ...puts([8, 9])]
    const [found, all] = after(steps, [...gets([1]), ALL], opts)
    expect([found, all]).toEqual([null, [0, 2, 3, 8, 9].map((i) => [name(i), 'v'])])
  })

  it('forgets deletions at the end', () => {
    const steps = [...deletions(numbers(0, 30)), ['delete', 'never there'] as const, COMPACT, STATS, DISK, ALL]
    const seen = after(puts(numbers(0, 30)), steps).slice(-3)
    expect([(seen[0] as Stats).levels, seen[1], seen[2]]).toEqual([[], { records: 0, levels: [] }, []])
  })

  it('drops deletions in a merge below which nothing lies', () => {
    const opts = { memtableMax: 2, level0Max: 1, fanout: 4 }
    const seen = after([...puts([0, 1]), ...deletions([0, 1])], [STATS, DISK], opts)
    expect([(seen[0] as Stats).levels, seen[1]]).toEqual([[], { records: 0, levels: [] }])
  })

  it('brings a key back when it is put again', () => {
    const steps: Step[] = [...deletions([3]), FLUSH, ...puts([3], 'again'), COMPACT, ...gets([3]), ALL]
    const seen = after(puts(numbers(0, 20)), steps).slice(-2)
    expect([seen[0], (seen[1] as unknown[]).length]).toEqual(['again', 20])
  })
})

/**
 * Lets the disk fail at each write in turn, opens the tree again and compares it with what was confirmed. The key that
 * was being written may have its old or its new value.
 */
function expectSurvival(steps: ReadonlyArray<readonly ['put', string, string] | readonly ['delete', string]>): void {
  const failures = numbers(0, 6 * steps.length)
  const reports = JSON.parse(inGuest(drive, JSON.stringify(steps), OPTS, failures)) as Report[]
  expect(reports.at(-1)?.failed).toBe(null)
  for (const { failed, found } of reports) {
    const states = [failed ?? steps.length, (failed ?? steps.length) + 1].map((count) => {
      const model = new Map<string, string>()
      for (const step of steps.slice(0, count)) {
        if (step[0] === 'put') model.set(step[1], step[2])
        else model.delete(step[1])
      }
      return JSON.stringify([...model].sort(([a], [b]) => (a < b ? -1 : 1)))
    })
    expect(states).toContain(JSON.stringify(found))
  }
}

describe('Recovery', () => {
  it('recovers what was not flushed from the log', () => {
    const disk = memoryDisk()
    const tree = new LsmTree(disk, OPTS)
    tree.put('a', '1')
    tree.put('b', '1')
    tree.delete('a')
    const again = new LsmTree(disk, OPTS)
    expect([again.scan('', END), again.get('a')]).toEqual([[['b', '1']], undefined])
    again.put('c', '1')
    again.put('d', '1')
    expect([disk.readWal(), new LsmTree(disk, OPTS).get('b')]).toEqual([[], '1'])
  })

  it('goes on with fresh table ids when it is opened again', () => {
    const steps = [...puts(numbers(0, 10)), REOPEN, ...puts(numbers(10, 20)), REOPEN, ...puts(numbers(20, 30)), ALL]
    expect(play(steps).at(-1)).toEqual(numbers(0, 30).map((i) => [name(i), 'v']))
  })

  it('flushes a full log when it is opened', () => {
    const disk = memoryDisk()
    const crashed = new LsmTree({ ...disk, putTable: () => { throw new Error('the disk is gone') } }, OPTS)
    expect(() => {
      for (const i of numbers(0, 4)) crashed.put(name(i), 'v')
    }).toThrow('the disk is gone')
    const again = new LsmTree(disk, OPTS)
    expect([again.stats().levels, disk.readWal(), again.get(name(3))]).toEqual([[1], [], 'v'])
  })

  it('loses and doubles nothing when a write fails around a flush', () => {
    expectSurvival(numbers(0, 7).map((i) => ['put', name(i % 5), `v${i}`]))
  })

  it('loses and revives nothing when a write fails in a merge', () => {
    const stride = random.pick([3, 5, 9, 11])
    expectSurvival(
      numbers(0, 30).map((i) => {
        const key = name((i * stride) % 14)
        return i % 3 === 2 ? ['delete', key] : ['put', key, `v${i}`]
      }),
    )
  })
})
