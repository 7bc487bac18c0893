import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { AckQueue, type Delivery, PreconditionError } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A queue with this many messages (0, 1, 2 ...), and a log of its deliveries. */
function setup(count = 0, opts?: { deliveryLimit?: number }) {
  const queue = new AckQueue<number>(opts)
  for (const i of numbers(count)) queue.publish(i)
  const log: string[] = []
  const write = (name: string) => (delivery: Delivery<number>) => {
    log.push(`${name} ${delivery.tag} ${delivery.body}${delivery.redelivered ? ' again' : ''}`)
  }
  const consume = (name: string, prefetch: number, autoAck?: boolean) =>
    queue.consume(name, { prefetch, autoAck }, write(name))
  /** The deliveries since the last time. */
  const take = () => log.splice(0)
  /** Ready, unacked and dead messages. */
  const counts = () => [queue.ready, queue.unacked, queue.dead.length]
  return { queue, consume, write, take, counts }
}

describe('Delivery', () => {
  it('keeps messages until a consumer comes, and then gives it what it may hold', () => {
    const count = random.int(3, 6)
    const { consume, take, counts } = setup(count)
    expect([take(), counts()]).toEqual([[], [count, 0, 0]])
    consume('a', 2)
    expect([take(), counts()]).toEqual([['a 1 0', 'a 2 1'], [count - 2, 2, 0]])
  })

  it('goes on as soon as there is room', () => {
    const { queue, consume, take } = setup(4)
    consume('a', 1)
    for (const tag of [1, 2, 3]) queue.ack('a', tag)
    expect(take()).toEqual(['a 1 0', 'a 2 1', 'a 3 2', 'a 4 3'])
    queue.publish(4)
    expect(take()).toEqual([])
    queue.nack('a', 4, { requeue: false })
    expect(take()).toEqual(['a 5 4'])
  })

  it('takes consumers in turn', () => {
    const { queue, consume, take } = setup()
    const names = random.shuffle(['a', 'b', 'c'])
    for (const name of names) consume(name, 10)
    for (const i of numbers(7)) queue.publish(i)
    expect(take()).toEqual(numbers(7).map((i) => `${names[i % 3]} ${i + 1} ${i}`))
  })

  it('passes over those without room, who keep their place in line', () => {
    const { queue, consume, take } = setup()
    consume('a', 1)
    consume('b', 3)
    for (const i of numbers(4)) queue.publish(i)
    expect(take()).toEqual(['a 1 0', 'b 2 1', 'b 3 2', 'b 4 3'])
    queue.ack('a', 1)
    queue.ack('b', 2)
    for (const i of [4, 5]) queue.publish(i)
    expect(take()).toEqual(['a 5 4', 'b 6 5'])
  })

  it('lets new consumers stand at the end of the line', () => {
    const { queue, consume, take } = setup()
    consume('a', 0)
    consume('b', 0)
    queue.publish(0)
    consume('c', 0)
    for (const i of [1, 2, 3, 4]) queue.publish(i)
    expect(take().map((text) => text[0])).toEqual(['a', 'b', 'a', 'c', 'b'])
    queue.cancel('b')
    expect(take().map((text) => text[0])).toEqual(['a', 'c'])
  })

  it('limits each consumer by its own prefetch', () => {
    const { consume, take, counts } = setup(20)
    const limits = [random.int(1, 4), random.int(1, 4), random.int(1, 4)]
    limits.forEach((prefetch, i) => consume(`c${i}`, prefetch))
    const sum = limits.reduce((a, b) => a + b)
    expect(counts()).toEqual([20 - sum, sum, 0])
    const holders = take().map((text) => text.slice(0, 2))
    expect(limits).toEqual([0, 1, 2].map((i) => holders.filter((one) => one === `c${i}`).length))
  })

  it('gives everything to a consumer without a limit', () => {
    const { consume, counts } = setup(12)
    consume('a', 0)
    expect(counts()).toEqual([0, 12, 0])
  })

  it('does not wait for acknowledgements that nobody will send', () => {
    const { queue, consume, take, counts } = setup(4)
    consume('a', 1, true)
    expect([take(), counts()]).toEqual([['a 1 0', 'a 2 1', 'a 3 2', 'a 4 3'], [0, 0, 0]])
    queue.cancel('a')
    expect(counts()).toEqual([0, 0, 0])
  })

  it('takes any value for a message', () => {
    const queue = new AckQueue<unknown>()
    const bodies = random.shuffle([undefined, null, 0, '', Number.NaN, 'x'])
    for (const body of bodies) queue.publish(body)
    const got: unknown[] = []
    queue.consume('a', { prefetch: 3 }, ({ body }) => got.push(body))
    queue.nack('a', 3, { requeue: false, multiple: true })
    expect([got, queue.dead]).toEqual([bodies, bodies.slice(0, 3)])
  })

  it('refuses limits that make no sense', () => {
    for (const value of [-1, 1.5, Number.NaN, Infinity]) expect(() => setup().consume('a', value)).toThrow(RangeError)
    for (const value of [0, -1, 1.5, Number.NaN]) expect(() => setup(0, { deliveryLimit: value })).toThrow(RangeError)
    expect(() => setup(0, { deliveryLimit: 1 })).not.toThrow()
  })
})

