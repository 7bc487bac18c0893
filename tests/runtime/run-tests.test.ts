import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRealm, type Realm } from './support/realm'

let realm: Realm
beforeAll(async () => {
  realm = await openRealm()
})
afterAll(() => realm.close())

const THREE = `
import { describe, expect, it } from 'vitest'
it('one', () => undefined)
describe('group', () => {
  it('two', () => expect(1).toBe(2))
  describe('inner', () => {
    it('three', () => undefined)
    it.skip('four', () => undefined)
  })
})
`

describe('the report', () => {
  it('names each test by its file, its groups and its title', async () => {
    const { report, started, ended } = await realm.run({ tests: { 'own.test.ts': THREE } })
    expect(report.tests.map(({ file, suites, name, state }) => ({ file, suites, name, state }))).toEqual([
      { file: 'own.test.ts', suites: [], name: 'one', state: 'passed' },
      { file: 'own.test.ts', suites: ['group'], name: 'two', state: 'failed' },
      { file: 'own.test.ts', suites: ['group', 'inner'], name: 'three', state: 'passed' },
      { file: 'own.test.ts', suites: ['group', 'inner'], name: 'four', state: 'skipped' },
    ])
    expect(started).toEqual(['one', 'group > two', 'group > inner > three'])
    expect(ended).toEqual(['one', 'two', 'three', 'four'])
  })

  it('has a stack that leads to the failing line', async () => {
    const { report } = await realm.run({ tests: THREE })
    expect(report.tests[1]?.errors[0]?.stack).toMatch(/<anonymous>:\d+:\d+/)
  })

  it('keeps errors outside tests apart', async () => {
    const { report } = await realm.run({
      tests: { 'a.test.ts': `throw new TypeError('not even loaded')`, 'b.test.ts': THREE },
    })
    expect(report.errors).toMatchObject([{ name: 'TypeError', message: 'not even loaded' }])
    expect(report.tests).toHaveLength(4)
  })

  it('tells of a rejection that nobody handled', async () => {
    const tests = `
      import { it } from 'vitest'
      it('passes', () => { Promise.reject(new Error('forgotten')) })
    `
    const { report } = await realm.run({ tests })
    expect(report.tests[0]?.state).toBe('passed')
    expect(report.errors).toMatchObject([{ message: 'forgotten' }])
  })

  it('of a census runs nothing and counts nothing as passed', async () => {
    const { report, started } = await realm.run({ tests: THREE, collectOnly: true })
    expect(report.tests.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'one: failed',
      'two: failed',
      'three: failed',
      'four: skipped',
    ])
    expect(started).toEqual([])
  })
})

describe('the end of a run', () => {
  it('may come early: what has not run is skipped', async () => {
    const { report, started } = await realm.run({ tests: THREE, abortAfter: 'one' })
    expect(report.tests.map(({ state }) => state)).toEqual(['passed', 'skipped', 'skipped', 'skipped'])
    expect(started).toEqual(['one'])
    const next = await realm.run({ tests: THREE })
    expect(next.report.tests.map(({ state }) => state)).toEqual(['passed', 'failed', 'passed', 'skipped'])
  })

  it('of the solution fails every test after it, whatever that expects', async () => {
    const tests = `
      import { expect, it } from 'vitest'
      it('before', () => undefined)
      it('expects an error', () => expect(() => { throw new Error('gone') }).toThrow())
      it.fails('expects to fail', () => { throw new Error('gone') })
    `
    const { report } = await realm.run({ tests, dieAfter: 'before' })
    expect(report.tests.map(({ state }) => state)).toEqual(['passed', 'failed', 'failed'])
  })

  it('of a test comes with its time limit', async () => {
    const tests = `
      import { beforeEach, describe, it } from 'vitest'
      it('never ends', () => new Promise(() => undefined))
      it('has a limit of its own', () => new Promise((resolve) => setTimeout(resolve, 60)), 1_000)
      describe('hook', () => {
        beforeEach(() => new Promise(() => undefined))
        it('never begins', () => undefined)
      })
    `
    const { report } = await realm.run({ tests, testTimeoutMs: 30 })
    expect(report.tests.map(({ state }) => state)).toEqual(['failed', 'passed', 'failed'])
    expect(report.tests[0]?.errors[0]?.message).toContain('Test timed out in 30ms')
    expect(report.tests[2]?.errors[0]?.message).toContain('Hook timed out in 30ms')
  })
})

