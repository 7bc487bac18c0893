import { afterEach, describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { BlockingQueue, QueueClosedError, QueueTimeoutError } from './solution'

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
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
const values = <T>(seen: ReadonlyArray<Seen<T>>) => seen.map(({ value }) => value)
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** A clock that moves only when told to; timers run in the order of their deadlines. */
function virtualTimers() {
  let time = 0
  let lastId = 0
  const pending = new Map<number, { at: number; fn: () => void }>()
  return {
    now: () => time,
    setTimeout: vi.fn((fn: () => void, ms: number) => {
      pending.set(++lastId, { at: time + ms, fn })
      return lastId
    }),
    clearTimeout: vi.fn((id: number) => {
      pending.delete(id)
    }),
    pending: () => pending.size,
    advance(ms: number) {
      time += ms
      const due = [...pending].filter(([, timer]) => timer.at <= time).sort(([, a], [, b]) => a.at - b.at)
      for (const [id, timer] of due) if (pending.delete(id)) timer.fn()
    },
  }
}

/** A queue that holds `count` items (0, 1, 2, ...) and is full. */
function fullQueue(count: number, timers = virtualTimers()) {
  const queue = new BlockingQueue<number>(count, timers)
  for (const item of numbers(count)) void queue.push(item)
  return queue
}

async function drain<T>(queue: BlockingQueue<T>): Promise<Array<T | undefined>> {
  const items: Array<T | undefined> = []
  while (queue.size > 0 && items.length < 200) {
    const pop = watch(queue.pop())
    await settle()
    items.push(pop.value)
  }
  return items
}

describe('Waiting and order', () => {
  it('a push waits exactly while the queue is full', async () => {
    const capacity = random.int(2, 5)
    const queue = new BlockingQueue<number>(capacity)
    const pushes = numbers(capacity + 1).map((item) => watch(queue.push(item)))
    await settle()
    expect(states(pushes)).toEqual([...numbers(capacity).map(() => 'resolved'), 'pending'])
    expect(queue.size).toBe(capacity)
    expect(queue.waiting).toEqual({ pushers: 1, poppers: 0 })

    void queue.pop()
    await settle()
    expect(pushes[capacity]?.state).toBe('resolved')
    expect(queue.size).toBe(capacity)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('a pop waits exactly while the queue is empty', async () => {
    const queue = new BlockingQueue<string>(2)
    const pop = watch(queue.pop())
    await settle()
    expect(pop.state).toBe('pending')
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 1 })

    const push = watch(queue.push('x'))
    await settle()
    expect(push.state).toBe('resolved')
    expect(pop.value).toBe('x')
    expect(queue.size).toBe(0)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('items leave in the order in which they were pushed', async () => {
    const capacity = random.int(1, 4)
    const total = capacity + random.int(5, 10)
    const queue = new BlockingQueue<number>(capacity)
    for (const item of numbers(total)) void queue.push(item)
    await settle()
    const pops = numbers(total).map(() => watch(queue.pop()))
    await settle()
    expect(values(pops)).toEqual(numbers(total))
  })

  it('waiting poppers are served oldest first', async () => {
    const queue = new BlockingQueue<string>(1)
    const pops = numbers(3).map(() => watch(queue.pop()))
    for (const item of ['first', 'second', 'third']) void queue.push(item)
    await settle()
    expect(values(pops)).toEqual(['first', 'second', 'third'])
  })

  it('waiting pushers are let in oldest first', async () => {
    const queue = fullQueue(1)
    const pushes = numbers(3, 10).map((item) => watch(queue.push(item)))
    void queue.pop()
    await settle()
    expect(states(pushes)).toEqual(['resolved', 'pending', 'pending'])
    expect(await drain(queue)).toEqual([10, 11, 12])
  })

  it('one item goes to one waiting popper', async () => {
    const queue = new BlockingQueue<string>(3)
    const pops = numbers(4).map(() => watch(queue.pop()))
    void queue.push('only')
    await settle()
    expect(states(pops)).toEqual(['resolved', 'pending', 'pending', 'pending'])
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 3 })
  })

  it('the queue never holds more than its capacity', async () => {
    const capacity = random.int(1, 3)
    const queue = fullQueue(capacity)
    for (const item of numbers(8, 100)) void queue.push(item)
    await settle()
    const sizes: number[] = []
    for (let i = 0; i < 6; i++) {
      void queue.pop()
      await settle()
      sizes.push(queue.size)
    }
    expect(sizes).toEqual(sizes.map(() => capacity))
    expect(queue.waiting.pushers).toBe(2)
  })

  it('undefined and null are items like any other', async () => {
    const queue = new BlockingQueue<undefined | null>(2)
    const early = watch(queue.pop())
    void queue.push(undefined)
    void queue.push(null)
    void queue.push(undefined)
    await settle()
    expect(early).toEqual({ state: 'resolved', value: undefined })
    expect(queue.size).toBe(2)
    const pops = [watch(queue.pop()), watch(queue.pop())]
    await settle()
    expect(pops).toEqual([
      { state: 'resolved', value: null },
      { state: 'resolved', value: undefined },
    ])
  })

  it('a capacity that is not a positive integer is refused with RangeError', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new BlockingQueue(capacity)).toThrow(RangeError)
    }
  })

  it('ten thousand items pass through a queue of one, each once and in order', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), total: number) => {
      const queue = new solution.BlockingQueue<number>(1)
      const taken: number[] = []
      const produce = async () => {
        for (let i = 0; i < total; i++) await queue.push(i)
      }
      const consume = async () => {
        for (let i = 0; i < total; i++) taken.push(await queue.pop())
      }
      void produce()
      void consume()
      // Far more turns than any honest queue needs, and an end for one that lets both sides sleep for ever.
      for (let turn = 0; turn < total * 50 && taken.length < total; turn++) await null
      return { count: taken.length, inOrder: taken.every((item, i) => item === i), size: queue.size }
    }, 10_000)
    expect(report).toEqual({ count: 10_000, inOrder: true, size: 0 })
  })

  it('after any mixture of calls the queue agrees with a simple model', async () => {
    const capacity = random.int(1, 4)
    const queue = new BlockingQueue<number>(capacity)
    const model = { items: [] as number[], pushers: [] as number[], poppers: [] as number[] }
    const expected: number[] = []
    const pops: Array<Seen<number>> = []
    const deliver = () => {
      while (model.poppers.length > 0 && model.items.length > 0) {
        expected[model.poppers.shift() ?? -1] = model.items.shift() ?? -1
        const next = model.pushers.shift()
        if (next !== undefined) model.items.push(next)
      }
    }
    for (let step = 0; step < 120; step++) {
      // Starts with a crowd of pushers.
      if (step < capacity + 3 || random.next() < 0.5) {
        void queue.push(step)
        if (model.items.length < capacity || model.poppers.length > 0) model.items.push(step)
        else model.pushers.push(step)
      } else {
        model.poppers.push(pops.length)
        pops.push(watch(queue.pop()))
      }
      deliver()
      await settle()
      expect(queue.size).toBe(model.items.length)
      expect(queue.waiting).toEqual({ pushers: model.pushers.length, poppers: model.poppers.length })
    }
    expect(pops.flatMap((pop) => (pop.state === 'resolved' ? [pop.value] : []))).toEqual([...expected])
  })
})

