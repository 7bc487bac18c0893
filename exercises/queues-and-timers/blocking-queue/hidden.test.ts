import { afterEach, describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { BlockingQueue, QueueTimeoutError } from './solution'

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

/** Makes so many calls of `pop`, one directly after the other. */
function popAll<T>(queue: BlockingQueue<T>, count: number): Array<Seen<T>> {
  const driver = (_: unknown, queue: BlockingQueue<T>, count: number) => {
    return Array.from({ length: count }, () => queue.pop())
  }
  return inGuest(driver, queue, count).map(watch)
}

/** Pushes the items, one directly after the other. */
function pushAll<T>(queue: BlockingQueue<T>, items: readonly T[]): Array<Seen<void>> {
  const driver = (_: unknown, queue: BlockingQueue<T>, items: readonly T[]) => items.map((item) => queue.push(item))
  return inGuest(driver, queue, items).map(watch)
}

/** A call that can be aborted waits until its signal is. */
interface Opts {
  timeoutMs?: number
  canAbort?: boolean
}

/** `abort` ends the wait of the call that was made in the step of that number. */
type Step =
  | readonly ['push', item: unknown, opts?: Opts]
  | readonly ['pop', opts?: Opts]
  | readonly ['tryPush', item: unknown]
  | readonly ['tryPop']
  | readonly ['close']
  | readonly ['advance', ms: number]
  | readonly ['abort', step: number]

interface After {
  /** What calls have ended since the step before, by the number of the step that made them, and how. */
  ended: Record<number, unknown>
  size: number
  waiting: { pushers: number; poppers: number }
  /** How many timers were ever started, and how many of them still run. */
  timers: { started: number; running: number }
}

/**
 * Takes a new queue through these steps, on a clock that moves only when told to. After each step everything happens
 * that can happen, but what a `try` call does must be there at once. (All crosses as one text, much faster than as many
 * objects.)
 */
async function play(capacity: number, steps: readonly Step[]): Promise<After[]> {
  const driver = async (solution: typeof import('./solution'), capacity: number, script: string) => {
    let time = 0
    let started = 0
    const timers = new Map<number, { at: number; fn: () => void }>()
    const queue = new solution.BlockingQueue<unknown>(capacity, {
      now: () => time,
      setTimeout: (fn, ms) => {
        timers.set(++started, { at: time + ms, fn })
        return started
      },
      clearTimeout: (id) => void timers.delete(id),
    })
    const reason = new Error('aborted')
    const controllers = new Map<number, AbortController>()
    let ended: Record<number, unknown> = {}
    const waitFor = (i: number, opts: Opts | undefined, call: (opts?: object) => Promise<unknown>): void => {
      const controller = new AbortController()
      controllers.set(i, controller)
      const promise = opts ? call(opts.canAbort ? { ...opts, signal: controller.signal } : opts) : call()
      promise.then(
        (result) => (ended[i] = result),
        (error) => {
          if (error === reason) ended[i] = 'aborted'
          else if (error instanceof solution.QueueTimeoutError) ended[i] = 'QueueTimeoutError'
          else ended[i] = error instanceof solution.QueueClosedError ? 'QueueClosedError' : String(error)
        },
      )
    }
    const make = (i: number, step: Step): void => {
      if (step[0] === 'push') waitFor(i, step[2], (opts) => queue.push(step[1], opts).then(() => 'pushed'))
      else if (step[0] === 'pop') waitFor(i, step[1], (opts) => queue.pop(opts).then((item) => ({ item })))
      else if (step[0] === 'tryPush') ended[i] = queue.tryPush(step[1])
      else if (step[0] === 'tryPop') ended[i] = queue.tryPop()
      else if (step[0] === 'close') queue.close()
      else if (step[0] === 'abort') controllers.get(step[1])?.abort(reason)
      else {
        time += step[1]
        const due = [...timers].filter(([, { at }]) => at <= time).sort(([, a], [, b]) => a.at - b.at)
        for (const [id, { fn }] of due) if (timers.delete(id)) fn()
      }
    }
    const after: After[] = []
    for (const [i, step] of (JSON.parse(script) as Step[]).entries()) {
      make(i, step)
      if (!step[0].startsWith('try')) for (let turn = 0; turn < 30; turn++) await null
      const { size, waiting } = queue
      after.push({ ended, size, waiting, timers: { started, running: timers.size } })
      ended = {}
    }
    for (let turn = 0; turn < 30; turn++) await null
    Object.assign(after.at(-1)?.ended ?? {}, ended)
    return JSON.stringify(after)
  }
  return JSON.parse(await inGuest(driver, capacity, JSON.stringify(steps))) as After[]
}

/** How the call of each step has ended; undefined if it has not. */
function outcomes(after: readonly After[]): unknown[] {
  const all: Record<number, unknown> = Object.assign({}, ...after.map(({ ended }) => ended))
  return after.map((_, i) => all[i])
}

const pushes = (items: readonly unknown[]) => items.map((item): Step => ['push', item])
const pops = (count: number) => Array<Step>(count).fill(['pop'])
const got = (item: unknown) => ({ item })
const NOBODY = { pushers: 0, poppers: 0 }

describe('Waiting and order', () => {
  it('a push waits exactly while the queue is full', async () => {
    const capacity = random.int(2, 5)
    const after = await play(capacity, [...pushes(numbers(capacity + 1)), ['pop']])
    const timers = { started: 0, running: 0 }
    expect(after).toEqual([
      ...numbers(capacity).map((i) => ({ ended: { [i]: 'pushed' }, size: i + 1, waiting: NOBODY, timers })),
      { ended: {}, size: capacity, waiting: { pushers: 1, poppers: 0 }, timers },
      { ended: { [capacity]: 'pushed', [capacity + 1]: got(0) }, size: capacity, waiting: NOBODY, timers },
    ])
  })

  it('a pop waits exactly while the queue is empty', async () => {
    const timers = { started: 0, running: 0 }
    expect(await play(2, [['pop'], ['push', 'x']])).toEqual([
      { ended: {}, size: 0, waiting: { pushers: 0, poppers: 1 }, timers },
      { ended: { 0: got('x'), 1: 'pushed' }, size: 0, waiting: NOBODY, timers },
    ])
  })

  it('items leave in the order in which they were pushed', async () => {
    const capacity = random.int(1, 4)
    const total = capacity + random.int(5, 10)
    const queue = new BlockingQueue<number>(capacity)
    pushAll(queue, numbers(total))
    await settle()
    const pops = popAll(queue, total)
    await settle()
    expect(values(pops)).toEqual(numbers(total))
  })

  it('waiting poppers are served oldest first', async () => {
    const queue = new BlockingQueue<string>(1)
    const pops = popAll(queue, 3)
    pushAll(queue, ['first', 'second', 'third'])
    await settle()
    expect(values(pops)).toEqual(['first', 'second', 'third'])
  })

  it('waiting pushers are let in oldest first', async () => {
    const after = await play(1, [...pushes([0, 10, 11, 12]), ...pops(4)])
    expect(after.slice(4).map(({ ended }) => ended)).toEqual([
      { 1: 'pushed', 4: got(0) },
      { 2: 'pushed', 5: got(10) },
      { 3: 'pushed', 6: got(11) },
      { 7: got(12) },
    ])
  })

  it('one item goes to one waiting popper', async () => {
    const queue = new BlockingQueue<string>(3)
    const pops = popAll(queue, 4)
    void queue.push('only')
    await settle()
    expect(states(pops)).toEqual(['resolved', 'pending', 'pending', 'pending'])
    expect(queue.waiting).toEqual({ pushers: 0, poppers: 3 })
  })

  it('the queue never holds more than its capacity', async () => {
    const capacity = random.int(1, 3)
    const after = await play(capacity, [...pushes(numbers(capacity + 8)), ...pops(6)])
    expect(after.map(({ size }) => size)).toEqual(after.map((_, i) => Math.min(i + 1, capacity)))
    expect(after.at(-1)?.waiting).toEqual({ pushers: 2, poppers: 0 })
  })

  it('undefined and null are items like any other', async () => {
    const report = await inGuest(async ({ BlockingQueue }: typeof import('./solution')) => {
      const queue = new BlockingQueue<undefined | null>(2)
      const popped: Array<undefined | null> = []
      void queue.pop().then((early) => popped.push(early))
      for (const item of [undefined, null, undefined]) void queue.push(item)
      for (let turn = 0; turn < 50; turn++) await null
      const { size } = queue
      for (const _ of [1, 2]) void queue.pop().then((late) => popped.push(late))
      for (let turn = 0; turn < 50; turn++) await null
      return { size, popped }
    })
    expect(report).toStrictEqual({ size: 2, popped: [undefined, null, undefined] })
  })

  it('a capacity that is not a positive integer is refused with RangeError', () => {
    for (const capacity of [0, 1.5, Number.POSITIVE_INFINITY]) {
      expect(() => new BlockingQueue(capacity)).toThrow(RangeError)
    }
  })

  it('three hundred items pass through a queue of one, each once and in order', async () => {
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
    }, 300)
    expect(report).toEqual({ count: 300, inOrder: true, size: 0 })
  })

  it('after any mixture of calls the queue agrees with a simple model', async () => {
    const capacity = random.int(1, 4)
    const model = { items: [] as number[], pushers: [] as number[], poppers: [] as number[] }
    const steps: Step[] = []
    const expected: After[] = []
    for (let step = 0; step < 100; step++) {
      const ended: Record<number, unknown> = {}
      // Starts with a crowd of pushers. Each item is the number of its push.
      if (step < capacity + 3 || random.next() < 0.5) {
        steps.push(['push', step])
        model.pushers.push(step)
      } else {
        steps.push(['pop'])
        model.poppers.push(step)
      }
      const deliver = () => {
        while (model.pushers.length > 0 && model.items.length < capacity) {
          const item = model.pushers.shift() ?? -1
          model.items.push(item)
          ended[item] = 'pushed'
        }
      }
      deliver()
      while (model.poppers.length > 0 && model.items.length > 0) {
        ended[model.poppers.shift() ?? -1] = got(model.items.shift())
        deliver()
      }
      const waiting = { pushers: model.pushers.length, poppers: model.poppers.length }
      expected.push({ ended, size: model.items.length, waiting, timers: { started: 0, running: 0 } })
    }
    expect(await play(capacity, steps)).toEqual(expected)
  })
})

