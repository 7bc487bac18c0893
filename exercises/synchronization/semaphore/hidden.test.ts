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
  const semaphore = new Semaphore(size)
  expect(semaphore.tryAcquire(size)).toBe(true)
  return semaphore
}

describe('Acquire and release', () => {
  it('permits are lent as long as there are enough', async () => {
    const size = random.int(4, 9)
    const semaphore = new Semaphore(size)
    expect([semaphore.available, semaphore.waiting]).toEqual([size, 0])
    const calls = [watch(semaphore.acquire(3)), watch(semaphore.acquire(size - 3)), watch(semaphore.acquire(1))]
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'pending'])
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
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

  it('tryAcquire takes all it was asked for, or nothing', () => {
    const semaphore = new Semaphore(5)
    expect(semaphore.tryAcquire(3)).toBe(true)
    expect(semaphore.tryAcquire(3)).toBe(false)
    expect(semaphore.available).toBe(2)
    expect(semaphore.tryAcquire(2)).toBe(true)
    expect(semaphore.tryAcquire(6)).toBe(false)
    expect(semaphore.waiting).toBe(0)
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
    const calls = numbers(4).map(() => watch(semaphore.acquire()))
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'resolved', 'pending'])
  })

  it('a request for no permits never waits and takes nothing', async () => {
    const semaphore = exhausted(2)
    const waiting = watch(semaphore.acquire())
    const nothing = watch(semaphore.acquire(0))
    await settle()
    expect(states([waiting, nothing])).toEqual(['pending', 'resolved'])
    expect(semaphore.tryAcquire(0)).toBe(true)
    semaphore.release(0)
    await settle()
    expect(waiting.state).toBe('pending')
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
  })

  it('sizes and numbers that make no sense are refused with RangeError', async () => {
    for (const size of [0, -1, 1.5, Number.NaN]) expect(() => new Semaphore(size)).toThrow(RangeError)
    const semaphore = new Semaphore(3)
    semaphore.tryAcquire(1)
    for (const n of [-1, 0.5, Number.NaN]) {
      expect(() => semaphore.tryAcquire(n)).toThrow(RangeError)
      expect(() => semaphore.release(n)).toThrow(RangeError)
      const calls = [
        watch(semaphore.acquire(n)),
        watch(semaphore.acquire(n, AbortSignal.abort(new Error('too late')))),
        watch(semaphore.use(n, async () => {})),
      ]
      await settle()
      for (const { reason } of calls) expect(reason).toBeInstanceOf(RangeError)
    }
    expect([semaphore.available, semaphore.waiting]).toEqual([2, 0])
  })
})

