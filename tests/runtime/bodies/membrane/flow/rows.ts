import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import * as solution from './solution'
import { Emitter, Job, Range, Service } from './solution'

beforeEach(() => void solution.log.splice(0))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('generators', () => {
  it('yield, take in and return', () => {
    const numbers = solution.count(2)
    expect(numbers.next()).toEqual({ value: 0, done: false })
    expect(numbers.next('a')).toEqual({ value: 1, done: false })
    expect(numbers.next('b')).toEqual({ value: 'done', done: true })
    expect(numbers.next()).toEqual({ value: undefined, done: true })
    expect(solution.log).toEqual(['sent a', 'sent b', 'finally'])
  })
  it('are spread and taken apart', () => {
    const [first, ...rest] = solution.count(3)
    expect([first, rest, Array.from(solution.count(2))]).toEqual([0, [1, 2], [0, 1]])
  })
  it('end early with return', () => {
    const numbers = solution.count(5)
    numbers.next()
    expect(numbers.return('mine')).toEqual({ value: 'mine', done: true })
    expect(numbers.next().done).toBe(true)
    expect(solution.log).toEqual(['finally'])
  })
  it('take a throw in', () => {
    const numbers = solution.count(5)
    numbers.next()
    expect(numbers.throw(new Error('poked'))).toEqual({ value: -1, done: false })
    expect(numbers.next()).toEqual({ value: 1, done: false })
    expect(solution.log).toEqual(['caught poked'])
  })
  it('throw back what they do not catch', () => {
    const numbers = solution.count(5)
    const mine = new Error('mine')
    expect(() => numbers.throw(mine)).toThrow(mine)
    expect(numbers.next()).toEqual({ value: undefined, done: true })
  })
  it('are their own iterators', () => {
    const numbers = solution.count(1)
    expect(numbers[Symbol.iterator]()).toBe(numbers)
    expect(String(numbers)).toBe('[object Generator]')
  })
  it('end with a break', () => {
    for (const n of solution.count(100)) if (n === 2) break
    expect(solution.log).toEqual(['finally'])
  })
  it('fails on another item', () => expect([...solution.count(2)]).toEqual([0, 2]))
  it('delegate to the test', () => {
    function* mine(): Generator<number> {
      yield 7
      yield 8
    }
    expect([...solution.delegate(mine())]).toEqual([7, 8])
  })
})

describe('iterators', () => {
  it('of a class', () => expect([...new Range(2, 5), Math.max(...new Range(0, 3))]).toEqual([2, 3, 4, 2]))
  it('by hand are closed by a break', () => {
    const numbers = solution.handmade()
    for (const n of numbers) if (n === 1) break
    expect(numbers.closed).toBe(true)
  })
  it('by hand are closed by taking apart', () => {
    const numbers = solution.handmade()
    const [a, b] = numbers
    expect([a, b, numbers.closed]).toEqual([0, 1, true])
  })
  it('of the test are closed by the solution', () => {
    const seen: string[] = []
    function* mine(): Generator<number> {
      try {
        for (let n = 0; ; n++) yield n
      } finally {
        seen.push('closed')
      }
    }
    expect(solution.take(mine(), 3)).toEqual([0, 1, 2])
    expect(seen).toEqual(['closed'])
  })
  it('of the test are stepped and stopped', () => {
    const mine = [4, 5][Symbol.iterator]()
    expect([solution.step(mine), solution.step(mine), solution.step(mine)]).toEqual([
      { value: 4, done: false }, { value: 5, done: false }, { value: undefined, done: true },
    ])
    function* endless(): Generator<number> {
      for (;;) yield 1
    }
    expect(solution.stop(endless())).toEqual({ value: 9, done: true })
  })
  it('of built-ins go in', () => {
    expect(solution.spread(new Set([1, 2]), new Map([[1, 3]]).values(), new Uint8Array([4]))).toEqual([1, 2, 3, 4])
  })
})

