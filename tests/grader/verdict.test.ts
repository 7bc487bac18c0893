import { describe, expect, it } from 'vitest'
import { Verdict } from '@/lib/contract/verdict'
import { exercise, SAMPLE, sampleSolution } from './support/exercise'
import { useGrader } from './support/use-grader'

const grader = useGrader()
const grade = (source: string, of = SAMPLE, seed = 1) => grader.grade({ exercise: of, source, seed })

describe('a verdict', () => {
  it('is a pass with all points when every test passes', async () => {
    const verdict = await grade(sampleSolution())
    expect(verdict).toMatchObject({ verdict: 'passed', reason: null, score: 20, maxScore: 20, problem: null })
    expect(verdict.tests).toHaveLength(7)
    expect(verdict.tests.every(({ state }) => state === 'passed')).toBe(true)
    expect(verdict.stats.wallMs).toBeGreaterThan(0)
    expect(verdict.stats.guestPeakRssKb).toBeGreaterThan(10_000)
    expect(Verdict.parse(verdict)).toEqual(verdict)
  })

  it('gives the points of a group only when all of its tests pass', async () => {
    const verdict = await grade(sampleSolution({ add: 'export const add = (a: number, b: number) => a + Math.abs(b)' }))
    expect(verdict).toMatchObject({ verdict: 'failed', reason: null, score: 15, maxScore: 20 })
    expect(verdict.groups[0]).toEqual({ title: 'sums', points: 5, earned: 0, passed: 1, total: 2 })
    expect(verdict.tests.slice(0, 2)).toMatchObject([
      { group: 'sums', name: 'adds two numbers', state: 'passed' },
      { group: 'sums', name: 'adds a negative number', state: 'failed' },
    ])
  })

  it('names the exercise version, the runtime, the limits and the seed', async () => {
    const limits = { wallMs: 4_000, memoryMiB: 96 }
    const verdict = await grade(sampleSolution(), { ...SAMPLE, version: 'abc', limits }, 77)
    expect(verdict).toMatchObject({ exerciseVersion: 'abc', runtimeVersion: grader.runtimeVersion, limits, seed: 77 })
    expect(grader.runtimeVersion).toMatch(/^handroll-.+\/deno-.+\/esbuild-.+\/[0-9a-f]{16}$/)
  })

  it('says nothing of inputs, expected values or messages', async () => {
    const told = 'throw new Error(JSON.stringify([a, b]) + " SECRET")'
    const verdict = await grade(sampleSolution({ add: `export function add(a: number, b: number): number { ${told} }` }))
    expect(verdict).toMatchObject({ verdict: 'failed', score: 15, problem: null })
    expect(JSON.stringify(verdict)).not.toContain('SECRET')
  })
})

describe('a source that does not compile', () => {
  it('fails every test and is told its place', async () => {
    const verdict = await grade('export const add = (\nexport')
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'compile-error', score: 0, maxScore: 20 })
    expect(verdict.problem).toMatchObject({ line: 2, column: 0 })
    expect(verdict.tests.map(({ state }) => state)).toEqual(Array(7).fill('failed'))
  })

  it.each([
    ['top-level-await', 'await Promise.resolve()'],
    ['import-not-allowed', 'import fs from "node:fs"\nexport const read = fs'],
    ['too-large', `// ${'x'.repeat(70_000)}`],
  ])('is told that it is %s', async (code, source) => {
    const verdict = await grade(source)
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'compile-error', problem: { code } })
  })

  it('D4 has what is quoted of it cut and stripped of everything that is not plain text', async () => {
    const verdict = await grade(`import x from "\\u0000\\u202e\\u001b[31mred\\ud800${'x'.repeat(9_000)}"\nexport const y = x`)
    expect(verdict).toMatchObject({ reason: 'compile-error', problem: { code: 'import-not-allowed', line: 1 } })
    expect(verdict.problem?.message).toMatch(/^'\[31mred\ufffd*x+…$/)
    expect(verdict.problem?.message).toHaveLength(500)
  })
})

describe('a source that throws while it loads', () => {
  it('is told its own error at its place in TypeScript', async () => {
    const source = sampleSolution({}, 'interface Long { a: number }\ntype Gone = Long\n\n  null!.boom')
    const verdict = await grade(source)
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'runtime-error', score: 0 })
    expect(verdict.problem).toEqual({
      message: "TypeError: Cannot read properties of null (reading 'boom')", line: 4, column: 8,
    })
  })

  it('D3 has its message cut and stripped of everything that is not plain text', async () => {
    const verdict = await grade(`throw new Error('\\u001b[31m\\u202e\\u0000red' + 'x'.repeat(9_000))`)
    expect(verdict.problem?.message).toMatch(/^Error: \[31mredx+…$/)
    expect(verdict.problem?.message).toHaveLength(500)
  })
})

describe('a source without an export of the exercise', () => {
  it('is told which one', async () => {
    const verdict = await grade(sampleSolution({ range: 'const range = 1' }))
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'runtime-error', score: 0 })
    expect(verdict.problem).toMatchObject({ code: 'missing-export', subject: 'range' })
  })
})

