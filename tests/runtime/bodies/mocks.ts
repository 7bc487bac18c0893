import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const hoisted = vi.hoisted(() => 3)

describe('mocks', () => {
  it('record calls', () => {
    const mock = vi.fn((a: number) => a + 1)
    mock(1)
    mock(2)
    expect(mock).toHaveBeenCalled()
    expect(mock).toHaveBeenCalledTimes(2)
    expect(mock).toHaveBeenCalledWith(2)
    expect(mock).toHaveBeenNthCalledWith(1, 1)
    expect(mock).toHaveBeenLastCalledWith(2)
    expect(mock).toHaveReturnedWith(3)
    expect(mock).toHaveLastReturnedWith(3)
    expect(mock).toHaveNthReturnedWith(1, 2)
    expect(mock).toHaveReturnedTimes(2)
    expect(mock.mock.results.map(({ value }) => value as number)).toEqual([2, 3])
  })
  it('toHaveBeenCalled fails', () => expect(vi.fn()).toHaveBeenCalled())
  it('not.toHaveBeenCalled fails', () => {
    const mock = vi.fn()
    mock('x')
    expect(mock).not.toHaveBeenCalled()
  })
  it('toHaveBeenCalledOnce fails', () => expect(vi.fn()).toHaveBeenCalledOnce())
  it('toHaveBeenCalledTimes fails', () => expect(vi.fn()).toHaveBeenCalledTimes(1))
  it('toHaveBeenCalledWith fails', () => {
    const mock = vi.fn()
    mock({ a: 1 })
    expect(mock).toHaveBeenCalledWith({ a: 2 })
  })
  it('not.toHaveBeenCalledWith fails', () => {
    const mock = vi.fn()
    mock({ a: 1 })
    expect(mock).not.toHaveBeenCalledWith({ a: expect.any(Number) })
  })
  it('toHaveBeenCalledWith heeds the number of arguments', () => {
    const mock = vi.fn()
    mock(1)
    expect(mock).toHaveBeenCalledWith(1, undefined)
  })
  it('toHaveBeenCalledExactlyOnceWith fails', () => {
    const mock = vi.fn()
    mock(1)
    mock(1)
    expect(mock).toHaveBeenCalledExactlyOnceWith(1)
  })
  it('toHaveBeenNthCalledWith fails', () => expect(vi.fn()).toHaveBeenNthCalledWith(1, 2))
  it('toHaveBeenLastCalledWith fails', () => {
    const mock = vi.fn()
    mock(1)
    expect(mock).toHaveBeenLastCalledWith(2)
  })
  it('toHaveReturned fails', () => expect(vi.fn()).toHaveReturned())
  it('toHaveReturnedWith fails', () => {
    const mock = vi.fn(() => 1)
    mock()
    expect(mock).toHaveReturnedWith(2)
  })
  it('toHaveResolvedWith holds', async () => {
    const mock = vi.fn().mockResolvedValue(5)
    await mock()
    expect(mock).toHaveResolvedWith(5)
    expect(mock).toHaveResolved()
    expect(mock).toHaveResolvedTimes(1)
  })
  it('toHaveResolvedWith fails', async () => {
    const mock = vi.fn().mockResolvedValue(5)
    await mock()
    expect(mock).toHaveResolvedWith(6)
  })
  it('order of calls holds', () => {
    const [first, second] = [vi.fn(), vi.fn()]
    first()
    second()
    expect(first).toHaveBeenCalledBefore(second)
    expect(second).toHaveBeenCalledAfter(first)
  })
  it('order of calls fails', () => {
    const [first, second] = [vi.fn(), vi.fn()]
    first()
    second()
    expect(second).toHaveBeenCalledBefore(first)
  })
  it('a spy matcher fails on no spy', () => expect(() => 1).toHaveBeenCalled())
  it('not fails on no spy as well', () => expect(() => 1).not.toHaveBeenCalled())
  it('implementations once, then for good', () => {
    const mock = vi.fn(() => 'last').mockReturnValueOnce('first').mockImplementationOnce(() => 'second')
    expect([mock(), mock(), mock()]).toEqual(['first', 'second', 'last'])
  })
  it('spyOn watches, replaces and restores', () => {
    const box = { get: (): number => 1 }
    const spy = vi.spyOn(box, 'get')
    expect(box.get()).toBe(1)
    spy.mockReturnValue(2)
    expect(box.get()).toBe(2)
    vi.restoreAllMocks()
    expect(box.get()).toBe(1)
    expect(vi.isMockFunction(box.get)).toBe(false)
  })
  it('clearAllMocks forgets calls', () => {
    const mock = vi.fn()
    mock()
    vi.clearAllMocks()
    expect(mock).not.toHaveBeenCalled()
  })
  it('stubGlobal', () => {
    vi.stubGlobal('somethingNew', 5)
    expect((globalThis as Record<string, unknown>).somethingNew).toBe(5)
    vi.unstubAllGlobals()
    expect('somethingNew' in globalThis).toBe(false)
  })
  it('hoisted and mocked', () => expect(vi.mocked(hoisted)).toBe(3))
})

