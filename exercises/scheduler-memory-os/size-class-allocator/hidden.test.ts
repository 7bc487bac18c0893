import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { type Addr, Allocator, OutOfMemoryError } from './solution'

const CLASSES = [8, 16, 32, 48, 64, 128]

/** Pages of 128 bytes: 16 slots of 8 bytes, 8 of 16, 4 of 32, 2 of 48 or 64, 1 of 128. */
const make = (opts: Partial<ConstructorParameters<typeof Allocator>[0]> = {}) =>
  new Allocator({ procs: 2, sizeClasses: CLASSES, pageSize: 128, heapPages: 32, ...opts })

const several = (allocator: Allocator, count: number, size: number, noscan = false, p = 0): Addr[] =>
  Array.from({ length: count }, () => allocator.malloc(p, size, noscan))

const at = (page: number, offset: number, size: number) => ({ page, offset, size })

describe('Size classes', () => {
  it('knows the smallest class that fits', () => {
    const allocator = make()
    CLASSES.forEach((size, i) => {
      expect([allocator.classOf(size), allocator.classOf(size - 1)]).toEqual([i, i])
      expect(allocator.classOf(size + 1)).toBe(i + 1 < CLASSES.length ? i + 1 : -1)
    })
    expect([allocator.classOf(0), allocator.classOf(1), allocator.classOf(1e9)]).toEqual([0, 0, -1])
  })

  it('gives a slot of the smallest class that fits', () => {
    for (const size of [17, 65, random.int(17, 128)]) {
      const fits = CLASSES.find((each) => each >= size) ?? 0
      for (const noscan of [true, false]) expect(make().malloc(0, size, noscan)).toEqual(at(0, 0, fits))
    }
    expect(make().malloc(0, 5, false)).toEqual(at(0, 0, 8))
    expect(make().malloc(0, 16, true)).toEqual(at(0, 0, 16))
  })

  it('fills a span from its beginning and then begins another', () => {
    const allocator = make()
    expect(several(allocator, 5, 32)).toEqual([at(0, 0, 32), at(0, 32, 32), at(0, 64, 32), at(0, 96, 32), at(1, 0, 32)])
  })

  it('leaves the end of a span unused if no slot fits there', () => {
    expect(several(make(), 3, 48)).toEqual([at(0, 0, 48), at(0, 48, 48), at(1, 0, 48)])
  })

  it('makes spans of several pages for classes larger than a page', () => {
    const allocator = make({ sizeClasses: [16, 160, 200] })
    expect(several(allocator, 2, 150)).toEqual([at(0, 0, 160), at(2, 0, 160)])
    expect(allocator.stats()).toMatchObject({ pagesInUse: 4, heapLocks: 2 })
    const odd = make({ sizeClasses: [16, 100], pageSize: 40 })
    expect(several(odd, 2, 100)).toEqual([at(0, 0, 100), at(3, 0, 100)])
    const crossing = make({ sizeClasses: [16, 72], pageSize: 50 })
    expect(several(crossing, 1, 72)).toEqual([at(0, 0, 72)])
    const two = make({ sizeClasses: [16, 24], pageSize: 20 })
    expect([...several(two, 1, 20), ...several(two, 1, 20)].map(({ page }) => page)).toEqual([0, 2])
  })

  it('keeps objects with and without pointers in different spans', () => {
    const allocator = make()
    expect([false, true, false, true].map((noscan) => allocator.malloc(0, 32, noscan))).toEqual([
      at(0, 0, 32),
      at(1, 0, 32),
      at(0, 32, 32),
      at(1, 32, 32),
    ])
    expect(allocator.stats().centralLocks).toBe(2)
  })

  it('counts the bytes that nobody asked for', () => {
    const allocator = make()
    const a = allocator.malloc(0, 20, false)
    const b = allocator.malloc(0, 130, false)
    const c = allocator.malloc(0, 3, true)
    allocator.malloc(0, 5, true)
    expect(allocator.stats().wastedBytes).toBe(12 + 126 + 8)
    allocator.free(c)
    expect(allocator.stats().wastedBytes).toBe(12 + 126 + 11)
    allocator.free(a)
    allocator.free(b)
    expect(allocator.stats().wastedBytes).toBe(11)
  })

  it('gives everybody the same address who asks for nothing', () => {
    const allocator = make()
    const first = allocator.malloc(0, 0, false)
    expect(first).toEqual(at(-1, 0, 0))
    expect(allocator.malloc(1, 0, true)).toEqual(first)
    allocator.free(first)
    allocator.free(first)
    expect(allocator.stats()).toEqual({ centralLocks: 0, heapLocks: 0, tinyCombined: 0, pagesInUse: 0, wastedBytes: 0 })
  })

  it('refuses numbers that make no sense', () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      for (const opts of [{ procs: n }, { heapPages: n }, { pageSize: n }]) expect(() => make(opts)).toThrow(RangeError)
    }
    expect(() => make({ pageSize: 15 })).toThrow(RangeError)
    for (const sizeClasses of [[], [8, 32], [16, 8], [16, 16], [0, 16], [8.5, 16], [-8, 16]]) {
      expect(() => make({ sizeClasses })).toThrow(RangeError)
    }
    const allocator = make()
    for (const size of [-1, 1.5, Number.NaN]) {
      expect(() => allocator.malloc(0, size, false)).toThrow(RangeError)
      expect(() => allocator.malloc(0, size, true)).toThrow(RangeError)
      expect(() => allocator.classOf(size)).toThrow(RangeError)
    }
    for (const p of [-1, 2, 0.5]) expect(() => allocator.malloc(p, 8, false)).toThrow(RangeError)
    expect(() => allocator.malloc(2, 0, false)).toThrow(RangeError)
  })
})

