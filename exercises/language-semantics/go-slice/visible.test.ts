import { describe, expect, it } from 'vitest'
import { copy, GoSlice, IndexError } from './solution'

describe('GoSlice', () => {
  it('shows a part of the same array', () => {
    const s = GoSlice.of(0, 1, 2, 3, 4, 5)
    const part = s.slice(1, 3)
    expect(part.toArray()).toEqual([2, 3])
    expect([part.len, part.cap]).toEqual([2, 4])
    part.set(0, 20)
    expect(s.get(1)).toBe(20)
  })

  it('appends into the shared array while there is room', () => {
    const s = GoSlice.of(0, 1, 2, 3, 4, 5)
    const longer = s.slice(0, 2).append(30)
    expect(longer.toArray()).toEqual([1, 2, 30])
    expect(s.toArray()).toEqual([1, 2, 30, 4, 5])
  })

  it('moves to a new array when there is none', () => {
    const s = GoSlice.of(0, 1, 2)
    const longer = s.append(3)
    longer.set(0, 10)
    expect(longer.toArray()).toEqual([10, 2, 3])
    expect(s.toArray()).toEqual([1, 2])
    expect(longer.sharesBackingWith(s)).toBe(false)
  })

  it('refuses an index outside of the window', () => {
    expect(() => GoSlice.make(2, 8, 0).get(2)).toThrow(IndexError)
  })

  it('copies as many elements as both have', () => {
    const target = GoSlice.make(2, 2, '')
    expect(copy(target, GoSlice.of('', 'a', 'b', 'c'))).toBe(2)
    expect(target.toArray()).toEqual(['a', 'b'])
  })
})