describe('Acknowledging', () => {
  it('forgets a message that is acknowledged, wherever it stands', () => {
    const { queue, consume, take, counts } = setup(3)
    consume('a', 0)
    for (const tag of random.shuffle([1, 3])) queue.ack('a', tag)
    expect(counts()).toEqual([0, 1, 0])
    take()
    queue.cancel('a')
    consume('b', 0)
    expect(take()).toEqual(['b 4 1 again'])
  })

  it('covers all tags up to the one that is given', () => {
    const { queue, consume, take, counts } = setup(9)
    consume('a', 6)
    queue.ack('a', 2)
    take()
    queue.ack('a', 4, true)
    expect([take(), counts()]).toEqual([['a 8 7', 'a 9 8'], [0, 5, 0]])
    queue.ack('a', 9, true)
    expect(counts()).toEqual([0, 0, 0])
  })

  it('covers no other consumer', () => {
    const { queue, consume, counts } = setup()
    consume('a', 0)
    consume('b', 0)
    for (const i of numbers(6)) queue.publish(i)
    queue.ack('b', 4, true)
    expect(counts()).toEqual([0, 4, 0])
    queue.ack('b', 6)
    queue.nack('a', 3, { requeue: false, multiple: true })
    expect([counts(), queue.dead]).toEqual([[0, 1, 2], [0, 2]])
    queue.ack('a', 5)
  })

  it('refuses tags that the consumer does not hold', () => {
    const { queue, consume, take, counts } = setup()
    consume('a', 0)
    consume('b', 0)
    for (const i of numbers(4)) queue.publish(i)
    queue.ack('a', 1)
    take()
    for (const [name, tag] of [['a', 1], ['a', 2], ['b', 3], ['a', 0], ['b', 9], ['c', 1]] as const) {
      for (const multiple of [false, true]) {
        expect(() => queue.ack(name, tag, multiple)).toThrow(PreconditionError)
        expect(() => queue.nack(name, tag, { requeue: random.next() < 0.5, multiple })).toThrow(PreconditionError)
      }
    }
    expect([take(), counts()]).toEqual([[], [0, 3, 0]])
  })

  it('refuses a second answer', () => {
    const { queue, consume, counts } = setup(3)
    consume('a', 0)
    queue.nack('a', 1, { requeue: false })
    expect(() => queue.ack('a', 1)).toThrow(PreconditionError)
    queue.ack('a', 3, true)
    expect(() => queue.ack('a', 2)).toThrow(PreconditionError)
    expect(() => queue.nack('a', 3, { requeue: true })).toThrow(PreconditionError)
    expect(counts()).toEqual([0, 0, 1])
  })

  it('has nothing to acknowledge where messages are gone at once', () => {
    const { queue, consume } = setup(1)
    consume('a', 5, true)
    expect(() => queue.ack('a', 1)).toThrow(PreconditionError)
    expect(() => queue.nack('a', 1, { requeue: true })).toThrow(PreconditionError)
  })

  it('refuses answers of a consumer that has ended', () => {
    const { queue, consume, take, counts } = setup(1)
    consume('a', 1)
    queue.cancel('a')
    expect(() => queue.ack('a', 1)).toThrow(PreconditionError)
    consume('a', 1)
    expect(() => queue.ack('a', 1)).toThrow(PreconditionError)
    expect([take(), counts()]).toEqual([['a 1 0', 'a 2 0 again'], [0, 1, 0]])
  })

  it('refuses a name that is in use', () => {
    const { consume, take } = setup(2)
    consume('a', 1)
    expect(() => consume('a', 5)).toThrow(PreconditionError)
    expect(take()).toEqual(['a 1 0'])
  })
})

