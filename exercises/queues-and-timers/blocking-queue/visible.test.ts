import { describe, expect, it } from 'vitest'
import { BlockingQueue, QueueClosedError, QueueTimeoutError } from './solution'

/** Lets everything happen that can happen without the clock moving. */
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

/** A clock that moves only when told to. */
function virtualTimers() {
  let time = 0
  let lastId = 0
  const pending = new Map<number, { at: number; fn: () => void }>()
  return {
    now: () => time,
    setTimeout(fn: () => void, ms: number) {
      pending.set(++lastId, { at: time + ms, fn })
      return lastId
    },
    clearTimeout(id: number) {
      pending.delete(id)
    },
    pending: () => pending.size,
    advance(ms: number) {
      time += ms
      for (const [id, timer] of [...pending]) {
        if (timer.at > time || !pending.delete(id)) continue
        timer.fn()
      }
    },
  }
}

describe('BlockingQueue', () => {
  it('hands out items in the order they were pushed', async () => {
    const queue = new BlockingQueue<string>(3)
    for (const item of ['a', 'b', 'c']) void queue.push(item)
    expect(queue.size).toBe(3)

    const taken = [watch(queue.pop()), watch(queue.pop()), watch(queue.pop())]
    await settle()
    expect(taken.map((pop) => pop.value)).toEqual(['a', 'b', 'c'])
  })

  it('makes a push wait while the queue is full', async () => {
    const queue = new BlockingQueue<number>(1)
    void queue.push(1)
    const second = watch(queue.push(2))
    await settle()
    expect(second.state).toBe('pending')
    expect(queue.waiting).toEqual({ pushers: 1, poppers: 0 })

    const first = watch(queue.pop())
    await settle()
    expect(first.value).toBe(1)
    expect(second.state).toBe('resolved')
    expect(queue.size).toBe(1)
  })

  it('makes a pop wait while the queue is empty', async () => {
    const queue = new BlockingQueue<string>(1)
    const pop = watch(queue.pop())
    await settle()
    expect(pop.state).toBe('pending')

    void queue.push('late')
    await settle()
    expect(pop.value).toBe('late')
    expect(queue.size).toBe(0)
  })

  it('gives up after timeoutMs', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<string>(1, timers)
    const pop = watch(queue.pop({ timeoutMs: 100 }))
    timers.advance(99)
    await settle()
    expect(pop.state).toBe('pending')

    timers.advance(1)
    await settle()
    expect(pop.reason).toBeInstanceOf(QueueTimeoutError)
  })

  it('gives up when its signal aborts', async () => {
    const queue = new BlockingQueue<string>(1)
    const controller = new AbortController()
    const pop = watch(queue.pop({ signal: controller.signal }))
    const reason = new Error('the client hung up')
    controller.abort(reason)
    await settle()
    expect(pop.state).toBe('rejected')
    expect(pop.reason).toBe(reason)
  })

  it('rejects pushes once it is closed', async () => {
    const queue = new BlockingQueue<string>(1)
    queue.close()
    const push = watch(queue.push('too late'))
    await settle()
    expect(push.reason).toBeInstanceOf(QueueClosedError)
  })
})