describe('Timeouts and aborts', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('a pop gives up at its timeout, not before', async () => {
    const timeoutMs = random.int(5, 5000)
    const after = await play(1, [['pop', { timeoutMs }], ['advance', timeoutMs - 1], ['advance', 1]])
    expect(after.map(({ ended }) => ended)).toEqual([{}, {}, { 0: 'QueueTimeoutError' }])
    expect(after[2]?.waiting).toEqual(NOBODY)
  })

  it('an item pushed after a timeout goes to the next popper', async () => {
    const after = await play(1, [['pop', { timeoutMs: 10 }], ['advance', 10], ['pop'], ['push', 'parcel']])
    expect(outcomes(after)).toEqual(['QueueTimeoutError', undefined, got('parcel'), 'pushed'])
  })

  it('the item of a push that timed out never enters the queue', async () => {
    const full: Step[] = [['push', 0], ['push', 1, { timeoutMs: 10 }], ['push', 2], ['advance', 10]]
    const after = await play(1, [...full, ...pops(3)])
    expect(after[3]).toMatchObject({ ended: { 1: 'QueueTimeoutError' }, waiting: { pushers: 1, poppers: 0 } })
    const ends = ['pushed', 'QueueTimeoutError', 'pushed', undefined, got(0), got(2), undefined]
    expect(outcomes(after)).toEqual(ends)
  })

  it('a wait that ends well leaves no timer behind', async () => {
    const poppers: Step[] = [['pop', { timeoutMs: 1000 }], ['push', 1]]
    const pushers: Step[] = [['push', 2], ['push', 3, { timeoutMs: 1000 }], ['pop']]
    const after = await play(1, [...poppers, ...pushers])
    expect(outcomes(after)).toEqual([got(1), 'pushed', 'pushed', 'pushed', got(2)])
    expect(after.map(({ timers }) => timers.running)).toEqual([1, 0, 0, 1, 0])
  })

  it('a call that need not wait starts no timer', async () => {
    const after = await play(1, [['push', 1, { timeoutMs: 1000 }], ['pop', { timeoutMs: 1000 }]])
    expect(outcomes(after)).toEqual(['pushed', got(1)])
    expect(after[1]?.timers).toEqual({ started: 0, running: 0 })
  })

  it('a wait without a timeout has no timer to clear', async () => {
    const cleared: unknown[] = []
    const timers = { now: () => 0, setTimeout: () => 1, clearTimeout: (id: number) => void cleared.push(id) }
    const queue = new BlockingQueue<number>(1, timers)
    const pop = watch(queue.pop())
    await settle()
    void queue.push(1)
    await settle()
    expect(pop.value).toBe(1)
    expect(cleared.filter((id) => typeof id !== 'number')).toEqual([])
  })

  it('a timeout of 0 never waits and never starts a timer', async () => {
    const never = { timeoutMs: 0 }
    const after = await play(1, [['pop', never], ['push', 1, never], ['push', 2, never], ['pop'], ['pop']])
    expect(outcomes(after)).toEqual(['QueueTimeoutError', 'pushed', 'QueueTimeoutError', got(1), undefined])
    expect(after[2]?.timers).toEqual({ started: 0, running: 0 })
  })

  it('an aborted pop leaves the line with the reason of the abort, and takes its timer along', async () => {
    const first: Step = ['pop', { timeoutMs: 1000, canAbort: true }]
    const after = await play(1, [first, ['pop'], ['abort', 0], ['push', 'parcel']])
    expect(after.slice(1)).toEqual([
      { ended: {}, size: 0, waiting: { pushers: 0, poppers: 2 }, timers: { started: 1, running: 1 } },
      { ended: { 0: 'aborted' }, size: 0, waiting: { pushers: 0, poppers: 1 }, timers: { started: 1, running: 0 } },
      { ended: { 1: got('parcel'), 3: 'pushed' }, size: 0, waiting: NOBODY, timers: { started: 1, running: 0 } },
    ])
  })

  it('an aborted push leaves the line, and its item with it', async () => {
    const full: Step[] = [['push', 0], ['push', 1], ['push', 2, { canAbort: true }], ['push', 3, { timeoutMs: 1000 }]]
    const after = await play(1, [...full, ['abort', 2], ...pops(3)])
    expect(after[4]).toMatchObject({ ended: { 2: 'aborted' }, waiting: { pushers: 2, poppers: 0 } })
    expect(outcomes(after).slice(1)).toEqual(['pushed', 'aborted', 'pushed', undefined, got(0), got(1), got(3)])
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
    const served: Step[] = [['pop', { canAbort: true }], ['pop'], ['push', 1, { canAbort: true }]]
    const after = await play(1, [...served, ['abort', 0], ['abort', 2]])
    expect(outcomes(after)).toEqual([got(1), undefined, 'pushed', undefined, undefined])
    expect(after[4]?.waiting).toEqual({ pushers: 0, poppers: 1 })
  })

  it('whoever gives up in the middle of a line leaves the others in their order', async () => {
    const line = numbers(6).map((): Step => ['pop', { canAbort: true }])
    const leaving = random.shuffle(numbers(6)).slice(0, 3)
    const after = await play(1, [...line, ...leaving.map((i): Step => ['abort', i]), ...pushes(['a', 'b', 'c'])])
    const items = ['a', 'b', 'c'].values()
    const ends = numbers(6).map((i) => (leaving.includes(i) ? 'aborted' : got(items.next().value)))
    expect(outcomes(after).slice(0, 6)).toEqual(ends)
    expect(after.at(-1)?.waiting).toEqual(NOBODY)
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

  it('a wait that ends well clears its timer, also an ordinary one', async () => {
    vi.useFakeTimers()
    const queue = new BlockingQueue<number>(1)
    const pop = watch(queue.pop({ timeoutMs: 50 }))
    await settle()
    void queue.push(1)
    await settle()
    expect(pop).toEqual({ state: 'resolved', value: 1 })
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(50)
    await settle()
    expect(queue.waiting).toEqual(NOBODY)
  })

})

describe('Calls that never wait', () => {
  it('tryPush and tryPop say whether they did anything', async () => {
    const after = await play(1, [['tryPop'], ['tryPush', 'a'], ['tryPush', 'b'], ['tryPop']])
    expect(outcomes(after)).toEqual([{ ok: false }, true, false, { ok: true, value: 'a' }])
    expect(after.map(({ size }) => size)).toEqual([0, 1, 1, 0])
  })

  it('tryPop tells an undefined item from no item', () => {
    const answers = inGuest(({ BlockingQueue }: typeof import('./solution')) => {
      const queue = new BlockingQueue<undefined>(1)
      return [queue.tryPush(undefined), queue.tryPop(), queue.tryPop()]
    })
    expect(answers).toStrictEqual([true, { ok: true, value: undefined }, { ok: false }])
  })

  it('an item handed to a waiting popper is gone at once', async () => {
    const after = await play(1, [['pop'], ['tryPush', 'mine'], ['tryPop']])
    expect(outcomes(after)).toEqual([got('mine'), true, { ok: false }])
    expect(after[2]?.size).toBe(0)
  })

  it('tryPop lets the oldest waiting pusher in', async () => {
    const after = await play(2, [...pushes([0, 1, 2, 3]), ['tryPop'], ['advance', 0], ...pops(3)])
    expect(outcomes(after)[4]).toEqual({ ok: true, value: 0 })
    expect(after[5]).toMatchObject({ ended: { 2: 'pushed' }, size: 2, waiting: { pushers: 1, poppers: 0 } })
    expect(outcomes(after).slice(6)).toEqual([got(1), got(2), got(3)])
  })

  it('a slot that becomes free belongs to the oldest waiting pusher, not to the next tryPush', async () => {
    const after = await play(1, [...pushes([0, 1]), ['tryPop'], ['tryPush', 2], ['pop'], ['pop']])
    expect(outcomes(after)).toEqual(['pushed', 'pushed', { ok: true, value: 0 }, false, got(1), undefined])
  })
})

describe('Closing', () => {
  it('pushers that wait are rejected and their items stay out', async () => {
    const after = await play(2, [...pushes([0, 1, 10, 11]), ['close'], ...pops(3)])
    expect(after[4]).toMatchObject({ ended: { 2: 'QueueClosedError', 3: 'QueueClosedError' }, waiting: NOBODY })
    expect(outcomes(after).slice(5)).toEqual([got(0), got(1), 'QueueClosedError'])
  })

  it('poppers that wait are rejected', async () => {
    const after = await play(1, [...pops(2), ['close']])
    expect(after[2]).toMatchObject({ ended: { 0: 'QueueClosedError', 1: 'QueueClosedError' }, waiting: NOBODY })
  })

  it('a closed queue accepts nothing', async () => {
    const after = await play(2, [['close'], ['push', 1], ['tryPush', 2]])
    expect(outcomes(after)).toEqual([undefined, 'QueueClosedError', false])
    expect(after[2]?.size).toBe(0)
  })

  it('what is in the queue can still be taken; only then do pops reject', async () => {
    const count = random.int(2, 5)
    const after = await play(count, [...pushes(numbers(count)), ['close'], ['tryPop'], ...pops(count), ['tryPop']])
    expect(after[count]?.size).toBe(count)
    expect(outcomes(after).slice(count + 1)).toEqual([
      { ok: true, value: 0 },
      ...numbers(count - 1, 1).map(got),
      'QueueClosedError',
      { ok: false },
    ])
  })

  it('closing stops the timers of all who waited', async () => {
    const empty = await play(1, [['pop', { timeoutMs: 1000 }], ['close']])
    const full = await play(1, [['push', 0], ['push', 1, { timeoutMs: 1000 }], ['close']])
    expect(outcomes(empty)).toEqual(['QueueClosedError', undefined])
    expect(outcomes(full)).toEqual(['pushed', 'QueueClosedError', undefined])
    for (const after of [empty, full]) expect(after.at(-1)?.timers).toEqual({ started: 1, running: 0 })
  })

  it('closing twice is the same as closing once', async () => {
    const after = await play(1, [['push', 0], ['close'], ['close'], ['pop']])
    expect(outcomes(after)).toEqual(['pushed', undefined, undefined, got(0)])
  })
})
