import { describe, expect, it } from 'vitest'
import { ChannelMQ, StoppedError } from './solution'

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

describe('ChannelMQ', () => {
  it('hands every message to the handler', async () => {
    const seen: string[] = []
    const mq = new ChannelMQ<string>({ capacity: 2, consumers: 1, handle: async (msg) => void seen.push(msg) })
    mq.start()
    for (const msg of ['a', 'b', 'c', 'd']) await mq.publish(msg)
    await settle()
    expect(seen).toEqual(['a', 'b', 'c', 'd'])
    expect(mq.backlog).toBe(0)
  })

  it('makes publishers wait while the buffer is full', async () => {
    const mq = new ChannelMQ<number>({ capacity: 2, consumers: 1, handle: async () => {} })
    const calls = [1, 2, 3].map((msg) => watch(mq.publish(msg)))
    await settle()
    expect(calls.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'pending'])
    expect(mq.backlog).toBe(2)
    mq.start()
    await settle()
    expect(calls[2]?.state).toBe('resolved')
  })

  it('tries a message again and then puts it aside', async () => {
    const attempts: number[] = []
    const dead: string[] = []
    const mq = new ChannelMQ<string>({
      capacity: 1,
      consumers: 1,
      maxAttempts: 3,
      handle: async (_msg, { attempt }) => {
        attempts.push(attempt)
        throw new Error('broken')
      },
      onDead: (msg) => dead.push(msg),
    })
    mq.start()
    await mq.publish('poison')
    await settle()
    expect(attempts).toEqual([1, 2, 3])
    expect(dead).toEqual(['poison'])
  })

  it('finishes what was accepted before it stops', async () => {
    const seen: number[] = []
    const handle = async (msg: number) => {
      await settle()
      seen.push(msg)
    }
    const mq = new ChannelMQ<number>({ capacity: 2, consumers: 1, handle })
    mq.start()
    const calls = [watch(mq.publish(1)), watch(mq.publish(2)), watch(mq.publish(3))]
    await settle()
    const late = watch(mq.publish(4))
    expect(await mq.stop()).toEqual({ handled: 3, dead: 0, rejected: 1 })
    expect(seen).toEqual([1, 2, 3])
    expect(calls.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved'])
    expect(late.reason).toBeInstanceOf(StoppedError)
  })
})