describe('Timeouts and aborts', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('a pop gives up at its timeout, not before', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<number>(1, timers)
    const timeoutMs = random.int(5, 5000)
    const pop = watch(queue.pop({ timeoutMs }))
    timers.advance(timeoutMs - 1)
    await settle()
    expect(pop.state).toBe('pending')
    timers.advance(1)
    await settle()
    expect(pop.state).toBe('rejected')
    expect(pop.reason).toBeInstanceOf(QueueTimeoutError)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('an item pushed after a timeout goes to the next popper', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<string>(1, timers)
    const early = watch(queue.pop({ timeoutMs: 10 }))
    timers.advance(10)
    const patient = watch(queue.pop())
    void queue.push('parcel')
    await settle()
    expect(early.state).toBe('rejected')
    expect(patient.value).toBe('parcel')
  })

  it('the item of a push that timed out never enters the queue', async () => {
    const timers = virtualTimers()
    const queue = fullQueue(1, timers)
    const hasty = watch(queue.push(1, { timeoutMs: 10 }))
    const patient = watch(queue.push(2))
    timers.advance(10)
    await settle()
    expect(hasty.reason).toBeInstanceOf(QueueTimeoutError)
    expect(queue.waiting).toEqual({ pushers: 1, poppers: 0 })
    expect(await drain(queue)).toEqual([0, 2])
    expect(patient.state).toBe('resolved')
  })

  it('a wait that ends well leaves no timer behind', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<number>(1, timers)
    const pop = watch(queue.pop({ timeoutMs: 1000 }))
    await settle()
    expect(timers.pending()).toBe(1)
    void queue.push(1)
    await settle()
    expect(pop.state).toBe('resolved')
    expect(timers.pending()).toBe(0)

    void queue.push(2)
    const push = watch(queue.push(3, { timeoutMs: 1000 }))
    await settle()
    void queue.pop()
    await settle()
    expect(push.state).toBe('resolved')
    expect(timers.pending()).toBe(0)
  })

  it('a call that need not wait starts no timer', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<number>(1, timers)
    const push = watch(queue.push(1, { timeoutMs: 1000 }))
    const pop = watch(queue.pop({ timeoutMs: 1000 }))
    await settle()
    expect(states([push, pop])).toEqual(['resolved', 'resolved'])
    expect(timers.setTimeout).not.toHaveBeenCalled()
  })

  it('a timeout of 0 never waits and never starts a timer', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<number>(1, timers)
    const pop = watch(queue.pop({ timeoutMs: 0 }))
    const push = watch(queue.push(1, { timeoutMs: 0 }))
    const tooMuch = watch(queue.push(2, { timeoutMs: 0 }))
    await settle()
    expect(pop.reason).toBeInstanceOf(QueueTimeoutError)
    expect(push.state).toBe('resolved')
    expect(tooMuch.reason).toBeInstanceOf(QueueTimeoutError)
    expect(timers.setTimeout).not.toHaveBeenCalled()
    expect(await drain(queue)).toEqual([1])
  })

  it('an aborted pop leaves the line with the reason of the abort, and takes its timer along', async () => {
    const timers = virtualTimers()
    const queue = new BlockingQueue<string>(1, timers)
    const controller = new AbortController()
    const aborted = watch(queue.pop({ signal: controller.signal, timeoutMs: 1000 }))
    const patient = watch(queue.pop())
    const reason = new Error('the client hung up')
    controller.abort(reason)
    await settle()
    expect(aborted.reason).toBe(reason)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 1 })
    expect(timers.pending()).toBe(0)
    void queue.push('parcel')
    await settle()
    expect(patient.value).toBe('parcel')
  })

  it('an aborted push leaves the line, and its item with it', async () => {
    const queue = fullQueue(1)
    const controller = new AbortController()
    const pushes = [
      watch(queue.push(1)),
      watch(queue.push(2, { signal: controller.signal })),
      watch(queue.push(3, { timeoutMs: 1000 })),
    ]
    controller.abort(new Error('never mind'))
    await settle()
    expect(states(pushes)).toEqual(['pending', 'rejected', 'pending'])
    expect(queue.waiting).toEqual({ pushers: 2, poppers: 0 })
    expect(await drain(queue)).toEqual([0, 1, 3])
  })

  it('a signal that is already aborted stops the call before it touches the queue', async () => {
    const queue = new BlockingQueue<number>(2)
    void queue.push(1)
    const reason = new Error('too late')
    const signal = AbortSignal.abort(reason)
    const push = watch(queue.push(2, { signal }))
    const pop = watch(queue.pop({ signal }))
    await settle()
    expect(push.reason).toBe(reason)
    expect(pop.reason).toBe(reason)
    expect(queue.size).toBe(1)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('an abort after the call has ended changes nothing', async () => {
    const queue = new BlockingQueue<number>(1)
    const controller = new AbortController()
    const { signal } = controller
    const served = watch(queue.pop({ signal }))
    const waiting = watch(queue.pop())
    void queue.push(1, { signal })
    await settle()
    controller.abort(new Error('afterthought'))
    await settle()
    expect(served).toEqual({ state: 'resolved', value: 1 })
    expect(waiting.state).toBe('pending')
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 1 })
  })

  it('whoever gives up in the middle of a line leaves the others in their order', async () => {
    const queue = new BlockingQueue<string>(1)
    const controllers = numbers(6).map(() => new AbortController())
    const pops = controllers.map(({ signal }) => watch(queue.pop({ signal })))
    const leaving = random.shuffle(numbers(6)).slice(0, 3)
    for (const i of leaving) controllers[i]?.abort(new Error('enough'))
    for (const item of ['a', 'b', 'c']) void queue.push(item)
    await settle()
    const staying = pops.filter((_, i) => !leaving.includes(i))
    expect(values(staying)).toEqual(['a', 'b', 'c'])
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('a queue that is given no timers uses the ordinary ones', async () => {
    vi.useFakeTimers()
    const queue = new BlockingQueue<number>(1)
    const pop = watch(queue.pop({ timeoutMs: 50 }))
    await vi.advanceTimersByTimeAsync(49)
    expect(pop.state).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    await settle()
    expect(pop.reason).toBeInstanceOf(QueueTimeoutError)
  })
})

