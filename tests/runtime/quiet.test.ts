import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRealm, type Realm } from './support/realm'

/* Runs without details, as the judge makes them: no word about hidden tests is ever put together. */

let realm: Realm
beforeAll(async () => {
  realm = await openRealm()
})
afterAll(() => realm.close())

/** Values that note every attempt to print them, in every matcher that can fail, and in what a test can throw. */
const TESTS = `
import { describe, expect, it, vi, assert } from 'vitest'
const touches = []
class Noted {
  constructor(content) { this.content = content }
}
const PRINTERS = ['toString', 'toJSON', 'inspect', 'toLocaleString', Symbol.toPrimitive,
  Symbol.for('nodejs.util.inspect.custom'), Symbol.for('chai/inspect'), 'message', 'stack', 'name', 'cause']
for (const key of PRINTERS) {
  Object.defineProperty(Noted.prototype, key, { get() { touches.push(String(key)); return () => 'printed' } })
}
class Loud extends Error {
  constructor() {
    super()
    // The stack first: once it is gone, the engine has no reason to read the others.
    for (const key of ['stack', 'message', 'name', 'cause', 'toJSON', 'toString', 'expected', 'actual', 'showDiff', 'diff']) {
      Object.defineProperty(this, key, { get() { touches.push(key); return 'told' } })
    }
  }
}
const a = new Noted(1)
const b = new Noted(2)
const loud = () => { throw new Loud() }
const spy = vi.fn((x) => x)
spy(a)

const FAILING = {
  toBe: () => expect(a).toBe(b),
  'not.toBe': () => expect(a).not.toBe(a),
  toEqual: () => expect(a).toEqual(b),
  toStrictEqual: () => expect([a]).toStrictEqual([b]),
  toMatchObject: () => expect({ a }).toMatchObject({ a: b }),
  toContainEqual: () => expect([a]).toContainEqual(b),
  toContain: () => expect([a]).toContain(b),
  toHaveProperty: () => expect({ a }).toHaveProperty('a', b),
  toHaveLength: () => expect([a]).toHaveLength(2),
  toBeInstanceOf: () => expect(a).toBeInstanceOf(Map),
  toBeNull: () => expect(a).toBeNull(),
  toBeFalsy: () => expect(a).toBeFalsy(),
  toBeOneOf: () => expect(a).toBeOneOf([b]),
  toSatisfy: () => expect(a).toSatisfy(() => false),
  toBeTypeOf: () => expect(a).toBeTypeOf('string'),
  toBeUndefined: () => expect(a).toBeUndefined(),
  toHaveBeenCalled: () => expect(spy).not.toHaveBeenCalled(),
  toHaveBeenCalledWith: () => expect(spy).toHaveBeenCalledWith(b),
  toHaveBeenLastCalledWith: () => expect(spy).toHaveBeenLastCalledWith(b),
  toHaveBeenNthCalledWith: () => expect(spy).toHaveBeenNthCalledWith(1, b),
  toHaveBeenCalledExactlyOnceWith: () => expect(spy).toHaveBeenCalledExactlyOnceWith(b),
  toHaveReturnedWith: () => expect(spy).toHaveReturnedWith(b),
  toHaveLastReturnedWith: () => expect(spy).toHaveLastReturnedWith(b),
  toHaveNthReturnedWith: () => expect(spy).toHaveNthReturnedWith(1, b),
  'a spy matcher on no spy': () => expect(a).toHaveBeenCalled(),
  'the order of no spy': () => expect(spy).toHaveBeenCalledBefore(a),
  'a spy that passes': () => { expect(spy).toHaveBeenCalledWith(a); throw new Loud() },
  'toThrow of a class': () => expect(loud).toThrow(TypeError),
  'not.toThrow': () => expect(loud).not.toThrow(),
  'toThrow of nothing': () => expect(() => a).toThrow(),
  objectContaining: () => expect({ a }).toEqual(expect.objectContaining({ a: b })),
  resolves: () => expect(Promise.resolve(a)).resolves.toEqual(b),
  'resolves to a rejection': () => expect(Promise.reject(new Loud())).resolves.toBe(a),
  'rejects with a value': () => expect(Promise.resolve(a)).rejects.toThrow(),
  'rejects with another error': () => expect(Promise.reject(new Loud())).rejects.toBeInstanceOf(TypeError),
  equal: () => expect(a).to.equal(b),
  eql: () => expect(a).to.eql(b),
  'assert.strictEqual': () => assert.strictEqual(a, b),
  soft: () => { expect.soft(a).toBe(b); expect.soft(a).toEqual(b) },
  poll: () => expect.poll(() => a, { interval: 1, timeout: 5 }).toBe(b),
  waitFor: () => vi.waitFor(() => expect(a).toBe(b), { interval: 1, timeout: 5 }),
  'a custom matcher': () => expect(a).toBeCustom(b),
  'a thrown error': loud,
  'a thrown object': () => { throw a },
  'a rejection': async () => loud(),
  'several errors': () => { throw new AggregateError([new Loud(), a]) },
}
expect.extend({
  toBeCustom: () => ({ pass: false, message() { touches.push('custom message'); return '' }, actual: a, expected: b }),
})
describe('failing', () => {
  for (const [name, body] of Object.entries(FAILING)) it(name, body)
})
it('nothing was printed', () => {
  if (touches.length > 0) throw new Error(touches.join())
})
`

