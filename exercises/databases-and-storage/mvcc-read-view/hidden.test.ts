import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { type Level, MvccTable, type Tx, visible, WriteConflictError } from './solution'

/** Writes and commits. */
function commit(db: MvccTable, rows: Readonly<Record<string, string | null>>): void {
  const tx = db.begin('read-committed')
  for (const [key, value] of Object.entries(rows)) tx.write(key, value)
  tx.commit()
}

function table(rows: Readonly<Record<string, string | null>>): MvccTable {
  const db = new MvccTable()
  commit(db, rows)
  return db
}

const conflictOf = (write: () => void): unknown => {
  try {
    write()
  } catch (error) {
    return error instanceof WriteConflictError ? error.holder : error
  }
  return null
}

/** A call in a history; transactions are named by their ids, which are 1, 2, 3 ... in the order of their beginning. */
type Call =
  | readonly ['begin', Level]
  | readonly ['write', tx: number, key: string, value: string | null]
  | readonly ['read', tx: number, key: string]
  | readonly ['readLatest', tx: number, key: string]
  | readonly ['scan', tx: number]
  | readonly ['commit', tx: number]
  | readonly ['rollback', tx: number]
  | readonly ['versions', key: string]
  | readonly ['purge']

/** Makes these calls beside the solution. Calls and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), script: string): string {
  const db = new solution.MvccTable()
  const begun = new Map<number, Tx>()
  const act = (call: Call): unknown => {
    if (call[0] === 'purge') return db.purge()
    if (call[0] === 'versions') return db.versions(call[1])
    if (call[0] === 'begin') {
      const tx = db.begin(call[1])
      begun.set(tx.id, tx)
      return tx.id
    }
    const tx = begun.get(call[1]) as Tx
    if (call[0] === 'commit' || call[0] === 'rollback') return tx[call[0]]()
    if (call[0] === 'scan') return tx.scan('')
    return call[0] === 'write' ? tx.write(call[2], call[3]) : tx[call[0]](call[2])
  }
  const outcome = (call: Call): unknown => {
    try {
      return act(call) ?? null
    } catch (error) {
      return error instanceof solution.WriteConflictError ? `held by ${error.holder}` : 'an error'
    }
  }
  return JSON.stringify((JSON.parse(script) as Call[]).map(outcome))
}

/** What these calls on a new table return: null for nothing, the holder of a conflict, or that there was an error. */
const play = (calls: readonly Call[]): unknown[] => JSON.parse(inGuest(drive, JSON.stringify(calls))) as unknown[]

/** What the last calls return, as many as are to be looked at, after others that prepare for them. */
const after = (before: readonly Call[], calls: readonly Call[]) => play([...before, ...calls]).slice(before.length)

/** A transaction with this id that writes a row and commits. */
const committing = (id: number, key: string, value: string | null): Call[] => [
  ['begin', 'read-committed'],
  ['write', id, key, value],
  ['commit', id],
]

describe('Visibility rule', () => {
  const low = random.int(20, 30)
  const view = { creator: low + 4, active: new Set([low, low + 2, low + 7]), low, high: low + 9 }

  it('shows what was committed before any active transaction began', () => {
    for (const id of [1, low - 1]) expect(visible(id, view)).toBe(true)
  })

  it('hides what was written by transactions that were active', () => {
    for (const id of view.active) expect(visible(id, view)).toBe(false)
  })

  it('shows what was committed between low and high', () => {
    for (const id of [low + 1, low + 3, low + 5, low + 8]) expect(visible(id, view)).toBe(true)
  })

  it('hides transactions that began after the view', () => {
    for (const id of [low + 9, low + 10, low + 500]) expect(visible(id, view)).toBe(false)
  })

  it('shows the own changes, even if the own id is among the active ones', () => {
    expect(visible(view.creator, view)).toBe(true)
    expect(visible(5, { creator: 5, active: new Set([5]), low: 5, high: 6 })).toBe(true)
  })
})

