import { sampleSolution } from '../support/exercise'
import { LOOPING, PATIENT, runCases, SHORT } from './run-cases'

const add = (body: string): { add: string } => ({ add: `export function add(a: number, b: number): any { ${body} }` })
const twice = (body: string): { twice: string } => ({ twice: `export async function twice(x: number): Promise<any> { ${body} }` })

/** Time, memory, disk and descriptors. Rows A1 to A20. */
runCases('a solution that wants more than its share', [
  { attack: 'A1 loops while it loads', source: sampleSolution({}, 'for (;;);'), reason: 'time-limit', limits: SHORT },
  {
    attack: 'A2 loops in a tested function, which costs the points of that function alone',
    source: sampleSolution(twice('for (;;);')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  {
    attack: 'A3 queues microtasks for ever',
    // Each forgets the one before: a chain of them would meet the limit of memory first, on a machine that is fast enough.
    source: sampleSolution(twice('const spin = (): void => void Promise.resolve().then(spin); spin(); return new Promise(() => {})')),
    reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A4 leaves an interval running', source: sampleSolution({}, 'setInterval(() => {}, 1)'), reason: null, passes: true },
  { attack: 'A5 returns a promise that never settles', source: sampleSolution(twice('return new Promise(() => {})')), reason: null, score: 15 },
  {
    attack: 'A6 sleeps without using any processor time',
    source: sampleSolution(add('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A7 runs a catastrophic regular expression', source: sampleSolution(add(`return /^(a+)+$/.test('a'.repeat(50) + 'b')`)), reason: 'time-limit', score: 15, limits: LOOPING },
  {
    attack: 'A8 calls a built-in that cannot be interrupted: indexOf',
    source: sampleSolution(add('return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 0)')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  {
    attack: 'A8 calls a built-in that cannot be interrupted: sort',
    source: sampleSolution(add('for (;;) Array.from({ length: 1e6 }, (_, i) => -i).sort((x, y) => x - y)')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  {
    attack: 'A8 calls a built-in that cannot be interrupted: BigInt',
    source: sampleSolution(add('let n = 3n ** 100000n; for (;;) n = n * n % (3n ** 200000n + 1n)')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A9 loops in finally', source: sampleSolution(add('try { for (;;); } finally { for (;;); }')), reason: 'time-limit', score: 15, limits: LOOPING },
  {
    attack: 'A10 ignores the signals that can be ignored',
    source: sampleSolution(add('for (;;);'), `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) (globalThis as any).Deno?.addSignalListener(s, () => {})`),
    reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A11 fills the heap with objects', source: sampleSolution({}, 'const all: any[] = []; for (;;) all.push({ all })'), reason: 'memory-limit', limits: PATIENT },
  { attack: 'A11 fills the heap with arrays', source: sampleSolution({}, 'const all: any[] = []; for (;;) all.push(new Array(1e5).fill(1.5))'), reason: 'memory-limit', limits: PATIENT },
  {
    attack: 'A11 fills the heap with strings',
    source: sampleSolution({}, `const all: any[] = []; for (let i = 0; ; i++) all.push((i + 'x').repeat(1e5).split('').reverse().join(''))`), reason: 'memory-limit', limits: PATIENT,
  },
  { attack: 'A11 doubles a string', source: sampleSolution({}, `let s = 'x'; for (;;) s += s`), reason: 'runtime-error' },
  {
    attack: 'A12 fills array buffers',
    source: sampleSolution({}, 'const all: any[] = []; for (;;) all.push(new Uint8Array(64 << 20).fill(1))'), reason: ['runtime-error', 'memory-limit'], limits: PATIENT,
  },
  {
    attack: 'A12 fills shared array buffers',
    source: sampleSolution({}, 'const all: any[] = []; for (;;) all.push(new Uint8Array(new SharedArrayBuffer(64 << 20)).fill(1))'),
    reason: ['runtime-error', 'memory-limit'], limits: PATIENT,
  },
  {
    attack: 'A12 fills memory of WebAssembly',
    source: sampleSolution({}, 'const all: any[] = []; for (;;) all.push(new Uint8Array(new (globalThis as any).WebAssembly.Memory({ initial: 1024 }).buffer).fill(1))'),
    reason: ['runtime-error', 'memory-limit'], limits: PATIENT,
  },
  { attack: 'A13 grows a Map', source: sampleSolution({}, 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })'), reason: ['memory-limit', 'runtime-error'], limits: PATIENT },
  { attack: 'A13 makes an array of the greatest length', source: sampleSolution({}, 'Array.from({ length: 2 ** 32 - 1 })'), reason: 'memory-limit', limits: PATIENT },
  { attack: 'A14 recurses for ever', source: sampleSolution(add('return add(a, b)')), reason: null, score: 15 },
  {
    attack: 'A14 recurses for ever and catches it each time',
    source: sampleSolution(add('const f = (): void => { try { f() } finally { f() } }; f()')), reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A15 starts workers', source: sampleSolution({}, `new (globalThis as any).Worker('data:text/javascript,for(;;);', { type: 'module' })`), reason: 'runtime-error' },
  {
    attack: 'A15 starts threads through an import that the compiler cannot see',
    source: sampleSolution(twice(`
      const { Worker } = await (0, eval)('import("node:worker_threads")')
      for (let i = 0; i < 50; i++) new Worker('for(;;);', { eval: true })
      return x * 2`)),
    reason: ['memory-limit', 'runtime-error', 'time-limit', null], score: [10, 10, 15, 15], limits: LOOPING,
  },
  { attack: 'A16 fills local storage', source: sampleSolution({}, `for (let i = 0; ; i++) localStorage.setItem('k' + i, 'x'.repeat(1e6))`), reason: 'runtime-error' },
  {
    attack: 'A18 holds nearly all the memory it may, and then loops',
    source: sampleSolution(add('for (;;);'), 'const all: any[] = []; for (let i = 0; i < 40; i++) all.push(new Uint8Array(1 << 20).fill(1))'),
    reason: 'time-limit', score: 15, limits: LOOPING,
  },
  { attack: 'A19 nests parentheses as deep as a source can be', source: `export const x = ${'('.repeat(32_000)}1${')'.repeat(32_000)}`, reason: ['compile-error', 'runtime-error'] },
  {
    attack: 'A19 has as many members in an enum as fit into a source',
    source: sampleSolution({}, `enum Large { ${Array.from({ length: 8_000 }, (_, i) => `A${i}`).join()} }\nexport { Large }`), reason: null, passes: true,
  },
  { attack: 'A19 is 20 MB long', source: `/* ${'x'.repeat(20_000_000)} */`, reason: 'compile-error' },
  { attack: 'A20 returns an array of a hundred million elements', source: sampleSolution(add('return new Array(1e8)')), reason: null, score: 15, limits: PATIENT },
  {
    attack: 'A20 returns two million numbers',
    source: sampleSolution(add('return Array.from({ length: 2e6 }, (_, i) => i)')), reason: null, score: 15, limits: PATIENT,
  },
  {
    attack: 'A20 returns an object of a hundred thousand levels',
    source: sampleSolution(add('let o: any = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o')), reason: [null, 'output-limit'], score: 15, limits: PATIENT,
  },
])