describe('async generators', () => {
  it('are awaited', async () => {
    const seen: number[] = []
    for await (const n of solution.ticks(3)) seen.push(n)
    expect([seen, solution.log]).toEqual([[0, 1, 2], ['finally']])
  })
  it('take in and return', async () => {
    const numbers = solution.ticks(2)
    expect(await numbers.next()).toEqual({ value: 0, done: false })
    expect(await numbers.next('a')).toEqual({ value: 1, done: false })
    expect(await numbers.next()).toEqual({ value: 'done', done: true })
    expect(solution.log).toEqual(['sent a', 'finally'])
  })
  it('end early', async () => {
    for await (const n of solution.ticks(100)) if (n === 1) break
    expect(solution.log).toEqual(['finally'])
    const numbers = solution.ticks(5)
    await numbers.next()
    expect(await numbers.return('mine')).toEqual({ value: 'mine', done: true })
  })
  it('take a throw in', async () => {
    const numbers = solution.ticks(5)
    await numbers.next()
    await expect(numbers.throw(new TypeError('poked'))).rejects.toThrow(TypeError)
    expect(solution.log).toEqual(['finally'])
  })
  it('fail on the way', async () => {
    const seen: number[] = []
    await expect((async () => {
      for await (const n of solution.failing()) seen.push(n)
    })()).rejects.toThrow(RangeError)
    expect(seen).toEqual([1])
  })
  it('of a class', async () => expect(await solution.collect(new Range(0, 2))).toEqual([0, 1]))
  it('of the test', async () => {
    async function* mine(): AsyncGenerator<number> {
      yield 3
      yield 4
    }
    expect(await solution.collect(mine())).toEqual([3, 4])
  })
  it('of the test that fail', async () => {
    async function* mine(): AsyncGenerator<number> {
      yield 3
      throw new SyntaxError('mine')
    }
    await expect(solution.collect(mine())).rejects.toThrow(SyntaxError)
  })
})

describe('promises', () => {
  it('resolve', async () => { await expect(solution.later({ a: [1] })).resolves.toEqual({ a: [1] }) })
  it('resolve to instances', async () => { await expect(solution.later(new Range(0, 1))).resolves.toBeInstanceOf(Range) })
  it('fails on another value', async () => { await expect(solution.later(1)).resolves.toBe(2) })
  it('fails as rejected', async () => { await expect(solution.later(1)).rejects.toBe(1) })
  it('are promises', () => expect(solution.later(1)).toBeInstanceOf(Promise))
  it('are gathered by the solution', async () => {
    expect(await solution.all([Promise.resolve(1), solution.later(2)])).toEqual([1, 2])
  })
  it('are settled by the test', async () => {
    const { promise, resolve } = solution.deferred<number>()
    resolve(5)
    expect(await promise).toBe(5)
  })
  it('are rejected by the test with an error of its own', async () => {
    class Mine extends Error {}
    const { promise, reject } = solution.deferred<number>()
    const mine = new Mine('mine')
    reject(mine)
    await expect(promise).rejects.toBe(mine)
  })
  it('may be thenables', async () => {
    expect(await (solution.thenable as unknown as Promise<number>)).toBe(42)
    expect(await solution.awaitIt({ then: (resolve) => resolve?.(1) as never })).toBe(2)
  })
  it('that never settle lose a race', async () => {
    expect(await Promise.race([solution.never(), Promise.resolve('mine')])).toBe('mine')
  })
  it('run finally', async () => {
    const order: string[] = []
    await solution.later(1).finally(() => order.push('finally')).then(() => order.push('then'))
    expect(order).toEqual(['finally', 'then'])
  })
})

