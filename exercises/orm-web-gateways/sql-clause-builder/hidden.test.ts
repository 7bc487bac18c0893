import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { MissingWhereError, Query } from './solution'

const where = (query: Query) => query.build().sql.replace(/^SELECT \* FROM t(?: WHERE )?/, '')
const conditions = (build: (query: Query) => Query) => {
  const query = build(Query.from('t'))
  return [where(query), query.build().args]
}

describe('Clauses and placeholders', () => {
  it('selects everything from a table unless told otherwise', () => {
    expect(Query.from('orders').build()).toEqual({ sql: 'SELECT * FROM orders', args: [] })
    expect(Query.from('orders').select().orderBy().build()).toEqual({ sql: 'SELECT * FROM orders', args: [] })
  })

  it('adds columns and orders call by call', () => {
    const query = Query.from('t').select('a', 'b').orderBy('x DESC').select('count(*)').orderBy('y', 'z')
    expect(query.build().sql).toBe('SELECT a, b, count(*) FROM t ORDER BY x DESC, y, z')
  })

  it('orders clauses and arguments by their place in the statement, not by the calls', () => {
    const [from, age, id, n, skip] = Array.from({ length: 5 }, () => random.int(1, 1000))
    const steps: Array<(query: Query) => Query> = [
      (query) => query.limit(n ?? 0, skip),
      (query) => query.orderBy('name'),
      (query) => query.select('id'),
    ]
    let query = Query.from('users')
    for (const step of random.shuffle(steps)) query = step(query)
    query = query.where('age BETWEEN ? AND ?', from, age).whereEq({ id })
    expect(query.build()).toEqual({
      sql: 'SELECT id FROM users WHERE (age BETWEEN ? AND ?) AND id = ? ORDER BY name LIMIT ? OFFSET ?',
      args: [from, age, id, n, skip],
    })
  })

  it('keeps the last limit only, and an offset of 0 if it was given', () => {
    expect(Query.from('t').limit(5, 10).limit(3).build()).toEqual({ sql: 'SELECT * FROM t LIMIT ?', args: [3] })
    expect(Query.from('t').limit(5).limit(0, 0).build()).toEqual({
      sql: 'SELECT * FROM t LIMIT ? OFFSET ?',
      args: [0, 0],
    })
  })

  it('refuses limits that are not whole numbers of at least 0', () => {
    for (const n of [-1, 1.5, Number.NaN]) {
      expect(() => Query.from('t').limit(n)).toThrow(RangeError)
      expect(() => Query.from('t').limit(1, n)).toThrow(RangeError)
    }
  })

  it('refuses conditions with more or fewer placeholders than arguments', () => {
    expect(() => Query.from('t').where('a = ?')).toThrow(RangeError)
    expect(() => Query.from('t').where('a = ?', 1, 2)).toThrow(RangeError)
    expect(() => Query.from('t').where('a', 1)).toThrow(RangeError)
    expect(() => Query.from('t').where("a = '?'", 1)).toThrow(RangeError)
  })

  it('counts no question mark inside quotes as a placeholder', () => {
    const query = Query.from('t')
      .where(`a = 'who?' AND b = ?`, 1)
      .where('"odd?" = ? AND `odder?` = ?', 2, 3)
      .where(`c = 'it''s? "no?' AND d = ?`, 4)
      .where(`"say 'what?" = '' AND e = ?`, 5)
    expect(query.build()).toEqual({
      sql:
        `SELECT * FROM t WHERE (a = 'who?' AND b = ?) AND ("odd?" = ? AND \`odder?\` = ?) AND ` +
        `(c = 'it''s? "no?' AND d = ?) AND ("say 'what?" = '' AND e = ?)`,
      args: [1, 2, 3, 4, 5],
    })
  })

  it('numbers all placeholders from left to right and leaves quoted text alone', () => {
    const query = Query.from('t')
      .limit(9, 8)
      .where(`a = 'who?' AND b = ?`, 1)
      .where('"odd?" = ? AND `odder?` = ?', 2, 3)
      .whereIn('d', [4, 5])
      .or((q) => q.where(`c = 'it''s?' AND d = ?`, 6))
    expect(query.build('$n')).toEqual({
      sql:
        `SELECT * FROM t WHERE ((a = 'who?' AND b = $1) AND ("odd?" = $2 AND \`odder?\` = $3) AND d IN ($4, $5) ` +
        `OR (c = 'it''s?' AND d = $6)) LIMIT $7 OFFSET $8`,
      args: [1, 2, 3, 4, 5, 6, 9, 8],
    })
    expect(query.build('?')).toEqual(query.build())
  })

  it('numbers placeholders beyond nine', () => {
    const ids = Array.from({ length: 12 }, (_, i) => i)
    const { sql } = Query.from('t').whereIn('id', ids).build('$n')
    expect(sql).toBe(`SELECT * FROM t WHERE id IN (${ids.map((i) => `$${i + 1}`).join(', ')})`)
  })
})

