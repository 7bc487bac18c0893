import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRealm, type Realm, type RealmReply } from './support/realm'

/* Runs in one realm, one after another, as in a judge that is used again and again. */

let realm: Realm
beforeAll(async () => {
  realm = await openRealm()
})
afterAll(() => realm.close())

/** Changes whatever a test file can change, and tidies up nothing. */
const UNTIDY = `
import { expect, it, vi } from 'vitest'
expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1, message: () => '' }) })
expect.addEqualityTesters([() => true])
it('leaves things lying about', () => {
  vi.useFakeTimers({ now: 5 })
  vi.spyOn(Math, 'random').mockReturnValue(7)
  vi.stubGlobal('structuredClone', () => 'stubbed')
  globalThis.leftover = 1
  globalThis.URL = 'replaced'
  expect.assertions(3)
})
it('with a date that stands still', () => {
  vi.useRealTimers()
  vi.setSystemTime(9)
  globalThis.setTimeout = () => 'mine'
})
`

const TIDY = `
import { expect, it, vi } from 'vitest'
it('has no custom matcher', () => {
  expect(expect(1).toBeOdd).toBe(undefined)
})
it('has no custom asymmetric matcher', () => expect(expect.toBeOdd).toBe(undefined))
it('has no custom negated matcher', () => expect(expect.not.toBeOdd).toBe(undefined))
it('has no custom tester', () => expect({ a: 1 }).toEqual({ a: 2 }))
it('has the real time', () => {
  expect([Date.now() > 1e12, new Date().getTime() > 1e12, vi.isFakeTimers(), vi.getMockedSystemTime()])
    .toEqual([true, true, false, null])
})
it('has its timers', () => expect(setTimeout(() => undefined, 0)).toBeTypeOf('number'))
it('has the real Math', () => expect([vi.isMockFunction(Math.random), Math.random() < 1]).toEqual([false, true]))
it('has the real globals', () => {
  expect([structuredClone(1), typeof URL, typeof leftover]).toEqual([1, 'function', 'undefined'])
})
it('has no assertion to wait for', () => undefined)
it('has its own mocks', () => expect(vi.fn()).not.toHaveBeenCalled())
`

const states = ({ report }: RealmReply): string[] => report.tests.map(({ name, state }) => `${name}: ${state}`)

it('nothing of a run is left for the next', async () => {
  const before = await realm.run({ tests: TIDY })
  const untidy = await realm.run({ tests: UNTIDY })
  expect(states(untidy)).toEqual(['leaves things lying about: failed', 'with a date that stands still: passed'])
  const after = await realm.run({ tests: TIDY })
  const failing = states(after).filter((each) => !each.endsWith('passed'))
  // These two say so by failing: there is no such matcher, and no tester that takes everything for equal.
  expect(failing).toEqual(['has no custom matcher: failed', 'has no custom tester: failed'])
  expect(states(after)).toEqual(states(before))
  expect(after.isClean).toBe(true)
  expect(after.globals).toEqual(before.globals)
})

it('nothing of a file is left for the next one of the same run', async () => {
  const reply = await realm.run({ tests: { 'a.test.ts': UNTIDY, 'b.test.ts': TIDY } })
  const tidy = reply.report.tests.filter(({ file }) => file === 'b.test.ts')
  const failing = tidy.filter(({ state }) => state !== 'passed').map(({ name }) => name)
  expect(failing).toEqual(['has no custom matcher', 'has no custom tester'])
})

it('a timer that nobody cleared does not fire into the next run', async () => {
  const tests = `
    import { it } from 'vitest'
    it('starts one', () => {
      globalThis.fired = []
      const { fired } = globalThis
      setInterval(() => fired.push(1), 1)
      setTimeout(() => { throw new Error('late') }, 5)
    })
  `
  await realm.run({ tests })
  const { report } = await realm.run({
    tests: `
      import { it } from 'vitest'
      it('waits', () => new Promise((resolve) => setTimeout(resolve, 30)))
    `,
  })
  expect(report.errors).toEqual([])
})

it('the order of one run says nothing about the next', async () => {
  const names = 'abcdefgh'.split('')
  const tests = `
    import { describe, it } from 'vitest'
    describe('group', () => {
      ${names.map((name) => `it('${name}', () => undefined)`).join('\n')}
    })
  `
  const plain = await realm.run({ tests })
  const shuffled = await realm.run({ tests, shuffle: true, seed: 3 })
  const again = await realm.run({ tests })
  expect(plain.ended).toEqual(names)
  expect(shuffled.ended).not.toEqual(names)
  expect(again.ended).toEqual(names)
  // The report keeps to the text of the file.
  expect(shuffled.report.tests.map(({ name }) => name)).toEqual(names)
})

it('mocks are forgotten, and with them what they hold', async () => {
  // On an object of the language, which outlives the run.
  const first = `
    import { it, vi } from 'vitest'
    it('makes one', () => {
      Array.kept = vi.fn()
      Array.kept('a')
      Array.box = { get: () => 1 }
      vi.spyOn(Array.box, 'get').mockReturnValue(2)
    })
  `
  const second = `
    import { expect, it, vi } from 'vitest'
    it('does not reach it', () => {
      vi.clearAllMocks()
      vi.resetAllMocks()
      expect(Array.kept.mock.calls).toEqual([['a']])
      expect([vi.isMockFunction(Array.box.get), Array.box.get()]).toEqual([false, 1])
    })
  `
  await realm.run({ tests: first })
  const { report } = await realm.run({ tests: second })
  expect(report.tests[0]).toMatchObject({ state: 'passed', errors: [] })
})