describe('Returning', () => {
  it('puts a message back into its place, and says so', () => {
    const { queue, consume, take } = setup(5)
    consume('a', 3)
    take()
    queue.nack('a', 2, { requeue: true })
    expect(take()).toEqual(['a 4 1 again'])
    queue.ack('a', 1)
    expect(take()).toEqual(['a 5 3'])
  })

  it('sorts in what comes back in any order', () => {
    const { queue, consume, take } = setup(8)
    const count = random.int(4, 6)
    const names = numbers(count).map((i) => `c${i}`)
    for (const name of names) consume(name, 1)
    expect(take()).toHaveLength(count)
    // Everybody else is busy, so nothing is delivered in between.
    for (const name of random.shuffle(names)) queue.cancel(name)
    expect(queue.ready).toBe(8)
    consume('z', 0)
    expect(take().map((text) => Number(text.split(' ')[2]))).toEqual(numbers(8))
  })

  it('calls a message redelivered for whomever gets it, and each time', () => {
    const { queue, consume, take } = setup(1)
    consume('a', 1)
    queue.nack('a', 1, { requeue: true })
    queue.cancel('a')
    consume('b', 1)
    queue.cancel('b')
    consume('c', 1, true)
    expect(take()).toEqual(['a 1 0', 'a 2 0 again', 'b 3 0 again', 'c 4 0 again'])
  })

  it('returns several at once, and only those of the consumer', () => {
    const { queue, consume, take, counts } = setup()
    consume('a', 3)
    consume('b', 2)
    for (const i of numbers(7)) queue.publish(i)
    expect(take()).toEqual(['a 1 0', 'b 2 1', 'a 3 2', 'b 4 3', 'a 5 4'])
    queue.nack('a', 3, { requeue: true, multiple: true })
    expect([take(), counts()]).toEqual([['a 6 0 again', 'a 7 2 again'], [2, 5, 0]])
    queue.cancel('b')
    queue.ack('a', 7, true)
    expect(take()).toEqual(['a 8 1 again', 'a 9 3 again', 'a 10 5'])
  })

  it('loses nothing with a consumer, and keeps the order', () => {
    const { queue, consume, take, counts } = setup(6)
    consume('a', 2)
    consume('b', 2)
    const [first, second] = random.shuffle(['a', 'b'])
    take()
    // What comes back goes to the other only when it has room.
    queue.cancel(first ?? '')
    expect([take(), counts()]).toEqual([[], [4, 2, 0]])
    queue.cancel(second ?? '')
    expect(counts()).toEqual([6, 0, 0])
    consume('c', 0)
    expect(take()).toEqual([0, 1, 2, 3].map((i) => `c ${i + 5} ${i} again`).concat('c 9 4', 'c 10 5'))
    queue.cancel('nobody')
    expect(counts()).toEqual([0, 6, 0])
  })

  it('gives at once to others what comes back', () => {
    const { queue, consume, take } = setup(3)
    consume('a', 2)
    consume('b', 0)
    take()
    queue.cancel('a')
    expect(take()).toEqual(['b 4 0 again', 'b 5 1 again'])
  })

  it('gives up after so many deliveries', () => {
    const deliveryLimit = random.int(2, 4)
    const { queue, consume, take, counts } = setup(2, { deliveryLimit })
    consume('a', 1)
    for (const i of numbers(deliveryLimit)) {
      expect(counts()).toEqual([1, 1, 0])
      queue.nack('a', i + 1, { requeue: true })
    }
    expect([counts(), queue.dead]).toEqual([[0, 1, 1], [0]])
    expect(take()).toHaveLength(deliveryLimit + 1)
    queue.ack('a', deliveryLimit + 1)
    expect(counts()).toEqual([0, 0, 1])
  })

  it('counts deliveries that ended with their consumer', () => {
    const { queue, consume, counts } = setup(3, { deliveryLimit: 2 })
    for (const name of ['a', 'b']) {
      expect(counts()).toEqual([3, 0, 0])
      consume(name, 2)
      queue.cancel(name)
    }
    expect([counts(), queue.dead]).toEqual([[1, 0, 2], [0, 1]])
  })

  it('does not count itself out when a message is done at the last delivery', () => {
    const { queue, consume, counts } = setup(1, { deliveryLimit: 1 })
    consume('a', 1)
    queue.ack('a', 1)
    expect(counts()).toEqual([0, 0, 0])
    queue.publish(1)
    queue.nack('a', 2, { requeue: true })
    expect(queue.dead).toEqual([1])
  })

  it('tells the dead in the order of their tags, and hands out a copy', () => {
    const { queue, consume } = setup(4)
    consume('a', 0)
    queue.nack('a', 1, { requeue: true })
    queue.nack('a', 4, { requeue: false })
    queue.nack('a', 5, { requeue: false, multiple: true })
    expect(queue.dead).toEqual([3, 1, 2, 0])
    ;(queue.dead as number[]).length = 0
    expect(queue.dead).toHaveLength(4)
  })

  it('follows any history', () => {
    const { queue, consume, take, counts } = setup()
    const limits: Record<string, number> = { a: 2, b: 2, c: 3 }
    let ready: Array<{ body: number; count: number }> = []
    let line: string[] = []
    let held: Array<{ name: string; tag: number; message: { body: number; count: number } }> = []
    let [bodies, tags, dead] = [0, 0, 0]
    const back = (names: readonly string[], upTo: number, requeue: boolean) => {
      for (const one of held.filter(({ name, tag }) => names.includes(name) && tag <= upTo)) {
        if (requeue) ready.push(one.message)
        else dead++
      }
      held = held.filter(({ name, tag }) => !(names.includes(name) && tag <= upTo))
    }
    // It begins with two consumers, some messages, a return and a loss; what follows is drawn.
    for (const step of numbers(42)) {
      const expected: string[] = []
      const name = { 0: 'a', 1: 'b', 8: 'a', 9: 'a' }[step] ?? random.pick(['a', 'b', 'c'])
      const own = held.filter((one) => one.name === name)
      const choice = [9, 9, 0, 0, 0, 0, 0, 0, 8, 4][step] ?? random.int(0, 9)
      let act: () => void
      if (choice < 4 || (own.length === 0 && line.includes(name))) {
        const body = bodies++
        ready.push({ body, count: 0 })
        act = () => queue.publish(body)
      } else if (!line.includes(name)) {
        line.push(name)
        act = () => consume(name, limits[name] ?? 0)
      } else if (choice === 4) {
        line = line.filter((one) => one !== name)
        back([name], Infinity, true)
        act = () => queue.cancel(name)
      } else {
        const { tag } = random.pick(own)
        if (choice < 7) {
          held = held.filter((one) => one.name !== name || one.tag > tag)
          act = () => queue.ack(name, tag, true)
        } else {
          const requeue = choice < 9
          back([name], tag, requeue)
          act = () => queue.nack(name, tag, { requeue, multiple: true })
        }
      }
      ready = ready.sort((x, y) => x.body - y.body)
      for (;;) {
        const next = line.find((one) => held.filter(({ name }) => name === one).length < (limits[one] ?? 0))
        const message = ready[0]
        if (next === undefined || message === undefined) break
        ready.shift()
        line = [...line.filter((one) => one !== next), next]
        expected.push(`${next} ${++tags} ${message.body}${message.count++ > 0 ? ' again' : ''}`)
        held.push({ name: next, tag: tags, message })
      }
      act()
      expect(take()).toEqual(expected)
    }
    expect(counts()).toEqual([ready.length, held.length, dead])
  })
})