describe('Conditions', () => {
  it('sets each written condition in parentheses, so that an OR in it stays inside', () => {
    expect(conditions((q) => q.where('a = ? OR b = ?', 1, 2).where('c'))).toEqual(['(a = ? OR b = ?) AND (c)', [1, 2]])
  })

  it('compares columns in the order of the record', () => {
    const [x, y] = [random.int(0, 99), random.pick(['', 'y'])]
    expect(conditions((q) => q.whereEq({ x, y, z: false }))).toEqual(['x = ? AND y = ? AND z = ?', [x, y, false]])
    expect(conditions((q) => q.whereEq({}))).toEqual(['', []])
  })

  it('compares with IS NULL where there is no value', () => {
    expect(conditions((q) => q.whereEq({ a: null, b: 0, c: undefined }))).toEqual([
      'a IS NULL AND b = ? AND c IS NULL',
      [0],
    ])
  })

  it('finds nothing in an empty list', () => {
    expect(conditions((q) => q.whereIn('a', []))).toEqual(['1 = 0', []])
  })

  it('has one placeholder for each value of a list', () => {
    const values = Array.from({ length: random.int(1, 6) }, () => random.int(0, 9))
    expect(conditions((q) => q.whereIn('a', values))).toEqual([`a IN (${values.map(() => '?').join(', ')})`, values])
  })

  it('finds rows without a value if the list has null', () => {
    expect(conditions((q) => q.where('z').whereIn('a', [1, null, 0, undefined]))).toEqual([
      '(z) AND (a IN (?, ?) OR a IS NULL)',
      [1, 0],
    ])
    expect(conditions((q) => q.whereIn('a', [null, undefined]))).toEqual(['a IS NULL', []])
  })

  it('sets an alternative in parentheses with all conditions before it', () => {
    const [a, b, c, d, e] = Array.from({ length: 5 }, () => random.int(0, 99))
    const query = (q: Query) =>
      q
        .whereEq({ a, b })
        .or((inner) => inner.whereEq({ c, d }))
        .whereEq({ e })
    expect(conditions(query)).toEqual(['(a = ? AND b = ? OR c = ? AND d = ?) AND e = ?', [a, b, c, d, e]])
  })

  it('takes one alternative after the other from the left', () => {
    const query = (q: Query) =>
      q
        .where('a')
        .or((inner) => inner.where('b'))
        .where('c')
        .or((inner) => inner.where('d').or((deeper) => deeper.where('e')).where('f'))
    expect(conditions(query)[0]).toBe('(((a) OR (b)) AND (c) OR ((d) OR (e)) AND (f))')
  })

  it('adds nothing for an alternative that is missing one side', () => {
    expect(conditions((q) => q.or((inner) => inner.where('a = ?', 1)).where('b'))).toEqual(['(a = ?) AND (b)', [1]])
    expect(conditions((q) => q.where('a').or((inner) => inner).where('b'))).toEqual(['(a) AND (b)', []])
    expect(conditions((q) => q.or((inner) => inner.where('a').where('b')).where('c'))[0]).toBe('(a) AND (b) AND (c)')
  })

  it('takes only the conditions of an alternative', () => {
    const query = Query.from('t')
      .where('a')
      .or((inner) => inner.select('x').where('b').orderBy('y').limit(1))
    expect(query.build()).toEqual({ sql: 'SELECT * FROM t WHERE ((a) OR (b))', args: [] })
  })

  it('never lets a value become text', () => {
    const evil = `x'; DROP TABLE users; -- ?`
    const query = Query.from('t')
      .where('a = ?', evil)
      .whereEq({ b: evil })
      .whereIn('c', [evil])
      .or((q) => q.whereEq({ d: evil }))
    const built = [query.build(), query.build('$n'), query.buildDelete(), query.buildUpdate({ e: evil })]
    for (const { sql, args } of built) {
      expect(sql).not.toContain('DROP')
      expect(args.filter((arg) => arg === evil).length).toBe(args.length)
    }
    expect(query.build().args.length).toBe(4)
  })
})

describe('Branching', () => {
  it('leaves a query as it was, whatever is built from it', () => {
    const base = Query.from('t').select('a').where('x = ?', 1).orderBy('a').limit(5)
    const before = base.build()
    base.select('b')
    base.where('y = ?', 2)
    base.whereEq({ z: 3 })
    base.whereIn('w', [4])
    base.or((q) => q.where('v'))
    base.orderBy('b')
    base.limit(6, 7)
    expect(base.build()).toEqual(before)
  })

  it('lets two branches of one query go their own ways', () => {
    const base = Query.from('t').where('x')
    const [left, right] = [base.whereEq({ a: 1 }), base.whereEq({ b: 2 }).orderBy('b')]
    expect(left.build()).toEqual({ sql: 'SELECT * FROM t WHERE (x) AND a = ?', args: [1] })
    expect(right.build()).toEqual({ sql: 'SELECT * FROM t WHERE (x) AND b = ? ORDER BY b', args: [2] })
  })

  it('keeps the values as they were at the call', () => {
    const values = [1, 2]
    const query = Query.from('t').whereIn('a', values)
    values.push(3)
    values[0] = 9
    expect(query.build()).toEqual({ sql: 'SELECT * FROM t WHERE a IN (?, ?)', args: [1, 2] })
  })

  it('gives arguments that belong to the caller', () => {
    const query = Query.from('t').where('a = ?', 1)
    const built = query.build()
    built.args.push('x')
    built.args[0] = 'y'
    expect(query.build().args).toEqual([1])
  })

  it('changes no query by building or by a refused call', () => {
    const query = Query.from('t').whereEq({ a: 1 })
    query.buildUpdate({ b: 2 })
    query.buildDelete('$n')
    expect(() => query.where('b = ?')).toThrow(RangeError)
    expect(query.build()).toEqual({ sql: 'SELECT * FROM t WHERE a = ?', args: [1] })
  })
})

