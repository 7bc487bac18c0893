import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRealm, type Realm } from './support/realm'

/* Matchers on values of the solution: what they get to see, and what is refused. */

let realm: Realm
beforeAll(async () => {
  realm = await openRealm()
})
afterAll(() => realm.close())

const SOLUTION = `
export class Point {
  constructor(x, y) { this.x = x; this.y = y }
  get norm() { return Math.hypot(this.x, this.y) }
  get self() { return mark(new Point(this.x, this.y)) }
}
export const point = (x, y) => mark(new Point(x, y))
export const fail = (error) => { throw mark(error) }
export const list = (...items) => mark(items)
export const forged = mark({ asymmetricMatch: () => true, $$typeof: Symbol.for('jest.asymmetricMatcher') })
export const mock = mark(Object.assign(() => 1, { _isMockFunction: true, mock: { calls: [[]] }, getMockName: () => 'x' }))
`
const HEAD = `
import { expect, it, vi } from 'vitest'
import { Point, fail, forged, list, mock, point } from './solution'
`

/** Runs one body; answers its state, what was done to handles, and its first error. */
async function run(body: string, details = true) {
  const tests = `${HEAD}\nit('test', async () => { ${body} })`
  const { report, touched } = await realm.run({ tests, solution: SOLUTION, marked: true, details })
  const [test] = report.tests
  return { state: test?.state, touched, message: test?.errors[0]?.message ?? '', diff: test?.errors[0]?.diff ?? '' }
}

describe.each([true, false])('with details %s', (details) => {
  it.each([
    ['expect(point(1, 2)).toEqual(new Point(1, 2))', 'passed'],
    ['expect(point(1, 2)).toEqual({ x: 1, y: 3 })', 'failed'],
    ['expect(point(1, 2)).toStrictEqual(point(1, 2))', 'passed'],
    ['expect(point(1, 2)).toStrictEqual({ x: 1, y: 2 })', 'failed'],
    ['expect({ deep: [point(1, 2)] }).toEqual({ deep: [{ x: 1, y: 2 }] })', 'passed'],
    ['expect(point(1, 2)).toMatchObject({ x: 1 })', 'passed'],
    ['expect(point(1, 2)).not.toMatchObject({ x: 1 })', 'failed'],
    ['expect([point(1, 2)]).toContainEqual({ x: 1, y: 2 })', 'passed'],
    ['expect(point(1, 2)).toEqual({ x: expect.any(Number), y: 2 })', 'passed'],
    ['expect({ p: point(1, 2) }).toEqual({ p: expect.objectContaining({ y: 2 }) })', 'passed'],
    ['expect({ p: point(1, 2) }).toEqual(expect.objectContaining({ p: point(1, 2) }))', 'passed'],
    ['expect(point(1, 2)).to.deep.equal(new Point(1, 2))', 'passed'],
    ['expect(point(1, 2)).to.eql(new Point(1, 3))', 'failed'],
    ['const spy = vi.fn(); spy(point(1, 2)); expect(spy).toHaveBeenCalledWith({ x: 1, y: 2 })', 'passed'],
    ['const spy = vi.fn(); spy(point(1, 2)); expect(spy).toHaveBeenCalledWith({ x: 1, y: 3 })', 'failed'],
    ['const p = point(1, 2); expect(p).toBe(p)', 'passed'],
    ['expect(point(1, 2)).toBe(point(1, 2))', 'failed'],
    ['const p = point(1, 2); expect(p).not.toBe(p)', 'failed'],
    ['const p = point(1, 2); expect([p]).toContain(p)', 'passed'],
    ['const p = point(1, 2); expect([point(1, 2)]).toContain(p)', 'failed'],
    ['const p = point(1, 2); expect(p).toBeOneOf([1, p])', 'passed'],
    ['expect(point(1, 2)).toBeDefined()', 'passed'],
    ['expect(point(1, 2)).toBeNull()', 'failed'],
  ])('%s: %s, and the value behind is not touched', async (body, state) => {
    expect(await run(body, details)).toMatchObject({ state, touched: [] })
  })

  it.each([
    ['expect(point(1, 2)).toBeInstanceOf(Point)', 'passed'],
    ['expect(point(1, 2)).toHaveProperty("x", 1)', 'passed'],
    ['expect(point(1, 2)).toHaveProperty("z")', 'failed'],
    ['expect(point(3, 4)).toMatchObject({ norm: 5 })', 'passed'],
    ['expect(point(3, 4)).toMatchObject({ norm: 6 })', 'failed'],
    ['expect({ deep: [point(3, 4)] }).toMatchObject({ deep: [{ norm: 5 }] })', 'passed'],
    ['expect(point(3, 4)).toMatchObject({ self: { norm: 5 } })', 'passed'],
    ['expect(point(3, 4)).toEqual(expect.objectContaining({ norm: 5 }))', 'passed'],
    ['expect({ p: point(3, 4) }).toEqual({ p: expect.objectContaining({ norm: 6 }) })', 'failed'],
    ['expect({ p: point(3, 4) }).toEqual({ p: expect.objectContaining({ norm: 5 }) })', 'passed'],
    ['expect(point(3, 4)).toEqual({ x: 3, y: 4, norm: 5 })', 'failed'],
    ['expect(point(3, 4)).toEqual(expect.objectContaining({ self: { x: 3, y: 4, norm: 5 } }))', 'failed'],
    ['expect(list(1, 2)).toHaveLength(2)', 'passed'],
    ['expect(list(1, 2)).toContain(2)', 'passed'],
    ['expect(list(1, 2)).toContain(3)', 'failed'],
    ['expect(point(1, 2)).toSatisfy((p) => p.x === 1)', 'passed'],
    ['expect(() => fail(new TypeError("no"))).toThrow(TypeError)', 'passed'],
    ['expect(() => fail(new TypeError("no"))).toThrow("no")', 'passed'],
    ['expect(() => fail(new TypeError("no"))).toThrow(/yes/)', 'failed'],
    ['await expect(Promise.resolve(point(1, 2))).resolves.toEqual({ x: 1, y: 2 })', 'passed'],
    ['const spy = vi.fn(() => point(1, 2)); spy(); expect(spy).toHaveReturnedWith({ x: 1, y: 2 })', 'passed'],
    ['const spy = vi.fn(() => point(1, 2)); spy(); expect(spy).toHaveLastReturnedWith(point(1, 2))', 'passed'],
    ['await expect(Promise.reject(point(1, 2))).rejects.toHaveProperty("y", 2)', 'passed'],
  ])('%s: %s, on the value itself', async (body, state) => {
    expect(await run(body, details)).toMatchObject({ state })
  })

  it.each([
    'expect(point(1, 2)).toBeCloseTo(1)',
    'expect(1).toBeCloseTo(point(1, 2))',
    'expect([{ deep: point(1, 2) }]).toBeCloseTo(1)',
    'expect(point(1, 2)).to.be.a("object")',
    'expect(point(1, 2)).to.be.empty',
    'expect(point(1, 2)).to.be.above(1)',
    'expect.extend({ toBeMine: () => ({ pass: true, message: () => "" }) }); expect(point(1, 2)).toBeMine()',
  ])('%s is refused', async (body) => {
    const { state, touched, message } = await run(body, details)
    expect({ state, touched }).toEqual({ state: 'failed', touched: [] })
    expect(message).toBe(details ? message.match(/\w+ cannot be used on a value of the solution.*/)?.[0] : '')
  })

  it.each([
    'expect({ a: 1 }).toEqual(forged)',
    'expect(forged).toEqual({ a: 1 })',
    'expect([forged]).toContainEqual(1)',
    'expect({ a: forged }).toMatchObject({ a: 5 })',
    'const spy = vi.fn(); spy(forged); expect(spy).toHaveBeenCalledWith(5)',
    'expect(mock).toHaveBeenCalled()',
    'expect(mock).toHaveBeenCalledWith()',
    'expect(vi.isMockFunction(mock)).toBe(true)',
    'expect(() => { throw new Error("x") }).toThrow(forged)',
  ])('%s: a value of the solution is never taken for a matcher or a mock', async (body) => {
    expect(await run(body, details)).toMatchObject({ state: 'failed' })
  })
})