describe('a test file', () => {
  it('gets the solution once, however often it imports it', async () => {
    const tests = `
      import { expect, it } from 'vitest'
      import * as first from './solution'
      import { made } from './solution'
      it('is the same', () => expect([first.made, require('./solution').made]).toEqual([made, made]))
    `
    const { report } = await realm.run({ tests, solution: 'export const made = Symbol()' })
    expect(report.tests[0]?.state).toBe('passed')
  })

  it('gets nothing else', async () => {
    const { report } = await realm.run({ tests: `import fs from 'node:fs'; fs.readFileSync('/etc/passwd')` })
    expect(report.errors[0]?.message).toContain("'node:fs' cannot be imported here")
  })

  it('is told what the solution threw while it loaded', async () => {
    const tests = `import { it } from 'vitest'; import { a } from './solution'; it('x', () => a)`
    const { report } = await realm.run({ tests, solution: `throw new RangeError('at the top')` })
    expect(report).toMatchObject({ tests: [], errors: [{ name: 'RangeError', message: 'at the top' }] })
  })

  it('may have none or have it empty', async () => {
    const { report } = await realm.run({ tests: { 'a.test.ts': '', 'b.test.ts': `import { describe } from 'vitest'; describe('x', () => {})` } })
    expect(report).toMatchObject({ tests: [], errors: [] })
  })

  it.each([
    [`vi.mock('./solution')`, 'vi.mock is not available here'],
    [`vi.doMock('./solution')`, 'vi.doMock is not available here'],
    [`vi.resetModules()`, 'vi.resetModules is not available here'],
    [`vi.stubEnv('A', 'b')`, 'vi.stubEnv is not available here'],
    [`expect(1).toMatchSnapshot()`, 'toMatchSnapshot is not available here'],
    [`expect(1).toMatchInlineSnapshot('1')`, 'toMatchInlineSnapshot is not available here'],
    [`expect(() => { throw 1 }).toThrowErrorMatchingSnapshot()`, 'toThrowErrorMatchingSnapshot is not available here'],
    [`expect.addSnapshotSerializer({})`, 'expect.addSnapshotSerializer is not available here'],
    [`vi.useFakeTimers({ toFake: ['nextTick'] })`, 'vi.useFakeTimers cannot fake nextTick here'],
  ])('that says %s is refused in one sentence', async (line, message) => {
    const { report } = await realm.run({ tests: `import { expect, it, vi } from 'vitest'; it('x', () => { ${line} })` })
    expect(report.tests[0]?.state).toBe('failed')
    expect(report.tests[0]?.errors[0]?.message).toContain(message)
  })

  it('gets numbers for timers, and either function clears either kind', async () => {
    const tests = `
      import { expect, it, vi } from 'vitest'
      it.each([false, true])('faked: %s', async (faked) => {
        const now = performance.now.bind(performance)
        if (faked) vi.useFakeTimers()
        const fired = []
        const timeout = setTimeout(() => fired.push('timeout'), 5)
        const interval = setInterval(() => fired.push('interval'), 5)
        setTimeout((a, b) => fired.push(a + b), 1, 'a', 'b')
        expect([typeof timeout, typeof interval]).toEqual(['number', 'number'])
        clearTimeout(interval)
        clearInterval(timeout)
        clearTimeout(undefined)
        if (faked) vi.advanceTimersByTime(20)
        else await new Promise((resolve) => setTimeout(resolve, 20))
        expect(fired).toEqual(['ab'])
      })
    `
    const { report } = await realm.run({ tests })
    expect(report.tests.map(({ state, errors }) => [state, errors])).toEqual([
      ['passed', []],
      ['passed', []],
    ])
  })
})

describe('the test API', () => {
  const TESTS = `
    import { expect, it } from 'vitest'
    import { inGuest, random } from 'handroll'
    const record = (name) => it(name, () => {
      const drawn = [random.next(), random.int(1, 6), random.pick(['a', 'b', 'c']), random.shuffle([1, 2, 3, 4])]
      throw new Error(JSON.stringify([random.seed, ...drawn]))
    })
    record('a')
    record('b')
    record('a')
    it('runs a driver beside the solution', () => {
      expect(inGuest((solution, n) => solution.double(n), 21)).toBe(42)
    })
    it('ships its text alone', () => {
      const outside = 1
      expect(() => inGuest(() => outside)).toThrow(ReferenceError)
    })
    it('keeps its numbers in their range', () => {
      for (let i = 0; i < 1_000; i++) {
        expect(random.next()).toBeLessThan(1)
        expect([1, 2, 3]).toContain(random.int(1, 3))
      }
      const given = [1, 2, 3]
      expect(random.shuffle(given)).not.toBe(given)
      expect(given).toEqual([1, 2, 3])
    })
  `
  const solution = 'export const double = (n: number) => 2 * n'
  const drawnBy = async (seed: number, shuffle = false): Promise<(string | undefined)[]> => {
    const { report } = await realm.run({ tests: TESTS, solution, seed, shuffle })
    expect(report.tests.slice(3).map(({ state }) => state)).toEqual(['passed', 'passed', 'passed'])
    return report.tests.slice(0, 3).map(({ errors }) => errors[0]?.message)
  }

  it('draws the same numbers for the same seed and test, whatever runs before', async () => {
    const [a, b, again] = await drawnBy(1)
    expect(a).not.toBe(b)
    // A test begins its sequence anew, also one of the same name.
    expect(again).toBe(a)
    expect(await drawnBy(1, true)).toEqual([a, b, a])
  })

  it('draws other numbers for another seed', async () => {
    const [a] = await drawnBy(1)
    expect((await drawnBy(2))[0]).not.toBe(a)
  })
})
