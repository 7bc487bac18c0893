import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { mapLimit, PoolClosedError, PoolFullError, WorkerPool } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await null
}

interface Seen<T> {
  state: 'pending' | 'resolved' | 'rejected'
  value?: T
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>): Seen<T> {
  const seen: Seen<T> = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

const states = (seen: ReadonlyArray<Seen<unknown>>) => seen.map(({ state }) => state)
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** Calls that end when the test says so, and the order in which they began. */
function calls() {
  const begun: number[] = []
  const ends = new Map<number, { resolve: (value: string) => void; reject: (error: unknown) => void }>()
  const call = (i: number) => {
    begun.push(i)
    return new Promise<string>((resolve, reject) => ends.set(i, { resolve, reject }))
  }
  return {
    begun,
    call,
    task: (i: number) => () => call(i),
    async end(i: number) {
      ends.get(i)?.resolve(`result ${i}`)
      await settle()
    },
    async fail(i: number, error: unknown) {
      ends.get(i)?.reject(error)
      await settle()
    },
  }
}

/** A pool of which all workers are busy, and tasks that wait: numbers 0, 1, 2 ... */
function busy(size: number, waiting: number) {
  const pool = new WorkerPool({ size })
  const tasks = calls()
  const results = numbers(size + waiting).map((i) => watch(pool.submit(tasks.task(i))))
  return { pool, results, ...tasks }
}

describe('Workers', () => {
  it('never more tasks run than there are workers', async () => {
    const size = random.int(1, 5)
    const { pool, begun, end } = busy(size, 4)
    await settle()
    expect([begun, pool.running, pool.queued]).toEqual([numbers(size), size, 4])
    const order = random.shuffle(numbers(size))
    for (const [i, done] of order.entries()) {
      await end(done)
      const next = Math.min(size + i + 1, size + 4)
      expect([begun, pool.queued]).toEqual([numbers(next), size + 4 - next])
    }
  })

  it('a task starts within the call when a worker is free', () => {
    const pool = new WorkerPool({ size: 2 })
    const { begun, task } = calls()
    for (const i of [0, 1, 2]) void pool.submit(task(i))
    expect([begun, pool.running, pool.queued]).toEqual([[0, 1], 2, 1])
  })

  it('results go to those who submitted the task', async () => {
    const { results, end } = busy(2, 1)
    await end(1)
    expect(states(results)).toEqual(['pending', 'resolved', 'pending'])
    await end(2)
    await end(0)
    expect(results.map(({ value }) => value)).toEqual(['result 0', 'result 1', 'result 2'])
    const pool = new WorkerPool({ size: 1 })
    expect([await pool.submit(() => 'plain'), await pool.submit(async () => undefined)]).toEqual(['plain', undefined])
  })

  it('a task that rejects fails alone, and its worker goes on', async () => {
    const { pool, results, begun, fail, end } = busy(1, 2)
    const error = new Error('broken')
    await fail(0, error)
    expect([results[0]?.reason, begun]).toEqual([error, [0, 1]])
    await end(1)
    await end(2)
    expect([states(results), pool.running]).toEqual([['rejected', 'resolved', 'resolved'], 0])
  })

  it('a task that throws fails alone, and its worker goes on', async () => {
    const pool = new WorkerPool({ size: 1 })
    const error = new Error('at once')
    const thrower = () => {
      throw error
    }
    const results = [thrower, thrower, () => 'fine'].map((task) => watch(pool.submit<string>(task)))
    await settle()
    expect(states(results)).toEqual(['rejected', 'rejected', 'resolved'])
    expect([results[0]?.reason, pool.running, pool.queued]).toEqual([error, 0, 0])
  })

  it('a size that makes no sense is refused with RangeError', () => {
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => new WorkerPool({ size })).toThrow(RangeError)
      expect(() => new WorkerPool({ size: 2 }).resize(size)).toThrow(RangeError)
    }
  })
})