describe('Calls that never wait', () => {
  it('tryPush and tryPop say whether they did anything', () => {
    const queue = new BlockingQueue<string>(1)
    expect(queue.tryPop()).toEqual({ ok: false })
    expect(queue.tryPush('a')).toBe(true)
    expect(queue.tryPush('b')).toBe(false)
    expect(queue.size).toBe(1)
    expect(queue.tryPop()).toEqual({ ok: true, value: 'a' })
    expect(queue.size).toBe(0)
  })

  it('tryPop tells an undefined item from no item', () => {
    const queue = new BlockingQueue<undefined>(1)
    expect(queue.tryPush(undefined)).toBe(true)
    expect(queue.tryPop()).toStrictEqual({ ok: true, value: undefined })
    expect(queue.tryPop()).toStrictEqual({ ok: false })
  })

  it('an item handed to a waiting popper is gone at once', async () => {
    const queue = new BlockingQueue<string>(1)
    const pop = watch(queue.pop())
    await settle()
    expect(queue.tryPush('mine')).toBe(true)
    expect(queue.tryPop()).toEqual({ ok: false })
    expect(queue.size).toBe(0)
    await settle()
    expect(pop.value).toBe('mine')
  })

  it('tryPop lets the oldest waiting pusher in', async () => {
    const queue = fullQueue(2)
    const pushes = [watch(queue.push(2)), watch(queue.push(3))]
    await settle()
    expect(queue.tryPop()).toEqual({ ok: true, value: 0 })
    await settle()
    expect(states(pushes)).toEqual(['resolved', 'pending'])
    expect(await drain(queue)).toEqual([1, 2, 3])
  })

  it('a slot that becomes free belongs to the oldest waiting pusher, not to the next tryPush', async () => {
    const queue = fullQueue(1)
    const waiting = watch(queue.push(1))
    await settle()
    expect(queue.tryPop()).toEqual({ ok: true, value: 0 })
    expect(queue.tryPush(2)).toBe(false)
    await settle()
    expect(waiting.state).toBe('resolved')
    expect(await drain(queue)).toEqual([1])
  })
})

