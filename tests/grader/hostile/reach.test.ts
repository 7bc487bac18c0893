import { describe, expect, it } from 'vitest'
import { exercise, sampleSolution } from '../support/exercise'
import { useGrader } from '../support/use-grader'
import { LOOPING, PATIENT, runCases } from './run-cases'

/** What must not be within reach: files, network, processes, the environment. Rows B1 to B19. */
const deno = '(globalThis as any).Deno'
const load = (name: string): string => `await (0, eval)('import("${name}")')`

/**
 * The body of an async function that must throw, and what the error says. Most of Node's modules do not even start here,
 * since they would write over the language's objects, which are read only.
 */
const ATTEMPTS: [attack: string, body: string, refusal: RegExp][] = [
  ['B1 reads a file', `${deno}.readTextFileSync('/etc/passwd')`, /NotCapable/],
  ['B1 reads its own environment in /proc', `${deno}.readTextFileSync('/proc/self/environ')`, /NotCapable/],
  ['B1 reads its own memory', `${deno}.openSync('/proc/self/mem')`, /NotCapable/],
  ['B1 reads its own source', `${deno}.readTextFileSync(new URL((globalThis as any).location?.href ?? ${deno}.mainModule))`, /NotCapable/],
  ['B1 reads a file with node:fs', `const fs = ${load('node:fs')}; fs.readFileSync('/etc/passwd')`, /NotCapable|permission|denied|read only/i],
  ['B1 writes a file', `${deno}.writeTextFileSync('/tmp/handroll-written', '')`, /NotCapable/],
  ['B4 imports a file by a name made at run time', `const p = '/etc/' + 'hostname'; await import(p)`, /import|require/],
  ['B4 imports a file through eval', `await (0, eval)('import("file:///etc/hostname", { with: { type: "text" } })')`, /./],
  ['B4 imports a module that imports a file', load('data:text/javascript,export { default } from "file:///etc/hostname" with { type: "text" }'.replaceAll('"', '\\\\"').replaceAll("'", '')), /./],
  ['B5 requires a file by a name made at run time', `(require as any)('./' + 'package' + '.json')`, /stands alone|require/],
  ['B7 reads environment variables', `${deno}.env.toObject()`, /NotCapable/],
  ['B7 reads one environment variable', `${deno}.env.get('PATH')`, /NotCapable/],
  ['B7 reads the environment through node:process', `const { env } = ${load('node:process')}; if (Object.keys(env).length === 0) throw new Error('empty'); env.HOME.length`, /NotCapable|empty|undefined|env|read only/],
  ['B8 connects', `await ${deno}.connect({ hostname: '127.0.0.1', port: 5432 })`, /NotCapable/],
  ['B8 connects to where clouds keep secrets', `await ${deno}.connect({ hostname: '169.254.169.254', port: 80 })`, /NotCapable/],
  ['B8 connects to a socket file', `await ${deno}.connect({ transport: 'unix', path: '/run/docker.sock' })`, /NotCapable/],
  ['B8 listens', `${deno}.listen({ port: 0 })`, /NotCapable/],
  ['B8 asks for a name', `await ${deno}.resolveDns('localhost', 'A')`, /NotCapable|No such file/],
  ['B8 fetches', `await fetch('http://127.0.0.1:3000/')`, /fetch|NotCapable/],
  ['B8 opens a WebSocket', `new WebSocket('ws://127.0.0.1:3000/')`, /WebSocket|NotCapable/],
  ['B8 connects with node:net', `const net = ${load('node:net')}; await new Promise((_, no) => net.connect(5432, '127.0.0.1').on('error', no))`, /NotCapable|permission|denied|net access|read only/i],
  ['B9 imports from a registry', load('npm:lodash'), /./],
  ['B9 imports from an address', load('http://127.0.0.1:3000/x.js'), /./],
  ['B10 starts a process', `new ${deno}.Command('/bin/true').outputSync()`, /NotCapable/],
  ['B10 starts a process with node:child_process', `const c = ${load('node:child_process')}; c.execSync('true')`, /NotCapable|permission|denied|access|read only/i],
  ['B11 kills its parent', `${deno}.kill(${deno}.ppid, 'SIGCONT')`, /NotCapable/],
  ['B12 loads a library', `${deno}.dlopen('/lib/x86_64-linux-gnu/libc.so.6', {})`, /NotCapable/],
  ['B13 opens a database file', `const { DatabaseSync } = ${load('node:sqlite')}; new DatabaseSync('/tmp/handroll.db')`, /NotCapable|access|permission|denied/i],
  ['B14 opens an inspector', `const i = ${load('node:inspector')}; i.open(0)`, /./],
  ['B16 asks for a permission', `const { state } = await ${deno}.permissions.request({ name: 'read' }); if (state !== 'granted') throw new Error(state)`, /denied/],
  ['B16 asks a person', `prompt('password?')`, /prompt/],
  ['B18 uses local storage', `localStorage.setItem('a', 'b')`, /localStorage/],
  ['B18 uses the cache', `await caches.open('a')`, /caches/],
  ['B18 uses a broadcast channel', `new BroadcastChannel('a')`, /BroadcastChannel/],
  ['B18 keeps a database', `const { DatabaseSync } = ${load('node:sqlite')}; new DatabaseSync('file:/tmp/handroll.db')`, /NotCapable|access|permission|denied/i],
]