describe('Isolation levels', () => {
  it('gives out growing ids', () => {
    const db = new MvccTable()
    const ids = [1, 2, 3].map(() => db.begin('read-committed').id)
    expect(ids).toEqual([1, 2, 3])
  })

  it('takes the view of repeatable-read at the first read, not at the beginning', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    commit(db, { a: '2' })
    expect(reader.read('a')).toBe('2')
    commit(db, { a: '3' })
    expect(reader.read('a')).toBe('2')
  })

  it('keeps the view of repeatable-read for other rows and for scans', () => {
    const db = table({ a: '1', b: '1' })
    const reader = db.begin('repeatable-read')
    reader.read('a')
    commit(db, { b: '2', c: '2', a: null })
    expect([reader.read('a'), reader.read('b'), reader.read('c')]).toEqual(['1', '1', undefined])
    expect(reader.scan('')).toEqual([['a', '1'], ['b', '1']])
  })

  it('begins the view of repeatable-read with a scan too', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    expect(reader.scan('')).toEqual([['a', '1']])
    commit(db, { a: '2' })
    expect(reader.read('a')).toBe('1')
  })

  it('hides a transaction that was active at the view, also after it commits', () => {
    const begins: Call[] = [...committing(1, 'a', '1'), ['begin', 'read-committed'], ['begin', 'repeatable-read']]
    const write: Call = ['write', 2, 'a', '2']
    const read: Call = ['read', 3, 'a']
    expect(after([...begins, write], [read, ['commit', 2], read])).toEqual(['1', null, '1'])
    expect(after(begins, [read, write, ['commit', 2], read])).toEqual(['1', null, null, '1'])
  })

  it('shows a later transaction that committed before the view', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    const early = db.begin('read-committed')
    const late = db.begin('read-committed')
    late.write('a', '2')
    late.commit()
    expect(reader.read('a')).toBe('2')
    early.write('a', '3')
    early.commit()
    expect(reader.read('a')).toBe('2')
  })

  it('takes a view for each statement under read-committed', () => {
    const db = table({ a: '1' })
    const reader = db.begin('read-committed')
    const seen = [reader.read('a')]
    const writer = db.begin('read-committed')
    writer.write('a', '2')
    seen.push(reader.read('a'))
    writer.commit()
    seen.push(reader.read('a'))
    commit(db, { b: '1' })
    expect([seen, reader.scan('')]).toEqual([['1', '1', '2'], [['a', '2'], ['b', '1']]])
  })

  it('sees the newest version under read-uncommitted', () => {
    const db = table({ a: '1' })
    const reader = db.begin('read-uncommitted')
    const writer = db.begin('read-committed')
    writer.write('a', '2')
    writer.write('b', '2')
    expect([reader.read('a'), reader.scan('')]).toEqual(['2', [['a', '2'], ['b', '2']]])
    writer.write('a', null)
    expect([reader.read('a'), reader.scan('')]).toEqual([undefined, [['b', '2']]])
    writer.rollback()
    expect([reader.read('a'), reader.read('b')]).toEqual(['1', undefined])
  })

  it('sees its own changes on every level', () => {
    for (const level of ['read-uncommitted', 'read-committed', 'repeatable-read'] as const) {
      const before = [...committing(1, 'a', '1'), ...committing(2, 'b', '1')]
      const begins: Call[] = [['begin', level], ['read', 3, 'a']]
      const writes: Call[] = [['write', 3, 'a', '2'], ['write', 3, 'b', null], ['write', 3, 'c', '2']]
      const seen = after([...before, ...begins, ...writes], [['read', 3, 'a'], ['read', 3, 'b'], ['scan', 3]])
      expect(seen).toEqual(['2', null, [['a', '2'], ['c', '2']]])
    }
  })

  it('shows the latest committed row to readLatest, whatever the view', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    reader.read('a')
    commit(db, { a: '2', b: '2' })
    const writer = db.begin('read-committed')
    writer.write('a', '3')
    expect([reader.readLatest('a'), reader.readLatest('b'), writer.readLatest('a')]).toEqual(['2', '2', '3'])
    expect([reader.read('a'), reader.read('b'), reader.scan('b')]).toEqual(['1', undefined, []])
  })

  it('lists the rows of a prefix in order', () => {
    const db = table({ 'u:2': 'b', 'v:1': 'x', 'u:10': 'c', 'u:1': 'a', u: 'd' })
    const tx = db.begin('read-committed')
    expect(tx.scan('u:')).toEqual([['u:1', 'a'], ['u:10', 'c'], ['u:2', 'b']])
    expect([tx.scan('w'), tx.scan('').length]).toEqual([[], 5])
  })

  it('agrees with copies of the committed state in any history', () => {
    interface Open {
      id: number
      level: Level
      snapshot: Map<string, string> | null
      changes: Map<string, string | null>
    }
    const calls: Call[] = []
    const expected: unknown[] = []
    const call = (made: Call, result: unknown = null) => {
      calls.push(made)
      expected.push(result)
    }
    const apply = (to: ReadonlyMap<string, string>, changes: ReadonlyMap<string, string | null>) => {
      const result = new Map(to)
      for (const [key, value] of changes) {
        if (value === null) result.delete(key)
        else result.set(key, value)
      }
      return result
    }
    let committed = new Map<string, string>()
    let open: Open[] = []
    let lastId = 0
    for (let step = 0; step < 700; step++) {
      if (open.length < 4) {
        const level = random.pick(['read-uncommitted', 'read-committed', 'repeatable-read', 'repeatable-read'] as const)
        open.push({ id: ++lastId, level, snapshot: null, changes: new Map() })
        call(['begin', level], lastId)
      }
      const one = random.pick(open)
      const key = random.pick(['a', 'b', 'c', 'd'])
      const action = random.int(0, 9)
      if (action < 4) {
        const holder = open.find((other) => other !== one && other.changes.has(key))
        const value = random.next() < 0.3 ? null : `v${step}`
        call(['write', one.id, key, value], holder ? `held by ${holder.id}` : null)
        if (!holder) one.changes.set(key, value)
      } else if (action < 8) {
        let seen = committed
        if (one.level === 'repeatable-read') seen = one.snapshot ??= committed
        if (one.level === 'read-uncommitted') for (const { changes } of open) seen = apply(seen, changes)
        seen = apply(seen, one.changes)
        const rows = [...seen].sort(([x], [y]) => (x < y ? -1 : 1))
        const latest = apply(committed, one.changes).get(key)
        call(['scan', one.id], rows)
        call(['read', one.id, key], seen.get(key) ?? null)
        call(['readLatest', one.id, key], latest ?? null)
      } else {
        if (action === 8) committed = apply(committed, one.changes)
        call(action === 8 ? ['commit', one.id] : ['rollback', one.id])
        open = open.filter((other) => other !== one)
        if (random.next() < 0.5) call(['purge'], 'any')
      }
    }
    const differs = play(calls).map((result, i) => {
      return expected[i] !== 'any' && JSON.stringify(result) !== JSON.stringify(expected[i])
    })
    expect(calls[differs.indexOf(true)]).toBeUndefined()
  })
})

