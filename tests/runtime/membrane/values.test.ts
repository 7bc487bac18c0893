import { describe, expect, it, vi } from 'vitest'
import { behindMembrane, TRANSPORTS } from './solution'

/* Values that cross and come back, over both transports: what a test sees must be what it would see in one process. */

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- solutions here have every shape

// The guests end with this process: restoring spies at the end of the file still reaches into them.
describe.each(TRANSPORTS)('over the %s', (transport) => {
  const use = (source: string): Any => behindMembrane<Any>(transport, source).namespace

  describe('primitives', () => {
    it('come back as they went, also those that JSON has no form for', () => {
      const { same } = use('export const same = (x: unknown) => x')
      const unique = Symbol('unique')
      for (const value of [0, -0, NaN, Infinity, -Infinity, 1.5, '', '\ud800', true, null, undefined, 10n ** 30n]) {
        expect(Object.is(same(value), value)).toBe(true)
      }
      expect(same(Symbol.iterator)).toBe(Symbol.iterator)
      expect(same(Symbol.for('a'))).toBe(Symbol.for('a'))
      expect(same(unique)).toBe(unique)
    })
  })

  describe('data', () => {
    it('keeps its identity there and back', () => {
      const { keep, kept } = use('let x: unknown; export const keep = (y: unknown) => { x = y }; export const kept = () => x')
      const object = { deep: [{ a: 1 }] }
      keep(object)
      expect(kept()).toBe(object)
      expect(kept().deep).toBe(object.deep)
    })

    it('is changed in place by the solution', () => {
      const { sort, fill, add } = use(`
        export const sort = (xs: number[]) => xs.sort((a, b) => a - b)
        export const fill = (m: Map<string, number>, s: Set<number>, o: Record<string, unknown>) => {
          m.set('a', 1); s.add(2); o.b = { c: 3 }; delete o.gone
        }
        export const add = (bytes: Uint8Array) => { bytes[0] = 7 }`)
      const xs = [3, 1, 2]
      expect(sort(xs)).toBe(xs)
      expect(xs).toEqual([1, 2, 3])
      const big = Array.from({ length: 9_000 }, (_, i) => 9_000 - i)
      sort(big)
      expect(big[0]).toBe(1)
      const map = new Map<string, number>()
      const set = new Set<number>()
      const object: Record<string, unknown> = { gone: 1, stays: 2 }
      fill(map, set, object)
      expect([...map]).toEqual([['a', 1]])
      expect([...set]).toEqual([2])
      expect(object).toStrictEqual({ stays: 2, b: { c: 3 } })
      const bytes = new Uint8Array([1, 2])
      add(bytes)
      expect([...bytes]).toEqual([7, 2])
    })

    it('that the test changes later is seen by the solution that kept it', () => {
      const { keep, sum } = use('let xs: number[] = []; export const keep = (y: number[]) => { xs = y }; export const sum = () => xs.reduce((a, b) => a + b, 0)')
      const xs = [1, 2]
      keep(xs)
      xs.push(3)
      expect(sum()).toBe(6)
    })

    it('that is too large fails the call, and nothing after it', () => {
      const { holes, numbers, small } = use(`
        export const holes = () => new Array(1e8)
        export const numbers = () => Array.from({ length: 2e6 }, (_, i) => i)
        export const small = () => [1]`)
      expect(holes).toThrow(RangeError)
      expect(numbers).toThrow(RangeError)
      expect(small()).toEqual([1])
    })

    it('holds cycles, holes, null prototypes, frozen levels, dates, patterns, boxes and symbol keys', () => {
      const { same, make } = use(`
        export const same = (x: unknown) => x
        export const make = () => {
          const cyclic: Record<string, unknown> = { list: [1, , 3] }
          cyclic.self = cyclic
          return { cyclic, none: Object.assign(Object.create(null), { a: 1 }), frozen: Object.freeze([1]), date: new Date(5),
            pattern: /a+/gi, [Symbol.for('k')]: 1, proto: JSON.parse('{"__proto__": 1}'), match: 'xay'.match(/a/) }
        }`)
      const made = make()
      expect(made.cyclic.self).toBe(made.cyclic)
      expect(1 in made.cyclic.list).toBe(false)
      expect(Object.getPrototypeOf(made.none)).toBe(null)
      expect(Object.isFrozen(made.frozen)).toBe(true)
      expect(made.date).toEqual(new Date(5))
      expect(made.pattern).toEqual(/a+/gi)
      expect(made[Symbol.for('k')]).toBe(1)
      expect(Object.hasOwn(made.proto, '__proto__')).toBe(true)
      expect(made.match.index).toBe(1)
      expect(same(Object.freeze({ a: 1 }))).toEqual({ a: 1 })
    })
  })

  describe('errors', () => {
    it('keep class, message, cause, own members and identity', () => {
      const { NotFound, fail, rethrow } = use(`
        export class NotFound extends Error {
          constructor(readonly key: string) { super('no ' + key, { cause: 'c' }); this.name = 'NotFound' }
          get kind() { return 'kind of ' + this.key }
        }
        export const fail = (key: string) => { throw new NotFound(key) }
        export const rethrow = (f: () => void) => { try { f() } catch (e) { throw e } }`)
      let caught: Any
      try {
        fail('x')
      } catch (error) {
        caught = error
      }
      expect(caught).toBeInstanceOf(NotFound)
      expect(caught).toBeInstanceOf(Error)
      expect(caught).toMatchObject({ name: 'NotFound', message: 'no x', key: 'x', cause: 'c', kind: 'kind of x' })
      expect(() => fail('y')).toThrow(NotFound)
      expect(() => fail('y')).toThrow('no y')
      const mine = new TypeError('mine')
      expect(() => rethrow(() => { throw mine })).toThrow(mine)
    })
  })

  describe('functions', () => {
    it('of both sides call each other, to any depth that one process would bear', () => {
      const { each, compose, depth } = use(`
        export const each = (xs: number[], f: (x: number, i: number) => number) => xs.map(f)
        export const compose = (...fs: ((x: number) => number)[]) => (x: number) => fs.reduce((y, f) => f(y), x)
        export const depth = (n: number, f: (n: number) => number): number => n === 0 ? 0 : 1 + f(n - 1)`)
      expect(each([1, 2], (x: number, i: number) => x * 10 + i)).toEqual([10, 21])
      expect(compose((x: number) => x + 1, (x: number) => x * 2)(3)).toBe(8)
      const down = (n: number): number => depth(n, down)
      expect(down(100)).toBe(100)
      expect(() => down(100_000)).toThrow(RangeError)
    })

    it('take built-ins by name, and methods of objects of the tests', () => {
      const { apply, later } = use(`
        export const apply = (f: (x: string) => unknown, x: string) => f(x)
        export const later = (clock: { now(): number }) => clock.now() + 1`)
      expect(apply(Number, '12')).toBe(12)
      expect(apply(JSON.parse, '[1]')).toEqual([1])
      expect(later({ now: () => 41 })).toBe(42)
      expect(() => apply(Reflect.ownKeys as Any, 'x')).toThrow(/wrap it in a function/)
    })

    it('given as spies are called and return', () => {
      const { notify } = use('export const notify = (o: { on: (x: unknown) => unknown }) => o.on({ id: 1 })')
      const on = vi.fn().mockReturnValue('ok')
      expect(notify({ on })).toBe('ok')
      expect(on).toHaveBeenCalledWith({ id: 1 })
    })
  })

  describe('iteration', () => {
    it('is lazy, takes what is sent in, and runs finally on an early end', () => {
      const { count, log } = use(`
        export const log: string[] = []
        export function* count(n: number): Generator<number, string, unknown> {
          try { for (let i = 0; i < n; i++) { const got = yield i; if (got) log.push('got ' + got) } return 'end' } finally { log.push('finally') }
        }`)
      expect([...count(3)]).toEqual([0, 1, 2])
      for (const x of count(1e9)) if (x === 2) break
      const it = count(2)
      it.next()
      it.next('a')
      expect(it.next()).toEqual({ value: 'end', done: true })
      expect(log).toEqual(['finally', 'finally', 'got a', 'finally'])
    })

    it('works over iterables of the tests', () => {
      const { sum } = use('export const sum = (xs: Iterable<number>) => { let s = 0; for (const x of xs) s += x; return s }')
      expect(sum((function* () { yield 1; yield 2 })())).toBe(3)
      expect(sum(new Set([1, 2]))).toBe(3)
      expect(sum({ [Symbol.iterator]: () => [5][Symbol.iterator]() })).toBe(5)
    })

    it('of async generators works both ways', async () => {
      const { ticks, collect } = use(`
        export async function* ticks(n: number) { for (let i = 0; i < n; i++) { await null; yield i } }
        export const collect = async (xs: AsyncIterable<number>) => { const out = []; for await (const x of xs) out.push(x); return out }`)
      const seen: number[] = []
      for await (const x of ticks(3)) seen.push(x)
      expect(seen).toEqual([0, 1, 2])
      expect(await collect((async function* () { yield 7 })())).toEqual([7])
    })
  })

  describe('promises and signals', () => {
    it('settle on both sides with values and errors', async () => {
      const { later, call } = use(`
        export const later = async (x: unknown) => { if (x === 'bad') throw new TypeError('bad'); return x }
        export const call = async (f: () => Promise<number>) => (await f()) + 1`)
      await expect(later(1)).resolves.toBe(1)
      await expect(later('bad')).rejects.toThrow(TypeError)
      await expect(call(async () => 2)).resolves.toBe(3)
      await expect(call(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    })

    it('abort in both directions, at once', async () => {
      const { wait, own } = use(`
        export const wait = (signal: AbortSignal) => new Promise((_, reject) => {
          signal.throwIfAborted()
          signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        })
        export const own = () => { const c = new AbortController(); return { signal: c.signal, stop: (r: unknown) => c.abort(r) } }`)
      const controller = new AbortController()
      const waiting = wait(controller.signal)
      const reason = new Error('enough')
      controller.abort(reason)
      await expect(waiting).rejects.toBe(reason)
      await expect(wait(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
      const { signal, stop } = own()
      expect(signal).toBeInstanceOf(AbortSignal)
      let heard = 0
      signal.addEventListener('abort', () => heard++)
      stop('why')
      expect([heard, signal.aborted, signal.reason]).toEqual([1, true, 'why'])
    })
  })

  describe('snapshots', () => {
    it('replace handles at any depth by data whose class still shows', () => {
      const link = behindMembrane<Any>(transport, 'export class Point { constructor(public x: number, public y: number) {} norm() { return 1 } }\nexport const pair = () => ({ a: [new Point(1, 2)] })')
      const { Point, pair } = link.namespace
      const made = pair()
      expect(link.isHandle(made.a[0])).toBe(true)
      const shot = link.snapshot(made) as Any
      expect(link.isHandle(shot.a[0])).toBe(false)
      expect(shot).toEqual({ a: [{ x: 1, y: 2 }] })
      expect(shot.a[0]).toBeInstanceOf(Point)
      expect(shot.a[0].constructor).toBe(Point)
      expect(link.snapshot(new Point(1, 2))).toStrictEqual(link.snapshot(new Point(1, 2)))
      expect(shot.a[0].norm).toBe(undefined)
      const plain = { a: 1 }
      expect(link.snapshot(plain)).toBe(plain)
    })
  })

  describe('the exports', () => {
    it('are live, and complete with a default', () => {
      const solution = use('export let n = 1; export const inc = () => { n++ }; export default class D {}')
      solution.inc()
      expect(solution.n).toBe(2)
      expect(solution.default.name).toBe('D')
      expect(solution.__esModule).toBe(true)
      expect(() => { solution.n = 5 }).toThrow(TypeError)
    })

    it('throw what loading threw', () => {
      expect(() => use('throw new RangeError("at load")')).toThrow('at load')
    })

    it('run drivers beside them', () => {
      const link = behindMembrane<Any>(transport, 'export const add = (a: number, b: number) => a + b')
      const driver = (s: Any, n: number): number => { let x = 0; for (let i = 0; i < n; i++) x = s.add(x, i); return x }
      expect(link.drive(driver.toString(), [1000])).toBe(499_500)
    })
  })

  describe('freezing', () => {
    it('is visible on instances', () => {
      const { make, isFrozen } = use('export class P { x = 1 }\nexport const make = () => Object.freeze(new P())\nexport const isFrozen = (x: object) => Object.isFrozen(x)')
      const point = make()
      expect(Object.isFrozen(point)).toBe(true)
      expect(point.x).toBe(1)
      expect(Object.keys(point)).toEqual(['x'])
      expect(isFrozen(point)).toBe(true)
      expect(() => { point.x = 2 }).toThrow(TypeError)
    })
  })
})
