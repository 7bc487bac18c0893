import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { type AsideOpts, CacheAside } from './solution'

class CacheError extends Error {}
class DatabaseError extends Error {}

/** Lets everything happen that can happen while nobody wakes. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

interface Held {
  resolve: () => void
  reject: (reason: unknown) => void
}

/** A cache and a database that keep a log, fail when told to, and sleepers that the test wakes. */
function setUp(opts: Partial<AsideOpts> = {}) {
  const log: string[] = []
  const rows = new Map<string, unknown>()
  const entries = new Map<string, unknown>()
  const fails = new Set<string>()
  const held: Held[] = []
  const state = { holdDel: false }
  let errors = 0
  const note = (operation: string, key: string): void => {
    log.push(`${operation} ${key}`)
    if (!fails.has(operation)) return
    if (operation.startsWith('db')) throw new DatabaseError(operation)
    throw Object.assign(new CacheError(operation), { number: ++errors })
  }
  const db = {
    async read(key: string) {
      note('db.read', key)
      return rows.get(key) ?? null
    },
    async write(key: string, value: unknown) {
      note('db.write', key)
      rows.set(key, value)
    },
  }
  const cache = {
    async get(key: string) {
      note('get', key)
      return entries.get(key) ?? null
    },
    async set(key: string, value: unknown) {
      note('set', key)
      entries.set(key, value)
    },
    async del(key: string) {
      note('del', key)
      if (state.holdDel) await new Promise<void>((resolve, reject) => held.push({ resolve, reject }))
      entries.delete(key)
    },
  }
  const sleepers: Array<{ ms: number; resolve: () => void }> = []
  const sleep = vi.fn((ms: number) => new Promise<void>((resolve) => sleepers.push({ ms, resolve })))
  const onGiveUp = vi.fn((_key: string, _err: unknown) => undefined)
  const aside = new CacheAside<unknown>(db, cache, { maxRetries: 3, retryDelayMs: 100, sleep, onGiveUp, ...opts })
  return {
    aside,
    log,
    rows,
    entries,
    fails,
    held,
    state,
    sleep,
    onGiveUp,
    /** How long each of those who sleep now sleeps. */
    sleeping: () => sleepers.map(({ ms }) => ms),
    /** Wakes the one who has slept longest, or the first who sleeps that long. */
    async wake(ms?: number) {
      const index = ms === undefined ? 0 : sleepers.findIndex((sleeper) => sleeper.ms === ms)
      sleepers.splice(index, 1)[0]?.resolve()
      await settle()
    },
    dels: (key = 'a') => log.filter((line) => line === `del ${key}`).length,
  }
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    () => Object.assign(seen, { state: 'resolved' }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

/** Starts a call and lets happen what can happen; the call may never end. */
async function start(call: Promise<unknown>): Promise<Seen> {
  const seen = watch(call)
  await settle()
  return seen
}

describe('Reading', () => {
  it('a hit is answered without the database', async () => {
    const { aside, log, entries } = setUp()
    const value = { name: 'Ada' }
    entries.set('a', value)
    expect(await aside.read('a')).toBe(value)
    expect(log).toEqual(['get a'])
  })

  it('0, the empty string and false are hits', async () => {
    const { aside, log, entries } = setUp()
    const values = [0, '', false]
    values.forEach((value, i) => entries.set(`k${i}`, value))
    for (const [i, value] of values.entries()) expect(await aside.read(`k${i}`)).toBe(value)
    expect(log).toEqual(['get k0', 'get k1', 'get k2'])
  })

  it('a miss loads from the database and fills the cache', async () => {
    const { aside, log, rows, entries } = setUp()
    const keys = random.shuffle(['', '__proto__', 'a'])
    keys.forEach((key, i) => rows.set(key, [0, '', false][i]))
    for (const [i, key] of keys.entries()) expect(await aside.read(key)).toBe([0, '', false][i])
    await settle()
    expect(log).toEqual(keys.flatMap((key) => [`get ${key}`, `db.read ${key}`, `set ${key}`]))
    expect([...entries]).toEqual([...rows])
  })

  it('a row that does not exist is not cached', async () => {
    const { aside, log } = setUp()
    expect([await aside.read('a'), await aside.read('a')]).toEqual([null, null])
    await settle()
    expect(log).toEqual(['get a', 'db.read a', 'get a', 'db.read a'])
  })

  it('a cache that cannot be read counts as a miss', async () => {
    const { aside, log, rows, fails } = setUp()
    rows.set('a', 1)
    fails.add('get')
    expect(await aside.read('a')).toBe(1)
    await settle()
    expect(log).toEqual(['get a', 'db.read a', 'set a'])
  })

  it('a cache that cannot be filled does not fail the read', async () => {
    const { aside, rows, fails } = setUp()
    rows.set('a', 1)
    fails.add('set')
    expect(await aside.read('a')).toBe(1)
    fails.add('get')
    expect(await aside.read('a')).toBe(1)
    await settle()
  })

  it('an error of the database reaches the reader, and nothing is cached', async () => {
    const { aside, log, fails } = setUp()
    fails.add('db.read')
    await expect(aside.read('a')).rejects.toBeInstanceOf(DatabaseError)
    expect(log).toEqual(['get a', 'db.read a'])
  })
})

describe('Writing', () => {
  it('the database is written before the key is deleted, and the cache is never set', async () => {
    const { aside, log, rows, entries } = setUp()
    entries.set('a', 'old')
    entries.set('b', 'other')
    await start(aside.write('a', 'new'))
    expect(log).toEqual(['db.write a', 'del a'])
    expect([...rows]).toEqual([['a', 'new']])
    expect([...entries]).toEqual([['b', 'other']])
  })

  it('nothing is deleted before the database has answered', async () => {
    const { log } = setUp()
    let answer: () => void = () => {}
    const db = {
      read: async () => null,
      write: () => new Promise<void>((resolve) => (answer = resolve)),
    }
    const cache = { get: async () => null, set: async () => undefined, del: async () => void log.push('del') }
    const aside = new CacheAside<number>(db, cache, { maxRetries: 0, retryDelayMs: 0, sleep: async () => undefined })
    const write = await start(aside.write('a', 1))
    expect([write.state, ...log]).toEqual(['pending'])
    answer()
    await settle()
    expect([write.state, ...log]).toEqual(['resolved', 'del'])
  })

  it('a failing database rejects the write and leaves the cache alone', async () => {
    const { aside, log, fails, sleep } = setUp({ secondDeleteMs: 500 })
    fails.add('db.write')
    await expect(aside.write('a', 1)).rejects.toBeInstanceOf(DatabaseError)
    await settle()
    expect(log).toEqual(['db.write a'])
    expect(sleep).not.toHaveBeenCalled()
  })

  it('a write waits for the first deletion, but not for any retry', async () => {
    const { aside, state, held, sleeping } = setUp()
    state.holdDel = true
    const write = await start(aside.write('a', 1))
    expect(write.state).toBe('pending')
    held[0]?.reject(new CacheError('down'))
    await settle()
    expect(write.state).toBe('resolved')
    expect(sleeping()).toEqual([100])
  })
})

describe('Retries', () => {
  it('a failed deletion is tried again after each pause until it succeeds', async () => {
    const retryDelayMs = random.int(1, 1000)
    const { aside, fails, sleeping, onGiveUp, wake, dels } = setUp({ retryDelayMs })
    fails.add('del')
    await start(aside.write('a', 1))
    for (let retry = 1; retry <= 3; retry++) {
      await settle()
      expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([retry, 1, retryDelayMs])
      if (retry === 3) fails.clear()
      await wake()
    }
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([4, 0])
    expect(onGiveUp).not.toHaveBeenCalled()
  })

  it('after the last retry it gives up, once, with the last error', async () => {
    const maxRetries = random.int(1, 4)
    const { aside, fails, sleeping, onGiveUp, wake, dels } = setUp({ maxRetries })
    fails.add('del')
    await start(aside.write('a', 1))
    for (let retry = 1; retry <= maxRetries; retry++) {
      expect(onGiveUp).not.toHaveBeenCalled()
      await wake()
    }
    expect(onGiveUp).toHaveBeenCalledTimes(1)
    expect(onGiveUp.mock.calls[0]?.[0]).toBe('a')
    expect(onGiveUp.mock.calls[0]?.[1]).toMatchObject({ number: maxRetries + 1 })
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([maxRetries + 1, 0])
  })

  it('without retries it gives up at once', async () => {
    const { aside, fails, sleep, onGiveUp, dels } = setUp({ maxRetries: 0 })
    fails.add('del')
    await start(aside.write('a', 1))
    expect(onGiveUp).toHaveBeenCalledTimes(1)
    expect(onGiveUp.mock.calls[0]?.[1]).toMatchObject({ number: 1 })
    expect(sleep).not.toHaveBeenCalled()
    expect([dels(), aside.pendingRetries]).toEqual([1, 0])
  })

  it('giving up is quiet when nobody wants to hear of it, and the next failure starts afresh', async () => {
    const { aside, fails, sleeping, wake, dels } = setUp({ maxRetries: 1, onGiveUp: undefined })
    fails.add('del')
    for (let round = 1; round <= 2; round++) {
      await start(aside.write('a', 1))
      expect([aside.pendingRetries, ...sleeping()]).toEqual([1, 100])
      await wake()
      expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([2 * round, 0])
    }
  })

  it('failures of one key share one series of retries, which begins its count anew', async () => {
    const { aside, fails, sleeping, onGiveUp, wake, dels } = setUp({ maxRetries: 2 })
    fails.add('del')
    await start(aside.write('a', 1))
    await wake()
    await start(aside.write('a', 2))
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([3, 1, 100])
    await wake()
    expect(onGiveUp).not.toHaveBeenCalled()
    await wake()
    expect(onGiveUp).toHaveBeenCalledTimes(1)
    expect(onGiveUp.mock.calls[0]?.[1]).toMatchObject({ number: 5 })
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([5, 0])
  })

  it('keys are retried independently of each other', async () => {
    const { aside, fails, sleeping, wake, dels } = setUp()
    fails.add('del')
    const keys = random.shuffle(['a', '__proto__', 'c'])
    for (const key of keys) await start(aside.write(key, 1))
    expect([aside.pendingRetries, ...sleeping()]).toEqual([3, 100, 100, 100])
    fails.clear()
    await wake()
    expect(aside.pendingRetries).toBe(2)
    expect(keys.map((key) => dels(key))).toEqual([2, 1, 1])
  })

  for (const ending of ['succeeds', 'fails'] as const) {
    it(`a retry that began before a newer failure and ${ending} after it counts for nothing`, async () => {
      const { aside, fails, state, held, sleeping, onGiveUp, wake, dels } = setUp({ maxRetries: 1 })
      fails.add('del')
      await start(aside.write('a', 1))
      fails.clear()
      state.holdDel = true
      await wake()
      expect(held.length).toBe(1)
      fails.add('del')
      await start(aside.write('a', 2))
      expect(dels()).toBe(3)
      if (ending === 'succeeds') held[0]?.resolve()
      else held[0]?.reject(new CacheError('late'))
      await settle()
      expect([aside.pendingRetries, ...sleeping()]).toEqual([1, 100])
      expect(onGiveUp).not.toHaveBeenCalled()
      await wake()
      expect(onGiveUp.mock.calls[0]?.[1]).toMatchObject({ number: 3 })
      expect([dels(), aside.pendingRetries]).toEqual([4, 0])
    })
  }

  it('a later deletion that succeeds does not stop the retries', async () => {
    const { aside, fails, sleeping, wake, dels } = setUp()
    fails.add('del')
    await start(aside.write('a', 1))
    fails.clear()
    await start(aside.write('a', 2))
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([2, 1, 100])
    await wake()
    expect([dels(), aside.pendingRetries]).toEqual([3, 0])
  })

  it('retries and pauses that make no sense are refused', () => {
    for (const maxRetries of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => setUp({ maxRetries })).toThrow(RangeError)
    }
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => setUp({ retryDelayMs: ms })).toThrow(RangeError)
      expect(() => setUp({ secondDeleteMs: ms })).toThrow(RangeError)
    }
    expect(() => setUp({ maxRetries: 0, retryDelayMs: 0, secondDeleteMs: 0 })).not.toThrow()
  })
})

