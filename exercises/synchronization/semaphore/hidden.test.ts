import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { Semaphore } from './solution'

/** Lets everything happen that can happen. */
async function settle(turns = 50): Promise<void> {
  for (let i = 0; i < turns; i++) await null
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
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A semaphore of which all permits are held. */
function exhausted(size: number): Semaphore {
  return inGuest((solution: typeof import('./solution'), size: number) => {
    const semaphore = new solution.Semaphore(size)
    semaphore.tryAcquire(size)
    return semaphore
  }, size)
}

/** Asks for these numbers of permits, one call after the other. */
function acquireAll(semaphore: Semaphore, requests: readonly number[]): Array<Seen<void>> {
  const driver = (_: unknown, semaphore: Semaphore, requests: readonly number[]) => {
    return requests.map((n) => semaphore.acquire(n))
  }
  return inGuest(driver, semaphore, requests).map(watch)
}

/** What the semaphore says of itself: permits that nobody holds, and calls in line. */
function look(semaphore: Semaphore): [available: number, waiting: number] {
  return inGuest((_: unknown, { available, waiting }: Semaphore) => [available, waiting], semaphore)
}

type Step = readonly ['acquire' | 'try' | 'release', number]

/** What can be seen after a step: what `tryAcquire` said, and which calls of `acquire` the step has served. */
interface After {
  said: boolean | null
  served: number[]
  available: number
  waiting: number
}

/** Takes a new semaphore through these steps. (They cross as one text, much faster than as many objects.) */
async function play(size: number, steps: readonly Step[]): Promise<After[]> {
  const driver = async (solution: typeof import('./solution'), size: number, script: string) => {
    const semaphore = new solution.Semaphore(size)
    const after: After[] = []
    let served: number[] = []
    let calls = 0
    for (const [kind, n] of JSON.parse(script) as Step[]) {
      const id = calls
      const said = kind === 'try' ? semaphore.tryAcquire(n) : null
      if (kind === 'release') semaphore.release(n)
      if (kind === 'acquire') {
        calls++
        void semaphore.acquire(n).then(() => served.push(id))
      }
      for (let turn = 0; turn < 30; turn++) await null
      after.push({ said, served, available: semaphore.available, waiting: semaphore.waiting })
      served = []
    }
    return JSON.stringify(after)
  }
  return JSON.parse(await inGuest(driver, size, JSON.stringify(steps))) as After[]
}

describe('Acquire and release', () => {
  it('permits are lent as long as there are enough', async () => {
    const size = random.int(4, 9)
    const semaphore = new Semaphore(size)
    expect(look(semaphore)).toEqual([size, 0])
    const calls = acquireAll(semaphore, [3, size - 3, 1])
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'pending'])
    expect(look(semaphore)).toEqual([0, 1])
  })

  it('the number defaults to one permit', async () => {
    const semaphore = new Semaphore(3)
    const acquire = watch(semaphore.acquire())
    await settle()
    expect(acquire.state).toBe('resolved')
    expect(semaphore.available).toBe(2)
    expect(semaphore.tryAcquire()).toBe(true)
    expect(semaphore.available).toBe(1)
    semaphore.release()
    expect(semaphore.available).toBe(2)
  })

  it('tryAcquire takes all it was asked for, or nothing', async () => {
    const after = await play(5, [['try', 3], ['try', 3], ['try', 2], ['try', 6]])
    expect(after).toEqual([
      { said: true, served: [], available: 2, waiting: 0 },
      { said: false, served: [], available: 2, waiting: 0 },
      { said: true, served: [], available: 0, waiting: 0 },
      { said: false, served: [], available: 0, waiting: 0 },
    ])
  })

  it('a request larger than the semaphore is refused at once instead of waiting for ever', async () => {
    const size = random.int(1, 5)
    const semaphore = exhausted(size)
    const call = watch(semaphore.acquire(size + 1))
    await settle()
    expect(call.reason).toBeInstanceOf(RangeError)
    expect(semaphore.waiting).toBe(0)
  })

  it('releasing more than is held throws RangeError and changes nothing', async () => {
    const semaphore = new Semaphore(3)
    expect(() => semaphore.release()).toThrow(RangeError)
    semaphore.tryAcquire(2)
    expect(() => semaphore.release(3)).toThrow(RangeError)
    expect(semaphore.available).toBe(1)
    semaphore.release(2)
    expect(() => semaphore.release()).toThrow(RangeError)
    expect(semaphore.available).toBe(3)
    const calls = acquireAll(semaphore, [1, 1, 1, 1])
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'resolved', 'pending'])
  })

  it('a request for no permits never waits and takes nothing', async () => {
    const after = await play(2, [['acquire', 2], ['acquire', 1], ['acquire', 0], ['try', 0], ['release', 0]])
    expect(after.slice(2)).toEqual([
      { said: null, served: [2], available: 0, waiting: 1 },
      { said: true, served: [], available: 0, waiting: 1 },
      { said: null, served: [], available: 0, waiting: 1 },
    ])
  })

  it('sizes and numbers that make no sense are refused with RangeError', async () => {
    const report = await inGuest(async ({ Semaphore }: typeof import('./solution')) => {
      const isRangeError = (error: unknown) => error instanceof RangeError
      const isThrown = (call: () => unknown): boolean => {
        try {
          call()
          return false
        } catch (error) {
          return isRangeError(error)
        }
      }
      const semaphore = new Semaphore(3)
      semaphore.tryAcquire(1)
      const tooLate = AbortSignal.abort(new Error('too late'))
      const numbers = [-1, 0.5, Number.NaN]
      const thrown = [
        ...[0, -1, 1.5, Number.NaN].map((size) => isThrown(() => new Semaphore(size))),
        ...numbers.map((n) => isThrown(() => semaphore.tryAcquire(n))),
        ...numbers.map((n) => isThrown(() => semaphore.release(n))),
      ]
      const calls = [
        ...numbers.flatMap((n) => [semaphore.acquire(n), semaphore.acquire(n, tooLate), semaphore.use(n, () => {})]),
        semaphore.acquire(4, tooLate),
      ]
      const rejected = await Promise.all(calls.map((call) => call.then(() => false, isRangeError)))
      return { thrown, rejected, available: semaphore.available, waiting: semaphore.waiting }
    })
    const [thrown, rejected] = [Array(10).fill(true), Array(10).fill(true)]
    expect(report).toEqual({ thrown, rejected, available: 2, waiting: 0 })
  })
})

