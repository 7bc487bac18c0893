import { describe, expect, it } from 'vitest'
import { Collector, Heap } from './solution'

/** A heap of objects a, b, c, ... with links such as 'ab', and a as its root. */
function heapOf(objects: string, ...links: string[]): Heap {
  const heap = new Heap()
  for (const id of objects) heap.alloc(id)
  for (const [from = '', to = ''] of links) heap.link(from, to)
  heap.addRoot('a')
  return heap
}

describe('Collector', () => {
  it('frees what cannot be reached from a root', () => {
    const heap = heapOf('abcd', 'ab', 'cd')
    expect(new Collector(heap).collect()).toEqual(['c', 'd'])
    expect(heap.objects).toEqual(['a', 'b'])
  })

  it('marks in steps', () => {
    const collector = new Collector(heapOf('abcd', 'ab', 'ac'))
    collector.start()
    expect(collector.greys).toEqual(['a'])
    expect(collector.step()).toBe(false)
    expect([collector.color('a'), collector.color('b'), collector.color('d')]).toEqual(['black', 'grey', 'white'])
    expect(collector.greys).toEqual(['b', 'c'])
    expect(collector.step(2)).toBe(true)
    expect(collector.sweep()).toEqual(['d'])
    expect(collector.color('a')).toBe('white')
  })

  it('frees circles', () => {
    const heap = heapOf('abc', 'bc', 'cb')
    expect(new Collector(heap).collect()).toEqual(['b', 'c'])
  })

  it('refuses to sweep before marking has ended', () => {
    const collector = new Collector(heapOf('ab', 'ab'))
    expect(() => collector.sweep()).toThrow()
    collector.start()
    expect(() => collector.sweep()).toThrow()
  })
})
