import { expect, it } from 'vitest'
import { exercise } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/* Answers that matchers take for what they are not. Each of these got points. */

const grader = useGrader({ concurrency: 1 })
const judged = (tests: string, source: string) => grader.grade({ exercise: exercise(tests), source, seed: 1 })

const MARKED = `$$typeof = Symbol.for('jest.asymmetricMatcher'); asymmetricMatch() { return true }`
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
    `export const f = (): any => Object.assign(Object.create(Set.prototype, { size: { value: 2 } }), { *[Symbol.iterator]() {} })`,
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
    `export const f = (): any => Object.assign(['x', 'y'], { some: () => true })`,
  ],
  [
    'a list that goes through all there is', `expect(solution.f()).toContain(42); expect(solution.f()).toContainEqual({ id: 42 })`,
    `export const f = (): any => Object.assign([1], { *[Symbol.iterator]() { for (let id = 0; id < 99; id++) { yield id; yield { id } } } })`,
  ],
  [
    'something that has everything, in small letters', `expect(solution.f()).to.include('x')`,
    `export const f = (): any => ({ [Symbol.toStringTag]: 'set', has: () => true, size: 1 })`,
  ],
  ['nothing at all, rejected with', `await expect(solution.f()).rejects.toThrow(/too far/)`, `export const f = (): any => Promise.reject(undefined)`],
  ['an empty text', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw '' }`],
  ['a message that is no text', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw { message: { indexOf: () => 0 } } }`],
  ['no error at all', `expect(() => solution.f()).toThrow('too far')`, `export const f = (): any => { throw 0 }`],
]

it.each(FORGED)('%s earns nothing', async (_, assertion, source) => {
  expect(await judged(`it('is right', async () => { ${assertion} })`, source)).toMatchObject({ verdict: 'failed', score: 0 })
})
