import { describe, expect, it } from 'vitest'
import { AckQueue, PreconditionError } from './solution'

function setup(bodies: readonly string[], opts?: { deliveryLimit?: number }) {
  const queue = new AckQueue<string>(opts)
  for (const body of bodies) queue.publish(body)
  const log: string[] = []
  const consume = (name: string, prefetch: number, autoAck = false) =>
    queue.consume(name, { prefetch, autoAck }, ({ tag, body, redelivered }) =>
      log.push(`${name} ${tag} ${body}${redelivered ? ' again' : ''}`),
    )
  return { queue, log, consume }
}

describe('AckQueue', () => {
  it('gives consumers in turn as much as they may hold', () => {
    const { queue, log, consume } = setup([])
    consume('c1', 2)
    consume('c2', 1)
    for (const body of ['a', 'b', 'c', 'd']) queue.publish(body)
    expect(log).toEqual(['c1 1 a', 'c2 2 b', 'c1 3 c'])
    expect([queue.ready, queue.unacked]).toEqual([1, 3])
    queue.ack('c2', 2)
    expect(log.slice(3)).toEqual(['c2 4 d'])
  })

  it('acknowledges several at once, of one consumer', () => {
    const { queue, log, consume } = setup(['a', 'b', 'c', 'd', 'e'])
    consume('c1', 3)
    queue.ack('c1', 2, true)
    expect(log).toEqual(['c1 1 a', 'c1 2 b', 'c1 3 c', 'c1 4 d', 'c1 5 e'])
    expect(queue.unacked).toBe(3)
    expect(() => queue.ack('c1', 1)).toThrow(PreconditionError)
  })

  it('takes a message back to where it was', () => {
    const { queue, log, consume } = setup(['a', 'b', 'c'])
    consume('c1', 1)
    queue.nack('c1', 1, { requeue: true })
    expect(log).toEqual(['c1 1 a', 'c1 2 a again'])
    queue.nack('c1', 2, { requeue: false })
    expect([log.length, queue.dead]).toEqual([3, ['a']])
  })

  it('loses nothing with a consumer', () => {
    const { queue, log, consume } = setup(['a', 'b', 'c'], { deliveryLimit: 2 })
    consume('c1', 0)
    queue.cancel('c1')
    expect([queue.ready, queue.unacked]).toEqual([3, 0])
    consume('c2', 2)
    expect(log.slice(3)).toEqual(['c2 4 a again', 'c2 5 b again'])
    queue.cancel('c2')
    expect([queue.ready, queue.dead]).toEqual([1, ['a', 'b']])
  })
})