describe('Writing', () => {
  it('refuses a row that another active transaction has changed, and names it', () => {
    const db = table({ a: '1' })
    const [first, second] = [db.begin('repeatable-read'), db.begin('read-committed')]
    first.write('a', null)
    first.write('new', '1')
    expect(conflictOf(() => second.write('a', '2'))).toBe(first.id)
    expect(conflictOf(() => second.write('new', '2'))).toBe(first.id)
    expect([second.read('a'), second.readLatest('new')]).toEqual(['1', undefined])
    first.commit()
    expect(conflictOf(() => second.write('a', '2'))).toBeNull()
    expect(second.read('a')).toBe('2')
  })

  it('changes a row that was committed after the view', () => {
    const db = table({ a: '1' })
    const tx = db.begin('repeatable-read')
    expect(tx.read('a')).toBe('1')
    commit(db, { a: '2' })
    expect(conflictOf(() => tx.write('a', '3'))).toBeNull()
    expect(tx.read('a')).toBe('3')
    tx.commit()
    expect(db.begin('read-committed').read('a')).toBe('3')
  })

  it('brings the committed version back on rollback, also after several changes', () => {
    const db = table({ a: '1', b: '1' })
    const tx = db.begin('read-committed')
    for (const value of ['2', null, '3']) tx.write('a', value)
    tx.write('b', null)
    tx.write('c', '1')
    tx.rollback()
    const after = db.begin('read-committed')
    expect(after.scan('')).toEqual([['a', '1'], ['b', '1']])
    expect([db.versions('a'), db.versions('c')]).toEqual([1, 0])
    expect(conflictOf(() => after.write('a', '4'))).toBeNull()
  })

  it('keeps one version of a row for each transaction that changed it', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    reader.read('a')
    const tx = db.begin('read-committed')
    for (const value of ['2', '3', '4']) tx.write('a', value)
    expect(db.versions('a')).toBe(2)
    tx.commit()
    commit(db, { a: null })
    expect([db.versions('a'), reader.read('a')]).toEqual([3, '1'])
  })

  it('refuses every use of a transaction that has ended', () => {
    const uses: Call[] = [
      ['read', 2, 'a'],
      ['scan', 2],
      ['readLatest', 2, 'a'],
      ['write', 2, 'a', '2'],
      ['commit', 2],
      ['rollback', 2],
    ]
    for (const end of ['commit', 'rollback'] as const) {
      const before: Call[] = [...committing(1, 'a', '1'), ['begin', 'repeatable-read'], [end, 2]]
      const results = after(before, [...uses, ['begin', 'read-committed'], ['read', 3, 'a']])
      expect(results).toEqual([...uses.map(() => 'an error'), 3, '1'])
    }
    const tx = new MvccTable().begin('read-committed')
    tx.rollback()
    expect(() => tx.commit()).toThrow(Error)
  })
})