describe('Queue', () => {
  it('as many tasks wait as the queue takes, the next is refused and never runs', async () => {
    const maxQueue = random.int(1, 4)
    const pool = new WorkerPool({ size: 1, maxQueue })
    const { task, begun, end } = calls()
    const results = numbers(maxQueue + 2).map((i) => watch(pool.submit(task(i))))
    await settle()
    expect(states(results)).toEqual([...numbers(maxQueue + 1).map(() => 'pending'), 'rejected'])
    expect(results.at(-1)?.reason).toBeInstanceOf(PoolFullError)
    await end(0)
    expect(states([watch(pool.submit(task(100)))])).toEqual(['pending'])
    expect(pool.queued).toBe(maxQueue)
    for (const i of [...numbers(maxQueue, 1), 100]) await end(i)
    expect(begun).toEqual([...numbers(maxQueue + 1), 100])
  })

  it('without a queue a task runs at once or is refused', async () => {
    const pool = new WorkerPool({ size: 2, maxQueue: 0 })
    const { task } = calls()
    const results = numbers(3).map((i) => watch(pool.submit(task(i))))
    await settle()
    expect([states(results), pool.running]).toEqual([['pending', 'pending', 'rejected'], 2])
  })

  it('without a bound any number of tasks waits', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), count: number) => {
      const pool = new solution.WorkerPool({ size: 3 })
      const order: number[] = []
      let running = 0
      let most = 0
      for (let i = 0; i < count; i++) {
        void pool.submit(async () => {
          order.push(i)
          most = Math.max(most, ++running)
          for (let turn = 0; turn < 2; turn++) await null
          running--
        })
      }
      const queued = pool.queued
      await pool.close()
      return { queued, most, inOrder: order.length === count && order.every((task, i) => task === i) }
    }, 1_100)
    expect(report).toEqual({ queued: 1_097, most: 3, inOrder: true })
  })

  it('a bound that makes no sense is refused with RangeError', () => {
    for (const maxQueue of [-1, 0.5, Number.NaN]) {
      expect(() => new WorkerPool({ size: 1, maxQueue })).toThrow(RangeError)
    }
  })
})

describe('Resize and close', () => {
  it('more workers start on the queue at once', async () => {
    const { pool, begun } = busy(1, 5)
    pool.resize(4)
    expect([begun, pool.running, pool.queued]).toEqual([[0, 1, 2, 3], 4, 2])
  })

  it('fewer workers let running tasks end, and start no other until they are few enough', async () => {
    const { pool, begun, end } = busy(3, 3)
    pool.resize(1)
    expect([pool.running, pool.queued]).toEqual([3, 3])
    await end(1)
    await end(0)
    expect([begun, pool.running]).toEqual([[0, 1, 2], 1])
    await end(2)
    expect([begun, pool.running, pool.queued]).toEqual([[0, 1, 2, 3], 1, 2])
  })

  it('closing finishes what runs and what waits, and refuses what comes later', async () => {
    const { pool, results, begun, end, task } = busy(1, 2)
    const closed = watch(pool.close(random.next() < 0.5 ? {} : { drain: true }))
    const late = watch(pool.submit(task(9)))
    for (const i of numbers(3)) {
      await settle()
      expect([closed.state, begun]).toEqual(['pending', numbers(i + 1)])
      await end(i)
    }
    expect([closed.state, states(results)]).toEqual(['resolved', ['resolved', 'resolved', 'resolved']])
    expect(late.reason).toBeInstanceOf(PoolClosedError)
  })

  it('closing without draining refuses what waits, and finishes what runs', async () => {
    const { pool, results, begun, end } = busy(2, 2)
    const closed = watch(pool.close({ drain: false }))
    await settle()
    expect([states(results), closed.state]).toEqual([['pending', 'pending', 'rejected', 'rejected'], 'pending'])
    for (const { reason } of results.slice(2)) expect(reason).toBeInstanceOf(PoolClosedError)
    expect(pool.queued).toBe(0)
    await end(0)
    expect(closed.state).toBe('pending')
    await end(1)
    expect([closed.state, begun]).toEqual(['resolved', [0, 1]])
  })

  it('an idle pool is closed at once, and closing again is no mistake', async () => {
    const pool = new WorkerPool({ size: 2 })
    const all = [watch(pool.close()), watch(pool.close({ drain: false }))]
    const late = watch(pool.submit(() => 'late'))
    await settle()
    expect([states(all), late.state]).toEqual([['resolved', 'resolved'], 'rejected'])
    expect(states([watch(pool.close())])).toEqual(['pending'])
  })

  it('who drains may change his mind; every call of close hears of the end', async () => {
    const { pool, results, end } = busy(1, 2)
    const first = watch(pool.close())
    await end(0)
    const second = watch(pool.close({ drain: false }))
    await settle()
    expect([states(results), first.state, second.state]).toEqual([
      ['resolved', 'pending', 'rejected'],
      'pending',
      'pending',
    ])
    await end(1)
    expect([first.state, second.state]).toEqual(['resolved', 'resolved'])
  })
})

