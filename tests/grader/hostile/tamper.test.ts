import { sampleSolution } from '../support/exercise'
import { runCases, SHORT } from './run-cases'

/*
 * Attempts to change what the tests see, or the way in which their outcome is told. Rows C1 to C37. Every one of these
 * passes, or could pass, where tests and solution share a process.
 */

/** Answers that are all wrong, so that any point would be a forged one. */
const WRONG = {
  add: 'export function add(a: number, b: number): any { return a * b + 1 }',
  range: 'export function range(n: number): any { return [n, n] }',
  twice: 'export async function twice(x: number): Promise<any> { return x + 0.5 }',
  refuse: 'export function refuse(why: string): any { return why }',
}

/** All wrong, after `before`. */
const forge = (before: string): string => sampleSolution(WRONG, before)

/** Returned from every function. */
const answer = (value: string): string => sampleSolution({
  add: `const answer: any = ${value}\nexport function add(): any { return answer }`,
  range: 'export function range(): any { return answer }',
  twice: 'export async function twice(): Promise<any> { return answer }',
  refuse: 'export function refuse(): any { return answer }',
})

const deno = '(globalThis as any).Deno'
/** Writes a frame as the guest's own code does. */
const FRAME = `const frame = (value: any): void => {
  const body = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
  const bytes = new Uint8Array(4 + body.length)
  new DataView(bytes.buffer).setUint32(0, body.length, true)
  bytes.set(body, 4);
  ${deno}.stdout.writeSync(bytes)
}`

/**
 * Reads the judge's questions itself, in the place of the guest's own code, from the moment that `twice` is called. It
 * knows each question's number then, and answers with the frames of `answers`.
 */
const takeOver = (answers: string): string => sampleSolution({
  ...WRONG,
  twice: `${FRAME}
    const read = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length;) at += ${deno}.stdin.readSync(bytes.subarray(at)) ?? 0
      return bytes
    }
    const question = (): any[] => JSON.parse(new TextDecoder().decode(read(new DataView(read(4).buffer).getUint32(0, true))))
    const answer = (number: number, value: unknown): void => frame(['a', number, 0, [], [], null, value])
    // What the system brings comes between two questions, or while one is being answered: that is then not ours to take.
    const system = (): Promise<any> => crypto.subtle.digest('SHA-256', new Uint8Array(1))
    const begin = (): any => {
      if (/guest/.test(String(new Error().stack))) return system().then(begin)
      for (;;) { const [, number] = question(); ${answers} }
    }
    export const twice = (): any => system().then(begin)`,
})

