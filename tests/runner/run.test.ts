import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent, RunTestResult } from '@/lib/runner/results'
import type { Observed } from './support/page'
import { ONE_TEST, openWorkbench, type Workbench } from './support/workbench'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

const of = <T extends RunEvent['type']>(run: Observed, type: T) =>
  run.events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)
const testsOf = (run: Observed): RunTestResult[] => of(run, 'test').map((event) => event.test)
const linesOf = (run: Observed) => of(run, 'console').map((event) => event.line)

describe('Run in the browser', () => {
  it('runs tests of the solution and tells each with its state', async () => {
    const run = await bench.run(
      'export const half = (n: number): number => n / 2',
      `import { describe, expect, it } from 'vitest'
       import { half } from './solution'
       describe('half', () => {
         it('of four', () => expect(half(4)).toBe(2))
         it('of five', () => expect(half(5)).toBe(2))
         it.skip('of six', () => expect(half(6)).toBe(3))
       })`,
    )
    expect(run.end).toMatchObject({ kind: 'done' })
    expect(testsOf(run)).toMatchObject([
      { file: 'visible.test.ts', suites: ['half'], name: 'of four', state: 'passed', errors: [] },
      { name: 'of five', state: 'failed', errors: [{ name: 'AssertionError', expected: '2', actual: '2.5' }] },
      { name: 'of six', state: 'skipped' },
    ])
  })

  it('gives each test file a solution of its own, so that files cannot disturb each other', async () => {
    const counting = `import { expect, it } from 'vitest'
      import { next } from './solution'
      it('starts at one', () => expect(next()).toBe(1))`
    const run = await bench.page.evaluate(
      (request) => window.lab.observe(request),
      {
        solution: { name: 'solution.ts', source: 'let n = 0\nexport const next = () => ++n' },
        tests: [
          { name: 'visible.test.ts', source: counting },
          { name: 'own.test.ts', source: counting },
        ],
        wallMs: 3_000,
      },
    )
    expect(testsOf(run)).toMatchObject([
      { file: 'visible.test.ts', state: 'passed' },
      { file: 'own.test.ts', state: 'passed' },
    ])
  })

  it('maps a failing assertion to its line and column in TypeScript', async () => {
    const run = await bench.run(
      'export interface Shape {\n  sides: number\n}\nexport const act = (): string => "wrong"',
      `import { expect, it } from 'vitest'
import { act } from './solution'

type Unused = { a: 1 }

it('acts', () => {
  expect(act()).toBe('done')
})`,
    )
    expect(testsOf(run)[0]?.errors[0]?.places[0]).toMatchObject({ file: 'visible.test.ts', line: 7, column: 16 })
  })

  it('maps an error thrown by the solution through its caller in the test', async () => {
    const run = await bench.run(`type A = 1

function inner(): never {
  throw new RangeError("too far")
}
export function act(): string {
  return inner()
}`)
    const [error] = testsOf(run)[0]?.errors ?? []
    expect(error).toMatchObject({ name: 'RangeError', message: 'too far' })
    expect(error?.places[0]).toMatchObject({ file: 'solution.ts', line: 4, fn: 'inner' })
    expect(error?.places).toContainEqual(expect.objectContaining({ file: 'solution.ts', line: 7, fn: 'act' }))
    expect(error?.places).toContainEqual(expect.objectContaining({ file: 'visible.test.ts', line: 5 }))
  })

  it('maps an error thrown after an await', async () => {
    const run = await bench.run('export async function act() {\n  await null\n  throw new Error("late")\n}')
    expect(testsOf(run)[0]?.errors[0]?.places[0]).toMatchObject({ file: 'solution.ts', line: 3 })
  })

  it('tells an error at the top level of the solution with its line', async () => {
    const run = await bench.run('const no = undefined as unknown as { go(): void }\nno.go()\nexport const act = 1')
    expect(testsOf(run).filter((test) => test.state === 'passed')).toEqual([])
    const [first] = of(run, 'error')
    expect(first?.error.name).toBe('TypeError')
    expect(first?.error.places[0]).toMatchObject({ file: 'solution.ts', line: 2, fn: null })
  })

  it('shows what was printed, as Node prints it, with the line that printed it', async () => {
    const run = await bench.run(`export function act() {
  console.log('at %d', 3, { list: [1, 0], map: new Map([['k', { deep: true }]]) })
  console.error(new Error('careful'))
  return 'done'
}`)
    expect(linesOf(run)).toMatchObject([
      { level: 'log', text: "at 3 { list: [ 1, 0 ], map: Map(1) { 'k' => { deep: true } } }", test: 'acts' },
      { level: 'error', text: 'Error: careful', test: 'acts' },
    ])
    expect(linesOf(run).map((line) => line.places[0]?.line)).toEqual([2, 3])
  })

  it('D7 shows what was printed before the code threw, or was stopped', async () => {
    const thrown = await bench.run('export function act() { console.log("so far"); throw new Error("no further") }')
    expect(linesOf(thrown).map((line) => line.text)).toEqual(['so far'])
    const looping = await bench.run('export function act() { console.log("so far"); for (;;); }', ONE_TEST, 5_000)
    expect(looping.end).toMatchObject({ kind: 'stopped', reason: 'time-limit' })
    expect(linesOf(looping).map((line) => line.text)).toEqual(['so far'])
  })

  it('keeps 200 lines of a flood and says that there were more', async () => {
    const run = await bench.run('export function act() { for (let i = 0; i < 1e5; i++) console.log(i); return "done" }')
    expect(run.end).toMatchObject({ kind: 'done' })
    expect(linesOf(run)).toHaveLength(200)
    expect(of(run, 'silenced')).toHaveLength(1)
    expect(testsOf(run)).toMatchObject([{ state: 'passed' }])
  })

  it('cuts one enormous line, and lists of a million items quickly', async () => {
    const run = await bench.run(`export function act() {
  console.log('x'.repeat(5_000_000))
  console.log(Array.from({ length: 1_000_000 }, (_, i) => i))
  return 'done'
}`)
    expect(run.end).toMatchObject({ kind: 'done' })
    const [long, list] = linesOf(run)
    expect(long?.text.length).toBeLessThan(11_000)
    expect(list?.text).toContain('1000000 items in all')
  })

  it('prints values that defend themselves against being printed', async () => {
    const run = await bench.run(`export function act() {
  console.log(new Proxy({}, { get() { throw new Error('no') }, ownKeys() { throw new Error('no') } }))
  console.log({ get a() { throw new Error('no') } }, { toString() { throw new Error('no') } })
  return 'done'
}`)
    expect(run.end).toMatchObject({ kind: 'done' })
    expect(linesOf(run)).toHaveLength(2)
    expect(testsOf(run)).toMatchObject([{ state: 'passed' }])
  })

  it('tells rejections that nobody handled and errors thrown in timers', async () => {
    const run = await bench.run(`export function act() {
  void Promise.reject(new Error('lost'))
  setTimeout(() => {
    throw new Error('late')
  })
  return new Promise((resolve) => setTimeout(() => resolve('done'), 20))
}`)
    const messages = of(run, 'error').map((event) => event.error.message)
    expect(messages.some((text) => text.includes('lost'))).toBe(true)
    expect(messages.some((text) => text.includes('late'))).toBe(true)
  })

  it('names every place that does not compile, in all files, and runs nothing', async () => {
    const run = await bench.run('export const act = (\n', 'import { it } from "vitest"\nit("x", () => { const })')
    expect(run.end).toMatchObject({
      kind: 'compile-error',
      problems: [
        { file: 'solution.ts', problem: { line: 2, column: 0 } },
        { file: 'visible.test.ts', problem: { line: 2 } },
      ],
    })
    expect(run.events).toEqual([])
  })

  it('survives a source that breaks the compiler', async () => {
    const broken = await bench.run('('.repeat(60_000))
    expect(broken.end).toMatchObject({ kind: 'compile-error', problems: [{ problem: { code: 'too-complex' } }] })
    expect((await bench.run('export const act = () => "done"')).end).toMatchObject({ kind: 'done' })
  })

  it('refuses computed imports and network names with a plain message', async () => {
    const run = await bench.run(`export async function act() {
  const name: string = 'fs'
  const refused = await import(name).then(() => 'loaded', (error: Error) => error.message)
  console.log(refused)
  console.log(typeof fetch, typeof Worker, typeof postMessage, typeof importScripts, typeof WebSocket)
  return 'done'
}`)
    expect(linesOf(run).map((line) => line.text)).toEqual([
      expect.stringContaining("'fs' cannot be imported"),
      Array(5).fill('undefined').join(' '),
    ])
  })

  it('offers crypto.randomUUID where the engine withholds it', async () => {
    const run = await bench.run('export const act = () => { console.log(crypto.randomUUID()); return "done" }')
    expect(linesOf(run)[0]?.text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('runs under the strict policy of the page without a violation', async () => {
    await bench.run('export const act = () => "done"', ONE_TEST)
    expect(await bench.page.evaluate(() => window.lab.violations)).toEqual([])
  })
})
