import { describe, expect, it, vi } from 'vitest'
import { SingleFlight } from './solution'

/** A promise that the test settles when it likes. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

describe('SingleFlight', () => {
  it('runs the function once for callers that overlap', async () => {
    const flight = new SingleFlight<string>()
    const answer = deferred<string>()
    const load = vi.fn(() => answer.promise)
    const callers = [flight.do('user:1', load), flight.do('user:1', load), flight.do('user:1', load)]
    answer.resolve('Ada')
    expect(await Promise.all(callers)).toEqual(Array.from({ length: 3 }, () => ({ value: 'Ada', shared: true })))
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('says that a lone caller shared with nobody', async () => {
    const flight = new SingleFlight<number>()
    expect(await flight.do('a', () => 1)).toEqual({ value: 1, shared: false })
  })

  it('keeps keys apart', async () => {
    const flight = new SingleFlight<string>()
    const results = await Promise.all([flight.do('a', () => 'for a'), flight.do('b', () => 'for b')])
    expect(results.map(({ value }) => value)).toEqual(['for a', 'for b'])
  })

  it('gives an error to every caller', async () => {
    const flight = new SingleFlight<string>()
    const answer = deferred<string>()
    const callers = [flight.do('a', () => answer.promise), flight.do('a', () => answer.promise)]
    answer.reject(new Error('database is down'))
    const outcomes = await Promise.allSettled(callers)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('knows what is in flight', async () => {
    const flight = new SingleFlight<string>()
    const answer = deferred<string>()
    const caller = flight.do('a', () => answer.promise)
    expect([flight.inFlight('a'), flight.inFlight('b')]).toEqual([true, false])
    answer.resolve('done')
    await caller
    expect(flight.inFlight('a')).toBe(false)
  })
})
