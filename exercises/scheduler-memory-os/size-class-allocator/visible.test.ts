import { describe, expect, it } from 'vitest'
import { Allocator, OutOfMemoryError } from './solution'

const make = () => new Allocator({ procs: 2, sizeClasses: [8, 16, 32, 64, 128], pageSize: 128, heapPages: 8 })

describe('Allocator', () => {
  it('takes slots of the smallest class that fits', () => {
    const allocator = make()
    expect([1, 8, 9, 100, 129].map((size) => allocator.classOf(size))).toEqual([0, 0, 1, 4, -1])
    expect(allocator.malloc(0, 20, false)).toEqual({ page: 0, offset: 0, size: 32 })
    expect(allocator.malloc(0, 32, false)).toEqual({ page: 0, offset: 32, size: 32 })
    expect(allocator.stats()).toMatchObject({ centralLocks: 1, heapLocks: 1, pagesInUse: 1, wastedBytes: 12 })
  })

  it('gives each P a span of its own', () => {
    const allocator = make()
    expect(allocator.malloc(0, 32, false).page).toBe(0)
    expect(allocator.malloc(1, 32, false).page).toBe(1)
  })

  it('packs tiny objects without pointers', () => {
    const allocator = make()
    expect(allocator.malloc(0, 3, true)).toEqual({ page: 0, offset: 0, size: 3 })
    expect(allocator.malloc(0, 4, true)).toEqual({ page: 0, offset: 4, size: 4 })
    expect(allocator.stats().tinyCombined).toBe(1)
  })

  it('takes whole pages for large objects and gives them back', () => {
    const allocator = make()
    const large = allocator.malloc(0, 200, false)
    expect(large).toEqual({ page: 0, offset: 0, size: 256 })
    expect(() => allocator.malloc(0, 7 * 128, false)).toThrow(OutOfMemoryError)
    allocator.free(large)
    expect(allocator.malloc(0, 8 * 128, false).page).toBe(0)
  })
})