describe('Fairness', () => {
  it('equal requests are served in the order of their arrival', async () => {
    const after = await play(1, [...Array<Step>(5).fill(['acquire', 1]), ...Array<Step>(4).fill(['release', 1])])
    expect(after.map(({ served }) => served)).toEqual([[0], [], [], [], [], [1], [2], [3], [4]])
  })

  it('a large request at the head of the line holds back later small ones', async () => {
    const size = random.int(3, 8)
    const after = await play(size, [
      ['acquire', size],
      ['acquire', size],
      ['acquire', 1],
      ...Array<Step>(size).fill(['release', 1]),
    ])
    const holdingBack = numbers(size).map((available) => ({ said: null, served: [], available, waiting: 2 }))
    expect(after.slice(2)).toEqual([...holdingBack, { said: null, served: [1], available: 0, waiting: 1 }])
  })

  it('a new request waits behind the line even if there are permits for it', async () => {
    const after = await play(3, [['acquire', 3], ['acquire', 3], ['release', 2], ['acquire', 1], ['try', 1]])
    expect(after.slice(2)).toEqual([
      { said: null, served: [], available: 2, waiting: 1 },
      { said: null, served: [], available: 2, waiting: 2 },
      { said: false, served: [], available: 2, waiting: 2 },
    ])
  })

  it('one release serves as many waiters as fit, in order', async () => {
    const requests = [10, 2, 1, 3, 5, 1].map((n): Step => ['acquire', n])
    const after = await play(10, [...requests, ['release', 8], ['release', 3]])
    expect(after.slice(6)).toEqual([
      { said: null, served: [1, 2, 3], available: 2, waiting: 2 },
      { said: null, served: [4], available: 0, waiting: 1 },
    ])
  })

  it('permits belong to the waiter from the moment of the release', async () => {
    const semaphore = exhausted(2)
    const waiting = watch(semaphore.acquire(2))
    semaphore.release(2)
    expect(look(semaphore)).toEqual([0, 0])
    expect(semaphore.tryAcquire(1)).toBe(false)
    await settle()
    expect(waiting.state).toBe('resolved')
    expect(semaphore.available).toBe(0)
  })

  it('after any mixture of calls the semaphore agrees with a simple model', async () => {
    const size = random.int(2, 6)
    // Starts with a line of small requests behind a large one, all permits being held.
    const steps: Step[] = [['acquire', size], ['acquire', size], ['acquire', 1], ['acquire', 1]]
    const held: number[] = [size]
    let line: Array<{ id: number; n: number }> = [{ id: 1, n: size }, { id: 2, n: 1 }, { id: 3, n: 1 }]
    let available = 0
    let calls = 4
    const expected: After[] = []
    while (steps.length < 120) {
      const n = random.int(1, size)
      const kind = held.length === 0 ? 'acquire' : random.pick(['acquire', 'try', 'release', 'release'] as const)
      let said: boolean | null = null
      const served: number[] = []
      if (kind === 'acquire') {
        line.push({ id: calls++, n })
        steps.push([kind, n])
      } else if (kind === 'try') {
        said = line.length === 0 && n <= available
        if (said) {
          available -= n
          held.push(n)
        }
        steps.push([kind, n])
      } else {
        const [given = 0] = held.splice(random.int(0, held.length - 1), 1)
        available += given
        steps.push([kind, given])
      }
      for (let head = line[0]; head && head.n <= available; head = line[0]) {
        available -= head.n
        held.push(head.n)
        served.push(head.id)
        line = line.slice(1)
      }
      expected.push({ said, served, available, waiting: line.length })
    }
    const after = await play(size, steps)
    expect(after.slice(4)).toEqual(expected)
  })

  it('never more than the permitted number of three hundred tasks run at once', async () => {
    const report = await inGuest(
      async (solution: typeof import('./solution'), size: number, tasks: number) => {
        const semaphore = new solution.Semaphore(size)
        let running = 0
        let most = 0
        let done = 0
        for (let i = 0; i < tasks; i++) {
          void semaphore.use(1 + (i % size), async () => {
            running += 1 + (i % size)
            most = Math.max(most, running)
            for (let pause = i % 4; pause > 0; pause--) await null
            running -= 1 + (i % size)
            done++
          })
        }
        // Far more turns than any honest semaphore needs, and an end for one that forgets somebody.
        for (let turn = 0; turn < tasks * 100 && (done < tasks || semaphore.available < size); turn++) await null
        return { done, most, available: semaphore.available, waiting: semaphore.waiting }
      },
      4,
      300,
    )
    expect(report).toEqual({ done: 300, most: 4, available: 4, waiting: 0 })
  })
})

