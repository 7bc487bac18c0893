import { expect, it } from 'vitest'
import { exercise } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/* Answers that matchers take for what they are not. Each of these got points. */

const grader = useGrader({ concurrency: 1 })
const judged = (tests: string, source: string) => grader.grade({ exercise: exercise(`import { assert } from 'vitest'\n${tests}`), source, seed: 1 })

const MARKED = `$$typeof = Symbol.for('jest.asymmetricMatcher'); asymmetricMatch() { return true }`
/** Where a built-in prototype has the name, an assignment fails in the guest. */
const PUT = `const put = (on: object, members: object): any => Object.defineProperties(on, Object.getOwnPropertyDescriptors(members));`
const SET_OF_THREE = `{ size: 3, constructor: Set, '@@__IMMUTABLE_SET__@@': true, *[Symbol.iterator]() {} }`
const FORGED: [string, string, string][] = [
  [
    'the exports themselves, marked as a matcher', `expect(solution.f()).toEqual(3)`,
    `export const asymmetricMatch = () => true; export const f = (): any => (module as any).exports`,
  ],
  ['an error whose class is a matcher', `expect(solution.f()).toEqual(3)`, `class E extends Error { ${MARKED} }; export const f = (): any => new E()`],
  [
    'an error whose class is a matcher, to a spy', `const spy = vi.fn(); solution.f(spy); expect(spy).toHaveBeenCalledWith(3)`,
    `class E extends Error { ${MARKED} }; export const f = (spy: any): any => spy(new E())`,
  ],
  [
    'an empty thing that says it is a Set', `expect(solution.f()).toEqual(new Set([1, 2, 3]))`,
    `export const f = (): any => ({ [Symbol.toStringTag]: 'Set', size: 3, constructor: Set, *[Symbol.iterator]() {} })`,
  ],
  [
    'an empty thing that says it is a Map', `expect(solution.f()).toStrictEqual(new Map([[1, 2]]))`,
    `export const f = (): any => ({ [Symbol.toStringTag]: 'Map', size: 1, constructor: Map, *[Symbol.iterator]() {} })`,
  ],
  [
    'an empty object that is called a Set', `expect(solution.f()).toEqual(new Set([1, 2, 3]))`,
    `export const f = (): any => Object.defineProperty({}, Symbol.toStringTag, { value: 'Set' })`,
  ],
  [
    'an empty list that is called a Map', `expect([solution.f()]).toStrictEqual([new Map([[1, 2]])])`,
    `export const f = (): any => Object.defineProperty([], Symbol.toStringTag, { value: 'Map' })`,
  ],
  [
    'an error that is called a Set', `expect(solution.f()).toEqual(new Set([1]))`,
    `class E extends Error { get [Symbol.toStringTag]() { return 'Set' } }; export const f = (): any => { const e = new E(); delete e.stack; return e }`,
  ],
  [
    'an heir of Set that holds nothing', `expect(solution.f()).toEqual(new Set([1, 2]))`,
    `${PUT} export const f = (): any => put(Object.create(Set.prototype, { size: { value: 2 } }), { *[Symbol.iterator]() {} })`,
  ],
  [
    'something that has everything', `expect(solution.f()).to.include('x')`,
    `export const f = (): any => ({ [Symbol.toStringTag]: 'Set', has: () => true, size: 1 })`,
  ],
  [
    'an error whose class is a matcher, as a property', `expect(solution.f()).toHaveProperty('a.b', 3)`,
    `class E extends Error { ${MARKED} }; export const f = (): any => ({ a: { b: new E() } })`,
  ],
  [
    'an empty list that inherits from Set', `expect(solution.f()).toStrictEqual(new Set([1, 2, 3]))`,
    `export const f = (): any => Object.setPrototypeOf([], Set.prototype)`,
  ],
  [
    'an empty list that inherits from Map', `expect(solution.f()).toMatchObject({ a: new Map([[1, 2]]) })`,
    `export const f = (): any => ({ a: Object.setPrototypeOf([], Map.prototype) })`,
  ],
  [
    'an empty heir of ArrayBuffer', `expect(solution.f()).toStrictEqual(new Uint8Array([1]).buffer)`,
    `export const f = (): any => Object.create(ArrayBuffer.prototype)`,
  ],
  [
    'an error dressed as a Set', `expect(solution.f()).toStrictEqual(new Set([1, 2, 3]))`,
    `export const f = (): any => Object.assign(new Error(), ${SET_OF_THREE})`,
  ],
  [
    'what is dressed as a Set when it has crossed', `solution.f(); expect(solution.o).toEqual(new Set([1, 2, 3]))`,
    `export const o: any = {}; export const f = (): any => void Object.assign(o, ${SET_OF_THREE})`,
  ],
  [
    'an error that says of itself that it derives from Set', `expect(solution.f()).toStrictEqual(new Set([1, 2, 3]))`,
    `let looks = 0
    const parent = new Proxy({}, { getPrototypeOf: () => (looks++ < 4 ? Error.prototype : Set.prototype) })
    export const f = (): any => Object.setPrototypeOf(Object.assign(new Error(), ${SET_OF_THREE}), parent)`,
  ],
  [
    'a list that finds everything in itself', `expect(solution.f()).toEqual(expect.arrayContaining(['a', 'b']))`,
    `${PUT} export const f = (): any => put(['x', 'y'], { some: () => true })`,
  ],
  [
    'a list that goes through all there is', `expect(solution.f()).toContain(42); expect(solution.f()).toContainEqual({ id: 42 })`,
    `${PUT} export const f = (): any => put([1], { *[Symbol.iterator]() { for (let id = 0; id < 99; id++) { yield id; yield { id } } } })`,
  ],
  [
    'something that has everything, in small letters', `expect(solution.f()).to.include('x')`,
    `export const f = (): any => ({ [Symbol.toStringTag]: 'set', has: () => true, size: 1 })`,
  ],
  ['nothing at all, rejected with', `await expect(solution.f()).rejects.toThrow(/too far/)`, `export const f = (): any => Promise.reject(undefined)`],
  ['an empty text', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw '' }`],
  ['a message that is no text', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw { message: { indexOf: () => 0 } } }`],
  ['no error at all', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw 0 }`],
  ['another Set, as a property', `expect(solution.f()).toHaveProperty('a', new Set([1]))`, `export const f = (): any => ({ a: new Set([2]) })`],
  ['another Map, in a list', `expect(solution.f()).toContainEqual(new Map([[1, 2]]))`, `export const f = (): any => [new Map()]`],
  ['another Set, of several', `expect(solution.f()).toBeOneOf([new Set([1])])`, `export const f = (): any => new Set([2])`],
  [
    'another Set, returned by a spy', `const spy = vi.fn(solution.f); spy(); expect(spy).toHaveReturnedWith(new Set([1]))`,
    `export const f = (): any => new Set([2])`,
  ],
  [
    'another Set, returned last by a spy', `const spy = vi.fn(solution.f); spy(); expect(spy).toHaveLastReturnedWith(new Set([1]))`,
    `export const f = (): any => new Set([2])`,
  ],
  [
    'another Set, returned second by a spy', `const spy = vi.fn(solution.f); spy(); spy(); expect(spy).toHaveNthReturnedWith(2, new Set([1]))`,
    `export const f = (): any => new Set([2])`,
  ],
  [
    'another Set, resolved by a spy', `const spy = vi.fn(async () => solution.f()); await spy(); expect(spy).toHaveLastResolvedWith(new Set([1]))`,
    `export const f = (): any => new Set([2])`,
  ],
  [
    'another Set, thrown', `expect(() => solution.f()).toThrow(expect.objectContaining({ a: new Set([1]) }))`,
    `export const f = (): any => { throw Object.assign(new Error(), { a: new Set([2]) }) }`,
  ],
  ['other bytes', `expect(solution.f()).toEqual(new Uint8Array([1]).buffer)`, `export const f = (): any => new Uint8Array([2]).buffer`],
  [
    'a list with a method of its own', `expect(solution.f().every((x: number) => x > 3)).toBe(true)`,
    `${PUT} export const f = (): any => put([1, 1], { every: () => true })`,
  ],
  [
    'a list that goes through something else', `expect(new Set(solution.f()).size).toBe(2)`,
    `${PUT} export const f = (): any => put([1, 1], { *[Symbol.iterator]() { yield 1; yield 2 } })`,
  ],
  [
    'a list that has got a method since', `solution.f(); expect(solution.o.includes(3)).toBe(true)`,
    `${PUT} export const o: any = [1]; export const f = (): any => void put(o, { includes: () => true }).push(2)`,
  ],
  [
    'a list that finds everything, in the words of chai', `expect(solution.f()).to.include(3)`,
    `${PUT} export const f = (): any => put([1], { indexOf: () => 0 })`,
  ],
  ['a Set that has everything', `expect(solution.f()).to.include(3)`, `export const f = (): any => new (class extends Set { has() { return true } })()`],
  [
    'a Map that goes through everything', `expect(solution.f()).to.include(3)`,
    `export const f = (): any => new (class extends Map { forEach(act: any) { act(3) } })()`,
  ],
  [
    'an heir of Set that only says its size', `expect(solution.f()).toHaveLength(2)`,
    `export const f = (): any => new (class extends Set { get size() { return 2 } })()`,
  ],
  [
    'an heir of Map that only says its size, to chai', `expect(solution.f()).to.have.lengthOf(2)`,
    `export const f = (): any => new (class extends Map { get size() { return 2 } })()`,
  ],
  ['nothing at all, in the words of chai', `expect(() => solution.f()).to.throw('too far')`, `export const f = (): any => { throw undefined }`],
  ['no error, in the words of chai', `expect(() => solution.f()).to.throw(RangeError)`, `export const f = (): any => { throw undefined }`],
  [
    'a message that is no text, in the words of chai', `expect(() => solution.f()).to.throw(RangeError, 'too far')`,
    `export const f = (): any => { throw Object.assign(new RangeError(), { message: { indexOf: () => 0 } }) }`,
  ],
  ['nothing at all, to assert', `assert.throws(() => solution.f(), 'too far')`, `export const f = (): any => { throw undefined }`],
  ['nothing, for a number', `expect(solution.f()).toBeCloseTo(0)`, `export const f = (): any => null`],
  ['an empty list, for a number', `expect(solution.f()).toBeCloseTo(0)`, `export const f = (): any => []`],
  ['all digits, for a list', `expect(solution.f()).toContain(7)`, `export const f = (): any => '0123456789'`],
  ['all digits, for a list of chai', `expect(solution.f()).to.include(7)`, `export const f = (): any => '0123456789'`],
  ['a list, for a text', `expect(solution.f()).to.match(/too far/)`, `export const f = (): any => ['too far']`],
  [
    'another collection, in the words of chai', `expect([solution.of(1)]).to.deep.equal([solution.of(2)])`,
    `class List { #held; constructor(held: any[]) { this.#held = held } *[Symbol.iterator]() { yield* this.#held } }
    export const of = (...held: any[]) => new List(held)`,
  ],
  [
    'other headers, in the words of chai', `expect(solution.f()).to.deep.equal(new Headers({ a: '1' }))`,
    `export const f = (): any => new Headers({ a: '2' })`,
  ],
  [
    'another URL, as a part', `expect(solution.f()).toMatchObject({ url: new URL('http://a.test') })`,
    `export const f = (): any => ({ url: new URL('http://b.test') })`,
  ],
  ['anything, for a pattern', `expect(solution.f()).toMatchObject({ a: /b/ })`, `export const f = (): any => ({ a: [] })`],
  [
    'two of a kind in a Set', `expect(new Set(solution.f())).toEqual(new Set([[1, 2], [2, 1]]))`,
    `export const f = (): any => [[1, 2], [1, 2]]`,
  ],
  [
    'two of a kind in a Map', `expect(solution.f()).toEqual(new Map([[{ id: 1 }, 0], [{ id: 2 }, 0]]))`,
    `export const f = (): any => new Map([[{ id: 1 }, 0], [{ id: 1 }, 0]])`,
  ],
  ['what says that it is four billion long', `expect(solution.f()).toContain(1)`, `export const f = (): any => ({ length: 4e9 })`],
  ['what says that it is as long, of equals', `expect(solution.f()).toContainEqual([1])`, `export const f = (): any => ({ length: 4e9 })`],
]

it.each(FORGED)('%s earns nothing', async (_, assertion, source) => {
  expect(await judged(`it('is right', async () => { ${assertion} })`, source)).toMatchObject({ verdict: 'failed', score: 0 })
})
