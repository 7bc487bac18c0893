import { describe, expect, it } from 'vitest'
import { exercise } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/*
 * A driver runs beside the solution, so what it reports is only as good as the language it rests on. Each of these would
 * make a test pass without work if the solution could change that. Rows C4, C6, C28 and C33 of the list of attacks.
 */

const driven = exercise(`
  describe('driven', () => {
    it('misses none', () => {
      const missed = inGuest((s: any, keys: string[]) => { const set = s.make(keys); return keys.filter((key) => !set.has(key)) }, ['a', 'b', 'c'])
      expect(missed).toEqual([])
    })
    it('is quick', () => {
      const took = inGuest((s: any) => { const began = performance.now(); s.work(); return performance.now() - began })
      expect(took).toBeLessThan(20)
    })
    it('is quick by the other clock', () => {
      const took = inGuest((s: any) => { const began = Date.now(); s.work(); return Date.now() - began })
      expect(took).toBeLessThan(20)
    })
    it('refuses', () => {
      const accepted = inGuest((s: any) => [1, 2].filter((n) => { try { s.refuse(n); return true } catch (error) { return !(error instanceof RangeError) } }))
      expect(accepted).toEqual([])
    })
    it('settles in order', async () => {
      const order = await inGuest(async (s: any) => { const seen: number[] = []; await Promise.all([1, 2, 3].map((n) => s.later(n).then(() => { seen.push(n) }))); return seen })
      expect(order).toEqual([1, 2, 3])
    })
  })`, { groups: { driven: { points: 10 } } })

const HONEST = `
  export const make = (keys: string[]) => new Set(keys)
  export const work = (): void => {}
  export const refuse = (n: number): void => { throw new RangeError(String(n)) }
  export const later = async (n: number): Promise<number> => n`

/** Everything wrong, after \`attack\`, which is tried while the solution loads and again in every call. */
const dishonest = (attack: string): string => `
  const attack = (): void => { try { ${attack} } catch {} }
  attack()
  export const make = (_: string[]) => ({ has: () => { attack(); return false } })
  export const work = (): void => { attack(); for (const end = Number(process_now()); Number(process_now()) < end + 40;); }
  export const refuse = (_: number): void => { attack(); throw new Error('no') }
  export const later = async (n: number): Promise<number> => { attack(); for (let i = 0; i < 40 / n; i++) await null; return n }
  const now = performance.now.bind(performance)
  function process_now(): number { return now() }`

const ATTACKS: [string, string][] = [
  ['replaces methods of lists', `for (const name of ['filter', 'map', 'push', 'slice']) (Array.prototype as any)[name] = () => []`],
  ['defines methods of lists anew', `Object.defineProperty(Array.prototype, 'filter', { value: () => [], configurable: true })`],
  ['replaces the constructor that lists are made by', `(Array.prototype as any).constructor = class { static get [Symbol.species]() { return Object } }`],
  ['replaces iteration', `Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })`],
  ['stops the clock', `performance.now = () => 0; Date.now = () => 0`],
  ['puts another clock in the place of the clock', `(globalThis as any).performance = { now: () => 0 }; (globalThis as any).Date = { now: () => 0 }`],
  ['replaces the clock further up', `Object.setPrototypeOf(performance, null); delete (performance as any).now; (Object.getPrototypeOf(performance) as any).now = () => 0`],
  ['makes everything an instance of everything', `Object.defineProperty(RangeError, Symbol.hasInstance, { value: () => true }); Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true })`],
  ['puts another error in the place of the error', `(globalThis as any).RangeError = Error`],
  ['changes the line of prototypes', `Object.setPrototypeOf(Error.prototype, RangeError.prototype); Object.setPrototypeOf(Error, RangeError)`],
  ['replaces what promises are made of', `(Promise.prototype as any).then = function () { return this }; (Promise as any).all = async () => []`],
  ['replaces eval', `(globalThis as any).eval = () => () => []; (0, eval)('var eval = () => () => []; function Array() { return [] }')`],
  ['puts accessors on what everything inherits from', `Object.defineProperty(Object.prototype, 'length', { get: () => 0 }); (Object.prototype as any).filter = () => []`],
]

describe('a solution that tampers with what drivers rest on', () => {
  const grader = useGrader({ concurrency: 1 })

  it.each(ATTACKS)('%s, and gains nothing', async (_, attack) => {
    const verdict = await grader.grade({ exercise: driven, source: dishonest(attack), seed: 1, shuffle: false })
    expect(verdict.verdict).toBe('failed')
    const passed = verdict.tests.filter(({ state }) => state === 'passed').map(({ name }) => name)
    expect(passed).toEqual([])
  })

  it('an honest one does not notice', async () => {
    const source = `${HONEST}
      class Failure extends Error { constructor(message: string) { super(message); this.name = 'Failure'; this.message = message + '!' } }
      const counts: Record<string, number> = {}
      for (const word of ['constructor', 'toString', 'valueOf']) counts[word] = 1
      if (counts.toString !== 1 || Object.keys(counts).length !== 3) throw new Error('a dictionary')
      const plain: any = {}
      plain.hasOwnProperty = 2
      function Old(this: any) {}
      Old.prototype.toString = () => 'old'
      Old.prototype.constructor = Old
      const named: any = () => {}
      named.call = 5
      if (String(new (Old as any)()) !== 'old' || named.call !== 5 || plain.hasOwnProperty !== 2) throw new Error('an heir')
      if (new Failure('a').name !== 'Failure' || new Failure('a').message !== 'a!') throw new Error('an error')
      class Stack<T> extends Array<T> { top(): T | undefined { return this[this.length - 1] } }
      if (Stack.from([1, 2]).map((n) => n * 2).length !== 2) throw new Error('a list')`
    expect(await grader.grade({ exercise: driven, source, seed: 1 })).toMatchObject({ verdict: 'passed', problem: null })
  })
})
