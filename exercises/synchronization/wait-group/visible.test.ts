import { describe, expect, it } from 'vitest'
import { NegativeCounterError, WaitGroup } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen: { state: 'pending' | 'resolved' | 'rejected'; reason?: unknown } = { state: 'pending' }
  promise.then(
    () => Object.assign(seen, { state: 'resolved' }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

describe('WaitGroup', () => {
  it('lets go of those who wait when the last task is done', async () => {
    const group = new WaitGroup()
    group.add(2)
    const waiting = watch(group.wait())
    group.done()
    await settle()
    expect(waiting.state).toBe('pending')
    expect([group.count, group.waiters]).toEqual([1, 1])

    group.done()
    await settle()
    expect(waiting.state).toBe('resolved')
    expect([group.count, group.waiters]).toEqual([0, 0])
  })

  it('does not wait while nothing is under way', async () => {
    const waiting = watch(new WaitGroup().wait())
    await settle()
    expect(waiting.state).toBe('resolved')
  })

  it('refuses to count below zero', () => {
    const group = new WaitGroup()
    expect(() => group.done()).toThrow(NegativeCounterError)
  })

  it('counts a task while it runs', async () => {
    const group = new WaitGroup()
    let finish = () => {}
    const task = watch(group.go(() => new Promise<void>((resolve) => (finish = resolve))))
    const waiting = watch(group.wait())
    await settle()
    expect([group.count, waiting.state]).toEqual([1, 'pending'])

    finish()
    await settle()
    expect([group.count, waiting.state, task.state]).toEqual([0, 'resolved', 'resolved'])
  })

  it('passes the error of a task on', async () => {
    const group = new WaitGroup()
    const error = new Error('disk full')
    const task = watch(group.go(() => Promise.reject(error)))
    await settle()
    expect(task.reason).toBe(error)
  })
})