describe('fake timers', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('move on when told', () => {
    const log: string[] = []
    setTimeout(() => log.push('b'), 20)
    setTimeout(() => log.push('a'), 10)
    const timer = setInterval(() => log.push('i'), 15)
    vi.advanceTimersByTime(30)
    clearInterval(timer)
    expect(log.join('')).toBe('aibi')
    expect(vi.getTimerCount()).toBe(0)
    expect(vi.isFakeTimers()).toBe(true)
  })
  it('run all', () => {
    const mock = vi.fn()
    setTimeout(() => setTimeout(mock, 1_000), 1_000)
    vi.runAllTimers()
    expect(mock).toHaveBeenCalledOnce()
  })
  it('run only pending', () => {
    const mock = vi.fn()
    setTimeout(() => {
      mock()
      setTimeout(mock, 1_000)
    }, 1_000)
    vi.runOnlyPendingTimers()
    expect(mock).toHaveBeenCalledTimes(1)
    vi.advanceTimersToNextTimer()
    expect(mock).toHaveBeenCalledTimes(2)
  })
  it('await what a timer resolves', async () => {
    const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
    const log: number[] = []
    const work = async (): Promise<void> => {
      for (const step of [1, 2, 3]) {
        await sleep(100)
        log.push(step)
      }
    }
    const done = work()
    await vi.advanceTimersByTimeAsync(250)
    expect(log).toEqual([1, 2])
    await vi.runAllTimersAsync()
    await done
    expect(log).toEqual([1, 2, 3])
  })
  it('tell the time', () => {
    vi.setSystemTime(new Date('2020-01-01T00:00:00Z'))
    expect(Date.now()).toBe(1577836800000)
    expect(new Date().getUTCFullYear()).toBe(2020)
    vi.advanceTimersByTime(1_000)
    expect(vi.getMockedSystemTime()?.getTime()).toBe(1577836801000)
    expect(vi.getRealSystemTime()).toBeGreaterThan(1577836801000)
  })
  it('performance agrees', () => {
    const before = performance.now()
    vi.advanceTimersByTime(500)
    expect(performance.now() - before).toBe(500)
  })
  it('leave microtasks alone', async () => {
    const log: string[] = []
    queueMicrotask(() => log.push('micro'))
    await Promise.resolve()
    expect(log).toEqual(['micro'])
  })
  it('can be cleared', () => {
    setTimeout(() => expect.unreachable(), 10)
    vi.clearAllTimers()
    vi.advanceTimersByTime(100)
    expect(vi.getTimerCount()).toBe(0)
  })
  it('waitFor moves them on', async () => {
    let ready = false
    setTimeout(() => (ready = true), 100)
    await vi.waitFor(() => expect(ready).toBe(true))
    expect(await vi.waitUntil(() => ready)).toBe(true)
  })
})

describe('real timers', () => {
  it('refuse to be moved on', () => void vi.advanceTimersByTime(10))
  it('a fixed date', () => {
    vi.setSystemTime(5)
    expect([Date.now(), new Date().getTime(), vi.isFakeTimers()]).toEqual([5, 5, false])
    vi.useRealTimers()
    expect(Date.now()).toBeGreaterThan(5)
  })
  it('waitFor gives up', async () => {
    await vi.waitFor(() => expect(1).toBe(2), { timeout: 20, interval: 5 })
  })
})
