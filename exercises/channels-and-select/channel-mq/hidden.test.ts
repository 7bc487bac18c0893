import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { ChannelMQ, type MqOpts, StoppedError } from './solution'

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

/** A queue whose handler ends when the test says so, and a list of what runs. */
function setup(opts: Partial<MqOpts<number>> = {}) {
  interface Running {
    msg: number
    consumer: number
    attempt: number
    end(): void
    fail(error: Error): void
  }
  const running: Running[] = []
  const begun: number[] = []
  const dead: Array<[number, unknown]> = []
  const mq = new ChannelMQ<number>({
    capacity: 2,
    consumers: 1,
    handle: (msg, { consumer, attempt }) => {
      begun.push(msg)
      return new Promise<void>((resolve, reject) => {
        const leave = () => running.splice(running.indexOf(entry), 1)
        const entry = {
          msg,
          consumer,
          attempt,
          end: () => {
            leave()
            resolve()
          },
          fail: (error: Error) => {
            leave()
            reject(error)
          },
        }
        running.push(entry)
      })
    },
    onDead: (msg, err) => dead.push([msg, err]),
    ...opts,
  })
  /** Ends whatever runs until nothing more comes. */
  const finish = async () => {
    for (await settle(); running.length > 0; await settle()) for (const { end } of [...running]) end()
  }
  return { mq, running, begun, dead, finish }
}

describe('Publishing', () => {
  it('publish is accepted as long as the buffer has room, then it waits', async () => {
    const capacity = random.int(1, 4)
    const { mq, begun } = setup({ capacity })
    const calls = numbers(capacity + 2).map((msg) => watch(mq.publish(msg)))
    await settle()
    expect(states(calls)).toEqual([...numbers(capacity).map(() => 'resolved'), 'pending', 'pending'])
    expect([mq.backlog, begun]).toEqual([capacity, []])
  })

  it('what was published before the start is kept', async () => {
    const { mq, begun, finish } = setup({ capacity: 3 })
    for (const msg of numbers(5)) void mq.publish(msg)
    await settle()
    mq.start()
    await finish()
    expect(begun).toEqual(numbers(5))
    expect(mq.backlog).toBe(0)
  })

  it('each message that is taken lets one waiting publisher in, the oldest', async () => {
    const { mq, running } = setup({ capacity: 2 })
    mq.start()
    const calls = numbers(6).map((msg) => watch(mq.publish(msg)))
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'resolved', 'pending', 'pending', 'pending'])
    for (const accepted of [4, 5]) {
      running[0]?.end()
      await settle()
      expect(calls.findIndex(({ state }) => state === 'pending')).toBe(accepted)
      expect(mq.backlog).toBe(2)
    }
  })

  it('undefined is a message like any other', async () => {
    const handle = vi.fn((_msg: undefined) => settle())
    const mq = new ChannelMQ<undefined>({ capacity: 1, consumers: 1, handle })
    mq.start()
    await mq.publish(undefined)
    await mq.publish(undefined)
    expect(await mq.stop()).toEqual({ handled: 2, dead: 0, rejected: 0 })
    expect(handle).toHaveBeenCalledTimes(2)
  })

  it('numbers that make no sense are refused with RangeError', () => {
    for (const bad of [0, -1, 1.5, Number.NaN]) {
      expect(() => setup({ capacity: bad })).toThrow(RangeError)
      expect(() => setup({ consumers: bad })).toThrow(RangeError)
      expect(() => setup({ maxAttempts: bad })).toThrow(RangeError)
    }
  })
})

