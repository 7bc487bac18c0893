import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { copy, GoSlice, IndexError } from './solution'

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** Capacities by the rule of the prompt. */
function grownCap(cap: number, needed: number): number {
  if (needed > 2 * cap) return needed
  if (cap < 256) return 2 * cap
  let grown = cap
  while (grown < needed) grown += Math.floor((grown + 768) / 4)
  return grown
}

/** Everything that a program can see of a slice. */
function seen<T>(s: GoSlice<T>) {
  return { len: s.len, cap: s.cap, elements: s.toArray() }
}

describe('Windows', () => {
  it('makes a new array of zeros and shows the first of them', () => {
    const [len, extra] = [random.int(0, 5), random.int(0, 5)]
    const s = GoSlice.make(len, len + extra, 'zero')
    expect(seen(s)).toEqual({ len, cap: len + extra, elements: Array(len).fill('zero') })
    expect(s.slice(0, len + extra).toArray()).toEqual(Array(len + extra).fill('zero'))
    expect(s.sharesBackingWith(GoSlice.make(len, len + extra, 'zero'))).toBe(false)
  })

  it('makes an array of just the items', () => {
    const items = numbers(random.int(0, 6), 7)
    expect(seen(GoSlice.of(0, ...items))).toEqual({ len: items.length, cap: items.length, elements: items })
  })

  it('has the length of what is shown, and room up to the end of the capacity', () => {
    const [before, shown, after] = [random.int(1, 4), random.int(1, 4), random.int(1, 4)]
    const s = GoSlice.of(0, ...numbers(before + shown + after))
    const part = s.slice(before, before + shown)
    expect(seen(part)).toEqual({ len: shown, cap: shown + after, elements: numbers(shown, before) })
    const rest = numbers(shown, before).slice(1)
    expect(seen(part.slice(1))).toEqual({ len: shown - 1, cap: shown + after - 1, elements: rest })
  })

  it('takes the whole window for bounds that are left out', () => {
    const s = GoSlice.of(0, ...numbers(6)).slice(1, 4)
    expect(seen(s.slice())).toEqual(seen(s))
    expect(s.slice(2).toArray()).toEqual([3])
    expect(s.slice(undefined, 2).toArray()).toEqual([1, 2])
    expect(s.slice(undefined, undefined, 4).cap).toBe(4)
  })

  it('shows writes through every window on the element', () => {
    const s = GoSlice.of(0, ...numbers(8))
    const [a, b] = [s.slice(2, 6), s.slice(4)]
    const value = random.int(100, 999)
    a.set(3, value)
    expect([s.get(5), b.get(1)]).toEqual([value, value])
    b.set(0, value + 1)
    expect([s.get(4), a.get(2)]).toEqual([value + 1, value + 1])
    expect(a.slice(1).slice(1).toArray()).toEqual([value + 1, value])
  })

  it('brings elements between length and capacity into view', () => {
    const s = GoSlice.of(0, ...numbers(7))
    const narrow = s.slice(1, 3)
    s.set(5, 55)
    expect(narrow.slice(0, 6).toArray()).toEqual([1, 2, 3, 4, 55, 6])
    expect(narrow.slice(3, 5).toArray()).toEqual([4, 55])
    const empty = s.slice(2, 2)
    expect(empty.slice(0, 1).toArray()).toEqual([2])
  })

  it('limits the capacity by the third index', () => {
    const s = GoSlice.of(0, ...numbers(8))
    const limited = s.slice(2, 4, 5)
    expect(seen(limited)).toEqual({ len: 2, cap: 3, elements: [2, 3] })
    expect(limited.slice(0, 3).toArray()).toEqual([2, 3, 4])
    expect(limited.slice(1).cap).toBe(2)
  })

  it('knows whether two slices belong to one array, wherever they look', () => {
    const s = GoSlice.of(0, ...numbers(6))
    expect(s.slice(0, 1).sharesBackingWith(s.slice(4))).toBe(true)
    expect(s.slice(3, 3).sharesBackingWith(s)).toBe(true)
    expect(s.sharesBackingWith(GoSlice.of(0, ...numbers(6)))).toBe(false)
    expect(GoSlice.make(0, 0, 0).sharesBackingWith(GoSlice.make(0, 0, 0))).toBe(false)
  })

  it('gives the shown elements as an array of its own', () => {
    const s = GoSlice.of(0, 1, 2, 3)
    const array = s.slice(1).toArray()
    array[0] = 99
    array.push(100)
    expect(s.toArray()).toEqual([1, 2, 3])
  })
})