describe('Fairness', () => {
  it('equal requests are served in the order of their arrival', async () => {
    const semaphore = exhausted(1)
    const calls = numbers(4).map(() => watch(semaphore.acquire()))
    for (const served of numbers(4)) {
      semaphore.release()
      await settle()
      expect(states(calls)).toEqual(numbers(4).map((i) => (i <= served ? 'resolved' : 'pending')))
    }
  })

  it('a large request at the head of the line holds back later small ones', async () => {
    const size = random.int(3, 8)
    const semaphore = exhausted(size)
    const large = watch(semaphore.acquire(size))
    const small = watch(semaphore.acquire(1))
    for (let released = 1; released < size; released++) {
      semaphore.release()
      await settle()
      expect(states([large, small])).toEqual(['pending', 'pending'])
      expect(semaphore.available).toBe(released)
    }
    semaphore.release()
    await settle()
    expect(states([large, small])).toEqual(['resolved', 'pending'])
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
  })

  it('a new request waits behind the line even if there are permits for it', async () => {
    const semaphore = exhausted(3)
    const large = watch(semaphore.acquire(3))
    semaphore.release(2)
    const late = watch(semaphore.acquire(1))
    await settle()
    expect(states([large, late])).toEqual(['pending', 'pending'])
    expect(semaphore.tryAcquire(1)).toBe(false)
    expect([semaphore.available, semaphore.waiting]).toEqual([2, 2])
  })

  it('one release serves as many waiters as fit, in order', async () => {
    const semaphore = exhausted(10)
    const calls = [2, 1, 3, 5, 1].map((n) => watch(semaphore.acquire(n)))
    semaphore.release(8)
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'resolved', 'pending', 'pending'])
    expect([semaphore.available, semaphore.waiting]).toEqual([2, 2])
    semaphore.release(3)
    await settle()
    expect(states(calls)).toEqual(numbers(5).map((i) => (i < 4 ? 'resolved' : 'pending')))
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
  })

  it('permits belong to the waiter from the moment of the release', async () => {
    const semaphore = exhausted(2)
    const waiting = watch(semaphore.acquire(2))
    semaphore.release(2)
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 0])
    expect(semaphore.tryAcquire(1)).toBe(false)
    await settle()
    expect(waiting.state).toBe('resolved')
    expect(semaphore.available).toBe(0)
  })

  it('after any mixture of calls the semaphore agrees with a simple model', async () => {
    const size = random.int(2, 6)
    const semaphore = new Semaphore(size)
    let available = size
    let line: Array<{ id: number; n: number }> = []
    const held: number[] = []
    const calls: Array<Seen<void>> = []
    const served = new Set<number>()
    const serve = () => {
      for (let head = line[0]; head && head.n <= available; head = line[0]) {
        available -= head.n
        held.push(head.n)
        served.add(head.id)
        line = line.slice(1)
      }
    }
    // Starts with a line of small requests behind a large one.
    const opening = [size, 1, 1, 1]
    for (let step = 0; step < 120; step++) {
      const n = opening[step] ?? random.int(1, size)
      const kind =
        step < opening.length || held.length === 0 ? 'acquire' : random.pick(['acquire', 'try', 'release', 'release'])
      if (kind === 'acquire') {
        line.push({ id: calls.length, n })
        calls.push(watch(semaphore.acquire(n)))
      } else if (kind === 'try') {
        const fits = line.length === 0 && n <= available
        expect(semaphore.tryAcquire(n)).toBe(fits)
        if (fits) {
          available -= n
          held.push(n)
        }
      } else {
        const [given = 0] = held.splice(random.int(0, held.length - 1), 1)
        available += given
        semaphore.release(given)
      }
      serve()
      await settle()
      expect([semaphore.available, semaphore.waiting]).toEqual([available, line.length])
    }
    expect(states(calls)).toEqual(calls.map((_, id) => (served.has(id) ? 'resolved' : 'pending')))
  })

  it('never more than the permitted number of two thousand tasks run at once', async () => {
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
      2000,
    )
    expect(report).toEqual({ done: 2000, most: 4, available: 4, waiting: 0 })
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
    const small = [watch(semaphore.acquire(1)), watch(semaphore.acquire(2)), watch(semaphore.acquire(3))]
    semaphore.release(3)
    await settle()
    expect(states(small)).toEqual(['pending', 'pending', 'pending'])
    controller.abort(new Error('enough'))
    await settle()
    expect(large.state).toBe('rejected')
    expect(states(small)).toEqual(['resolved', 'resolved', 'pending'])
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
  })

  it('a signal that is already aborted takes no permits, even if there are some', async () => {
    const semaphore = new Semaphore(2)
    const reason = new Error('too late')
    const calls = [1, 0].map((n) => watch(semaphore.acquire(n, AbortSignal.abort(reason))))
    await settle()
    expect(calls.map((seen) => seen.reason)).toEqual([reason, reason])
    expect([semaphore.available, semaphore.waiting]).toEqual([2, 0])
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
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 1])
    semaphore.release(2)
    await settle()
    expect(other.state).toBe('resolved')
  })

  it('one signal can end many waits', async () => {
    const semaphore = exhausted(3)
    const controller = new AbortController()
    const calls = numbers(6).map((i) => watch(semaphore.acquire(1, i % 2 === 0 ? controller.signal : undefined)))
    controller.abort(new Error('shutting down'))
    await settle()
    expect(states(calls)).toEqual(numbers(6).map((i) => (i % 2 === 0 ? 'rejected' : 'pending')))
    semaphore.release(3)
    await settle()
    expect(states(calls)).toEqual(numbers(6).map((i) => (i % 2 === 0 ? 'rejected' : 'resolved')))
    expect([semaphore.available, semaphore.waiting]).toEqual([0, 0])
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
    expect([semaphore.available, semaphore.waiting]).toEqual([2, 0])
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