runCases('a solution that tampers with the tests', [
  {
    attack: 'C1 replaces the test functions',
    source: forge(`for (const name of ['expect', 'it', 'test', 'describe', 'vi']) (globalThis as any)[name] = () => new Proxy(() => {}, { get: () => () => true })`),
    reason: null,
  },
  { attack: 'C2 imports the matchers', source: forge(`import { expect } from 'vitest'\nexpect.extend({ toBe: () => ({ pass: true }) } as any)`), reason: 'compile-error' },
  { attack: 'C2 requires the matchers', source: forge(`(require as any)('vitest').expect.extend({ toBe: () => ({ pass: true }) })`), reason: 'runtime-error' },
  { attack: 'C3 returns an asymmetric matcher', source: answer(`{ $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: () => true, toString: () => 'any' }`), reason: null },
  { attack: 'C3 returns a class that is an asymmetric matcher', source: answer(`new (class Any { $$typeof = Symbol.for('jest.asymmetricMatcher'); asymmetricMatch() { return true } })()`), reason: null },
  {
    attack: 'C4 replaces what comparisons are made of',
    source: forge(`Object.is = () => true; Object.keys = () => []; Array.prototype.every = () => true; Array.prototype.some = () => false
      Object.getOwnPropertyNames = () => []; Reflect.ownKeys = () => []; (Object as any).entries = () => []`),
    reason: 'runtime-error',
  },
  { attack: 'C5 makes every promise fulfil', source: forge(`const then = Promise.prototype.then; Promise.prototype.then = function (ok: any) { return then.call(this, ok, ok) } as any`), reason: 'runtime-error' },
  {
    attack: 'C6 replaces calls and iteration',
    source: forge(`Function.prototype.call = function () { return 1 } as any; Function.prototype.apply = function () { return 1 } as any
      Reflect.apply = () => 1; (Array.prototype as any)[Symbol.iterator] = function* () {}`),
    reason: [null, 'runtime-error', 'protocol-error', 'time-limit'], limits: SHORT,
  },
  {
    attack: 'C7 replaces what messages are made of',
    source: forge(`const stringify = JSON.stringify; JSON.stringify = (v: any) => stringify(v)?.replace(/false/g, 'true')
      ;(Object.prototype as any).toJSON = function () { return 1 }; Array.prototype.join = () => 'passed'
      TextEncoder.prototype.encode = () => new Uint8Array([91, 93])`),
    reason: [null, 'runtime-error', 'protocol-error', 'time-limit'], limits: SHORT,
  },
  {
    attack: 'C8 puts accessors on Object.prototype',
    source: forge(`for (const key of ['then', 'state', 'errors', 'pass', 'value', 'id', 'result', 'equals'])
      Object.defineProperty(Object.prototype, key, { get: () => true, set() {}, configurable: true })`),
    reason: [null, 'runtime-error', 'protocol-error', 'time-limit'], limits: SHORT,
  },
  { attack: 'C9 prints a forged verdict while it loads', source: forge(`${FRAME}\nframe({ verdict: 'passed', score: 20 })`), reason: 'protocol-error' },
  { attack: 'C9 prints forged answers while it loads', source: forge(`${FRAME}\nfor (let id = 0; id < 50; id++) frame(['r', id, true])`), reason: 'protocol-error' },
  { attack: 'C9 prints text that is no frame', source: forge(`${deno}.stdout.writeSync(new TextEncoder().encode('{"verdict":"passed"}\\n'))`), reason: ['protocol-error', 'output-limit'] },
  { attack: 'C9 prints a frame of invalid UTF-8', source: forge(`${deno}.stdout.writeSync(new Uint8Array([3, 0, 0, 0, 0x5b, 0xff, 0x5d]))`), reason: 'protocol-error' },
  { attack: 'C9 announces a frame of four gigabytes', source: forge(`${deno}.stdout.writeSync(new Uint8Array([255, 255, 255, 255]))`), reason: 'output-limit' },
  {
    attack: 'C9 prints forged answers while it is tested',
    source: sampleSolution({ ...WRONG, twice: `${FRAME}\nexport async function twice(): Promise<any> { for (let i = 0; i < 20; i++) frame(['ok', i]); return 1 }` }),
    reason: 'protocol-error',
  },
  { attack: 'C10 prints a verdict and exits', source: forge(`${FRAME}\nframe({ verdict: 'passed' }); ${deno}.exit(0)`), reason: ['protocol-error', 'runtime-error'] },
  { attack: 'C11 exits while it loads', source: forge(`${deno}.exit(0)`), reason: 'runtime-error' },
  { attack: 'C11 exits in a tested call, after groups that were complete', source: sampleSolution({ twice: `export async function twice(): Promise<any> { ${deno}.exit(0) }` }), reason: 'runtime-error', score: 10 },
  {
    attack: 'C11 exits through node:process',
    source: sampleSolution({ ...WRONG, twice: `export async function twice(): Promise<any> { (await (0, eval)('import("node:process")')).default.reallyExit(0) }` }),
    reason: ['runtime-error', null],
  },
  { attack: 'C11 ends in the middle of a call that should throw', source: sampleSolution({ ...WRONG, refuse: `export function refuse(): any { ${deno}.exit(0) }` }), reason: 'runtime-error' },
  {
    attack: 'C12 sets the exit code and prints when it ends',
    source: forge(`${deno}.exitCode = 0; for (const e of ['unload', 'beforeunload', 'exit']) addEventListener(e, () => ${deno}.stdout.writeSync(new Uint8Array([0])))`),
    reason: null,
  },
  { attack: 'C13 gives no answer', source: sampleSolution({ ...WRONG, add: `export function add(): any { ${deno}.stdin.readSync(new Uint8Array(9)); for (;;); }` }), reason: 'time-limit', limits: SHORT },
  { attack: 'C13 closes its side of the connection', source: forge(`${deno}.stdout.close?.()`), reason: ['runtime-error', 'protocol-error'] },
  { attack: 'C13 answers with another number', source: takeOver('answer(number + 1, 42)'), reason: 'protocol-error' },
  { attack: 'C13 answers twice', source: takeOver('answer(number, 42); answer(number, 42)'), reason: 'protocol-error' },
  {
    attack: 'C14 sends answers ahead, for questions that will be asked',
    source: forge(`${FRAME}\nfor (let nonce = 0; nonce < 2000; nonce++) frame(['a', nonce, 0, [], [], null, 42])`), reason: 'protocol-error',
  },
  { attack: 'C15 returns keys that reach prototypes', source: answer(`JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')`), reason: null },
  { attack: 'C15 sends keys that reach prototypes', source: forge(`${FRAME}\nframe('[{"__proto__":{"polluted":true}},"constructor","__proto__"]')`), reason: 'protocol-error' },
  { attack: 'C16 returns getters that change', source: answer(`{ get 0() { return 0 }, get length() { return 4 * Math.random() } }`), reason: null },
  { attack: 'C16 returns a getter that loops', source: sampleSolution({ ...WRONG, add: 'export function add(): any { return { get x() { for (;;); } } }', range: 'export function range(): any { return { get 0() { for (;;); }, length: 4 } }' }), reason: [null, 'time-limit'], limits: SHORT },
  {
    attack: 'C17 returns a proxy that lies about its keys and length',
    source: answer(`new Proxy([], { get: (t: any, k) => k === 'length' ? 1e9 : Reflect.get(t, k), has: () => true, ownKeys: () => ['length', '0', '1'], getOwnPropertyDescriptor: (t, k) => Reflect.getOwnPropertyDescriptor(t, k) ?? { value: 1, configurable: true, enumerable: true } })`),
    reason: [null, 'time-limit'], limits: SHORT,
  },
  { attack: 'C18 returns a subclass that lies: Array', source: answer(`new (class extends Array { get length() { return 4 } set length(_n) {} [Symbol.iterator]() { return [0, 1, 2, 3][Symbol.iterator]() } })()`), reason: null },
  { attack: 'C18 returns a subclass that lies: Set', source: answer('new (class extends Set { has() { return true } get size() { return 4 } })()'), reason: null },
  { attack: 'C18 returns a subclass that lies: Date', source: answer('new (class extends Date { getTime() { return 42 } valueOf() { return 42 } })()'), reason: null },
  { attack: 'C19 lies when it is made a primitive', source: answer(`{ valueOf: () => 42, toString: () => '42', [Symbol.toPrimitive]: () => 42 }`), reason: null },
  { attack: 'C20 lies about instances', source: answer('class { static [Symbol.hasInstance]() { return true } }'), reason: null },
  { attack: 'C21 returns boxed numbers and strings', source: sampleSolution({ ...WRONG, add: 'export function add(a: number, b: number): any { return new Number(a + b) }' }), reason: null },
  ...['null', 'undefined', `Symbol('x')`, '1', 'new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })', '{ get name() { throw 1 }, get message() { throw 2 } }',
    '{ then(ok: any) { ok(1) } }'].map((thrown) => ({
    attack: `C22 throws ${thrown}`, source: sampleSolution({ ...WRONG, add: `export function add(): any { const thrown: any = ${thrown}; throw thrown }` }), reason: null,
  })),
  { attack: 'C22 throws a strange thing while it loads', source: forge('throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })'), reason: 'runtime-error' },
  { attack: 'C23 throws what reads like a report of the tests', source: sampleSolution({ ...WRONG, refuse: `export function refuse(): any { throw new Error('✓ refuses with a range error: too fa' + 'r') }` }), reason: null },
  { attack: 'C24 throws an error of the right name only', source: sampleSolution({ ...WRONG, refuse: `export function refuse(): any { throw Object.assign(new Error('no'), { name: 'RangeError' }) }` }), reason: null },
  { attack: 'C25 rejects a promise that nobody handles', source: forge(`Promise.reject(new Error('late'))`), reason: null },
  {
    attack: 'C25 throws in a timer, and answers rightly',
    source: sampleSolution({
      twice: `export function twice(x: number): Promise<number> {
        setTimeout(() => { throw new Error('late') }, 0)
        return new Promise((resolve) => setTimeout(() => resolve(x * 2), 1))
      }`,
    }),
    reason: 'runtime-error', score: 20,
  },
  {
    attack: 'C26 makes what it has returned right afterwards, in a timer',
    source: sampleSolution({
      range: `export function range(n: number): any {
        const list: number[] = []
        const fill = (): void => { list.length = 0; for (let i = 0; i < n; i++) list.push(i) }
        setInterval(fill, 0)
        void Promise.resolve().then(fill)
        return list
      }`,
    }),
    reason: null, score: 15,
  },
  { attack: 'C27 answers rightly the first time only', source: sampleSolution({ add: 'let calls = 0\nexport function add(a: number, b: number): number { return calls++ === 0 ? a + b : 0 }' }), reason: null, score: 15 },
  { attack: 'C28 replaces the clock and chance', source: forge('Date.now = () => 0; Math.random = () => 0.5; performance.now = () => 1e12; (globalThis as any).setTimeout = (f: any) => f()'), reason: 'runtime-error' },
  {
    attack: 'C29 behaves otherwise where it is graded',
    source: sampleSolution({
      ...WRONG, add: `export function add(a: number, b: number): any { return typeof document === 'undefined' ? a : a + b }`,
    }),
    reason: null,
  },
  {
    attack: 'C30 looks for the tests on the stack',
    source: sampleSolution({
      ...WRONG,
      add: `export function add(a: number, b: number): any {
        const prepare = (Error as any).prepareStackTrace
        ;(Error as any).prepareStackTrace = (_: any, sites: any[]) => sites.map((s) => String(s.getFunction?.()) + s.getThis?.())
        const text = String(new Error().stack)
        ;(Error as any).prepareStackTrace = prepare
        return /expect|toBe/.test(text) ? a + b : 0
      }`,
    }),
    reason: null,
  },
  { attack: 'C31 looks for the tests in the process', source: sampleSolution({ ...WRONG, add: `export function add(a: number, b: number): any { return '__vitest_worker__' in globalThis ? a + b : 0 }` }), reason: null },
  {
    attack: 'C32 takes the number of a question from what reads it, and answers in its place',
    source: forge(`${FRAME}
      const { parse } = JSON
      JSON.parse = (text: string) => { const q = parse(text); frame(['a', q[1], 0, [], [], null, 42]); return q }
      const decode = TextDecoder.prototype.decode
      TextDecoder.prototype.decode = function (...args: any[]) { const text = decode.apply(this, args as any); frame(['a', parse(text)[1], 0, [], [], null, 42]); return text }`),
    reason: 'runtime-error',
  },
  { attack: 'C32 takes the questions off the connection and answers them itself', source: takeOver('answer(number, 42)'), reason: null },
  { attack: 'C35 returns a thenable that differs each time', source: sampleSolution({ ...WRONG, twice: 'let n = 0; export function twice(): any { return { then(ok: any) { ok(n++) } } }' }), reason: null },
  { attack: 'C36 is empty', source: '', reason: 'runtime-error' },
  { attack: 'C36 replaces its exports by one that has everything', source: `(module as any).exports = new Proxy(function () {}, { get: () => () => 1, ownKeys: () => ['add'], has: () => true })`, reason: 'runtime-error' },
  { attack: 'C36 exports things of another kind', source: 'export const add = 1, range = 2, twice = 3, refuse = 4', reason: null },
  { attack: 'C9 sends nothing but frames that ask', source: forge(`${FRAME}\nfor (const q of ['get', 'set', 'call', 'construct', 'define']) frame([q, 1, 0, 'constructor'])`), reason: 'protocol-error' },
])