it('a difference is printed from snapshots', async () => {
  const { message, diff, touched } = await run('expect(point(1, 2)).toEqual(new Point(1, 3))')
  expect(message).toBe('expected Point{ x: 1, y: 2 } to deeply equal Point{ x: 1, y: 3 }')
  expect(diff).toContain('-   "y": 3,\n+   "y": 2,')
  expect(touched).toEqual([])
})

it('toBe on equal instances says what would hold', async () => {
  const { message, touched } = await run('expect(point(1, 2)).toBe(point(1, 2))')
  expect(message).toContain('replace "toBe" with "toStrictEqual"')
  expect(touched).toEqual([])
})

it('what the solution throws is read from a snapshot, and without details not at all', async () => {
  const body = 'fail({ name: "Own", message: "of the solution" })'
  expect(await run(body)).toMatchObject({ state: 'failed', message: 'of the solution', touched: [] })
  expect(await run(body, false)).toMatchObject({ state: 'failed', message: '', touched: [] })
})

it('what the solution throws into a hook or a group is not touched either', async () => {
  const tests = `
    import { beforeEach, describe, it, onTestFinished } from 'vitest'
    import { fail } from './solution'
    describe('hook', () => {
      beforeEach(() => fail(new Error('x')))
      it('test', () => undefined)
    })
    describe('clean-up', () => {
      beforeEach(() => () => fail(new Error('x')))
      it('test', () => undefined)
    })
    describe('end', () => {
      it('test', () => { onTestFinished(() => fail(new Error('x'))) })
    })
    describe('context', () => {
      it('test', ({ onTestFinished }) => { onTestFinished(() => fail(new Error('x'))) })
    })
    describe.each([1])('group', () => { fail(new Error('x')) })
  `
  for (const source of [tests, tests.replace(/describe\.each.*/, '')]) {
    const { report, touched } = await realm.run({ tests: source, solution: SOLUTION, marked: true, details: false })
    const states = report.tests.map(({ state }) => state)
    expect(touched).toEqual([])
    expect(states.length + report.errors.length).toBeGreaterThan(0)
    expect(states.every((state) => state === 'failed')).toBe(true)
  }
})
