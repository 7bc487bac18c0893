import { describe, expect, it } from 'vitest'
import { BPlusTree } from './solution'

function filled(order: number, keys: readonly number[]): BPlusTree<string> {
  const tree = new BPlusTree<string>(order)
  for (const key of keys) tree.set(key, `v${key}`)
  return tree
}

describe('BPlusTree', () => {
  it('finds what was set, and replaces it', () => {
    const tree = filled(4, [5, 1, 9, 3, 7])
    tree.set(9, 'new')
    expect([tree.get(1), tree.get(9), tree.get(4), tree.size]).toEqual(['v1', 'new', undefined, 5])
  })

  it('splits a full leaf and links the halves', () => {
    const tree = filled(3, [1, 2])
    expect(tree.dump()).toEqual({ leaf: true, keys: [1, 2], next: null })
    tree.set(3, 'v3')
    expect([tree.height, tree.dump()?.leaf, tree.dump()?.children?.length]).toEqual([2, false, 2])
    expect(tree.dump()?.children?.at(-1)?.next).toBeNull()
  })

  it('lists a range in either direction', () => {
    const tree = filled(3, [1, 2, 3, 4, 5, 6, 7, 8])
    expect(tree.range(3, 5)).toEqual([
      [3, 'v3'],
      [4, 'v4'],
      [5, 'v5'],
    ])
    expect(tree.range(0, 99, { limit: 2, reverse: true }).map(([key]) => key)).toEqual([8, 7])
  })

  it('deletes keys', () => {
    const tree = filled(3, [1, 2, 3])
    expect([tree.delete(2), tree.delete(2), tree.get(2), tree.size]).toEqual([true, false, undefined, 2])
  })
})