describe('a source with an endless loop in one function', () => {
  const LOOPING = { ...SAMPLE, limits: { ...SAMPLE.limits, wallMs: 4_000 } }

  it('loses the tests of that function alone, and the others are run in another process', async () => {
    const source = sampleSolution({ range: 'export function range(n: number): number[] { if (n > 0) for (;;); return [] }' })
    const verdict = await grade(source, LOOPING)
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'time-limit', score: 15 })
    const failed = verdict.tests.filter(({ state }) => state !== 'passed')
    expect(failed.map(({ name }) => name)).toEqual(['counts from zero'])
  })

  it('F10 gains nothing by an answer that comes while it is being ended', async () => {
    const limits = { ...SAMPLE.limits, wallMs: 1_500 }
    // A test may take 375 ms, one call 450: some of these answers come just before, some just after, some as the guest is killed.
    const verdicts = await Promise.all([430, 440, 445, 450, 455, 460, 470, 480].map((ms) => {
      const loop = `const end = performance.now() + ${ms}; while (performance.now() < end);`
      return grade(sampleSolution({ refuse: `export function refuse(why: string): never { ${loop} throw new RangeError(why) }` }), { ...SAMPLE, limits })
    }))
    for (const { verdict, reason, score } of verdicts) {
      expect(verdict).toBe('failed')
      // Where eight at a time are too many for the machine, other tests may take too long, too.
      expect(score).toBeLessThanOrEqual(15)
      expect([null, 'time-limit']).toContain(reason)
    }
  })

  it('has all its tests fail when it loops while it loads', async () => {
    const verdict = await grade('for (;;);', { ...LOOPING, limits: { ...LOOPING.limits, wallMs: 1_500 } })
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'time-limit', score: 0 })
  })
})

describe('an exercise without described groups', () => {
  const bare = exercise(`
    it('stands alone', () => expect(solution.one).toBe(1))
    describe('first', () => {
      it('a', () => expect(solution.one).toBe(1))
      describe('inner', () => it('b', () => expect(solution.one).toBe(1)))
    })
    describe('second', () => it('c', () => expect(solution.one).toBe(2)))
  `)

  it('counts a point for each block, and one for the tests outside of all', async () => {
    const verdict = await grade('export const one = 1', bare)
    expect(verdict).toMatchObject({ verdict: 'failed', score: 2, maxScore: 3 })
    expect(verdict.tests.map(({ group, name, state }) => [group, name, state])).toEqual([
      ['tests', 'stands alone', 'passed'],
      ['first', 'a', 'passed'],
      ['first', 'inner > b', 'passed'],
      ['second', 'c', 'failed'],
    ])
  })
})

/** Row C37: a pass needs exactly the tests that were listed before. */
describe('the list of tests', () => {
  it('leaves out what the file itself skips, and still passes', async () => {
    const some = exercise(`
      it('runs', () => expect(solution.one).toBe(1))
      it.skip('is skipped', () => expect(1).toBe(2))
      it.todo('is to do')
    `)
    const verdict = await grade('export const one = 1', some)
    expect(verdict).toMatchObject({ verdict: 'passed', score: 1, maxScore: 1 })
    expect(verdict.tests.map(({ state }) => state)).toEqual(['passed', 'skipped', 'skipped'])
  })

  it.each([
    ['is empty', ''],
    ['has only skipped tests', `it.skip('never', () => {})`],
    ['does not compile', 'it("unfinished", () => {'],
    ['throws when it is read', 'throw new Error("broken")'],
  ])('makes grading an error of ours when the file %s', async (_, body) => {
    const verdict = await grade('export const one = 1', exercise(body))
    expect(verdict).toMatchObject({ verdict: 'error', reason: 'internal-error', score: 0, maxScore: 0, tests: [] })
  })

  it('makes grading an error of ours when a described group has no test', async () => {
    const verdict = await grade('export {}', exercise(`it('a', () => {})`, { groups: { missing: { points: 5 } } }))
    expect(verdict).toMatchObject({ verdict: 'error', reason: 'internal-error' })
  })

  it('never passes a solution that takes tests away', async () => {
    const some = exercise(`
      describe('group', () => {
        it('always', () => expect(1).toBe(1))
        for (const n of [...solution.cases]) it('case ' + n, () => expect(n).toBe(1))
        if (solution.more !== false) it('more', () => expect(solution.more).toBe(1))
      })
    `)
    expect(await grade('export const cases: number[] = []; export const more = false', some)).toMatchObject({
      verdict: 'failed', score: 0, maxScore: 1,
    })
  })

  it('never passes a solution that adds tests', async () => {
    const some = exercise(`for (const n of [...solution.cases]) it('case ' + n, () => {})\nit('one', () => {})`)
    expect((await grade('export const cases = [1, 2]', some)).verdict).toBe('failed')
  })

  it('does not take a test for passed that skips itself', async () => {
    const some = exercise(`it('a', ({ skip }) => { if (solution.one === 1) skip() })`)
    expect(await grade('export const one = 1', some)).toMatchObject({ verdict: 'failed', score: 0 })
  })
})

describe('the seed', () => {
  const numbers = exercise(`
    it('draws', () => expect(solution.seen(random.int(0, 1e9))).toBe(solution.only))
  `)
  const seen = (only: number): string => `export const only = ${only}; export const seen = (n: number) => n`

  it('decides the inputs, so that a verdict can be repeated', async () => {
    const odd = `export const only = 1; export const seen = (n: number) => n % 2`
    const outcomes = async () => {
      const verdicts = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => grade(odd, numbers, seed)))
      return verdicts.map(({ verdict }) => verdict)
    }
    const first = await outcomes()
    expect(new Set(first).size).toBe(2)
    expect(await outcomes()).toEqual(first)
    expect((await grade(seen(-1), numbers, 1)).verdict).toBe('failed')
  })

  it('decides the order of the tests, unless they are to run as written', async () => {
    const ordered = exercise(`
      let last = 0
      for (let n = 1; n <= 8; n++) it('test ' + n, () => { expect(last).toBe(n - 1); last = n })
    `)
    const task = { exercise: ordered, source: 'export {}', seed: 3 }
    expect((await grader.grade({ ...task, shuffle: false })).verdict).toBe('passed')
    const shuffled = await grader.grade(task)
    expect(shuffled.verdict).toBe('failed')
    expect(shuffled.tests.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `test ${n}`))
  })
})