describe('Second deletion and change log', () => {
  it('a write is followed by one more deletion after the pause, and does not wait for it', async () => {
    const secondDeleteMs = random.int(0, 1000)
    const { aside, log, rows, sleeping, wake, dels } = setUp({ secondDeleteMs })
    rows.set('a', 'old')
    await start(aside.write('a', 1))
    expect([dels(), ...sleeping()]).toEqual([1, secondDeleteMs])
    await wake()
    expect(log).toEqual(['db.write a', 'del a', 'del a'])
    expect([aside.pendingRetries, ...sleeping()]).toEqual([0])
  })

  it('without a pause for it there is no second deletion', async () => {
    const { aside, sleep } = setUp()
    await start(aside.write('a', 1))
    expect(sleep).not.toHaveBeenCalled()
  })

  it('the pause begins when the first deletion has ended', async () => {
    const { aside, state, held, sleeping } = setUp({ secondDeleteMs: 500 })
    state.holdDel = true
    const write = await start(aside.write('a', 1))
    expect(sleeping()).toEqual([])
    held[0]?.resolve()
    await settle()
    expect([write.state, ...sleeping()]).toEqual(['resolved', 500])
  })

  it('the second deletion comes even if the first has failed, and is retried as well', async () => {
    const { aside, fails, sleeping, onGiveUp, wake, dels } = setUp({ secondDeleteMs: 500, maxRetries: 1 })
    fails.add('del')
    await start(aside.write('a', 1))
    expect(sleeping().sort()).toEqual([100, 500])
    await wake(100)
    expect(onGiveUp).toHaveBeenCalledTimes(1)
    await wake(500)
    expect([dels(), aside.pendingRetries, ...sleeping()]).toEqual([3, 1, 100])
    fails.clear()
    await wake()
    expect([dels(), aside.pendingRetries]).toEqual([4, 0])
  })

  it('an event of the change log deletes its key, once', async () => {
    const { aside, log, entries, sleep } = setUp({ secondDeleteMs: 500 })
    entries.set('a', 1)
    entries.set('b', 2)
    await start(aside.applyBinlog({ key: 'a', position: 0 }))
    expect(log).toEqual(['del a'])
    expect([...entries.keys()]).toEqual(['b'])
    expect(sleep).not.toHaveBeenCalled()
  })

  it('an event at or below the highest position is ignored, whatever its key', async () => {
    const { aside, log } = setUp()
    const base = random.int(1, 1e6)
    const events = [
      ['a', 2],
      ['a', 2],
      ['b', 1],
      ['b', 3],
      ['c', 3],
      ['a', 10],
      ['d', 9],
      ['d', 11],
    ] as const
    for (const [key, offset] of events) await start(aside.applyBinlog({ key, position: base + offset }))
    expect(log).toEqual(['del a', 'del b', 'del a', 'del d'])
  })

  it('an event counts as seen from the moment it is passed, not when its deletion has ended', async () => {
    const { aside, state, held, dels } = setUp()
    state.holdDel = true
    const first = watch(aside.applyBinlog({ key: 'a', position: 5 }))
    const again = await start(aside.applyBinlog({ key: 'a', position: 5 }))
    expect([dels(), first.state, again.state]).toEqual([1, 'pending', 'resolved'])
    held[0]?.resolve()
    await settle()
    expect(first.state).toBe('resolved')
  })

  it('an event whose deletion fails is retried, not rejected, and not processed again', async () => {
    const { aside, fails, sleeping, wake, dels } = setUp()
    fails.add('del')
    const event = await start(aside.applyBinlog({ key: 'a', position: 5 }))
    expect([event.state, aside.pendingRetries, ...sleeping()]).toEqual(['resolved', 1, 100])
    await start(aside.applyBinlog({ key: 'a', position: 5 }))
    expect([dels(), ...sleeping()]).toEqual([1, 100])
    fails.clear()
    await wake()
    expect([dels(), aside.pendingRetries]).toEqual([2, 0])
  })
})