describe('Tiny objects', () => {
  it('packs objects under 16 bytes without pointers into blocks of 16', () => {
    const allocator = make()
    expect(several(allocator, 5, 5, true)).toEqual([at(0, 0, 5), at(0, 5, 5), at(0, 10, 5), at(0, 16, 5), at(0, 21, 5)])
    expect(allocator.stats()).toMatchObject({ tinyCombined: 3, centralLocks: 1, heapLocks: 1, pagesInUse: 1 })
  })

  it('aligns by the size', () => {
    const offsets = (...sizes: number[]) => {
      const allocator = make()
      return sizes.map((size) => allocator.malloc(0, size, true).offset)
    }
    expect(offsets(1, 8)).toEqual([0, 8])
    expect(offsets(1, 4, 4)).toEqual([0, 4, 8])
    expect(offsets(1, 2, 6)).toEqual([0, 2, 4])
    expect(offsets(1, 12)).toEqual([0, 4])
    expect(offsets(3, 10)).toEqual([0, 4])
    expect(offsets(1, 7, 7, 1)).toEqual([0, 1, 8, 15])
    expect(offsets(5, 12)).toEqual([0, 16])
    expect(offsets(9, 8)).toEqual([0, 16])
  })

  it('fills a block to its last byte', () => {
    expect(several(make(), 16, 1, true).map(({ offset }) => offset)).toEqual(Array.from({ length: 16 }, (_, i) => i))
    expect(several(make(), 2, 8, true)).toEqual([at(0, 0, 8), at(0, 8, 8)])
  })

  it('packs neither objects with pointers nor objects of 16 bytes', () => {
    const allocator = make()
    expect(several(allocator, 2, 5)).toEqual([at(0, 0, 8), at(0, 8, 8)])
    expect(several(allocator, 2, 16, true)).toEqual([at(1, 0, 16), at(1, 16, 16)])
    expect(allocator.stats().tinyCombined).toBe(0)
  })

  it('takes its blocks from the class of 16 bytes without pointers', () => {
    const allocator = make()
    allocator.malloc(0, 16, true)
    expect(allocator.malloc(0, 9, true)).toEqual(at(0, 16, 9))
    expect(allocator.malloc(0, 16, true)).toEqual(at(0, 32, 16))
    expect(allocator.malloc(0, 4, true)).toEqual(at(0, 28, 4))
    expect(allocator.stats().centralLocks).toBe(1)
  })

  it('has a block for each P', () => {
    const allocator = make()
    expect([0, 1, 0, 1].map((p) => allocator.malloc(p, 4, true))).toEqual([
      at(0, 0, 4),
      at(1, 0, 4),
      at(0, 4, 4),
      at(1, 4, 4),
    ])
  })

  it('forgets the old block when an object needs a new one', () => {
    const allocator = make()
    expect([2, 15, 1, 1].map((size) => allocator.malloc(0, size, true).offset)).toEqual([0, 16, 31, 32])
  })

  it('frees a block with the last of its objects', () => {
    const allocator = make()
    const [a, b] = several(allocator, 2, 8, true)
    allocator.malloc(0, 8, true)
    if (a !== undefined) allocator.free(a)
    expect(allocator.malloc(0, 16, true).offset).toBe(32)
    if (b !== undefined) allocator.free(b)
    expect(allocator.malloc(0, 16, true).offset).toBe(0)
  })

  it('keeps its current block when an older one is freed', () => {
    const allocator = make()
    const old = allocator.malloc(0, 12, true)
    expect(allocator.malloc(0, 8, true)).toEqual(at(0, 16, 8))
    allocator.free(old)
    expect(allocator.malloc(0, 8, true)).toEqual(at(0, 24, 8))
  })

  it('begins a new block after its current one was freed', () => {
    const allocator = make()
    const a = allocator.malloc(0, 4, true)
    allocator.free(a)
    expect(allocator.malloc(0, 16, true)).toEqual(at(0, 0, 16))
    expect(allocator.malloc(0, 4, true)).toEqual(at(0, 16, 4))
    expect(allocator.stats().tinyCombined).toBe(0)
  })
})

