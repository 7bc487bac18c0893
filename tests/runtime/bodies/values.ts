import { describe, expect, it } from 'vitest'

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}

  get norm(): number {
    return Math.hypot(this.x, this.y)
  }
}

describe('identity', () => {
  it('toBe holds', () => expect(1).toBe(1))
  it('toBe fails', () => expect(1).toBe(2))
  it('toBe fails on an equal object', () => expect({ a: 1 }).toBe({ a: 1 } as never))
  it('not.toBe fails on the same object', () => {
    const value = {}
    expect(value).not.toBe(value)
  })
  it('toBe knows NaN', () => expect(NaN).toBe(NaN))
  it('toBe tells zeros apart', () => expect(0).toBe(-0))
})

describe('structure', () => {
  it('toEqual holds, undefined members aside', () => expect({ a: 1, b: undefined }).toEqual({ a: 1 }))
  it('toEqual fails deep inside', () => expect({ a: [1, { b: 2 }] }).toEqual({ a: [1, { b: 3 }] }))
  it('toEqual compares maps and sets', () => {
    expect(new Map([['a', new Set([1])]])).toEqual(new Map([['a', new Set([1])]]))
  })
  it('toEqual fails on another set', () => expect(new Set([1, 2])).toEqual(new Set([1, 3])))
  it('toEqual ignores classes', () => expect(new Point(1, 2)).toEqual({ x: 1, y: 2 }))
  it('not.toEqual fails', () => expect([1]).not.toEqual([1]))
  it('toStrictEqual heeds classes', () => expect(new Point(1, 2)).toStrictEqual({ x: 1, y: 2 }))
  it('toStrictEqual heeds undefined', () => expect({ a: undefined }).toStrictEqual({}))
  it('toStrictEqual heeds holes', () => expect([, 1]).toStrictEqual([undefined, 1]))
  it('toStrictEqual holds', () => expect(new Point(1, 2)).toStrictEqual(new Point(1, 2)))
  it('toMatchObject holds', () => expect({ a: 1, b: { c: 2, d: 3 } }).toMatchObject({ b: { c: 2 } }))
  it('toMatchObject fails', () => expect({ a: 1, b: { c: 2, d: 3 } }).toMatchObject({ b: { c: 4 } }))
  it('toMatchObject reads getters of a prototype', () => expect(new Point(3, 4)).toMatchObject({ norm: 5 }))
  it('not.toMatchObject fails', () => expect({ a: 1 }).not.toMatchObject({ a: 1 }))
  it('toContainEqual holds', () => expect([{ a: 1 }]).toContainEqual({ a: 1 }))
  it('toContainEqual fails', () => expect([{ a: 1 }]).toContainEqual({ a: 2 }))
  it('dates and patterns are compared', () => expect([new Date(5), /a/g]).toEqual([new Date(5), /a/g]))
  it('another pattern fails', () => expect(/a/g).toEqual(/a/i))
  it('errors are compared by message', () => expect(new Error('a')).toEqual(new Error('b')))
  it('typed arrays are compared', () => expect(new Uint8Array([1, 2])).toEqual(new Uint8Array([1, 2])))
  it('buffers are compared strictly', () => {
    expect(new Uint8Array([1]).buffer).toStrictEqual(new Uint8Array([2]).buffer)
  })
  it('cycles are compared', () => {
    const a: Record<string, unknown> = { n: 1 }
    a.self = a
    const b: Record<string, unknown> = { n: 1 }
    b.self = b
    expect(a).toEqual(b)
  })
})