describe('mapLimit', () => {
  it('results come in the order of the items, whoever ends first', async () => {
    const { begun, call, end } = calls()
    const count = random.int(4, 7)
    const items = numbers(count).map((i) => `item ${i}`)
    const fn = vi.fn((_item: string, index: number) => call(index))
    const seen = watch(mapLimit(items, count, fn))
    await settle()
    expect(begun).toEqual(numbers(count))
    for (const i of random.shuffle(numbers(count))) {
      expect(seen.state).toBe('pending')
      await end(i)
    }
    expect(seen.value).toEqual(numbers(count).map((i) => `result ${i}`))
    expect(fn.mock.calls).toEqual(items.map((item, i) => [item, i]))
  })

  it('no more calls run than allowed, and a free place is taken at once', async () => {
    const { begun, call, end } = calls()
    const limit = random.int(2, 4)
    const seen = watch(mapLimit(numbers(limit + 3), limit, call))
    await settle()
    expect(begun).toEqual(numbers(limit))
    await end(limit - 1)
    expect(begun).toEqual(numbers(limit + 1))
    await end(0)
    await end(1)
    expect(begun).toEqual(numbers(limit === 2 ? limit + 2 : limit + 3))
    expect(seen.state).toBe('pending')
  })

  it('an item is taken from the iterable only when its call begins', async () => {
    const { call, end } = calls()
    let taken = 0
    function* items(): Generator<number> {
      while (taken < 50) yield taken++
    }
    void mapLimit(items(), 3, call)
    await settle()
    expect(taken).toBe(3)
    await end(1)
    expect(taken).toBe(4)
  })

  it('after an error nothing more is begun or taken, and the iterator is closed', async () => {
    const { begun, call, fail, end } = calls()
    // It would go on after it was closed: whoever asks for more gets more.
    const closed = vi.fn(() => ({ done: true as const, value: undefined }))
    let next = 0
    const items: Iterable<number> = {
      [Symbol.iterator]: () => ({ next: () => ({ done: next >= 9, value: next++ }), return: closed }),
    }
    const seen = watch(mapLimit(items, 3, call))
    await settle()
    const error = new Error('broken')
    await fail(1, error)
    expect([seen.state, closed.mock.calls.length]).toEqual(['rejected', 1])
    expect(seen.reason).toBe(error)
    await end(0)
    await fail(2, new Error('too late'))
    expect([begun, next, seen.reason, closed.mock.calls.length]).toEqual([[0, 1, 2], 3, error, 1])
  })

  it('an iterator that has ended is not closed when a call fails afterwards', async () => {
    const { begun, call, fail } = calls()
    const closed = vi.fn(() => ({ done: true as const, value: undefined }))
    let next = 0
    const items: Iterable<number> = {
      [Symbol.iterator]: () => ({ next: () => ({ done: next >= 2, value: next++ }), return: closed }),
    }
    // The third place is free, so the end has been seen before the call fails.
    const seen = watch(mapLimit(items, 3, call))
    await settle()
    const error = new Error('broken')
    await fail(1, error)
    expect([begun, seen.state, closed.mock.calls.length]).toEqual([[0, 1], 'rejected', 0])
    expect(seen.reason).toBe(error)
  })

  it('a function that throws before it returns a promise is an error as well', async () => {
    const error = new Error('at once')
    const fn = vi.fn((item: number) => {
      if (item === 2) throw error
      return Promise.resolve(item)
    })
    const seen = watch(mapLimit(numbers(9), 1, fn))
    await settle()
    expect([seen.reason, fn.mock.calls.length]).toEqual([error, 3])
  })

  it('an iterable that throws is an error as well', async () => {
    const error = new Error('disk')
    let asked = 0
    const closed = vi.fn(() => ({ done: true as const, value: undefined }))
    const next = () => {
      if (++asked === 3) throw error
      return { done: false, value: asked }
    }
    const items: Iterable<number> = { [Symbol.iterator]: () => ({ next, return: closed }) }
    const { begun, call, end } = calls()
    const seen = watch(mapLimit(items, 3, call))
    await settle()
    expect(seen.reason).toBe(error)
    await end(1)
    await end(2)
    expect([begun, asked, closed.mock.calls.length]).toEqual([[1, 2], 3, 0])
  })

  it('few items need few calls, none need none', async () => {
    const fn = vi.fn(async (item: number) => item * 2)
    expect(await mapLimit([4, 5], 1000, fn)).toEqual([8, 10])
    expect(await mapLimit(new Set<number>(), 3, fn)).toEqual([])
    expect(fn).toHaveBeenCalledTimes(2)
  })

  it('a limit that makes no sense is refused with RangeError, before anything is taken', async () => {
    const next = vi.fn(() => ({ done: true as const, value: undefined }))
    const items = { [Symbol.iterator]: () => ({ next }) }
    const all = [0, -1, 1.5, Number.NaN].map((limit) => watch(mapLimit(items, limit, async () => 1)))
    await settle()
    for (const { reason } of all) expect(reason).toBeInstanceOf(RangeError)
    expect(next).not.toHaveBeenCalled()
  })
})
