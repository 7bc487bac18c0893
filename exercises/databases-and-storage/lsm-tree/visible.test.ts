import { describe, expect, it } from 'vitest'
import { type LsmDisk, LsmTree } from './solution'

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

const OPTS = { memtableMax: 3, level0Max: 2, fanout: 3 }

describe('LsmTree', () => {
  it('finds the newest version, in memory or in a table', () => {
    const tree = new LsmTree(memoryDisk(), OPTS)
    for (const [key, value] of [['a', '1'], ['b', '1'], ['c', '1'], ['a', '2']] as const) tree.put(key, value)
    expect([tree.get('a'), tree.get('b'), tree.get('x')]).toEqual(['2', '1', undefined])
    expect(tree.stats().levels).toEqual([1])
  })

  it('merges all levels in a scan', () => {
    const tree = new LsmTree(memoryDisk(), OPTS)
    for (const key of ['d', 'a', 'c', 'b', 'e']) tree.put(key, key.toUpperCase())
    tree.delete('c')
    expect(tree.scan('b', 'e')).toEqual([['b', 'B'], ['d', 'D']])
  })

  it('finds everything again when it is opened', () => {
    const disk = memoryDisk()
    const tree = new LsmTree(disk, OPTS)
    for (const key of ['a', 'b', 'c', 'd']) tree.put(key, key)
    tree.delete('a')
    expect(new LsmTree(disk, OPTS).scan('', 'z')).toEqual([['b', 'b'], ['c', 'c'], ['d', 'd']])
  })
})