describe('kinds', () => {
  it('toBeTruthy', () => expect(0).toBeTruthy())
  it('toBeFalsy', () => expect('').toBeFalsy())
  it('toBeNull', () => expect(undefined).toBeNull())
  it('toBeUndefined', () => expect(undefined).toBeUndefined())
  it('toBeDefined', () => expect(undefined).toBeDefined())
  it('toBeNullable', () => expect(null).toBeNullable())
  it('toBeNaN', () => expect(1).toBeNaN())
  it('toBeTypeOf holds', () => expect('a').toBeTypeOf('string'))
  it('toBeTypeOf fails', () => expect('a').toBeTypeOf('number'))
  it('toBeInstanceOf holds', () => expect(new Point(1, 2)).toBeInstanceOf(Point))
  it('toBeInstanceOf fails', () => expect({}).toBeInstanceOf(Point))
  it('toBeOneOf holds', () => expect(2).toBeOneOf([1, 2]))
  it('toBeOneOf fails', () => expect(3).toBeOneOf([1, 2]))
  it('toSatisfy holds', () => expect(2).toSatisfy((n: number) => n % 2 === 0))
  it('toSatisfy fails', () => expect(3).toSatisfy((n: number) => n % 2 === 0))
})

describe('numbers and texts', () => {
  it('toBeGreaterThan', () => expect(2).toBeGreaterThan(2))
  it('toBeGreaterThanOrEqual', () => expect(2).toBeGreaterThanOrEqual(2))
  it('toBeLessThan', () => expect(2n).toBeLessThan(3n))
  it('toBeLessThanOrEqual fails on a text', () => expect('2' as never).toBeLessThanOrEqual(3))
  it('toBeCloseTo holds', () => expect(0.1 + 0.2).toBeCloseTo(0.3))
  it('toBeCloseTo fails', () => expect(0.1).toBeCloseTo(0.3))
  it('toMatch holds', () => expect('abc').toMatch(/b/))
  it('toMatch fails', () => expect('abc').toMatch('d'))
  it('toMatch fails on a number', () => expect(1).toMatch('1'))
})

describe('members', () => {
  it('toContain finds an item', () => expect([1, 2]).toContain(2))
  it('toContain fails on an equal item', () => expect([{ a: 1 }]).toContain({ a: 1 }))
  it('toContain looks into a set', () => expect(new Set(['a'])).toContain('a'))
  it('toContain looks into a text', () => expect('abc').toContain('bc'))
  it('toContain fails on null', () => expect(null).toContain('a'))
  it('not.toContain fails on null as well', () => expect(null).not.toContain('a'))
  it('toHaveLength holds', () => expect('abc').toHaveLength(3))
  it('toHaveLength fails', () => expect([1]).toHaveLength(2))
  it('toHaveLength fails where there is none', () => expect({}).toHaveLength(0))
  it('toHaveProperty finds a path', () => expect({ a: { b: [1] } }).toHaveProperty('a.b[0]', 1))
  it('toHaveProperty takes a list', () => expect({ 'a.b': 1 }).toHaveProperty(['a.b']))
  it('toHaveProperty fails', () => expect({ a: 1 }).toHaveProperty('b'))
  it('toHaveProperty fails on another value', () => expect({ a: { c: 1 } }).toHaveProperty('a', { c: 2 }))
  it('not.toHaveProperty fails', () => expect({ a: 1 }).not.toHaveProperty('a'))
})

describe('asymmetric matchers', () => {
  it('any holds', () => expect({ a: 1, b: 'x', c: new Point(1, 2) }).toEqual({ a: expect.any(Number), b: expect.any(String), c: expect.any(Point) }))
  it('any fails', () => expect([1]).toEqual([expect.any(String)]))
  it('anything fails on null', () => expect([null]).toEqual([expect.anything()]))
  it('objectContaining reads getters of a prototype', () => expect(new Point(3, 4)).toEqual(expect.objectContaining({ norm: 5 })))
  it('objectContaining fails', () => expect({ a: 1 }).toEqual(expect.objectContaining({ b: 1 })))
  it('arrayContaining holds', () => expect([1, 2, 3]).toEqual(expect.arrayContaining([3, 1])))
  it('not.arrayContaining fails', () => expect([1, 2, 3]).toEqual(expect.not.arrayContaining([3, 1])))
  it('stringContaining and stringMatching', () => expect(['abc', 'def']).toEqual([expect.stringContaining('b'), expect.stringMatching(/^d/)]))
  it('closeTo fails', () => expect([0.5]).toEqual([expect.closeTo(0.6, 2)]))
  it('toBeOneOf as a part', () => expect({ a: 2 }).toEqual({ a: expect.toBeOneOf([1, 2]) }))
})