describe('Consuming', () => {
  it('with one consumer messages are handled one at a time, in order', async () => {
    const { mq, begun, running, finish } = setup({ capacity: 3 })
    mq.start()
    for (const msg of numbers(7)) void mq.publish(msg)
    await settle()
    expect(running.map(({ msg }) => msg)).toEqual([0])
    await finish()
    expect(begun).toEqual(numbers(7))
  })

  it('all consumers work, and no more than there are', async () => {
    const consumers = random.int(2, 5)
    const { mq, running } = setup({ capacity: 10, consumers })
    mq.start()
    for (const msg of numbers(consumers + 3)) void mq.publish(msg)
    await settle()
    expect(running.map(({ msg }) => msg)).toEqual(numbers(consumers))
    expect(running.map(({ consumer }) => consumer).sort()).toEqual(numbers(consumers))
    expect(mq.backlog).toBe(3)
    const freed = random.pick(running)
    freed.end()
    await settle()
    expect(running.map(({ consumer }) => consumer).sort()).toEqual(numbers(consumers))
    expect(running.at(-1)).toMatchObject({ msg: consumers, consumer: freed.consumer, attempt: 1 })
  })

  it('starting twice adds no consumers', async () => {
    const { mq, running } = setup({ capacity: 5, consumers: 2 })
    mq.start()
    mq.start()
    for (const msg of numbers(5)) void mq.publish(msg)
    await settle()
    expect(running).toHaveLength(2)
  })

  it('each of many messages is handled exactly once', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), seed: number) => {
      let state = seed
      const below = (n: number) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return Math.floor((state / 2 ** 32) * n)
      }
      const facts = { running: 0, most: 0 }
      const seen: number[] = []
      const mq = new solution.ChannelMQ<number>({
        capacity: 4,
        consumers: 3,
        maxAttempts: 2,
        handle: async (msg, { attempt }) => {
          facts.most = Math.max(facts.most, ++facts.running)
          for (let turns = below(8); turns > 0; turns--) await null
          facts.running--
          if (msg % 5 === 0 && attempt === 1) throw new Error('try again')
          seen.push(msg)
        },
      })
      mq.start()
      const publishers = [0, 1, 2, 3].map(async (first) => {
        for (let msg = first; msg < 1000; msg += 4) await mq.publish(msg)
      })
      await Promise.all(publishers)
      const totals = await mq.stop()
      seen.sort((a, b) => a - b)
      return { totals, most: facts.most, isEachOnce: seen.length === 1000 && seen.every((msg, i) => msg === i) }
    }, random.int(1, 2 ** 31))
    expect(report).toEqual({ totals: { handled: 1000, dead: 0, rejected: 0 }, most: 3, isEachOnce: true })
  })
})

describe('Failing', () => {
  it('a failed message is tried again by the same consumer before it takes another', async () => {
    const maxAttempts = random.int(2, 4)
    const { mq, running, begun, dead } = setup({ consumers: 2, maxAttempts })
    mq.start()
    for (const msg of [10, 20, 30]) void mq.publish(msg)
    await settle()
    const { consumer } = running[0] ?? {}
    for (const attempt of numbers(maxAttempts - 1, 1)) {
      const current = running.find(({ msg }) => msg === 10)
      expect([current?.attempt, current?.consumer]).toEqual([attempt, consumer])
      current?.fail(new Error('not yet'))
      await settle()
    }
    running.find(({ msg }) => msg === 10)?.end()
    await settle()
    expect(begun).toEqual([10, 20, ...numbers(maxAttempts - 1).map(() => 10), 30])
    expect(dead).toEqual([])
  })

  it('after the last attempt it is put aside with the last error, and the consumer goes on', async () => {
    const { mq, running, begun, dead } = setup({ maxAttempts: 2 })
    mq.start()
    for (const msg of [1, 2]) void mq.publish(msg)
    await settle()
    const errors = [new Error('first'), new Error('second')]
    for (const error of errors) {
      running[0]?.fail(error)
      await settle()
    }
    expect(dead).toEqual([[1, errors[1]]])
    expect(dead[0]?.[1]).toBe(errors[1])
    expect(begun).toEqual([1, 1, 2])
    expect(running[0]?.attempt).toBe(1)
  })

  it('one attempt is all there is if nothing else was said', async () => {
    const { mq, running, begun, dead } = setup()
    mq.start()
    void mq.publish(1)
    await settle()
    running[0]?.fail(new Error('broken'))
    await settle()
    expect([begun, dead.map(([msg]) => msg)]).toEqual([[1], [1]])
  })

  it('a handler that throws before it returns a promise has failed as well', async () => {
    const error = new Error('at once')
    const handle = vi.fn((msg: number, _ctx: { attempt: number }): Promise<void> => {
      if (msg === 1) throw error
      return Promise.resolve()
    })
    const { mq, dead } = setup({ handle, maxAttempts: 2 })
    mq.start()
    const calls = [1, 2].map((msg) => watch(mq.publish(msg)))
    await settle()
    expect(handle.mock.calls.map(([msg, { attempt }]) => [msg, attempt])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ])
    expect([dead, states(calls)]).toEqual([[[1, error]], ['resolved', 'resolved']])
    expect(await mq.stop()).toEqual({ handled: 1, dead: 1, rejected: 0 })
  })

  it('an onDead that throws, or none at all, harms nobody', async () => {
    const fails = () => {
      throw new Error('collector')
    }
    for (const onDead of [fails, undefined]) {
      const handle = vi.fn((_msg: number) => Promise.reject(new Error('broken')))
      const { mq } = setup({ handle, onDead })
      mq.start()
      for (const msg of [1, 2]) void mq.publish(msg)
      const end = watch(mq.stop())
      await settle()
      expect([handle.mock.calls.length, end.value]).toEqual([2, { handled: 0, dead: 2, rejected: 0 }])
    }
  })
})

