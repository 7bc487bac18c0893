import { describe, expect, it } from 'vitest'
import { MvccTable, visible, WriteConflictError } from './solution'

/** A table in which a committed transaction has written a = 1. */
function table(): MvccTable {
  const made = new MvccTable()
  const tx = made.begin('read-committed')
  tx.write('a', '1')
  tx.commit()
  return made
}

describe('MvccTable', () => {
  it('shows what had been committed when the view was taken', () => {
    const view = { creator: 7, active: new Set([5, 6]), low: 5, high: 9 }
    expect([4, 5, 7, 8, 9].map((id) => visible(id, view))).toEqual([true, false, true, true, false])
  })

  it('repeats its reads under repeatable-read', () => {
    const db = table()
    const reader = db.begin('repeatable-read')
    expect(reader.read('a')).toBe('1')
    const writer = db.begin('read-committed')
    writer.write('a', '2')
    writer.commit()
    expect([reader.read('a'), reader.readLatest('a')]).toEqual(['1', '2'])
  })

  it('refuses to write over an uncommitted change', () => {
    const db = table()
    const first = db.begin('read-committed')
    const second = db.begin('read-committed')
    first.write('a', '2')
    expect(() => second.write('a', '3')).toThrow(WriteConflictError)
    first.rollback()
    second.write('a', '3')
    expect(second.read('a')).toBe('3')
  })
})