describe('Closing', () => {
  it('pushers that wait are rejected and their items stay out', async () => {
    const queue = fullQueue(2)
    const pushes = numbers(2, 10).map((item) => watch(queue.push(item)))
    await settle()
    queue.close()
    await settle()
    for (const push of pushes) expect(push.reason).toBeInstanceOf(QueueClosedError)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
    expect(await drain(queue)).toEqual([0, 1])
  })

  it('poppers that wait are rejected', async () => {
    const queue = new BlockingQueue<number>(1)
    const pops = [watch(queue.pop()), watch(queue.pop())]
    await settle()
    queue.close()
    await settle()
    for (const pop of pops) expect(pop.reason).toBeInstanceOf(QueueClosedError)
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 0 })
  })

  it('a closed queue accepts nothing', async () => {
    const queue = new BlockingQueue<number>(2)
    queue.close()
    const push = watch(queue.push(1))
    await settle()
    expect(push.reason).toBeInstanceOf(QueueClosedError)
    expect(queue.tryPush(2)).toBe(false)
    expect(queue.size).toBe(0)
  })

  it('what is in the queue can still be taken; only then do pops reject', async () => {
    const count = random.int(2, 5)
    const queue = fullQueue(count)
    queue.close()
    expect(queue.size).toBe(count)
    expect(queue.tryPop()).toEqual({ ok: true, value: 0 })
    expect(await drain(queue)).toEqual(numbers(count - 1, 1))
    const pop = watch(queue.pop())
    await settle()
    expect(pop.reason).toBeInstanceOf(QueueClosedError)
    expect(queue.tryPop()).toEqual({ ok: false })
  })

  it('closing stops the timers of all who waited', async () => {
    const timers = virtualTimers()
    const empty = new BlockingQueue<number>(1, timers)
    const pop = watch(empty.pop({ timeoutMs: 1000 }))
    const full = fullQueue(1, timers)
    const push = watch(full.push(1, { timeoutMs: 1000 }))
    await settle()
    empty.close()
    full.close()
    await settle()
    expect(states([pop, push])).toEqual(['rejected', 'rejected'])
    expect(timers.pending()).toBe(0)
  })

  it('closing twice is the same as closing once', async () => {
    const queue = fullQueue(1)
    queue.close()
    queue.close()
    expect(await drain(queue)).toEqual([0])
  })
})