describe('Writes', () => {
  it('inserts the union of the columns in the order in which they first appear', () => {
    const rows = [{ b: 1 }, { a: 2, b: 3 }, { c: false, a: 0 }, {}]
    expect(Query.insert('t', rows)).toEqual({
      sql: 'INSERT INTO t (b, a, c) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)',
      args: [1, null, null, 3, 2, null, null, 0, false, null, null, null],
    })
  })

  it('inserts NULL for undefined', () => {
    expect(Query.insert('t', [{ a: undefined, b: null }], '$n')).toEqual({
      sql: 'INSERT INTO t (a, b) VALUES ($1, $2)',
      args: [null, null],
    })
  })

  it('takes no inherited property of a row for a column', () => {
    const rows: Array<Record<string, unknown>> = [{ constructor: 'Ford', toString: 'T' }, { other: 1 }]
    expect(Query.insert('cars', rows).args).toEqual(['Ford', 'T', null, null, null, 1])
  })

  it('refuses to insert nothing', () => {
    expect(() => Query.insert('t', [])).toThrow(RangeError)
    expect(() => Query.insert('t', [{}, {}])).toThrow(RangeError)
  })

  it('inserts any rows as a table of their columns', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const rows = Array.from({ length: random.int(2, 5) }, () => {
      const chosen = random.shuffle(names).slice(0, random.int(1, 4))
      return Object.fromEntries(chosen.map((name) => [name, random.int(0, 99)]))
    })
    rows.push({ [random.pick(['x', 'y'])]: 1 })
    const seen: string[] = []
    for (const row of rows) for (const name of Object.keys(row)) if (!seen.includes(name)) seen.push(name)
    const tuple = `(${seen.map(() => '?').join(', ')})`
    expect(Query.insert('t', rows)).toEqual({
      sql: `INSERT INTO t (${seen.join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
      args: rows.flatMap((row) => seen.map((name) => row[name] ?? null)),
    })
  })

  it('updates with the arguments of SET before those of WHERE', () => {
    const query = Query.from('t').where('a = ?', 1).whereIn('b', [2, 3])
    expect(query.buildUpdate({ c: 4, d: null, e: undefined, f: '' })).toEqual({
      sql: 'UPDATE t SET c = ?, d = ?, e = ?, f = ? WHERE (a = ?) AND b IN (?, ?)',
      args: [4, null, null, '', 1, 2, 3],
    })
    expect(query.buildUpdate({ c: 4 }, '$n').sql).toBe('UPDATE t SET c = $1 WHERE (a = $2) AND b IN ($3, $4)')
  })

  it('refuses to update nothing', () => {
    expect(() => Query.from('t').where('a').buildUpdate({})).toThrow(RangeError)
  })

  it('deletes what meets the conditions', () => {
    const query = Query.from('t').whereEq({ a: 1, b: null })
    expect(query.buildDelete()).toEqual({ sql: 'DELETE FROM t WHERE a = ? AND b IS NULL', args: [1] })
    expect(query.buildDelete('$n').sql).toBe('DELETE FROM t WHERE a = $1 AND b IS NULL')
  })

  it('takes an empty list for a condition', () => {
    expect(Query.from('t').whereIn('a', []).buildDelete().sql).toContain('DELETE FROM t WHERE ')
    expect(Query.from('t').whereIn('a', []).buildUpdate({ a: 1 }).args).toEqual([1])
  })

  it('refuses to change every row', () => {
    const all = Query.from('t')
    const queries = [all, all.select('a'), all.whereEq({}), all.or((q) => q)]
    for (const query of queries) {
      expect(() => query.buildUpdate({ a: 1 })).toThrow(MissingWhereError)
      expect(() => query.buildDelete()).toThrow(MissingWhereError)
    }
  })

  it('refuses to drop an order or a limit on the way to a write', () => {
    for (const query of [Query.from('t').where('a').limit(1), Query.from('t').where('a').orderBy('b')]) {
      expect(() => query.buildUpdate({ a: 1 })).toThrow(RangeError)
      expect(() => query.buildDelete()).toThrow(RangeError)
    }
  })
})