runCases('a solution that prints', [
  { attack: 'D1 floods standard output', source: forge(`const chunk = new Uint8Array(1 << 16).fill(32); for (;;) ${deno}.stdout.writeSync(chunk)`), reason: ['output-limit', 'protocol-error'] },
  { attack: 'D1 floods standard output with frames', source: forge(`${FRAME}\nfor (;;) frame('[]')`), reason: ['output-limit', 'protocol-error'] },
  { attack: 'D1 floods standard error', source: forge(`const chunk = new Uint8Array(1 << 16).fill(32); for (;;) ${deno}.stderr.writeSync(chunk)`), reason: 'output-limit' },
  { attack: 'D2 logs five megabytes', source: sampleSolution({}, `console.log('x'.repeat(5e6)); console.error('y'.repeat(5e6))`), reason: null, passes: true },
  { attack: 'D5 returns an endless iterable', source: answer('{ *[Symbol.iterator]() { for (;;) yield 1 } }'), reason: [null, 'time-limit'], limits: SHORT },
  { attack: 'D6 returns what throws when it is printed', source: answer(`{ toJSON() { throw 1 }, toString() { throw 2 }, [Symbol.for('nodejs.util.inspect.custom')]() { throw 3 }, get x() { throw 4 } }`), reason: null },
  { attack: 'D6 returns what loops when it is printed', source: answer('{ toJSON() { for (;;); }, toString() { for (;;); } }'), reason: [null, 'time-limit'], limits: SHORT },
  { attack: 'D8 prints a banner', source: forge(`console.log('✓ 7 passed (7)'); console.log('{"verdict":"passed"}')`), reason: null },
])