describe('Purge', () => {
  it('keeps only the newest committed version when there is no view', () => {
    const db = table({ a: '1' })
    for (const value of ['2', '3', '4']) commit(db, { a: value })
    db.begin('repeatable-read')
    db.begin('read-committed').read('a')
    expect([db.versions('a'), db.purge(), db.versions('a'), db.purge()]).toEqual([4, 3, 1, 0])
    expect(db.begin('read-committed').read('a')).toBe('4')
  })

  it('keeps what each live view shows, and drops what lies between', () => {
    const view = (id: number): Call[] => [['begin', 'repeatable-read'], ['read', id, 'other']]
    const before: Call[] = [
      ...committing(1, 'a', '1'),
      ...committing(2, 'a', '2'),
      ...view(3),
      ...committing(4, 'a', '3'),
      ...committing(5, 'a', '4'),
      ...view(6),
      ...committing(7, 'a', '5'),
      ...committing(8, 'a', '6'),
    ]
    const purge: Call[] = [['versions', 'a'], ['purge'], ['versions', 'a'], ['read', 3, 'a'], ['read', 6, 'a']]
    const ends: Call[] = [['commit', 3], ['purge'], ['rollback', 6], ['purge'], ['versions', 'a']]
    expect(after(before, [...purge, ...ends])).toEqual([6, 3, 3, '2', '4', null, 1, null, 1, 1])
  })

  it('keeps uncommitted versions, and what a rollback needs', () => {
    const db = table({ a: '1' })
    commit(db, { a: '2' })
    const writer = db.begin('read-committed')
    writer.write('a', '3')
    expect([db.purge(), db.versions('a')]).toEqual([1, 2])
    writer.rollback()
    expect(db.begin('read-committed').read('a')).toBe('2')
  })

  it('drops a deletion when nothing is left below it', () => {
    const db = table({ a: '1' })
    const reader = db.begin('repeatable-read')
    reader.read('a')
    commit(db, { a: null })
    expect([db.purge(), db.versions('a'), reader.read('a')]).toEqual([0, 2, '1'])
    reader.commit()
    expect([db.purge(), db.versions('a')]).toEqual([2, 0])
    expect(db.begin('read-committed').read('a')).toBeUndefined()
  })

  it('drops deletions below what stays, also those that a view shows', () => {
    const deleted = [...committing(1, 'a', '1'), ...committing(2, 'a', null)]
    const viewed: Call[] = [...deleted, ['begin', 'repeatable-read'], ['read', 3, 'a']]
    const purge: Call[] = [['purge'], ['versions', 'a'], ['read', 3, 'a']]
    expect(after([...viewed, ...committing(4, 'a', '2')], purge)).toEqual([2, 1, null])
    expect(after([...viewed, ...committing(4, 'a', null)], purge)).toEqual([3, 0, null])
    const written: Call[] = [...deleted, ['begin', 'read-committed'], ['write', 3, 'a', '3']]
    expect(after(written, purge)).toEqual([2, 1, '3'])
  })

  it('keeps a deletion whose transaction has not ended', () => {
    const before: Call[] = [['begin', 'read-committed'], ['write', 1, 'a', null]]
    const results = after(before, [['purge'], ['versions', 'a'], ['commit', 1], ['purge'], ['versions', 'a']])
    expect(results).toEqual([0, 1, null, 1, 0])
  })
})
