import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
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

class LoadError extends Error {}

describe('Merging callers', () => {
  it('runs the function once however many callers overlap', async () => {
    const flight = new SingleFlight<number>()
    const answer = deferred<number>()
    const load = vi.fn(() => answer.promise)
    const others = vi.fn(() => 0)
    const callers = [flight.do('key', load)]
    for (let i = random.int(2, 6); i > 0; i--) callers.push(flight.do('key', others))
    const value = random.int(1, 1e6)
    answer.resolve(value)
    expect((await Promise.all(callers)).map((result) => result.value)).toEqual(callers.map(() => value))
    expect(load).toHaveBeenCalledTimes(1)
    expect(others).not.toHaveBeenCalled()
  })

  it('gives every caller the very same value', async () => {
    const flight = new SingleFlight<{ name: string }>()
    const answer = deferred<{ name: string }>()
    const callers = [flight.do('key', () => answer.promise), flight.do('key', () => answer.promise)]
    const user = { name: 'Ada' }
    answer.resolve(user)
    for (const { value } of await Promise.all(callers)) expect(value).toBe(user)
  })

  it('calls the function before do returns', () => {
    const flight = new SingleFlight<number>()
    const load = vi.fn(() => 1)
    void flight.do('key', load)
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('tells every caller that the result was shared, the first one too', async () => {
    const flight = new SingleFlight<number>()
    const answer = deferred<number>()
    const callers = Array.from({ length: random.int(2, 3) }, () => flight.do('key', () => answer.promise))
    answer.resolve(1)
    expect((await Promise.all(callers)).map(({ shared }) => shared)).toEqual(callers.map(() => true))
  })

  it('tells a lone caller that nobody shared', async () => {
    const flight = new SingleFlight<number>()
    const first = await flight.do('key', () => Promise.resolve(1))
    const second = await flight.do('key', () => Promise.resolve(2))
    expect([first, second]).toEqual([
      { value: 1, shared: false },
      { value: 2, shared: false },
    ])
  })

  it('keeps calls of different keys apart', async () => {
    const flight = new SingleFlight<string>()
    const keys = random.shuffle(['a', 'b', '', '__proto__', 'constructor'])
    const answers = new Map(keys.map((key) => [key, deferred<string>()]))
    const load = vi.fn((key: string) => answers.get(key)?.promise ?? '')
    const callers = keys.map((key) => flight.do(key, () => load(key)))
    for (const key of random.shuffle(keys)) answers.get(key)?.resolve(`for ${key}`)
    expect(await Promise.all(callers)).toEqual(keys.map((key) => ({ value: `for ${key}`, shared: false })))
    expect(load).toHaveBeenCalledTimes(keys.length)
  })

  it('keeps calls of two flights apart', async () => {
    const flights = [new SingleFlight<number>(), new SingleFlight<number>()]
    const results = await Promise.all(flights.map((flight, i) => flight.do('key', () => Promise.resolve(i))))
    expect(results).toEqual([
      { value: 0, shared: false },
      { value: 1, shared: false },
    ])
  })

  it('lets a function call do for another key', async () => {
    const flight = new SingleFlight<string>()
    const outer = await flight.do('outer', async () => {
      const inner = await flight.do('inner', () => Promise.resolve('deep'))
      return `${inner.value} down`
    })
    expect(outer).toEqual({ value: 'deep down', shared: false })
  })

  it('counts a call as in flight before its function runs', async () => {
    const flight = new SingleFlight<string>()
    const second = vi.fn(() => 'second')
    const seen: boolean[] = []
    const joined: Array<Promise<{ value: string }>> = []
    const first = await flight.do('key', () => {
      seen.push(flight.inFlight('key'))
      joined.push(flight.do('key', second))
      return 'first'
    })
    expect(seen).toEqual([true])
    expect(second).not.toHaveBeenCalled()
    expect(first).toEqual({ value: 'first', shared: true })
    expect((await joined[0])?.value).toBe('first')
  })
})

describe('Failure', () => {
  it('rejects every caller with the same error', async () => {
    const flight = new SingleFlight<number>()
    const answer = deferred<number>()
    const callers = Array.from({ length: random.int(2, 3) }, () => flight.do('key', () => answer.promise))
    const error = new LoadError('no such table')
    answer.reject(error)
    for (const outcome of await Promise.allSettled(callers)) {
      expect(outcome.status).toBe('rejected')
      expect(outcome.status === 'rejected' && outcome.reason).toBe(error)
    }
  })

  it('starts anew after a failure', async () => {
    const flight = new SingleFlight<string>()
    await expect(flight.do('key', () => Promise.reject(new LoadError()))).rejects.toThrow(LoadError)
    expect(flight.inFlight('key')).toBe(false)
    expect(await flight.do('key', () => 'recovered')).toEqual({ value: 'recovered', shared: false })
  })

  it('turns a synchronous throw into a rejection', async () => {
    const flight = new SingleFlight<string>()
    const error = new LoadError('before any promise')
    const caller = flight.do('key', () => {
      throw error
    })
    await expect(caller).rejects.toBe(error)
  })

  it('frees the key after a synchronous throw', async () => {
    const flight = new SingleFlight<string>()
    const failing = async (): Promise<unknown> => {
      return flight.do('key', () => {
        throw new LoadError()
      })
    }
    await expect(failing()).rejects.toThrow(LoadError)
    expect(flight.inFlight('key')).toBe(false)
    const load = vi.fn(() => 'recovered')
    void Promise.allSettled([flight.do('key', load)])
    expect(load).toHaveBeenCalledTimes(1)
  })
})

describe('After completion', () => {
  it('keeps no result', async () => {
    const flight = new SingleFlight<number>()
    let loads = 0
    const load = vi.fn(() => Promise.resolve(++loads))
    const values: number[] = []
    for (let i = 0; i < 3; i++) values.push((await flight.do('key', load)).value)
    expect(values).toEqual([1, 2, 3])
  })

  it('has freed the key by the time a caller hears of the result', async () => {
    const flight = new SingleFlight<number>()
    const next = await flight
      .do('key', () => Promise.resolve(1))
      .then(() => {
        expect(flight.inFlight('key')).toBe(false)
        return flight.do('key', () => Promise.resolve(2))
      })
    expect(next).toEqual({ value: 2, shared: false })
  })

  it('has freed the key by the time a caller hears of a failure', async () => {
    const flight = new SingleFlight<number>()
    const next = await flight
      .do('key', () => Promise.reject(new LoadError()))
      .catch(() => {
        expect(flight.inFlight('key')).toBe(false)
        return flight.do('key', () => Promise.resolve(2))
      })
    expect(next).toEqual({ value: 2, shared: false })
  })

  it('knows for each key whether a call is in flight', async () => {
    const flight = new SingleFlight<number>()
    const [a, b] = [deferred<number>(), deferred<number>()]
    const callers = [flight.do('a', () => a.promise), flight.do('b', () => b.promise)]
    expect(['a', 'b', 'c'].map((key) => flight.inFlight(key))).toEqual([true, true, false])
    b.resolve(1)
    await callers[1]
    expect(['a', 'b', 'c'].map((key) => flight.inFlight(key))).toEqual([true, false, false])
    a.resolve(1)
    await callers[0]
    expect(flight.inFlight('a')).toBe(false)
  })
})

describe('Forgetting', () => {
  it('starts a new call for a forgotten key while the old one runs', async () => {
    const flight = new SingleFlight<string>()
    const [old, young] = [deferred<string>(), deferred<string>()]
    const first = flight.do('key', () => old.promise)
    flight.forget('key')
    expect(flight.inFlight('key')).toBe(false)
    const load = vi.fn(() => young.promise)
    const second = flight.do('key', load)
    expect(load).toHaveBeenCalledTimes(1)
    young.resolve('young')
    expect(await second).toEqual({ value: 'young', shared: false })
    old.resolve('old')
    expect(await first).toEqual({ value: 'old', shared: false })
  })

  it('leaves the newer call in flight when the forgotten one completes', async () => {
    const flight = new SingleFlight<string>()
    const [old, young] = [deferred<string>(), deferred<string>()]
    const first = flight.do('key', () => old.promise)
    flight.forget('key')
    const second = flight.do('key', () => young.promise)
    old.resolve('old')
    await first
    expect(flight.inFlight('key')).toBe(true)
    const third = flight.do('key', () => 'a third call')
    young.resolve('young')
    expect(await Promise.all([second, third])).toEqual([
      { value: 'young', shared: true },
      { value: 'young', shared: true },
    ])
  })

  it('leaves the newer call in flight when the forgotten one fails', async () => {
    const flight = new SingleFlight<string>()
    const [old, young] = [deferred<string>(), deferred<string>()]
    const first = flight.do('key', () => old.promise)
    flight.forget('key')
    const second = flight.do('key', () => young.promise)
    old.reject(new LoadError())
    await expect(first).rejects.toThrow(LoadError)
    expect(flight.inFlight('key')).toBe(true)
    young.resolve('young')
    expect((await second).value).toBe('young')
  })

  it('counts only those who joined the same call as sharing it', async () => {
    const flight = new SingleFlight<string>()
    const [old, young] = [deferred<string>(), deferred<string>()]
    const early = [flight.do('key', () => old.promise), flight.do('key', () => old.promise)]
    flight.forget('key')
    const late = flight.do('key', () => young.promise)
    young.resolve('young')
    old.resolve('old')
    expect(await Promise.all(early)).toEqual(early.map(() => ({ value: 'old', shared: true })))
    expect(await late).toEqual({ value: 'young', shared: false })
  })

  it('forgets only the key it is given, and does nothing for a key that is not in flight', async () => {
    const flight = new SingleFlight<string>()
    const answer = deferred<string>()
    const caller = flight.do('key', () => answer.promise)
    flight.forget('another')
    expect(flight.inFlight('key')).toBe(true)
    answer.resolve('done')
    expect((await caller).value).toBe('done')
  })
})