describe('Stopping', () => {
  it('what is buffered and what runs is finished first', async () => {
    const { mq, running, begun, finish } = setup({ capacity: 3, consumers: 2 })
    mq.start()
    for (const msg of numbers(5)) void mq.publish(msg)
    await settle()
    const end = watch(mq.stop())
    for (const left of [4, 3, 2, 1]) {
      running[0]?.end()
      await settle()
      expect([end.state, running.length + mq.backlog]).toEqual(['pending', left])
    }
    await finish()
    expect(end.value).toEqual({ handled: 5, dead: 0, rejected: 0 })
    expect([begun, mq.backlog]).toEqual([numbers(5), 0])
  })

  it('retries still happen while it stops', async () => {
    const { mq, running, dead } = setup({ maxAttempts: 3 })
    mq.start()
    void mq.publish(1)
    await settle()
    const end = watch(mq.stop())
    for (const attempt of [1, 2, 3]) {
      expect([running[0]?.attempt, end.state]).toEqual([attempt, 'pending'])
      running[0]?.fail(new Error('broken'))
      await settle()
    }
    expect([end.value, dead.length]).toEqual([{ handled: 0, dead: 1, rejected: 0 }, 1])
  })

  it('publishers that wait are refused, and their messages never handled', async () => {
    const { mq, begun, finish } = setup({ capacity: 1 })
    mq.start()
    const calls = numbers(5).map((msg) => watch(mq.publish(msg)))
    await settle()
    const end = watch(mq.stop())
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'rejected', 'rejected', 'rejected'])
    for (const { reason } of calls.slice(2)) expect(reason).toBeInstanceOf(StoppedError)
    await finish()
    expect([begun, end.value]).toEqual([[0, 1], { handled: 2, dead: 0, rejected: 3 }])
  })

  it('later publishers are refused, also when all is over', async () => {
    const { mq, begun, finish } = setup({ capacity: 5 })
    mq.start()
    void mq.publish(1)
    await settle()
    const end = watch(mq.stop())
    const during = watch(mq.publish(2))
    await settle()
    expect(during.reason).toBeInstanceOf(StoppedError)
    await finish()
    expect(end.value).toEqual({ handled: 1, dead: 0, rejected: 1 })
    const after = watch(mq.publish(3))
    await settle()
    expect(after.reason).toBeInstanceOf(StoppedError)
    expect([begun, mq.backlog]).toEqual([[1], 0])
  })

  it('with nothing to do it stops at once', async () => {
    const { mq, running } = setup({ consumers: 3 })
    mq.start()
    void mq.publish(1)
    await settle()
    running[0]?.end()
    await settle()
    const end = watch(mq.stop())
    await settle()
    expect(end.value).toEqual({ handled: 1, dead: 0, rejected: 0 })
  })

  it('stopping twice is stopping once', async () => {
    const { mq, finish } = setup()
    mq.start()
    void mq.publish(1)
    const [first, second] = [mq.stop(), mq.stop()]
    expect(second).toBe(first)
    await finish()
    expect(mq.stop()).toBe(first)
    expect(await first).toEqual({ handled: 1, dead: 0, rejected: 0 })
  })

  it('stopped before it was started, it puts aside what it had accepted and refuses the rest', async () => {
    const { mq, begun, dead } = setup({ capacity: 2 })
    const calls = numbers(4).map((msg) => watch(mq.publish(msg)))
    await settle()
    const end = watch(mq.stop())
    await settle()
    expect(states(calls)).toEqual(['resolved', 'resolved', 'rejected', 'rejected'])
    expect(end.value).toEqual({ handled: 0, dead: 2, rejected: 2 })
    expect(dead.map(([msg]) => msg)).toEqual([0, 1])
    for (const [, error] of dead) expect(error).toBeInstanceOf(StoppedError)
    mq.start()
    await settle()
    expect([begun, mq.backlog]).toEqual([[], 0])
  })

  it('is stopped already for those whom onDead calls', async () => {
    const queue: { mq?: ChannelMQ<number> } = {}
    const late: Array<Seen<void>> = []
    const { mq, begun } = setup({
      onDead: () => {
        queue.mq?.start()
        if (queue.mq) late.push(watch(queue.mq.publish(9)))
      },
    })
    queue.mq = mq
    void mq.publish(1)
    await settle()
    const end = watch(mq.stop())
    await settle()
    expect([states(late), begun, mq.backlog]).toEqual([['rejected'], [], 0])
    expect(end.value).toEqual({ handled: 0, dead: 1, rejected: 1 })
  })
})
