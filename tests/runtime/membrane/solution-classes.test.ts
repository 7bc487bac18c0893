import { describe, expect, it, vi } from 'vitest'
import { behindMembrane, TRANSPORTS } from './solution'

/* Classes of a solution, over both transports: what a test does with them must be what it could do in one process. */

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- solutions here have every shape

// The guests end with this process: restoring spies at the end of the file still reaches into them.
describe.each(TRANSPORTS)('classes over the %s', (transport) => {
  const use = (source: string): Any => behindMembrane<Any>(transport, source).namespace

  const shapes = `
    export class Shape {
      #area = 0
      static count = 0
      static of(area: number) { return new this(area) }
      label?: string
      constructor(area: number) { this.#area = area; Shape.count++ }
      get area() { return this.#area }
      set area(x: number) { if (x < 0) throw new RangeError('negative'); this.#area = x }
      grow(by: number) { this.#area += by; return this }
      toString() { return 'shape ' + this.#area }
    }
    export class Square extends Shape { side() { return Math.sqrt(this.area) } }
    export const make = () => new Square(9)
    export const isShape = (x: unknown) => x instanceof Shape`

  it('construct, hold private state, return this, inherit and answer instanceof', () => {
    const { Shape, Square, make, isShape } = use(shapes)
    const square = new Square(4)
    expect(square.side()).toBe(2)
    expect(square.grow(5)).toBe(square)
    expect(square.area).toBe(9)
    square.area = 16
    expect(square.side()).toBe(4)
    expect(() => { square.area = -1 }).toThrow(RangeError)
    expect(square instanceof Square && square instanceof Shape).toBe(true)
    expect(make()).toBeInstanceOf(Shape)
    expect({} instanceof Shape).toBe(false)
    expect(Object.getPrototypeOf(Square)).toBe(Shape)
    expect(Object.getPrototypeOf(square)).toBe(Square.prototype)
    expect(square.constructor).toBe(Square)
    expect(String(square)).toBe('shape 16')
    expect(Shape.of(1).area).toBe(1)
    expect(Shape.count).toBe(3)
    expect(isShape(square)).toBe(true)
    expect(square.grow).toBe(Shape.prototype.grow)
    expect(Shape.name).toBe('Shape')
    expect(Shape.prototype.grow.length).toBe(1)
  })

  it('cannot be extended by a test, and say so', () => {
    const { Shape } = use(shapes)
    class Mine extends (Shape as new (area: number) => object) {}
    expect(() => new Mine(1)).toThrow(/cannot be extended/)
  })

  it('let a test spy on an instance and on a prototype, and put it back', () => {
    const { Shape } = use(shapes + '\nexport const callGrow = (s: Shape) => s.grow(1)')
    const shape = new Shape(1)
    const spy = vi.spyOn(shape, 'grow')
    shape.grow(2)
    expect(spy).toHaveBeenCalledWith(2)
    expect(shape.area).toBe(3)
    spy.mockRestore()
    const all = vi.spyOn(Shape.prototype, 'grow').mockReturnValue('mocked')
    expect(shape.grow(1)).toBe('mocked')
    expect(all).toHaveBeenCalledTimes(1)
    all.mockRestore()
    expect(shape.grow(1)).toBe(shape)
  })

  it('of built-ins: a Map and an Array subclass work as both', () => {
    const { Counter, Stack } = use(`
      export class Counter extends Map<string, number> { inc(k: string) { this.set(k, (this.get(k) ?? 0) + 1); return this } }
      export class Stack extends Array<number> { peek() { return this[this.length - 1] } }`)
    const counter = new Counter()
    counter.inc('a').inc('a')
    expect(counter.get('a')).toBe(2)
    expect(counter.size).toBe(1)
    expect([...counter]).toEqual([['a', 2]])
    expect(counter).toBeInstanceOf(Map)
    const stack = new Stack()
    stack.push(1, 2)
    expect(stack.peek()).toBe(2)
    expect(stack.length).toBe(2)
    expect(Array.isArray(Stack.from([1]))).toBe(true)
  })
})