describe('Cancellation', () => {
  it('an aborted call leaves the line with the reason of the abort', async () => {
    const semaphore = exhausted(2)
    const controller = new AbortController()
    const signals = [undefined, controller.signal, undefined]
    const calls = signals.map((signal) => watch(semaphore.acquire(1, signal)))
    const reason = new Error('the client hung up')
    controller.abort(reason)
    await settle()
    expect(calls[1]?.reason).toBe(reason)
    expect(semaphore.waiting).toBe(2)
    semaphore.release(2)
    await settle()
    expect(states(calls)).toEqual(['resolved', 'rejected', 'resolved'])
    expect(semaphore.available).toBe(0)
  })

  it('when the head of the line gives up, those behind it that fit go on at once', async () => {
    const semaphore = exhausted(5)
    const controller = new AbortController()
    const large = watch(semaphore.acquire(5, controller.signal))
    const small = acquireAll(semaphore, [1, 2, 3])
    semaphore.release(3)
    await settle()
    expect(states(small)).toEqual(['pending', 'pending', 'pending'])
    controller.abort(new Error('enough'))
    await settle()
    expect(large.state).toBe('rejected')
    expect(states(small)).toEqual(['resolved', 'resolved', 'pending'])
    expect(look(semaphore)).toEqual([0, 1])
  })

  it('a signal that is already aborted takes no permits, even if there are some', async () => {
    const semaphore = new Semaphore(2)
    const reason = new Error('too late')
    const calls = [1, 0].map((n) => watch(semaphore.acquire(n, AbortSignal.abort(reason))))
    await settle()
    expect(calls.map((seen) => seen.reason)).toEqual([reason, reason])
    expect(look(semaphore)).toEqual([2, 0])
  })

  it('an abort after the permits were granted changes nothing', async () => {
    const semaphore = exhausted(2)
    const controller = new AbortController()
    const call = watch(semaphore.acquire(1, controller.signal))
    const other = watch(semaphore.acquire(2))
    semaphore.release(1)
    controller.abort(new Error('afterthought'))
    await settle()
    expect(states([call, other])).toEqual(['resolved', 'pending'])
    expect(look(semaphore)).toEqual([0, 1])
    semaphore.release(2)
    await settle()
    expect(other.state).toBe('resolved')
  })

  it('one signal can end many waits', async () => {
    const semaphore = exhausted(3)
    const controller = new AbortController()
    const calls = numbers(4).map((i) => watch(semaphore.acquire(1, i % 2 === 0 ? controller.signal : undefined)))
    controller.abort(new Error('shutting down'))
    await settle()
    expect(states(calls)).toEqual(['rejected', 'pending', 'rejected', 'pending'])
    semaphore.release(3)
    await settle()
    expect(states(calls)).toEqual(['rejected', 'resolved', 'rejected', 'resolved'])
    expect(look(semaphore)).toEqual([1, 0])
  })
})

