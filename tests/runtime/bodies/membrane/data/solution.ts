/* Values of every shape. */

export const same = <T>(value: T): T => value
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)
export const isSame = (a: unknown, b: unknown): boolean => Object.is(a, b)

export const numbers = { minusZero: -0, nan: NaN, infinite: Infinity, least: -Infinity, tiny: 5e-324, big: 2 ** 53 }
export const bigs = (n: bigint): bigint[] => [n, -n, n ** 3n, 2n ** 200n]
export const holes = (): unknown[] => [, 1, , undefined]
export const countHoles = (list: unknown[]): number => list.length - Object.keys(list).length
export const cyclic = (): { name: string; self: unknown; list: unknown[] } => {
  const object = { name: 'ring', self: null as unknown, list: [] as unknown[] }
  object.self = object
  object.list.push(object, [object])
  return object
}
export const isCyclic = (object: { self: unknown }): boolean => object.self === object
export const undefinedKeys = (): Record<string, unknown> => ({ a: 1, b: undefined })
export const noPrototype = (): object => Object.assign(Object.create(null) as object, { a: 1 })
export const shared = (): { a: object; b: object } => {
  const one = { n: 1 }
  return { a: one, b: one }
}

export const date = (ms: number): Date => new Date(ms)
export const nextDay = (day: Date): Date => new Date(day.getTime() + 86_400_000)
export const moveOn = (day: Date): void => void day.setUTCDate(day.getUTCDate() + 1)
export const invalidDate = (): Date => new Date(NaN)

export const bytes = (): Uint8Array => new Uint8Array([1, 2, 255])
export const floats = (): Float64Array => new Float64Array([0.5, -0, NaN])
export const bigBytes = (): BigInt64Array => new BigInt64Array([1n, -1n])
export const view = (buffer: ArrayBuffer): Uint16Array => new Uint16Array(buffer, 2, 1)
export const fill = (into: Uint8Array, value: number): Uint8Array => into.fill(value)
export const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((a, b) => a + b, 0)

export const pattern = (): RegExp => /a(?<word>b+)/giu
export const matchOf = (text: string): RegExpMatchArray | null => text.match(/a(?<word>b+)/u)
export const boxes = (): object[] => [Object(1) as object, Object('x') as object, Object(true) as object]

export const index = (): Map<unknown, unknown> => new Map<unknown, unknown>([['a', 1], [NaN, 'nan'], [{ k: 1 }, new Set([1])]])
export const tags = (): Set<unknown> => new Set<unknown>(['a', 'b', { c: 1 }])
export const put = (map: Map<unknown, unknown>, key: unknown, value: unknown): Map<unknown, unknown> => map.set(key, value)

export class Counter extends Map<string, number> {
  inc(key: string): this {
    return this.set(key, (this.get(key) ?? 0) + 1)
  }
  get total(): number {
    return [...this.values()].reduce((a, b) => a + b, 0)
  }
}
export class Tags extends Set<string> {
  override add(tag: string): this {
    return super.add(tag.toLowerCase())
  }
}
export class Stack<T> extends Array<T> {
  get top(): T | undefined {
    return this[this.length - 1]
  }
}
export class Day extends Date {
  get iso(): string {
    return this.toISOString().slice(0, 10)
  }
}
export class Buffered extends Uint8Array {
  get first(): number | undefined {
    return this[0]
  }
}
export class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}
export const tree = (depth: number): object => (depth === 0 ? { leaf: true } : { left: tree(depth - 1), right: new Point(depth, 0) })