describe('signals', () => {
  it('stop the solution', async () => {
    const controller = new AbortController()
    const waiting = solution.guarded(controller.signal)
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
  it('may have stopped before', async () => {
    await expect(solution.guarded(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
  it('bring any reason', async () => {
    const reason = { why: 'data' }
    await expect(solution.guarded(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
  it('that do not fire let go', async () => {
    vi.useFakeTimers()
    const waiting = solution.guarded(new AbortController().signal)
    await vi.advanceTimersByTimeAsync(1_000)
    await expect(waiting).resolves.toBe('in time')
  })
  it('of the solution reach the test', () => {
    const job = new Job()
    const heard = vi.fn()
    job.signal.addEventListener('abort', heard)
    expect(job.signal.aborted).toBe(false)
    job.cancel('why')
    expect([job.signal.aborted, job.signal.reason]).toEqual([true, 'why'])
    expect(heard).toHaveBeenCalledTimes(1)
    expect(() => job.signal.throwIfAborted()).toThrow('why')
  })
  it('are the same each time', () => {
    const job = new Job()
    expect(job.signal).toBe(job.signal)
    expect(job.signal).toBeInstanceOf(AbortSignal)
  })
})

describe('spies', () => {
  it('are called by the solution', () => {
    const spy = vi.fn((event: { id: number }) => event.id * 2)
    expect(solution.notify(spy, 3)).toEqual([0, 2, 4])
    expect(spy).toHaveBeenCalledTimes(3)
    expect(spy).toHaveBeenNthCalledWith(2, { id: 1, tags: ['t'] })
    expect(spy).toHaveBeenLastCalledWith(expect.objectContaining({ id: 2 }))
    expect(spy).toHaveNthReturnedWith(3, 4)
    expect(spy.mock.calls.map(([event]) => event.id)).toEqual([0, 1, 2])
  })
  it('fails on other arguments', () => {
    const spy = vi.fn()
    solution.notify(spy)
    expect(spy).toHaveBeenCalledWith({ id: 1, tags: ['t'] })
  })
  it('fails when not called', () => {
    const spy = vi.fn()
    solution.notify(spy, 0)
    expect(spy).toHaveBeenCalled()
  })
  it('are compared with instances', () => {
    const spy = vi.fn()
    solution.pass(new Range(1, 2), spy)
    expect(spy).toHaveBeenCalledWith(new Range(1, 2))
    expect(spy).toHaveBeenCalledWith(expect.any(Range))
    expect(spy).not.toHaveBeenCalledWith(new Range(1, 3))
  })
  it('fails on another instance', () => {
    const spy = vi.fn()
    solution.pass(new Range(1, 2), spy)
    expect(spy).toHaveBeenCalledWith(new Range(1, 3))
  })
  it('answer what they are told', () => {
    const spy = vi.fn().mockReturnValueOnce('first').mockReturnValue('rest')
    expect(solution.notify(spy, 3)).toEqual(['first', 'rest', 'rest'])
  })
  it('throw what they are told', () => {
    const spy = vi.fn().mockImplementation(() => { throw new TypeError('told') })
    expect(() => solution.notify(spy)).toThrow(TypeError)
    expect(spy).toHaveBeenCalledOnce()
    expect(spy.mock.results[0]?.type).toBe('throw')
  })
  it('are removed by the function that came back', () => {
    const emitter = new Emitter()
    const [a, b] = [vi.fn(), vi.fn()]
    const off = emitter.on(a)
    emitter.on(b)
    expect(emitter.emit(1, 'x')).toBe(2)
    off()
    expect(emitter.emit(2)).toBe(1)
    expect(a.mock.calls).toEqual([[1, 'x']])
    expect(b).toHaveBeenLastCalledWith(2)
    expect(a).toHaveBeenCalledBefore(b)
  })
  it('stand in for methods of instances', () => {
    const service = new Service()
    const spy = vi.spyOn(service, 'load').mockImplementation((id) => `fake ${id}`)
    expect(solution.callTwice(service)).toEqual(['fake 1', 'fake 2'])
    expect(service.loadTwice(5)).toEqual(['fake 5', 'fake 6'])
    expect(spy).toHaveBeenCalledTimes(4)
    spy.mockRestore()
    expect(service.load(1)).toBe('service 1')
  })
  it('stand in for methods of classes', () => {
    const spy = vi.spyOn(Service.prototype, 'load').mockReturnValue('all')
    expect(new Service().loadTwice(1)).toEqual(['all', 'all'])
    spy.mockRestore()
    expect(new Service('s').load(1)).toBe('s 1')
  })
  it('watch without standing in', () => {
    const service = new Service('w')
    const spy = vi.spyOn(service, 'load')
    service.loadTwice(1)
    expect(spy).toHaveReturnedWith('w 1')
    expect(spy.mock.contexts[0]).toBe(service)
  })
  it('resolve', async () => {
    const service = new Service()
    const spy = vi.spyOn(service, 'fetch').mockResolvedValue('soon')
    expect(await service.fetch(1)).toBe('soon')
    expect(spy).toHaveResolvedWith('soon')
  })
  it('fails on a function of the solution', () => expect(solution.double).toHaveBeenCalled())
})

describe('time', () => {
  it('is the same on both sides', async () => {
    vi.useFakeTimers()
    const slept = vi.fn()
    void solution.sleep(50).then(slept)
    await vi.advanceTimersByTimeAsync(49)
    expect(slept).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(slept).toHaveBeenCalledWith('slept')
  })
})

describe('test functions', () => {
  it.each([
    [1, 2],
    [2, 4],
  ])('each of a list: %i', (n, doubled) => expect(solution.double(n)).toBe(doubled))
  it.each([{ n: 3, doubled: 6 }])('each of objects: $n', ({ n, doubled }) => expect(solution.double(n)).toBe(doubled))
  it.each`
    n    | doubled
    ${4} | ${8}
  `('each of a table: $n', ({ n, doubled }: { n: number; doubled: number }) => expect(solution.double(n)).toBe(doubled))
  it.each([[1, 3]])('fails each: %i', (n, doubled) => expect(solution.double(n)).toBe(doubled))
  it.for([[5, 10]])('for: %i', ([n, doubled]) => expect(solution.double(n as number)).toBe(doubled))
  describe.each([{ Class: Range, size: 2 }])('describe each of $Class.name', ({ Class, size }) => {
    it('has the class', () => expect([...new Class(0, 2)]).toHaveLength(size))
  })
  const own = test.extend<{ emitter: Emitter; heard: unknown[] }>({
    emitter: async ({}, use) => {
      const emitter = new Emitter()
      await use(emitter)
      emitter.emit('after')
    },
    heard: async ({ emitter }, use) => {
      const heard: unknown[] = []
      const off = emitter.on((event) => heard.push(event))
      await use(heard)
      off()
    },
  })
  own('fixtures hold instances', ({ emitter, heard }) => {
    emitter.emit('now')
    expect(heard).toEqual(['now'])
  })
  own('fails with fixtures', ({ emitter, heard }) => {
    emitter.emit('now')
    expect(heard).toEqual(['later'])
  })
  it.fails('fails turned round', () => expect(solution.double(1)).toBe(2))
  it.fails('a failure turned round', () => expect(solution.double(1)).toBe(3))
})

describe.concurrent('concurrent', () => {
  const order: string[] = []
  it('one', async ({ expect }) => {
    order.push('one')
    await solution.sleep(20)
    expect(order).toEqual(['one', 'two'])
  })
  it('two', async ({ expect }) => {
    order.push('two')
    expect(await solution.later(2)).toBe(2)
  })
})

describe('soft, poll and counts', () => {
  it('soft goes on', () => {
    expect.soft(solution.double(1)).toBe(2)
    expect.soft(new Range(0, 1)).toEqual(new Range(0, 1))
  })
  it('fails softly twice', () => {
    expect.soft(solution.double(1)).toBe(3)
    expect.soft(new Range(0, 1)).toEqual(new Range(0, 2))
  })
  it('poll waits', async () => {
    const emitter = new Emitter()
    let heard = 0
    emitter.on(() => heard++)
    await expect.poll(() => { emitter.emit(); return heard }, { interval: 1 }).toBe(3)
  })
  it('poll on instances', async () => {
    await expect.poll(() => new Range(0, 1), { interval: 1 }).toEqual(new Range(0, 1))
  })
  it('fails to poll', async () => {
    await expect.poll(() => solution.double(1), { interval: 1, timeout: 20 }).toBe(3)
  })
  it('counts assertions', async () => {
    expect.assertions(2)
    solution.notify(() => expect(1).toBe(1))
    await solution.later(1).then(() => expect(1).toBe(1))
  })
  it('fails when one is missing', () => {
    expect.assertions(2)
    solution.notify(() => expect(1).toBe(1))
  })
  it('fails inside a callback of the solution', () => {
    solution.notify(() => expect(1).toBe(2))
  })
})

expect.extend({
  toSpan(received: Range, size: number) {
    const actual = received.to - received.from
    return { pass: actual === size, message: () => `expected a span of ${size}, got ${actual}`, actual, expected: size }
  },
  async toComeTo(received: Promise<number>, expected: number) {
    const actual = await received
    return { pass: this.equals(actual, expected), message: () => `expected ${expected}, got ${actual}` }
  },
})
interface Custom {
  toSpan: (size: number) => void
  toComeTo: (expected: number) => Promise<void>
  not: Custom
}
const custom = (value: unknown): Custom => expect(value) as unknown as Custom
const { toSpan } = expect as unknown as { toSpan: (size: number) => unknown }

describe('expect.extend', () => {
  it('refused: on an instance', () => custom(new Range(0, 3)).toSpan(3))
  it('holds on a value', () => custom({ from: solution.double(1), to: 5 }).toSpan(3))
  it('holds with not', () => custom({ from: 0, to: solution.double(1) }).not.toSpan(3))
  it('fails on another value', () => custom({ from: 0, to: solution.double(1) }).toSpan(3))
  it('is awaited', () => custom(solution.later(4)).toComeTo(4))
  it('fails when awaited', () => custom(solution.later(4)).toComeTo(5))
  it('has its asymmetric form', () => expect({ a: solution.double(1), r: { from: 0, to: 2 } }).toEqual({ a: 2, r: toSpan(2) }))
  it('fails in its asymmetric form', () => expect({ r: { from: 0, to: 2 } }).toEqual({ r: toSpan(3) }))
})
