import type { Side } from './side'
import { UNIQUE } from './acts'

/** Every shape that has a way of its own across the membrane. */
export function recipesOf(side: Side, a: unknown, b: unknown): (() => unknown)[] {
  const called = (self: unknown, args: unknown[]): unknown => {
    side.note('called', [self, ...args].map((each) => side.brief(each)).join())
    return a
  }
  let total = 0
  class Point {
    a = a
    get total(): unknown { return ++total }
    set total(value: unknown) { side.note('total is', side.brief(value)) }
    f(...args: unknown[]): unknown { return called(this, args) }
  }
  class Near extends Point {
    readonly #hidden = b
    override f(): unknown { return this.#hidden }
  }
  return [
    () => ({ a, b }),
    () => [a, b],
    () => [a, , b],
    () => new Map([[a, b], ['b', a]]),
    () => new Set([a, b]),
    () => Object.assign(Object.create(null) as object, { a, [UNIQUE]: b }),
    () => new Date(5),
    () => new Uint8Array([1, 2, 3]),
    () => ({ a, b, f(...args: unknown[]) { return called(this, args) } }),
    () => ({ a, f: null, get total() { return ++total }, set total(value: unknown) { side.note('total is', side.brief(value)) } }),
    () => new Point(),
    () => new Near(),
    () => Object.assign(new Map([[a, b]]), { a }),
    () => new (class Kept extends Set { b = b })([a]),
    () => new RangeError('out', { cause: b }),
    () => function f(this: unknown, ...args: unknown[]) { return called(this, args) },
  ]
}