describe('a solution that reaches for what is not its own', () => {
  const grader = useGrader({ concurrency: 1 })
  const told = exercise(`it('is refused', async () => { const outcome = await solution.attempt(); expect(outcome).not.toBe('it worked'); expect(outcome).toMatch(REFUSAL) })`)

  it.each(ATTEMPTS)('%s', async (_, body, refusal) => {
    const source = `export async function attempt(): Promise<string> {
      try { ${body} } catch (error: any) { return String(error?.name) + ': ' + String(error?.message) }
      return 'it worked'
    }`
    const hiddenTests = told.hiddenTests.replace('REFUSAL', String(refusal))
    const verdict = await grader.grade({ exercise: { ...told, hiddenTests }, source, seed: 1 })
    // In a jail without /proc, Deno itself gives up when Node's modules are asked for.
    if (verdict.verdict !== 'passed') expect(verdict.reason).toBe('runtime-error')
  })

  it.each([
    ['arguments, folder and paths', '() => D.args.join(), () => D.cwd(), () => D.mainModule, () => new Error("x").stack'],
    ['path of its program', '() => D.execPath()'],
  ])('B19 sees nothing in its %s that tells of this installation or of a person', async (_, parts) => {
    const names = new RegExp(`${process.cwd()}|exercises|node_modules|hidden`)
    const hiddenTests = exercise(`it('sees', () => {
      expect(solution.seen()).not.toMatch(NAMES)
      expect(solution.seen()).toMatch(/handroll-grader|\\/guest\\.js|\\/deno/)
    })`).hiddenTests.replace('NAMES', () => `new RegExp(${JSON.stringify(names.source)})`)
    const source = `export const seen = (): string => {
      const D = ${deno}
      return [${parts}].map((part) => { try { return part() } catch (error: any) { return error.name } }).join(' | ')
    }`
    const verdict = await grader.grade({ exercise: { ...told, hiddenTests }, source, seed: 1 })
    // In a jail without /proc, Deno itself gives up when it is asked for its path.
    if (verdict.verdict !== 'passed') expect(verdict.reason).toBe('runtime-error')
  })
})

runCases('a source that reaches out while it is compiled', [
  { attack: 'B2 imports a file as text', source: 'import x from "/etc/hostname" with { type: "text" }\nexport const seen = x', reason: 'compile-error' },
  { attack: 'B2 exports a file', source: 'export * from "/etc/hostname"', reason: 'compile-error' },
  { attack: 'B3 imports the hidden tests', source: sampleSolution({}, 'import("./hidden.test.js")'), reason: 'compile-error' },
  { attack: 'B9 imports from a registry', source: 'import _ from "npm:lodash"\nexport const x = _', reason: 'compile-error' },
  {
    attack: 'B6 names files in comments',
    source: sampleSolution({}, '/// <reference path="/etc/passwd" />\n/** @jsxImportSource /etc/passwd */\n//# sourceMappingURL=/etc/passwd'),
    reason: null, passes: true,
  },
  {
    attack: 'B15 raises the limit of the heap and fills it',
    source: sampleSolution({
      twice: `export async function twice(x: number): Promise<any> {
        ;(${load('node:v8')}).setFlagsFromString('--max-old-space-size=4000')
        const all: any[] = []; for (;;) all.push({ all })
      }`,
    }),
    reason: ['memory-limit', null], score: [10, 15], limits: PATIENT,
  },
  {
    attack: 'B16 reads the questions of the judge itself',
    source: sampleSolution({ add: `export function add(): any { ${deno}.stdin.readSync(new Uint8Array(1e6)) }` }),
    reason: 'time-limit', score: 15, limits: LOOPING,
  },
])