describe('Callbacks', () => {
  it('shows a delivery in its numbers when it tells of it', () => {
    const queue = new AckQueue<number>()
    for (const i of numbers(3)) queue.publish(i)
    const seen: number[][] = []
    queue.consume('a', { prefetch: 0 }, () => seen.push([queue.ready, queue.unacked]))
    expect(seen).toEqual([[2, 1], [1, 2], [0, 3]])
    queue.cancel('a')
    seen.length = 0
    queue.consume('b', { prefetch: 0, autoAck: true }, () => seen.push([queue.ready, queue.unacked]))
    expect(seen).toEqual([[2, 0], [1, 0], [0, 0]])
  })

  it('lets a consumer answer inside its callback', () => {
    const queue = new AckQueue<number>()
    const done: number[] = []
    queue.consume('a', { prefetch: 1 }, ({ tag, body }) => {
      done.push(body)
      queue.ack('a', tag)
    })
    for (const i of numbers(4)) queue.publish(i)
    expect([done, queue.ready, queue.unacked]).toEqual([[0, 1, 2, 3], 0, 0])
  })

  it('delivers what a callback makes possible after it has returned', () => {
    const queue = new AckQueue<number>()
    const order: string[] = []
    for (const i of numbers(2)) queue.publish(i)
    queue.consume('a', { prefetch: 1 }, ({ tag, body }) => {
      order.push(`begin ${body}`)
      queue.ack('a', tag)
      if (body === 0) queue.publish(2)
      if (body === 0) queue.consume('b', { prefetch: 1 }, ({ body }) => order.push(`b ${body}`))
      order.push(`end ${body}`)
    })
    expect(order).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'b 2'])
  })

  it('lets a consumer end inside its callback', () => {
    const { queue, consume, take } = setup(3)
    const got: number[] = []
    queue.consume('a', { prefetch: 0 }, ({ body }) => {
      got.push(body)
      if (body === 1) queue.cancel('a')
    })
    expect([got, queue.ready, queue.unacked]).toEqual([[0, 1], 3, 0])
    consume('a', 2)
    expect(take()).toEqual(['a 3 0 again', 'a 4 1 again'])
  })

  it('ends a consumer whose callback throws, and takes back what it holds', () => {
    const { queue, consume, take, counts } = setup(4, { deliveryLimit: 3 })
    let calls = 0
    const crash = ({ body }: Delivery<number>) => {
      calls++
      if (body === 2) throw new Error('out of memory')
    }
    queue.consume('a', { prefetch: 0 }, crash)
    expect([calls, counts()]).toEqual([3, [4, 0, 0]])
    expect(() => queue.ack('a', 1)).toThrow(PreconditionError)
    queue.publish(4)
    expect(calls).toBe(3)
    queue.consume('a', { prefetch: 0 }, crash)
    consume('b', 0)
    expect(take()).toEqual(['b 7 0 again', 'b 8 1 again', 'b 9 2 again', 'b 10 3', 'b 11 4'])
  })

  it('lets others have what a crashed consumer held', () => {
    const { queue, consume, take } = setup()
    queue.consume('a', { prefetch: 1 }, () => {
      throw new Error('crash')
    })
    consume('b', 0)
    expect(() => queue.publish(0)).not.toThrow()
    expect(take()).toEqual(['b 2 0 again'])
  })

  it('does not end a later consumer of the same name for the crash of an earlier one', () => {
    const { queue, write, take } = setup(2)
    queue.consume('a', { prefetch: 1 }, () => {
      queue.cancel('a')
      queue.consume('a', { prefetch: 1 }, write('a'))
      throw new Error('crash')
    })
    expect(take()).toEqual(['a 2 0 again'])
    queue.ack('a', 2)
    expect(take()).toEqual(['a 3 1'])
  })

  it('works a long backlog off without growing the stack', () => {
    const result = inGuest((solution: typeof import('./solution'), count: number) => {
      const queue = new solution.AckQueue<number>()
      for (let i = 0; i < count; i++) queue.publish(i)
      let next = 0
      const returned = new Set<number>()
      queue.consume('a', { prefetch: 3 }, ({ tag, body }) => {
        if (body !== next) throw new Error('out of order')
        if (body % 100 === 0 && !returned.has(body)) {
          returned.add(body)
          queue.nack('a', tag, { requeue: true })
          return
        }
        next++
        queue.ack('a', tag)
      })
      return [next, returned.size, queue.ready, queue.unacked]
    }, 20_000)
    expect(result).toEqual([20_000, 200, 0, 0])
  })
})
