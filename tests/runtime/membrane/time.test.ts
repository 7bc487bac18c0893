import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* Time, continuations and signals across the membrane. */

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- solutions here have every shape

afterAll(stopGuests)
afterEach(() => {
  vi.useRealTimers()
})

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const use = (source: string): Any => {
    return behindMembrane<Any>(transport, source, { isClockFaked: () => vi.isFakeTimers() }).namespace
  }

  it('timers of the solution run on the clock of the test', async () => {
    vi.useFakeTimers()
    vi.setSystemTime(1_000)
    const { sleep, now, elapsed } = use(`
      export const sleep = (ms: number) => new Promise<string>((r) => setTimeout(r, ms, 'done'))
      export const now = () => [Date.now(), new Date().getTime(), typeof Date()]
      export const elapsed = async (ms: number) => { const a = performance.now(); await sleep(ms); return performance.now() - a }`)
    const slept = vi.fn()
    void sleep(1_000_000).then(slept)
    await vi.advanceTimersByTimeAsync(999_999)
    expect(slept).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(slept).toHaveBeenCalledWith('done')
    expect(now()).toEqual([1_001_000, 1_001_000, 'string'])
    const measured = elapsed(50)
    await vi.advanceTimersByTimeAsync(50)
    expect(await measured).toBe(50)
  })

  it('orders timers of both sides by their time, then by their start', () => {
    vi.useFakeTimers()
    const { start } = use('export const start = (log: (s: string) => void, ms: number, name: string) => { setTimeout(() => log(name), ms) }')
    const log: string[] = []
    setTimeout(() => log.push('t1'), 10)
    start((s: string) => log.push(s), 10, 's1')
    setTimeout(() => log.push('t2'), 10)
    start((s: string) => log.push(s), 5, 's0')
    vi.runAllTimers()
    expect(log).toEqual(['s0', 't1', 's1', 't2'])
  })

  it('intervals repeat and are cleared, and no timer is left', () => {
    vi.useFakeTimers()
    const { tick } = use(`export const tick = (f: (n: number) => void) => {
      let n = 0
      const id = setInterval(() => { f(++n); if (n === 3) clearInterval(id) }, 10)
      return typeof id
    }`)
    const seen: number[] = []
    expect(tick((n: number) => seen.push(n))).toBe(transport === 'pipe' ? 'number' : typeof setTimeout(() => {}, 0))
    vi.advanceTimersByTime(100)
    expect(seen).toEqual([1, 2, 3])
    if (transport === 'pipe') expect(vi.getTimerCount()).toBe(0)
  })

  it('what a timer throws comes out of the call that moved the clock', () => {
    vi.useFakeTimers()
    const { fail } = use('export const fail = () => { setTimeout(() => { throw new RangeError("late") }, 1) }')
    fail()
    expect(() => vi.advanceTimersByTime(1)).toThrow(RangeError)
  })

  it('runs on real time too', async () => {
    const { sleep } = use('export const sleep = (ms: number) => new Promise<number>((r) => setTimeout(() => r(ms), ms))')
    expect(await sleep(5)).toBe(5)
  })

  it('does nothing of the solution between two calls of one synchronous stretch', async () => {
    const { start, state } = use('let n = 0; export const start = async () => { await null; n++ }; export const state = () => n')
    const started = start()
    expect(state()).toBe(0)
    await started
    expect(state()).toBe(1)
  })

  it('waits for what is truly asynchronous there', async () => {
    const { digest } = use(`export const digest = async (text: string) => {
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
      return new Uint8Array(bytes)[0]
    }`)
    expect(await digest('a')).toBe(0xca)
  })

  it('keeps first come, first served among waiters of both sides', async () => {
    const { Mutex } = use(`
      export class Mutex {
        #tail: Promise<void> = Promise.resolve()
        async run<T>(f: () => Promise<T>) { const before = this.#tail; let free!: () => void
          this.#tail = new Promise((r) => { free = r }); await before; try { return await f() } finally { free() } }
      }`)
    const mutex = new Mutex()
    const log: number[] = []
    await Promise.all([1, 2, 3].map((n) => mutex.run(async () => { await null; log.push(n) })))
    expect(log).toEqual([1, 2, 3])
  })

  it('retries with back-off against a flaky function of the test', async () => {
    vi.useFakeTimers()
    const { retry } = use(`export async function retry<T>(f: () => Promise<T>, times: number, ms: number): Promise<T> {
      for (let i = 0; ; i++) try { return await f() } catch (e) { if (i >= times) throw e; await new Promise((r) => setTimeout(r, ms * 2 ** i)) }
    }`)
    const flaky = vi.fn().mockRejectedValueOnce(new Error('1')).mockRejectedValueOnce(new Error('2')).mockResolvedValue('ok')
    const result = retry(flaky, 3, 100)
    await vi.advanceTimersByTimeAsync(100)
    expect(flaky).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(200)
    await expect(result).resolves.toBe('ok')
  })

  it('hands promises of the test in and out without settling them early', async () => {
    const { all, first } = use(`
      export const all = (ps: Promise<number>[]) => Promise.all(ps).then((xs) => xs.reduce((a, b) => a + b, 0))
      export const first = (ps: Promise<number>[]) => Promise.race(ps)`)
    const { promise, resolve } = deferred<number>()
    const sum = all([promise, Promise.resolve(2)])
    let done = false
    void sum.then(() => { done = true })
    await Promise.resolve()
    expect(done).toBe(false)
    resolve(1)
    expect(await sum).toBe(3)
    expect(await first([new Promise(() => {}), Promise.resolve(9)])).toBe(9)
  })
})

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((r) => { resolve = r })
  return { promise, resolve }
}