describe('Caches and locks', () => {
  it('takes no lock for a slot of the span that the P has', () => {
    const allocator = make()
    several(allocator, 4, 32)
    expect(allocator.stats()).toMatchObject({ centralLocks: 1, heapLocks: 1 })
    several(allocator, 1, 32)
    expect(allocator.stats()).toMatchObject({ centralLocks: 2, heapLocks: 2 })
    several(allocator, 3, 32)
    expect(allocator.stats()).toMatchObject({ centralLocks: 2, heapLocks: 2, pagesInUse: 2 })
  })

  it('gives each P a span of its own', () => {
    const allocator = make({ procs: 3 })
    expect([0, 1, 2, 1].map((p) => allocator.malloc(p, 32, false))).toEqual([
      at(0, 0, 32),
      at(1, 0, 32),
      at(2, 0, 32),
      at(1, 32, 32),
    ])
    expect(allocator.stats()).toMatchObject({ centralLocks: 3, heapLocks: 3 })
  })

  it('takes the lowest free slot, also one that was freed', () => {
    const allocator = make()
    const slots = several(allocator, 4, 32)
    for (const i of random.shuffle([0, 2])) allocator.free(slots[i] ?? at(0, 0, 0))
    expect(several(allocator, 3, 32)).toEqual([at(0, 0, 32), at(0, 64, 32), at(1, 0, 32)])
    expect(allocator.stats()).toMatchObject({ centralLocks: 2, heapLocks: 2 })
  })

  it('refills with the lowest span that has a free slot and that no P has, before it makes a new one', () => {
    const allocator = make()
    const slots = several(allocator, 16, 32)
    for (const i of [11, 10, 5]) allocator.free(slots[i] ?? at(0, 0, 0))
    expect(several(allocator, 4, 32)).toEqual([at(1, 32, 32), at(2, 64, 32), at(2, 96, 32), at(4, 0, 32)])
    expect(allocator.stats()).toMatchObject({ centralLocks: 7, heapLocks: 5 })
  })

  it('refills with the lowest span, not with the oldest', () => {
    const allocator = make()
    const large = allocator.malloc(0, 200, false)
    const high = several(allocator, 4, 32)
    allocator.free(large)
    const low = several(allocator, 4, 32)
    several(allocator, 4, 32)
    expect([high, low].map((slots) => slots[3]?.page)).toEqual([2, 0])
    for (const addr of [high[1], low[1]]) if (addr !== undefined) allocator.free(addr)
    expect(several(allocator, 2, 32)).toEqual([at(0, 32, 32), at(2, 32, 32)])
  })

  it('hands a span from one P to another only when the first has let it go', () => {
    const allocator = make()
    const slots = several(allocator, 4, 32)
    allocator.free(slots[1] ?? at(0, 0, 0))
    expect(allocator.malloc(1, 32, false)).toEqual(at(1, 0, 32))
    expect(several(allocator, 2, 32)).toEqual([at(0, 32, 32), at(2, 0, 32)])
    allocator.free(slots[3] ?? at(0, 0, 0))
    expect(several(allocator, 4, 32, false, 1).at(-1)).toEqual(at(0, 96, 32))
  })

  it('takes one lock of the heap for a large object, and none of the centre', () => {
    const allocator = make()
    several(allocator, 3, 129)
    expect(allocator.stats()).toMatchObject({ centralLocks: 0, heapLocks: 3, pagesInUse: 6 })
  })

  it('takes no lock for freeing', () => {
    const allocator = make()
    const all = [...several(allocator, 9, 32), ...several(allocator, 2, 200), ...several(allocator, 5, 4, true)]
    const { centralLocks, heapLocks } = allocator.stats()
    for (const addr of random.shuffle(all)) allocator.free(addr)
    expect(allocator.stats()).toMatchObject({ centralLocks, heapLocks })
  })
})