describe('Append', () => {
  it('returns the elements with the items behind them', () => {
    const [few, more] = [numbers(random.int(0, 5)), numbers(random.int(1, 5), 50)]
    expect(GoSlice.of(0, ...few).append(...more).toArray()).toEqual([...few, ...more])
    expect(GoSlice.make(0, 9, 0).append(...more).toArray()).toEqual(more)
  })

  it('overwrites what others see while there is room', () => {
    const s = GoSlice.of(0, ...numbers(6))
    const [left, right] = [s.slice(0, 2), s.slice(2, 5)]
    const longer = left.append(20, 30)
    expect(longer.sharesBackingWith(s)).toBe(true)
    expect(right.toArray()).toEqual([20, 30, 4])
    right.set(0, 21)
    expect(longer.toArray()).toEqual([0, 1, 21, 30])
  })

  it('lets two appends to one slice write to the same place', () => {
    const base = GoSlice.make(1, 4, 0)
    const [a, b] = [base.append(1), base.append(2)]
    expect([a.toArray(), b.toArray()]).toEqual([
      [0, 2],
      [0, 2],
    ])
  })

  it('keeps the capacity while there is room, also when it fills up exactly', () => {
    const s = GoSlice.make(2, 5, 0).slice(1)
    const full = s.append(1, 2, 3)
    expect(seen(full)).toEqual({ len: 4, cap: 4, elements: [0, 1, 2, 3] })
    expect(full.sharesBackingWith(s)).toBe(true)
  })

  it('leaves the window of the slice as it was', () => {
    const s = GoSlice.make(2, 4, 7)
    s.append(1)
    s.append(1, 2, 3)
    expect([s.len, s.cap]).toEqual([2, 4])
    expect(s.toArray()).toEqual([7, 7])
    expect(() => s.get(2)).toThrow(IndexError)
  })

  it('moves to an array of its own when there is no room', () => {
    const s = GoSlice.of(0, ...numbers(5))
    const limited = s.slice(1, 3, 3)
    const moved = limited.append(random.int(10, 99))
    expect(s.toArray()).toEqual(numbers(5))
    expect(moved.sharesBackingWith(s)).toBe(false)
    moved.set(0, 100)
    s.set(2, 200)
    expect([s.get(1), limited.get(0), moved.get(1)]).toEqual([1, 1, 2])
  })

  it('writes nothing into the shared array when only some of the items would fit', () => {
    const s = GoSlice.of(0, ...numbers(4))
    expect(s.slice(0, 2).append(70, 80, 90).toArray()).toEqual([0, 1, 70, 80, 90])
    expect(s.toArray()).toEqual(numbers(4))
  })

  it('grows by the rule', () => {
    const cases = [0, 1, 3, 255, 256, 600, random.int(4, 250), random.int(257, 900)].flatMap((cap) => {
      return [1, cap, cap + 1, Math.ceil(cap / 2)].filter((more) => more > 0).map((more) => ({ cap, more }))
    })
    const driver = (solution: typeof import('./solution'), asked: typeof cases) => {
      return asked.map(({ cap, more }) => {
        const grown = solution.GoSlice.make(cap, cap, 0).append(...Array<number>(more).fill(1))
        return [grown.len, grown.cap]
      })
    }
    expect(inGuest(driver, cases)).toEqual(cases.map(({ cap, more }) => [cap + more, grownCap(cap, cap + more)]))
  })

  it('decides by its own capacity, not by the array behind it', () => {
    const s = GoSlice.make(50, 50, 0)
    expect(s.slice(0, 3, 3).append(1).cap).toBe(6)
    expect(s.slice(40, 44, 45).append(1, 2).cap).toBe(10)
  })

  it('fills new room with the zero of the slice', () => {
    const grown = GoSlice.of('none', 'a', 'b', 'c').slice(1).append('d')
    expect(grown.slice(0, 4).toArray()).toEqual(['b', 'c', 'd', 'none'])
    const again = grown.append('e', 'f')
    expect(again.slice(0, again.cap).toArray().slice(5)).toEqual(Array(again.cap - 5).fill('none'))
  })

  it('changes nothing when nothing is appended', () => {
    const s = GoSlice.of(0, 1, 2, 3).slice(0, 2)
    const same = s.append()
    expect(seen(same)).toEqual(seen(s))
    expect(same.sharesBackingWith(s)).toBe(true)
    expect(GoSlice.make(0, 0, 0).append().cap).toBe(0)
  })

  it('appends many elements one by one in linear time', () => {
    const result = inGuest((solution: typeof import('./solution'), count: number) => {
      let s = solution.GoSlice.make(0, 0, 0)
      let arrays = 0
      for (let i = 0; i < count; i++) {
        const next = s.append(i)
        if (!next.sharesBackingWith(s)) arrays++
        s = next
      }
      return { len: s.len, last: s.get(count - 1), arrays }
    }, 5_000)
    expect(result.len).toBe(5_000)
    expect(result.last).toBe(4_999)
    expect(result.arrays).toBeLessThan(50)
  })
})