it('no value of a failing test is ever made a text', async () => {
  const { report } = await realm.run({ tests: TESTS, details: false })
  const failing = report.tests.filter(({ suites }) => suites[0] === 'failing')
  expect(failing.length).toBeGreaterThan(40)
  expect(failing.filter(({ state }) => state !== 'failed').map(({ name }) => name)).toEqual([])
  expect(report.tests.at(-1)).toMatchObject({ name: 'nothing was printed', state: 'passed' })
})

it('a failure says that it is one, and no more', async () => {
  const { report } = await realm.run({ tests: TESTS, details: false })
  for (const { errors, name } of report.tests.slice(0, -1)) {
    const nothing = { message: '', expected: null, actual: null, diff: null, stack: null }
    expect(errors, name).toEqual([{ ...nothing, name: expect.stringMatching(/^(AssertionError|Error)$/) as string }])
  }
})

it('the same values are printed where details are wanted', async () => {
  const { report } = await realm.run({ tests: TESTS, details: true })
  expect(report.tests.at(-1)?.state).toBe('failed')
  const [toBe] = report.tests
  expect(toBe?.errors[0]?.message).not.toBe('')
})

it('errors outside tests say nothing either', async () => {
  const tests = `
    import { beforeAll, describe, it } from 'vitest'
    describe('group', () => {
      beforeAll(() => { throw new Error('secret of a hook') })
      it('test', () => undefined)
    })
  `
  const hook = await realm.run({ tests, details: false })
  const file = await realm.run({ tests: `throw new Error('secret of a file')`, details: false })
  const group = await realm.run({
    tests: `import { describe } from 'vitest'; describe('x', () => { throw new Error('secret of a group') })`,
    details: false,
  })
  for (const { report } of [hook, file, group]) {
    expect(report.errors).toHaveLength(1)
    expect(JSON.stringify(report)).not.toContain('secret')
  }
})

it('a time limit says nothing either', async () => {
  const tests = `
    import { expect, it } from 'vitest'
    it('never ends', () => new Promise(() => undefined))
    it('counts', () => { expect.assertions(77) })
  `
  const { report } = await realm.run({ tests, details: false, testTimeoutMs: 20 })
  expect(report.tests.map(({ state, errors }) => [state, errors.map(({ message }) => message)])).toEqual([
    ['failed', ['']],
    ['failed', ['']],
  ])
})