describe('Heap', () => {
  it('takes whole pages for objects larger than the largest class', () => {
    const allocator = make()
    expect([129, 256, 257].map((size) => allocator.malloc(0, size, true))).toEqual([
      at(0, 0, 256),
      at(2, 0, 256),
      at(4, 0, 384),
    ])
    expect(allocator.stats().pagesInUse).toBe(7)
  })

  it('takes the lowest run of pages that is long enough', () => {
    const allocator = make()
    const [a, , c] = [129, 129, 300, 129].map((size) => allocator.malloc(0, size, false))
    if (a !== undefined && c !== undefined) [a, c].forEach((addr) => allocator.free(addr))
    expect(allocator.malloc(0, 300, false).page).toBe(4)
    expect(allocator.malloc(0, 129, false).page).toBe(0)
  })

  it('gives free neighbours together', () => {
    const allocator = make({ heapPages: 9 })
    const parts = several(allocator, 3, 3 * 128)
    for (const addr of random.shuffle(parts)) allocator.free(addr)
    expect(allocator.malloc(0, 9 * 128, false)).toEqual(at(0, 0, 9 * 128))
  })

  it('gets back a span when its last slot is freed and no P has it', () => {
    const allocator = make({ heapPages: 3 })
    const slots = several(allocator, 9, 32)
    expect(allocator.stats().pagesInUse).toBe(3)
    for (const addr of slots.slice(0, 8)) allocator.free(addr)
    expect(allocator.stats().pagesInUse).toBe(1)
    expect(allocator.malloc(0, 256, false)).toEqual(at(0, 0, 256))
    allocator.free(slots[8] ?? at(0, 0, 0))
    expect(allocator.stats().pagesInUse).toBe(3)
    expect(allocator.malloc(0, 32, false)).toEqual(at(2, 0, 32))
  })

  it('gives pages to another class when they have come back', () => {
    const allocator = make({ heapPages: 2 })
    const slots = several(allocator, 5, 32)
    for (const addr of slots.slice(0, 4)) allocator.free(addr)
    expect(allocator.malloc(0, 64, true)).toEqual(at(0, 0, 64))
    expect(() => allocator.malloc(0, 48, true)).toThrow(OutOfMemoryError)
  })

  it('says so when no run of pages is long enough, and goes on afterwards', () => {
    const allocator = make({ heapPages: 4, procs: 1 })
    const slots = several(allocator, 4, 32)
    expect(() => allocator.malloc(0, 4 * 128, false)).toThrow(OutOfMemoryError)
    const large = allocator.malloc(0, 3 * 128, false)
    expect(() => allocator.malloc(0, 32, false)).toThrow(OutOfMemoryError)
    expect(() => allocator.malloc(0, 4, true)).toThrow(OutOfMemoryError)
    expect(allocator.stats()).toMatchObject({ pagesInUse: 4, tinyCombined: 0, wastedBytes: 0 })
    allocator.free(slots[2] ?? at(0, 0, 0))
    expect(allocator.malloc(0, 32, false)).toEqual(at(0, 64, 32))
    allocator.free(large)
    expect(allocator.malloc(0, 4, true)).toEqual(at(1, 0, 4))
  })

  it('refuses to free what is not alive', () => {
    const allocator = make()
    const a = allocator.malloc(0, 32, false)
    const tiny = allocator.malloc(0, 4, true)
    const large = allocator.malloc(0, 200, true)
    const wrong = [at(0, 32, 32), at(0, 0, 16), at(0, 0, 8), at(1, 0, 16), at(9, 0, 32), at(9, 0, 0)]
    for (const addr of [...wrong, at(-1, 0, 8), at(-1, 8, 0)]) {
      expect(() => allocator.free(addr)).toThrow(RangeError)
    }
    expect(allocator.stats()).toMatchObject({ pagesInUse: 4, wastedBytes: 12 + 56 })
    for (const addr of [a, tiny, large]) {
      allocator.free(addr)
      expect(() => allocator.free(addr)).toThrow(RangeError)
    }
    expect(allocator.stats()).toMatchObject({ pagesInUse: 2, wastedBytes: 0 })
  })

  it('lets no two living objects overlap, whatever happens', () => {
    const seeds = Array.from({ length: 6 }, () => random.next())
    const problems = inGuest((solution: typeof import('./solution'), given: number[]): string[] => {
      const found = new Set<string>()
      const options = { procs: 3, sizeClasses: [8, 16, 24, 40, 96], pageSize: 64, heapPages: 60 }
      for (const seed of given) run(seed)
      return [...found]

      function run(seed: number): void {
        let state = Math.floor(seed * 2 ** 31) + 1
        const below = (n: number) => {
          state = (state * 48271) % 2147483647
          return state % n
        }
        const allocator = new solution.Allocator(options)
        const owner = Array<number>(60 * 64).fill(0)
        const live: Array<{ id: number; asked: number; addr: { page: number; offset: number; size: number } }> = []
        for (let id = 1; id < 350; id++) {
          if (live.length > 0 && below(100) < (id % 200 < 100 ? 30 : 65)) {
            const [gone] = live.splice(below(live.length), 1)
            if (gone === undefined) continue
            const begin = gone.addr.page * 64 + gone.addr.offset
            for (let byte = begin; byte < begin + gone.addr.size; byte++) {
              if (owner[byte] !== gone.id) found.add('overlap')
              owner[byte] = 0
            }
            allocator.free(gone.addr)
            continue
          }
          const asked = below(10) === 0 ? 97 + below(200) : 1 + below(below(2) === 0 ? 15 : 96)
          try {
            const addr = allocator.malloc(below(3), asked, below(2) === 0)
            if (addr.size < asked) found.add('too small')
            const begin = addr.page * 64 + addr.offset
            if (addr.offset >= 64 || begin < 0 || begin + addr.size > owner.length) found.add('outside')
            for (let byte = begin; byte < begin + addr.size; byte++) {
              if (owner[byte] !== 0) found.add('overlap')
              owner[byte] = id
            }
            live.push({ id, asked, addr })
          } catch (error) {
            if (!(error instanceof solution.OutOfMemoryError)) found.add(String(error))
          }
        }
        for (const { addr } of live) allocator.free(addr)
        if (allocator.stats().wastedBytes !== 0) found.add('waste without objects')
        if (allocator.stats().pagesInUse > 3 * 10 * 2) found.add('pages left')
      }
    }, seeds)
    expect(problems).toEqual([])
  })
})