describe('Bounds', () => {
  it('reads and writes only what is shown', () => {
    const s = GoSlice.make(3, 6, 0)
    for (const i of [-1, 3, 5, 0.5, Number.NaN]) {
      expect(() => s.get(i)).toThrow(IndexError)
      expect(() => s.set(i, 1)).toThrow(IndexError)
    }
    expect(s.slice(0, 6).toArray()).toEqual(Array(6).fill(0))
    expect(() => GoSlice.make(0, 4, 0).get(0)).toThrow(IndexError)
  })

  it('slices only within its own capacity', () => {
    const s = GoSlice.of(0, ...numbers(9)).slice(2, 5, 7)
    const bad = [[-1, 2], [3, 2], [0, 6], [2, 3, 6], [0, 3, 2], [4], [6, 6], [0.5, 2], [0, 1.5], [0, 1, 2.5]] as const
    for (const bounds of bad) expect(() => s.slice(...bounds)).toThrow(IndexError)
    expect(() => s.slice(Number.NaN)).toThrow(IndexError)
  })

  it('allows windows that are empty, up to the very end', () => {
    const s = GoSlice.of(0, 1, 2, 3)
    expect(seen(s.slice(3))).toEqual({ len: 0, cap: 0, elements: [] })
    expect(seen(s.slice(0, 0, 0).slice())).toEqual({ len: 0, cap: 0, elements: [] })
    expect(s.slice(2, 2, 2).append(9).toArray()).toEqual([9])
    expect(s.toArray()).toEqual([1, 2, 3])
  })

  it('makes no array with a length beyond its capacity', () => {
    for (const [len, cap] of [[3, 2], [-1, 2], [-2, -1], [1.5, 2], [1, 2.5]] as const) {
      expect(() => GoSlice.make(len, cap, 0)).toThrow(IndexError)
    }
  })
})

describe('Copy', () => {
  it('copies as many elements as the shorter slice shows', () => {
    const [from, to] = [random.int(0, 5), random.int(0, 5)]
    const source = GoSlice.of(0, ...numbers(from, 10)).append(99).slice(0, from)
    const target = GoSlice.make(to, 9, 0)
    const count = Math.min(from, to)
    expect(copy(target, source)).toBe(count)
    expect(target.slice(0, 9).toArray()).toEqual([...numbers(count, 10), ...Array(9 - count).fill(0)])
    expect(source.toArray()).toEqual(numbers(from, 10))
  })

  it('moves elements towards the end within one array', () => {
    const s = GoSlice.of(0, ...numbers(8))
    const shift = random.int(1, 3)
    expect(copy(s.slice(shift), s)).toBe(8 - shift)
    expect(s.toArray()).toEqual([...numbers(shift), ...numbers(8 - shift)])
  })

  it('moves elements towards the front within one array', () => {
    const s = GoSlice.of(0, ...numbers(8))
    const shift = random.int(1, 3)
    expect(copy(s, s.slice(shift))).toBe(8 - shift)
    expect(s.toArray()).toEqual([...numbers(8 - shift, shift), ...numbers(shift, 8 - shift)])
  })

  it('shares the elements themselves, not copies of them', () => {
    const element = { count: 1 }
    const target = GoSlice.make<{ count: number } | null>(1, 1, null)
    copy(target, GoSlice.of<{ count: number } | null>(null, element))
    expect(target.get(0)).toBe(element)
    expect(target.sharesBackingWith(GoSlice.of<{ count: number } | null>(null, element))).toBe(false)
  })
})
