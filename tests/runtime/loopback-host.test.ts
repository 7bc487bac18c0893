import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runLoopback } from '@/lib/content/check/loopback/run-loopback'
import { runPlain } from '@/lib/content/check/plain/run-plain'
import type { Run, RunResult } from '@/lib/content/check/run'

/* The check's own runs in one realm, beside the same in the real Vitest. */

const TESTS = `
import { beforeAll, describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { add, Counter } from './solution'
describe('sums', () => {
  it('adds', () => expect(add(1, 2)).toBe(3))
  describe('inner', () => {
    it('adds what is drawn', () => {
      const [a, b] = [random.int(1, 9), random.int(1, 9)]
      expect(add(a, b)).toBe(a + b)
    })
  })
})
it('counts', () => {
  const counter = new Counter()
  counter.up()
  expect(counter.count).toBe(1)
  expect(inGuest((solution: typeof import('./solution')) => new solution.Counter().up().count)).toBe(1)
})
`
const RIGHT = `
export const add = (a: number, b: number): number => a + b
export class Counter {
  count = 0
  up(): this { this.count++; return this }
}
`
const SOURCES: Record<string, string> = {
  right: RIGHT,
  wrong: RIGHT.replace('a + b', 'a - b'),
  'broken while loading': `throw new Error('not today')`,
  'not to be compiled': 'export const add = ',
  forgetful: RIGHT.replace('=> a + b', "=> { void Promise.reject(new Error('lost')); return a + b }"),
  endless: RIGHT.replace('=> a + b', '=> { for (;;); }'),
}

let scratch: string
let loopback: Map<string, RunResult>
let plain: Map<string, RunResult>
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'handroll-loopback-'))
  const runs = Object.entries(SOURCES).map(([name, source]): Run => ({
    id: name,
    place: `topic/${name}`,
    target: 'solution.ts',
    source,
    tests: 'hidden',
    testSource: TESTS,
    seed: 3,
    limits: { wallMs: 1_000, memoryMiB: 128 },
    mustEnd: false,
  }))
  const options = { scratch, workers: 1, onEnded: () => undefined }
  const byName = (results: RunResult[]): Map<string, RunResult> => new Map(results.map((each) => [each.run.id, each]))
  loopback = byName(await runLoopback(runs, options))
  // By itself: the real Vitest tells rejections at the end of its process, and this one is killed before.
  const endless = runs.filter(({ id }) => id === 'endless')
  const others = runs.filter(({ id }) => id !== 'endless')
  plain = byName([...(await runPlain(others, options)), ...(await runPlain(endless, options))])
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const statesOf = (result: RunResult | undefined): string[] => {
  return (result?.tests ?? []).map(({ group, name, state }) => `${group} | ${name}: ${state}`)
}

it('tells each test with its group', () => {
  expect(loopback.get('right')).toMatchObject({ host: 'loopback', fault: null })
  expect(statesOf(loopback.get('right'))).toEqual([
    'sums | adds: passed',
    'sums | inner > adds what is drawn: passed',
    ' | counts: passed',
  ])
})

it('tells the first line of what went wrong', () => {
  expect(loopback.get('wrong')?.tests[0]).toMatchObject({
    state: 'failed',
    message: 'expected -1 to be 3 // Object.is equality',
  })
})

it('ends the same way as the real Vitest for every source', () => {
  for (const name of Object.keys(SOURCES)) {
    const [ours, theirs] = [loopback.get(name), plain.get(name)]
    expect(ours?.fault === null, `${name}: ${ours?.fault} or ${theirs?.fault}`).toBe(theirs?.fault === null)
    if (ours?.fault === null) expect(statesOf(ours), name).toEqual(statesOf(theirs))
  }
})

it('says what kept a source from being tested', () => {
  expect(loopback.get('broken while loading')?.fault).toContain('not today')
  expect(loopback.get('not to be compiled')?.fault).toContain('solution.ts does not compile')
  expect(loopback.get('forgetful')?.fault).toContain('lost')
  expect(loopback.get('endless')?.fault).toBe('never ended and was killed')
})
