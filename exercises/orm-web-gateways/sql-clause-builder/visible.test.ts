import { describe, expect, it } from 'vitest'
import { MissingWhereError, Query } from './solution'

describe('Query', () => {
  it('builds a statement with its arguments beside it', () => {
    const query = Query.from('users').select('id', 'name').where('age >= ?', 18).orderBy('name').limit(10)
    expect(query.build()).toEqual({
      sql: 'SELECT id, name FROM users WHERE (age >= ?) ORDER BY name LIMIT ?',
      args: [18, 10],
    })
  })

  it('puts the clauses in their own order', () => {
    const query = Query.from('users').limit(5).orderBy('id').where('age < ?', 30)
    expect(query.build()).toEqual({ sql: 'SELECT * FROM users WHERE (age < ?) ORDER BY id LIMIT ?', args: [30, 5] })
  })

  it('joins alternatives with OR', () => {
    const query = Query.from('users')
      .whereEq({ role: 'admin' })
      .or((q) => q.whereEq({ role: 'owner' }))
      .where('active')
    expect(query.build()).toEqual({
      sql: 'SELECT * FROM users WHERE (role = ? OR role = ?) AND (active)',
      args: ['admin', 'owner'],
    })
  })

  it('numbers placeholders on request', () => {
    expect(Query.from('users').whereIn('id', [7, 8]).limit(1).build('$n')).toEqual({
      sql: 'SELECT * FROM users WHERE id IN ($1, $2) LIMIT $3',
      args: [7, 8, 1],
    })
  })

  it('writes rows, and never all of them by accident', () => {
    expect(Query.insert('users', [{ name: 'Ann' }, { name: 'Bo', age: 5 }])).toEqual({
      sql: 'INSERT INTO users (name, age) VALUES (?, ?), (?, ?)',
      args: ['Ann', null, 'Bo', 5],
    })
    expect(Query.from('users').whereEq({ id: 1 }).buildUpdate({ age: 6 })).toEqual({
      sql: 'UPDATE users SET age = ? WHERE id = ?',
      args: [6, 1],
    })
    expect(() => Query.from('users').buildDelete()).toThrow(MissingWhereError)
  })
})
