import { expect, it } from 'vitest'
import { exercise } from './support/exercise'
import { useGrader } from './support/use-grader'

/* Ordinary ways to write a solution, which pass in plain Vitest and have to pass here. */

const grader = useGrader({ concurrency: 1 })
const judged = (tests: string, source: string) => {
  return grader.grade({ exercise: exercise(`it('is right', async () => { ${tests} })`), source, seed: 1 })
}

const HONEST: [string, string, string][] = [
  [
    'a URL', `expect(solution.f('a')).toEqual(new URL('http://a.test/')); expect([solution.f('b')]).not.toEqual([new URL('http://a.test/')])`,
    `export const f = (host: string) => new URL('http://' + host + '.test/')`,
  ],
  [
    'parameters of a URL', `expect(solution.f('1')).toEqual(new URLSearchParams('a=1')); expect(solution.f('2')).not.toEqual(new URLSearchParams('a=1'))`,
    `export const f = (a: string) => new URLSearchParams({ a })`,
  ],
  [
    'headers', `expect({ h: solution.f('1') }).toEqual({ h: new Headers({ a: '1' }) }); expect(solution.f('2')).not.toEqual(new Headers({ a: '1' }))`,
    `export const f = (a: string) => new Headers({ a })`,
  ],
  [
    'a view of bytes', `const view = (n: number) => new DataView(new Uint8Array([7, n]).buffer, 1); expect(solution.f(1)).toStrictEqual(view(1)); expect(solution.f(2)).not.toStrictEqual(view(1))`,
    `export const f = (n: number) => new DataView(new Uint8Array([7, n]).buffer, 1)`,
  ],
  [
    'a promise with a method of its own', `const p = solution.f(); p.cancel(); expect(p).toBeInstanceOf(Promise); await expect(p).rejects.toThrow('off')`,
    `export const f = (): any => { let end: any; const p: any = new Promise((_, no) => (end = no)); p.cancel = () => end(new Error('off')); return p }`,
  ],
  [
    'a proxy that answers to any name', `const a = solution.f([1, 2]); expect(a[-1]).toBe(2); expect(a.say('x')).toBe('say x'); expect(a.length).toBe(2); expect(solution.asked).toEqual([])`,
    `export const asked: any[] = []; export const f = (list: any) => new Proxy(list, {
      get: (t, k, r) => k === 'say' ? (x: any) => 'say ' + x : Number(String(k)) < 0 ? t.at(Number(String(k))) : Reflect.get(t, k, r),
      has: (t, k) => (asked.push(k), Reflect.has(t, k)),
    })`,
  ],
  [
    'a collection with private fields', `const { of } = solution.List; expect(of(1, 2)).toEqual(of(1, 2)); expect(of(1)).not.toEqual(of(2)); expect({ a: of(1) }).not.toEqual({ a: of(1, 2) })`,
    `export class List { #held; constructor(held: any[]) { this.#held = held } static of = (...held: any[]) => new List(held); *[Symbol.iterator]() { yield* this.#held } }`,
  ],
  [
    'a queue that can be walked', `const q = new solution.Queue([{ id: 1 }]); expect(q).toContainEqual({ id: 1 }); expect(q).not.toContainEqual({ id: 2 })`,
    `export class Queue { #held; constructor(held: any[]) { this.#held = held } *[Symbol.iterator]() { yield* this.#held } }`,
  ],
  [
    'a Set that holds itself', `const s = solution.f(); expect(s).toEqual(solution.f()); expect(new Set([s, { a: s }])).toEqual(new Set([{ a: s }, s]))`,
    `export const f = () => { const s: Set<unknown> = new Set([{ id: 1 }]); return s.add(s).add(new Map([[s, s]])) }`,
  ],
  [
    'a kind of list', `const l = solution.of(1, 2); expect(Array.isArray(l)).toBe(true); expect([0].concat(l)).toEqual([0, 1, 2]);
    expect(JSON.stringify(l)).toBe('[1,2]'); expect(l).to.have.members([2, 1]); expect(Object.freeze(l)).toEqual([1, 2])`,
    `class List extends Array<number> {}; export const of = (...held: number[]) => List.of(...held)`,
  ],
  [
    'a proxy of a list', `const l = solution.f([1, 2]); expect(Array.isArray(l)).toBe(true); expect(l).toStrictEqual([1, 2]); l.push(3); expect(l[-1]).toBe(3)`,
    `export const f = (list: any[]) => new Proxy(list, { get: (t, k, r) => Number(String(k)) < 0 ? t.at(Number(String(k))) : Reflect.get(t, k, r) })`,
  ],
  [
    'a list that tells of changes', `const told: any[] = []; const l = solution.f((x: any) => told.push(x)); l.push(1, 2); expect(told).toEqual([1, 2]); expect([...l]).toEqual([1, 2])`,
    `export const f = (tell: any) => { const l: any[] = []; l.push = (...all) => (all.forEach(tell), Array.prototype.push.apply(l, all)); return l }`,
  ],
  [
    'a proxy that is revoked', `const { proxy, revoke } = solution.f({ a: 1 }); expect(proxy.a).toBe(1); revoke(); expect(() => proxy.a).toThrow(TypeError)`,
    `export const f = (o: object) => Proxy.revocable(o, {})`,
  ],
  [
    'a Map that is not to be changed', `const m = solution.f([['a', 1]]); expect(m.get('a')).toBe(1); expect(() => m.set('b', 2)).toThrow('read only'); expect(m.size).toBe(1)`,
    `export const f = (all: any) => { const m = new Map(all); m.set = () => { throw new TypeError('read only') }; return m }`,
  ],
  [
    'methods bound to their object', `const { set, get } = new solution.Store(); set('a', 1); expect(get('a')).toBe(1)`,
    `export class Store extends Map { constructor() { super(); this.get = this.get.bind(this); this.set = this.set.bind(this) } }`,
  ],
]

it.each(HONEST)('%s passes', async (_, tests, source) => {
  expect(await judged(tests, source)).toMatchObject({ verdict: 'passed' })
})
