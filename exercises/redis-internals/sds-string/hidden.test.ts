import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { Sds } from './solution'

const MIB = 1024 * 1024

const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => random.int(0, 255))
const plain = (bytes: Uint8Array) => Array.from(bytes)

/** The rule of growing, on two numbers. */
function modelOf(len: number) {
  const model = { len, room: len, reallocs: 0 }
  return {
    append(count: number) {
      model.len += count
      if (model.len <= model.room) return
      model.room = model.len < MIB ? model.len * 2 : model.len + MIB
      model.reallocs++
    },
    state: () => ({ len: model.len, avail: model.room - model.len, reallocs: model.reallocs }),
  }
}

const stateOf = ({ len, avail, reallocs }: Sds) => ({ len, avail, reallocs })

describe('Bytes', () => {
  it('keeps every byte as it is, NUL included', () => {
    const first = Uint8Array.from([0, ...randomBytes(20), 0, 255])
    const second = Uint8Array.from([1, 0, 0, 2])
    const s = new Sds(first).append(second)
    expect(plain(s.toBytes())).toEqual([...first, ...second])
    expect(s.len).toBe(first.length + second.length)
  })

  it('counts the bytes of UTF-8, not characters', () => {
    const s = new Sds('né').append('数据').append('🙂')
    expect(s.len).toBe(3 + 6 + 4)
    expect(s.toString()).toBe('né数据🙂')
  })

  it('decodes a mark of byte order like any other character', () => {
    const s = new Sds('\uFEFFab')
    expect([s.len, s.toString()]).toEqual([5, '\uFEFFab'])
  })

  it('puts a character together from parts that were appended apart', () => {
    const bytes = new TextEncoder().encode('库')
    const s = new Sds(bytes.slice(0, 1)).append(bytes.slice(1))
    expect(s.toString()).toBe('库')
  })

  it('is empty when it is made from nothing', () => {
    const s = new Sds()
    expect([s.len, s.avail, s.toString()]).toEqual([0, 0, ''])
  })

  it('gives out and takes in copies', () => {
    const given = Uint8Array.from([1, 2, 3])
    const s = new Sds(given)
    given[0] = 9
    const taken = s.toBytes()
    taken[1] = 9
    expect(plain(s.toBytes())).toEqual([1, 2, 3])
  })

  it('orders by the first byte that differs, as an unsigned number', () => {
    const of = (bytes: number[]) => new Sds(Uint8Array.from(bytes))
    const compare = (a: number[], b: number[]) => Math.sign(of(a).compare(of(b)))
    expect(compare([1, 200], [1, 100, 0])).toBe(1)
    expect(compare([127], [128])).toBe(-1)
    expect(compare([0, 5], [0, 5])).toBe(0)
    expect(compare([], [])).toBe(0)
  })

  it('orders a beginning before the whole', () => {
    expect(new Sds('ab').compare(new Sds('abc'))).toBeLessThan(0)
    expect(new Sds('abc').compare(new Sds('ab'))).toBeGreaterThan(0)
    expect(new Sds('abcdef').clear().append('abc').compare(new Sds('abc'))).toBe(0)
  })
})

describe('Growth', () => {
  it('reserves as much again while the new length is below a mebibyte', () => {
    const start = random.int(1, 9)
    const model = modelOf(start)
    const s = new Sds(randomBytes(start))
    for (let i = 0; i < 40; i++) {
      const count = random.int(0, 30)
      s.append(randomBytes(count))
      model.append(count)
      expect(stateOf(s)).toEqual(model.state())
    }
  })

  it('reserves one mebibyte extra from a length of one mebibyte on', () => {
    const grow = (sizes: number[]) =>
      inGuest(
        (solution: typeof import('./solution'), counts: number[]) => {
          const s = new solution.Sds()
          return counts.map((count) => {
            s.append(new Uint8Array(count))
            return { len: s.len, avail: s.avail, reallocs: s.reallocs }
          })
        },
        sizes,
      )
    for (const sizes of [[MIB - 1], [MIB], [MIB + random.int(1, 500)], [3 * MIB, 1, 5, MIB]]) {
      const model = modelOf(0)
      const expected = sizes.map((count) => {
        model.append(count)
        return model.state()
      })
      expect(grow(sizes)).toEqual(expected)
    }
  })

  it('does not allocate while there is room', () => {
    const s = new Sds('0123456789').append('x')
    const { reallocs } = s
    s.append('yz')
    s.append(randomBytes(s.avail)).append('')
    expect([s.reallocs, s.avail]).toEqual([reallocs, 0])
    s.append('!')
    expect(s.reallocs).toBe(reallocs + 1)
  })

  it('grows rarely, however often a byte is appended', () => {
    const report = inGuest((solution: typeof import('./solution'), count: number) => {
      const s = new solution.Sds()
      const byte = Uint8Array.of(7)
      for (let i = 0; i < count; i++) s.append(byte)
      return { len: s.len, reallocs: s.reallocs }
    }, 2_000)
    const model = modelOf(0)
    for (let i = 0; i < 2_000; i++) model.append(1)
    expect(report).toEqual({ len: 2_000, reallocs: model.state().reallocs })
  })

  it('appends another string, and itself', () => {
    const s = new Sds('ab').append(new Sds('cd'))
    for (let i = 0; i < 3; i++) s.append(s)
    expect(s.toString()).toBe('abcd'.repeat(8))
  })
})

describe('Shortening', () => {
  it('keeps the room when it is cleared', () => {
    const s = new Sds('some text').append('!')
    const { len, avail, reallocs } = s
    s.clear()
    expect(stateOf(s)).toEqual({ len: 0, avail: len + avail, reallocs })
    s.append('another')
    expect([s.toString(), s.reallocs]).toEqual(['another', reallocs])
  })

  it('keeps the bytes from start to end, both included', () => {
    const text = '0123456789'
    for (let i = 0; i < 30; i++) {
      const [start, end] = [random.int(-14, 13), random.int(-14, 13)]
      const first = Math.max(0, start < 0 ? 10 + start : start)
      const last = end < 0 ? 10 + end : end
      const expected = last < 0 ? '' : text.slice(first, last + 1)
      expect(new Sds(text).range(start, end).toString()).toBe(expected)
    }
    expect(new Sds('').range(0, -1).len).toBe(0)
    expect(new Sds(text).range(0, -1).toString()).toBe(text)
    expect(new Sds(text).range(3, 3).toString()).toBe('3')
    for (const start of [0, -10]) expect(new Sds(text).range(start, 0).toString()).toBe('0')
  })

  it('turns what it cut off into room', () => {
    const s = new Sds('abcdefghij').range(2, 5)
    expect(stateOf(s)).toEqual({ len: 4, avail: 6, reallocs: 0 })
    s.append('123456')
    expect([s.toString(), s.reallocs]).toEqual(['cdef123456', 0])
  })

  it('gives back its slack when it shrinks', () => {
    const s = new Sds('abc').append('d')
    const { reallocs } = s
    s.shrink()
    expect(stateOf(s)).toEqual({ len: 4, avail: 0, reallocs })
    expect(s.append('e').toString()).toBe('abcde')
    expect(s.avail).toBe(5)
  })
})
