import { expect, it } from 'vitest'
import { readCells } from '@/lib/runtime/membrane/cells'
import { Heap, type HeapObject } from '@/lib/runtime/membrane/heap'
import { Replicas } from '@/lib/runtime/membrane/replicas'

/* What both ends last agreed on is kept for comparison: of small objects always, of large ones for the latest alone. */

function crossed(values: readonly object[]): HeapObject[] {
  const heap = new Heap(0)
  const replicas = new Replicas(heap)
  return values.map((value) => {
    const kind = Array.isArray(value) ? 'a' : 'B'
    const entry = heap.addOwn(value, kind)
    replicas.agree(entry, readCells(kind, value))
    return entry
  })
}

const kept = (entries: readonly HeapObject[]): number => entries.filter(({ cells }) => cells !== null).length

it('of a thousand small lists all are kept', () => {
  expect(kept(crossed(Array.from({ length: 1_000 }, () => [1, 2, 3])))).toBe(1_000)
})

it('of a thousand lists with ten thousand numbers each the latest 26 are kept', () => {
  const entries = crossed(Array.from({ length: 1_000 }, () => new Array<number>(10_000).fill(7)))
  expect(kept(entries)).toBe(26)
  expect(kept(entries.slice(-26))).toBe(26)
})

it('of large buffers the latest is kept, however large it is', () => {
  const entries = crossed(Array.from({ length: 10 }, () => new ArrayBuffer(4_000_000)))
  expect(kept(entries)).toBe(1)
  expect(kept(entries.slice(-1))).toBe(1)
})
