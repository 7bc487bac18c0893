import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ONE_TEST, openWorkbench, type Workbench } from './support/workbench'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
  await bench.run('export const act = () => "done"')
})
afterAll(() => bench.close())

const GOOD = 'export const act = () => "done"'
const NEVER = 'export const act = () => new Promise(() => {})\n'

/** Proves that the page can run again, whatever happened before. */
async function expectToWork(): Promise<void> {
  const run = await bench.run(GOOD)
  expect(run.end).toMatchObject({ kind: 'done' })
  expect(run.events).toMatchObject([{ type: 'test', test: { state: 'passed' } }])
  expect(await bench.page.evaluate(() => window.lab.frames())).toBe(1)
}

/** Row B21 of the list of attacks (docs/attacks.md), and those of section A as far as they concern a page. */
describe('ending a run from outside', () => {
  it.each([
    ['a loop in a function', 'export function act(): string { for (;;); }'],
    ['a loop while loading', 'for (;;);\nexport const act = () => "done"'],
    ['an endless chain of microtasks', `${NEVER}const go = (): unknown => Promise.resolve().then(go)\nvoid go()`],
    ['a storm of timers', `${NEVER}const go = () => { setTimeout(go); setTimeout(go) }\ngo()`],
    ['a regular expression that backtracks', 'export const act = () => /^(a+)+$/.test("a".repeat(40) + "b")'],
    ['a loop that catches all', 'export const act = () => { for (;;) { try { for (;;); } finally { continue } } }'],
    ['a loop in a builtin', 'export const act = () => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 0)'],
  ])('stops %s at its limit while the page goes on', async (_name, source) => {
    const run = await bench.run(source, ONE_TEST, 700)
    expect(run.end).toMatchObject({ kind: 'stopped', reason: 'time-limit' })
    expect(run.heartbeats).toBeGreaterThan(10)
    await expectToWork()
  })

  it('keeps the tests that ended before the loop and names the one that did not', async () => {
    const tests = `import { expect, it } from 'vitest'
      import { act } from './solution'
      it('first', () => expect(act(1)).toBe(1))
      it('second', () => expect(act(2)).toBe(2))`
    const source = 'export const act = (n: number): number => { while (n === 2); return n }'
    const run = await bench.run(source, tests, 700)
    expect(run.events).toMatchObject([{ type: 'test', test: { name: 'first', state: 'passed' } }])
    expect(run.end).toMatchObject({ kind: 'stopped', reason: 'time-limit', running: 'second' })
  })

  it('ends a program that fills memory, and the page stays alive', async () => {
    const source = `export function act(): string {
  const kept: Uint8Array[] = []
  for (;;) kept.push(new Uint8Array(16 * 1024 * 1024).fill(1))
}`
    const run = await bench.run(source, ONE_TEST, 700)
    expect(run.end.kind === 'stopped' || run.events.some((event) => event.type === 'test')).toBe(true)
    await expectToWork()
  })

  it('stops a run that sends more than the frame passes on', async () => {
    const tests = `import { it } from 'vitest'
      for (let n = 0; n < 6_000; n++) it('number ' + n, () => {})`
    const run = await bench.run(GOOD, tests, 20_000)
    expect(run.end).toMatchObject({ kind: 'stopped', reason: 'output-limit' })
    await expectToWork()
  })

  it('stops when asked to, and the next run works', async () => {
    const run = await bench.page.evaluate((request) => window.lab.cancelAfterFirstEvent(request), {
      solution: { name: 'solution.ts', source: `${NEVER}console.log(1)` },
      tests: [{ name: 'visible.test.ts', source: ONE_TEST }],
      wallMs: 20_000,
    })
    expect(run.end).toMatchObject({ kind: 'stopped', reason: 'cancelled' })
    await expectToWork()
  })

  it('lets the latest of two runs win', async () => {
    const ends = await bench.page.evaluate(async (test) => {
      const request = (source: string) => ({
        solution: { name: 'solution.ts', source },
        tests: [{ name: 'visible.test.ts', source: test }],
        wallMs: 20_000,
      })
      const endless = window.lab.observe(request('export const act = () => new Promise(() => {})'))
      const second = window.lab.observe(request('export const act = () => "done"'))
      return [(await endless).end, (await second).end]
    }, ONE_TEST)
    expect(ends).toMatchObject([{ kind: 'stopped', reason: 'cancelled' }, { kind: 'done' }])
  })
})