describe('use', () => {
  it('the function runs with its permits held, and its result is passed on', async () => {
    const semaphore = new Semaphore(3)
    const fn = vi.fn(async () => {
      expect(semaphore.available).toBe(1)
      await settle(3)
      return 'result'
    })
    const use = watch(semaphore.use(2, fn))
    await settle()
    expect(use).toEqual({ state: 'resolved', value: 'result' })
    expect(fn).toHaveBeenCalledTimes(1)
    expect(semaphore.available).toBe(3)
  })

  it('the function does not start before its permits are there', async () => {
    const semaphore = exhausted(2)
    const fn = vi.fn(() => 'result')
    const use = watch(semaphore.use(2, fn))
    semaphore.release(1)
    await settle()
    expect(fn).not.toHaveBeenCalled()
    expect(semaphore.waiting).toBe(1)
    semaphore.release(1)
    await settle()
    expect(use.value).toBe('result')
    expect(semaphore.available).toBe(2)
  })

  it('permits come back when the function throws or rejects', async () => {
    const semaphore = new Semaphore(2)
    const thrown = new Error('thrown')
    const rejected = new Error('rejected')
    const calls = [
      watch(
        semaphore.use(2, () => {
          throw thrown
        }),
      ),
      watch(semaphore.use(1, () => Promise.reject(rejected))),
      watch(semaphore.use(2, () => 'fine')),
    ]
    await settle()
    expect(calls.map((seen) => seen.reason)).toEqual([thrown, rejected, undefined])
    expect(calls[2]?.value).toBe('fine')
    expect(look(semaphore)).toEqual([2, 0])
  })

  it('a request that can never be met does not run the function', async () => {
    const semaphore = new Semaphore(2)
    const fn = vi.fn()
    const use = watch(semaphore.use(3, fn))
    await settle()
    expect(use.reason).toBeInstanceOf(RangeError)
    expect(fn).not.toHaveBeenCalled()
    expect(semaphore.available).toBe(2)
  })
})
