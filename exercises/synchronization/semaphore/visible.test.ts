import { describe, expect, it } from 'vitest'
import { Semaphore } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen: { state: 'pending' | 'resolved' | 'rejected'; value?: T; reason?: unknown } = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

describe('Semaphore', () => {
  it('lends permits until none are left', async () => {
    const semaphore = new Semaphore(3)
    const calls = [watch(semaphore.acquire(2)), watch(semaphore.acquire()), watch(semaphore.acquire())]
    await settle()
    expect(calls.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'pending'])
    expect(semaphore.available).toBe(0)
    expect(semaphore.waiting).toBe(1)
  })

  it('gives released permits to the one who waits', async () => {
    const semaphore = new Semaphore(1)
    expect(semaphore.tryAcquire()).toBe(true)
    const waiting = watch(semaphore.acquire())
    await settle()
    expect(waiting.state).toBe('pending')

    semaphore.release()
    await settle()
    expect(waiting.state).toBe('resolved')
    expect(semaphore.available).toBe(0)
  })

  it('refuses a request that can never be met', async () => {
    const semaphore = new Semaphore(3)
    const greedy = watch(semaphore.acquire(4))
    await settle()
    expect(greedy.reason).toBeInstanceOf(RangeError)
  })

  it('lets a waiting call be aborted', async () => {
    const semaphore = new Semaphore(1)
    await semaphore.acquire()
    const controller = new AbortController()
    const waiting = watch(semaphore.acquire(1, controller.signal))
    const reason = new Error('the client hung up')
    controller.abort(reason)
    await settle()
    expect(waiting.reason).toBe(reason)
    expect(semaphore.waiting).toBe(0)
  })

  it('runs a function with permits and gives them back', async () => {
    const semaphore = new Semaphore(2)
    const result = await semaphore.use(2, () => {
      expect(semaphore.available).toBe(0)
      return 'done'
    })
    expect(result).toBe('done')
    expect(semaphore.available).toBe(2)
  })
})
