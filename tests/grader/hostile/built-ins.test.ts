import { expect, it } from 'vitest'
import { exercise } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/*
 * Built-ins of the judge that a solution has the tests change for it. One that succeeded would grade itself, and
 * everybody after it.
 */

const grader = useGrader({ concurrency: 1 })
const judged = (tests: string, source: string) => grader.grade({ exercise: exercise(tests), source, seed: 1 })

const REPLACED: [string, string, string][] = [
  [
    'through a callback that calls what it is given', `solution.f((act, ...args) => act(...args)); expect(solution.g()).toBe(3)`,
    `export const f = (call: any) => call(Object.assign, Object, { is: () => true }); export const g = (): any => 4`,
  ],
  [
    'through a timer of the tests', `solution.f(setTimeout); await new Promise((done) => setTimeout(done, 20)); expect(solution.g()).toEqual([3])`,
    `export const f = (start: any) => start(Object.assign, 0, Array, { isArray: () => true }); export const g = (): any => 4`,
  ],
  [
    'through a fake timer', `vi.useFakeTimers(); solution.f(setTimeout); vi.advanceTimersByTime(9); vi.useRealTimers(); expect(solution.g()).toBe(3)`,
    `export const f = (start: any) => start(Object.assign, 0, Object, { is: () => true }); export const g = (): any => 4`,
  ],
  [
    'through a test that changes its copy', `const copy = solution.f(); copy.keys = []; expect(solution.f().keys).toEqual(['a'])`,
    `export let calls = 0; export const f = (): any => (calls++ ? { keys: ['a'] } : Object)`,
  ],
  [
    'by having them frozen', `solution.f((act, ...args) => act(...args)); expect(solution.g()).toBe(3)`,
    `export const f = (call: any) => call(Object.freeze, Date); export const g = (): any => 4`,
  ],
]

/** What the next learner's tests do, which a judge with other built-ins could not. */
const NEXT = `it('is right', () => {
  vi.spyOn(Date, 'now').mockReturnValue(5)
  expect([Date.now(), ...solution.f()]).toEqual([5, 1, { a: new Map([[1, 2]]) }])
  vi.useFakeTimers({ now: 7 })
  expect(Date.now()).toBe(7)
})`

it.each(REPLACED)('built-ins are not replaced %s, for nobody', async (_, assertion, source) => {
  expect(await judged(`it('is right', async () => { ${assertion} })`, source)).toMatchObject({ verdict: 'failed', score: 0 })
  expect(await judged(NEXT, 'export const f = () => [1, { a: new Map([[1, 2]]) }]')).toMatchObject({ verdict: 'passed' })
})

it.each([
  ['Date', `solution.f(Date)`], ['a timer', `solution.f(setTimeout)`], ['performance', `solution.f(performance)`],
  ['a date', `solution.f(new Date())`],
])('a fake clock is not told through %s of the tests', async (_, call) => {
  const tests = `it('is right', () => { vi.useFakeTimers({ now: 1 }); try { ${call} } catch {}; expect(Date.now()).toBe(5) })`
  const source = `export const f = (given: any) => { for (const from of [given, given.constructor]) from?.clock?.setSystemTime(5) }`
  expect(await judged(tests, source)).toMatchObject({ verdict: 'failed', score: 0 })
})

it('a built-in that the tests gave comes back as it was', async () => {
  const tests = `it('is right', () => { expect(solution.f(Math.max)).toBe(Math.max); expect(solution.f(Map)).toBe(Map); expect(solution.g(5)).toBe('5') })
    it('sees the time of the tests', () => { vi.useFakeTimers({ now: 7 }); expect(solution.now(Date)).toBe(7) })
    it('has what it does seen', () => { const o = { a: 1 }; solution.h(o, { b: 2 }); expect(o).toEqual({ a: 1, b: 2 }); solution.i(o); expect(Object.isFrozen(o)).toBe(true) })`
  const source = `export const f = (x: any) => x; export const g = String; export const h = Object.assign; export const i = Object.freeze
    export const now = (clock: any) => clock.now()`
  expect(await judged(tests, source)).toMatchObject({ verdict: 'passed' })
})
