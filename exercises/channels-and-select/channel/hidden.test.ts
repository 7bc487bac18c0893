import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { Chan, ClosedChannelError, nilChan, type Received } from './solution'

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
const values = <T>(seen: ReadonlyArray<Seen<T>>) => seen.map(({ value }) => value)
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)
const got = <T>(value: T) => ({ value, ok: true })
const NOTHING = { value: undefined, ok: false }

/** A channel with `count` values (0, 1, 2, ...) in its buffer, which is full. */
function fullChan(count: number): Chan<number> {
  return inGuest((solution: typeof import('./solution'), count: number) => {
    const ch = new solution.Chan<number>(count)
    for (let v = 0; v < count; v++) void ch.send(v)
    return ch
  }, count)
}

/** Receives `count` times, one after another; undefined stands for what does not come. */
function receive<T>(ch: Chan<T>, count: number): Promise<Array<Received<T> | undefined>> {
  const driver = async (_: unknown, ch: Chan<T>, count: number) => {
    const all: Array<Received<T> | undefined> = []
    for (let i = 0; i < count; i++) {
      let received: Received<T> | undefined
      void ch.recv().then((it) => (received = it))
      for (let turn = 0; turn < 50; turn++) await null
      all.push(received)
    }
    return all
  }
  return inGuest(driver, ch, count)
}

type Step = readonly ['send' | 'trySend', unknown] | readonly ['recv' | 'tryRecv' | 'close']

const sends = (values: readonly unknown[]) => values.map((v): Step => ['send', v])
const recvs = (count: number) => Array<Step>(count).fill(['recv'])

interface After {
  /** What calls have ended by the step, by the number of the step that made them, and how. */
  ended: Record<number, unknown>
  /** What the channel said of itself when the call of the step had returned. */
  len: number
  waiting: { senders: number; receivers: number }
}

/** Takes a new channel through these steps. (They cross as one text, much faster than as many objects.) */
async function play(capacity: number, steps: readonly Step[]): Promise<After[]> {
  const driver = async (solution: typeof import('./solution'), capacity: number, script: string) => {
    const ch = new solution.Chan<unknown>(capacity)
    const after: After[] = []
    let ended: Record<number, unknown> = {}
    const nameOf = (error: unknown) => {
      return error instanceof solution.ClosedChannelError ? `ClosedChannelError: ${error.op}` : String(error)
    }
    const make = (step: Step): unknown => {
      if (step[0] === 'trySend') return ch.trySend(step[1])
      if (step[0] === 'tryRecv') return ch.tryRecv()
      if (step[0] === 'close') return ch.close() ?? 'closed'
      return step[0] === 'send' ? ch.send(step[1]).then(() => 'sent') : ch.recv()
    }
    for (const [i, step] of (JSON.parse(script) as Step[]).entries()) {
      const call = (async () => make(step))()
      const { len, waiting } = ch
      call.then(
        (result) => (ended[i] = result),
        (error) => (ended[i] = nameOf(error)),
      )
      for (let turn = 0; turn < 30; turn++) await null
      after.push({ ended, len, waiting })
      ended = {}
    }
    return JSON.stringify(after)
  }
  return JSON.parse(await inGuest(driver, capacity, JSON.stringify(steps))) as After[]
}

/** How the call of each step has ended; undefined if it has not. */
function outcomes(after: readonly After[]): unknown[] {
  const all: Record<number, unknown> = Object.assign({}, ...after.map(({ ended }) => ended))
  return after.map((_, i) => all[i])
}

const NOBODY = { senders: 0, receivers: 0 }

describe('Handing over', () => {
  it('an unbuffered send resolves only when a receiver has taken its value', async () => {
    expect(await play(0, [['send', 'x'], ['recv']])).toEqual([
      { ended: {}, len: 0, waiting: { senders: 1, receivers: 0 } },
      { ended: { 0: 'sent', 1: got('x') }, len: 0, waiting: NOBODY },
    ])
  })

  it('a buffered send waits exactly while the buffer is full', async () => {
    const capacity = random.int(1, 5)
    const ch = new Chan<number>(capacity)
    expect(ch.cap).toBe(capacity)
    expect(await play(capacity, sends(numbers(capacity + 1)))).toEqual([
      ...numbers(capacity).map((i) => ({ ended: { [i]: 'sent' }, len: i + 1, waiting: NOBODY })),
      { ended: {}, len: capacity, waiting: { senders: 1, receivers: 0 } },
    ])
  })

  it('a receive waits exactly while there is neither a value nor a sender', async () => {
    expect(await play(random.int(0, 2), [['recv'], ['send', 7]])).toEqual([
      { ended: {}, len: 0, waiting: { senders: 0, receivers: 1 } },
      { ended: { 0: got(7), 1: 'sent' }, len: 0, waiting: NOBODY },
    ])
  })

  it('values arrive in the order in which they were sent', async () => {
    for (const capacity of [0, random.int(1, 4)]) {
      const count = capacity + random.int(5, 10)
      const after = await play(capacity, [...sends(numbers(count)), ...recvs(count)])
      expect(outcomes(after).slice(count)).toEqual(numbers(count).map(got))
    }
  })

  it('waiting receivers are served oldest first, without a stop in the buffer', async () => {
    const after = await play(2, [...recvs(3), ...sends(['first', 'second'])])
    expect(outcomes(after)).toEqual([got('first'), got('second'), undefined, 'sent', 'sent'])
    expect(after[4]).toMatchObject({ len: 0, waiting: { senders: 0, receivers: 1 } })
  })

  it('blocked senders are served oldest first', async () => {
    const after = await play(0, [...sends(numbers(3)), ...recvs(3)])
    expect(after.slice(3).map(({ ended }) => ended)).toEqual(numbers(3).map((i) => ({ [i]: 'sent', [i + 3]: got(i) })))
  })

  it('a receive from a full buffer takes its head and moves the oldest blocked value to its end', async () => {
    const capacity = random.int(1, 4)
    const values = [...numbers(capacity), 100, 200]
    const after = await play(capacity, [...sends(values), ...recvs(capacity + 2)])
    expect(after[capacity + 2]).toEqual({
      ended: { [capacity]: 'sent', [capacity + 2]: got(0) },
      len: capacity,
      waiting: { senders: 1, receivers: 0 },
    })
    expect(outcomes(after)).toEqual([...values.map(() => 'sent'), ...values.map(got)])
  })

  it('a hand-over is complete when the call returns', async () => {
    const ch = new Chan<string>()
    const recv = watch(ch.recv())
    void ch.send('mine')
    expect(ch.waiting).toEqual({ senders: 0, receivers: 0 })
    expect(ch.tryRecv()).toEqual({ ready: false })
    await settle()
    expect(recv.value).toEqual(got('mine'))
  })

  it('undefined and null are values like any other', async () => {
    const report = await inGuest(async ({ Chan }: typeof import('./solution')) => {
      const ch = new Chan<undefined | null>(1)
      const received: Array<Received<undefined | null>> = []
      let sent = 0
      void ch.recv().then((early) => received.push(early))
      for (const v of [undefined, undefined, null]) void ch.send(v).then(() => sent++)
      for (let turn = 0; turn < 50; turn++) await null
      const before = sent
      for (const _ of [1, 2]) void ch.recv().then((late) => received.push(late))
      for (let turn = 0; turn < 50; turn++) await null
      return { received, before, sent, rest: ch.tryRecv() }
    })
    const received = [got(undefined), got(undefined), got(null)]
    expect(report).toStrictEqual({ received, before: 2, sent: 3, rest: { ready: false } })
  })

  it('a capacity that is not an integer of 0 or more is refused with RangeError', () => {
    for (const capacity of [-1, 0.5, Number.POSITIVE_INFINITY]) expect(() => new Chan(capacity)).toThrow(RangeError)
    expect(new Chan().cap).toBe(0)
  })

  it('after any mixture of calls the channel agrees with a simple model', async () => {
    for (const capacity of [0, random.int(1, 3)]) {
      const buffer: number[] = []
      const senders: number[] = []
      const receivers: number[] = []
      const steps: Step[] = []
      const expected: After[] = []
      for (let step = 0; step < 70; step++) {
        const ended: Record<number, unknown> = {}
        // Starts with a crowd of senders.
        if (step < capacity + 3 || random.next() < 0.5) {
          steps.push(['send', step])
          const receiver = receivers.shift()
          if (receiver !== undefined) ended[receiver] = got(step)
          else if (buffer.length < capacity) buffer.push(step)
          else senders.push(step)
          if (!senders.includes(step)) ended[step] = 'sent'
        } else {
          steps.push(['recv'])
          for (const sender of senders.splice(0, 1)) {
            buffer.push(sender)
            ended[sender] = 'sent'
          }
          const value = buffer.shift()
          if (value === undefined) receivers.push(step)
          else ended[step] = got(value)
        }
        const waiting = { senders: senders.length, receivers: receivers.length }
        expected.push({ ended, len: buffer.length, waiting })
      }
      expect(await play(capacity, steps)).toEqual(expected)
    }
  })
})

describe('Closing', () => {
  it('buffered values are still received, then nothing with ok false, for ever', async () => {
    const count = random.int(1, 4)
    const after = await play(count, [...sends(numbers(count)), ['close'], ...recvs(count + 3)])
    const ends = [...numbers(count).map(got), NOTHING, NOTHING, NOTHING]
    expect(outcomes(after)).toEqual([...numbers(count).map(() => 'sent'), 'closed', ...ends])
    expect(after.slice(count).map(({ len }) => len)).toEqual([...numbers(count + 1).reverse(), 0, 0, 0])
  })

  it('receivers that wait are released with ok false', async () => {
    const after = await play(random.int(0, 2), [...recvs(3), ['close']])
    const ended = { 0: NOTHING, 1: NOTHING, 2: NOTHING, 3: 'closed' }
    expect(after[3]).toEqual({ ended, len: 0, waiting: NOBODY })
  })

  it('senders that wait are rejected, and their values with them', async () => {
    for (const capacity of [0, random.int(1, 3)]) {
      const steps = [...sends([...numbers(capacity), 100, 200]), ['close'] as const, ...recvs(capacity + 1)]
      const after = await play(capacity, steps)
      const rejected = 'ClosedChannelError: send'
      const ended = { [capacity]: rejected, [capacity + 1]: rejected, [capacity + 2]: 'closed' }
      expect(after[capacity + 2]).toEqual({ ended, len: capacity, waiting: NOBODY })
      expect(outcomes(after).slice(capacity + 3)).toEqual([...numbers(capacity).map(got), NOTHING])
    }
  })

  it('a send on a closed channel fails, also where there is room', async () => {
    const after = await play(1, [['close'], ['send', 1], ['trySend', 2]])
    expect(outcomes(after)).toEqual(['closed', 'ClosedChannelError: send', 'ClosedChannelError: send'])
    expect(after[2]).toMatchObject({ len: 0, waiting: NOBODY })
  })

  it('a channel can be closed once', () => {
    const ch = new Chan<number>(1)
    ch.close()
    let thrown: unknown
    try {
      ch.close()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ClosedChannelError)
    expect(thrown).toHaveProperty('op', 'close')
  })
})

describe('Calls that never block', () => {
  it('trySend on an unbuffered channel needs a waiting receiver', async () => {
    const after = await play(0, [['trySend', 'nobody there'], ['recv'], ['trySend', 'now'], ['trySend', 'too many']])
    expect(outcomes(after)).toEqual([false, got('now'), true, false])
    expect(after[0]?.waiting).toEqual(NOBODY)
  })

  it('trySend fills the buffer and no more', async () => {
    const capacity = random.int(1, 4)
    const attempts = numbers(capacity + 2).map((v): Step => ['trySend', v])
    const after = await play(capacity, [...attempts, ...recvs(capacity)])
    expect(outcomes(after)).toEqual([...numbers(capacity + 2).map((v) => v < capacity), ...numbers(capacity).map(got)])
    expect(after[capacity + 1]).toHaveProperty('len', capacity)
  })

  it('tryRecv takes from the buffer and lets the oldest blocked sender in', async () => {
    const late: Step[] = [['trySend', 3], ['tryRecv'], ['tryRecv'], ['tryRecv']]
    const after = await play(2, [...sends([0, 1, 2]), ['tryRecv'], ...late])
    const ready = (value: number) => ({ ready: true, ...got(value) })
    expect(after[3]).toEqual({ ended: { 2: 'sent', 3: ready(0) }, len: 2, waiting: NOBODY })
    expect(outcomes(after).slice(4)).toEqual([false, ready(1), ready(2), { ready: false }])
  })

  it('tryRecv on an unbuffered channel takes from a blocked sender', async () => {
    const after = await play(0, [['tryRecv'], ['send', 'x'], ['tryRecv'], ['tryRecv']])
    expect(outcomes(after)).toEqual([{ ready: false }, 'sent', { ready: true, ...got('x') }, { ready: false }])
    expect(after[2]?.waiting).toEqual(NOBODY)
  })

  it('tryRecv tells a value that is undefined, an empty channel and a closed one apart', () => {
    const received = inGuest(({ Chan }: typeof import('./solution')) => {
      const ch = new Chan<undefined>(1)
      const empty = ch.tryRecv()
      ch.trySend(undefined)
      const [value, taken] = [ch.tryRecv(), ch.tryRecv()]
      ch.close()
      return [empty, value, taken, ch.tryRecv()]
    })
    expect(received).toStrictEqual([
      { ready: false },
      { ready: true, value: undefined, ok: true },
      { ready: false },
      { ready: true, value: undefined, ok: false },
    ])
  })
})

describe('The nil channel', () => {
  it('sends and receives never settle, and do not meet each other', async () => {
    const all = [watch(nilChan.recv()), watch(nilChan.send(undefined as never)), watch(nilChan.recv())]
    await settle()
    expect(states(all)).toEqual(['pending', 'pending', 'pending'])
    const loop = watch(nilChan[Symbol.asyncIterator]().next())
    await settle()
    expect(loop.state).toBe('pending')
  })

  it('it is never ready, has no room and keeps no lines', async () => {
    void nilChan.recv()
    void nilChan.send(undefined as never)
    await settle()
    const report = inGuest(({ nilChan }: typeof import('./solution')) => {
      const { len, cap, waiting } = nilChan
      return { sent: nilChan.trySend(undefined as never), received: nilChan.tryRecv(), len, cap, waiting }
    })
    expect(report).toEqual({ sent: false, received: { ready: false }, len: 0, cap: 0, waiting: NOBODY })
  })

  it('it cannot be closed', async () => {
    expect(() => nilChan.close()).toThrow(ClosedChannelError)
    const recv = watch(nilChan.recv())
    await settle()
    expect(recv.state).toBe('pending')
  })

  it('who tries to close it is told which operation failed', () => {
    let thrown: unknown
    try {
      nilChan.close()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ClosedChannelError)
    expect(thrown).toHaveProperty('op', 'close')
  })

  it('a signal ends the wait', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const all = [watch(nilChan.recv({ signal })), watch(nilChan.send(undefined as never, { signal }))]
    const reason = new Error('enough')
    controller.abort(reason)
    await settle()
    expect(all.map((seen) => seen.reason)).toEqual([reason, reason])
    const late = [watch(nilChan.recv({ signal })), watch(nilChan.send(undefined as never, { signal }))]
    await settle()
    expect(late.map((seen) => seen.reason)).toEqual([reason, reason])
  })
})

describe('Iteration', () => {
  it('a loop receives every value in order and ends when the channel is closed and drained', async () => {
    const report = await inGuest(async ({ Chan }: typeof import('./solution')) => {
      const ch = new Chan<number>(3)
      for (const v of [0, 1, 2]) void ch.send(v)
      const seen: number[] = []
      let isOver = false
      const loop = async () => {
        for await (const v of ch) seen.push(v)
        isOver = true
      }
      void loop()
      for (let turn = 0; turn < 100; turn++) await null
      const open = { isOver, seen: [...seen] }
      for (const v of [3, 4, 5]) void ch.send(v)
      ch.close()
      for (let turn = 0; turn < 100; turn++) await null
      return [open, { isOver, seen }]
    })
    expect(report).toEqual([
      { isOver: false, seen: [0, 1, 2] },
      { isOver: true, seen: [0, 1, 2, 3, 4, 5] },
    ])
  })

  it('a loop over a closed and empty channel ends at once', async () => {
    const ch = new Chan<number>()
    ch.close()
    const seen: number[] = []
    for await (const v of ch) seen.push(v)
    expect(seen).toEqual([])
  })

  it('leaving a loop early loses no value and leaves the channel open', async () => {
    const ch = fullChan(4)
    const seen = inGuest(async (_: unknown, ch: Chan<number>) => {
      const seen: number[] = []
      for await (const v of ch) {
        seen.push(v)
        if (seen.length === 2) break
      }
      return seen
    }, ch)
    expect(await seen).toEqual([0, 1])
    expect([ch.len, ch.waiting]).toEqual([2, NOBODY])
    expect(ch.trySend(4)).toBe(true)
    expect(await receive(ch, 3)).toEqual([2, 3, 4].map(got))
  })

  it('several loops over one channel share its values, each value going to one of them', async () => {
    const loops = await inGuest(async ({ Chan }: typeof import('./solution')) => {
      const ch = new Chan<number>()
      const loops = [ch, ch[Symbol.asyncIterator](), ch].map((values) => {
        const loop = { seen: [] as number[], isOver: false }
        const run = async () => {
          for await (const v of values) loop.seen.push(v)
          loop.isOver = true
        }
        void run()
        return loop
      })
      for (let v = 0; v < 12; v++) {
        void ch.send(v)
        for (let turn = 0; turn < 50; turn++) await null
      }
      ch.close()
      for (let turn = 0; turn < 50; turn++) await null
      return loops
    })
    expect(loops.map(({ isOver }) => isOver)).toEqual([true, true, true])
    expect(loops.flatMap(({ seen }) => seen).sort((a, b) => a - b)).toEqual(numbers(12))
    expect(loops.map(({ seen }) => seen.length)).toEqual([4, 4, 4])
  })

  it('a loop hands on values that are undefined', async () => {
    const seen = await inGuest(async ({ Chan }: typeof import('./solution')) => {
      const ch = new Chan<undefined>(2)
      for (const v of [undefined, undefined]) void ch.send(v)
      ch.close()
      const seen: undefined[] = []
      for await (const v of ch) seen.push(v)
      return seen
    })
    expect(seen).toEqual([undefined, undefined])
  })
})

describe('Cancellation', () => {
  it('an aborted receiver leaves the line and gets no value', async () => {
    const ch = new Chan<string>(random.int(0, 1))
    const controller = new AbortController()
    const aborted = watch(ch.recv({ signal: controller.signal }))
    const patient = watch(ch.recv())
    const reason = new Error('enough')
    controller.abort(reason)
    await settle()
    expect(aborted.reason).toBe(reason)
    expect(ch.waiting).toEqual({ senders: 0, receivers: 1 })
    void ch.send('parcel')
    await settle()
    expect(patient.value).toEqual(got('parcel'))
  })

  it('an aborted sender leaves the line, and its value with it', async () => {
    const driver = async ({ Chan }: typeof import('./solution'), capacity: number) => {
      const ch = new Chan<number>(capacity)
      for (let v = 0; v < capacity; v++) void ch.send(v)
      const controller = new AbortController()
      const reason = new Error('never mind')
      const ended: Record<string, unknown> = {}
      const watch = (call: Promise<unknown>, name: string) => {
        call.then(
          (value) => (ended[name] = value ?? 'sent'),
          (error) => (ended[name] = error === reason ? 'aborted' : error),
        )
      }
      watch(ch.send(100), 'first')
      watch(ch.send(200, { signal: controller.signal }), 'second')
      watch(ch.send(300, { signal: new AbortController().signal }), 'third')
      controller.abort(reason)
      for (let turn = 0; turn < 50; turn++) await null
      const before = { ...ended }
      const { waiting } = ch
      for (let i = 0; i < capacity + 2; i++) watch(ch.recv(), `recv ${i}`)
      for (let turn = 0; turn < 50; turn++) await null
      return { before, waiting, ended }
    }
    for (const capacity of [0, random.int(1, 3)]) {
      const received = [...numbers(capacity), 100, 300].map((v, i) => [`recv ${i}`, got(v)])
      expect(await inGuest(driver, capacity)).toEqual({
        before: { second: 'aborted' },
        waiting: { senders: 2, receivers: 0 },
        ended: { first: 'sent', second: 'aborted', third: 'sent', ...Object.fromEntries(received) },
      })
    }
  })

  it('a signal that is already aborted stops the call before it touches the channel', async () => {
    const ch = new Chan<number>(2)
    void ch.send(1)
    const reason = new Error('too late')
    const signal = AbortSignal.abort(reason)
    const calls = [watch(ch.send(2, { signal })), watch(ch.recv({ signal }))]
    await settle()
    expect(calls.map((seen) => seen.reason)).toEqual([reason, reason])
    expect(ch.len).toBe(1)
    ch.close()
    const late = watch(ch.send(3, { signal }))
    await settle()
    expect(late.reason).toBe(reason)
  })

  it('an abort after the call has ended changes nothing', async () => {
    const ch = new Chan<number>()
    const controller = new AbortController()
    const { signal } = controller
    const recv = watch(ch.recv({ signal }))
    const waiting = watch(ch.recv())
    const send = watch(ch.send(1, { signal }))
    await settle()
    controller.abort(new Error('afterthought'))
    await settle()
    expect(recv.value).toEqual(got(1))
    expect(states([send, waiting])).toEqual(['resolved', 'pending'])
    expect(ch.waiting).toEqual({ senders: 0, receivers: 1 })
  })

  it('an abort after the channel was closed changes nothing', async () => {
    const ch = new Chan<number>()
    const controller = new AbortController()
    const send = watch(ch.send(1, { signal: controller.signal }))
    await settle()
    ch.close()
    controller.abort(new Error('afterthought'))
    await settle()
    expect(send.reason).toBeInstanceOf(ClosedChannelError)
    expect(ch.waiting).toEqual({ senders: 0, receivers: 0 })
  })

  it('whoever gives up in the middle of a line leaves the others in their order', async () => {
    const leaving = random.shuffle(numbers(5, 1)).slice(0, 3)
    const report = await inGuest(async ({ Chan }: typeof import('./solution'), leaving: readonly number[]) => {
      const ch = new Chan<number>()
      const controllers = Array.from({ length: 6 }, () => new AbortController())
      const sends = controllers.map(({ signal }, v) => {
        return ch.send(v, { signal }).then(
          () => 'sent',
          () => 'rejected',
        )
      })
      for (const i of leaving) controllers[i]?.abort(new Error('enough'))
      const ended: Record<string, unknown> = {}
      for (const [i, send] of sends.entries()) void send.then((end) => (ended[`send ${i}`] = end))
      for (const i of [0, 1, 2]) void ch.recv().then((end) => (ended[`recv ${i}`] = end))
      for (let turn = 0; turn < 50; turn++) await null
      return ended
    }, leaving)
    const staying = numbers(6).filter((i) => !leaving.includes(i))
    const sent = numbers(6).map((i) => [`send ${i}`, leaving.includes(i) ? 'rejected' : 'sent'])
    const received = staying.map((v, i) => [`recv ${i}`, got(v)])
    expect(report).toEqual(Object.fromEntries([...sent, ...received]))
  })
})

describe('Ring buffer', () => {
  it('three hundred values pass from a producer to a consumer, each once and in order', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), total: number) => {
      const ch = new solution.Chan<number>(16)
      const taken: number[] = []
      const produce = async () => {
        for (let i = 0; i < total; i++) await ch.send(i)
        ch.close()
      }
      const consume = async () => {
        for await (const v of ch) taken.push(v)
        return true
      }
      void produce()
      let ended = false
      void consume().then((end) => (ended = end))
      // Far more turns than any honest channel needs, and an end for one that lets both sides sleep for ever.
      for (let turn = 0; turn < total * 50 && !ended; turn++) await null
      return { ended, count: taken.length, inOrder: taken.every((v, i) => v === i) }
    }, 2_000)
    expect(report).toEqual({ ended: true, count: 2_000, inOrder: true })
  })

  it('the cost of a send or a receive does not grow with the number of buffered values', () => {
    // A hundred values in and out take far less than moving all of them a hundred times. The fastest of many rounds
    // counts: whatever else the machine does meanwhile, some of them run undisturbed.
    const driver = ({ Chan }: typeof import('./solution'), buffered: number) => {
      const fastest = (use: () => void): number => {
        let best = Number.POSITIVE_INFINITY
        for (let round = 0; round < 30; round++) {
          const began = performance.now()
          use()
          best = Math.min(best, performance.now() - began)
        }
        return best
      }
      const ch = new Chan<number>(buffered)
      for (let v = 0; v < buffered; v++) ch.trySend(v)
      let [next, right] = [0, 0]
      const moves = fastest(() => {
        for (const end = next + 100; next < end; next++) {
          const received = ch.tryRecv()
          if (received.ready && received.value === next && ch.trySend(buffered + next)) right++
        }
      })
      const values = new Float64Array(buffered)
      const all = fastest(() => values.copyWithin(0, 1))
      return { right, isQuick: moves < 20 * all }
    }
    expect(inGuest(driver, 50_000)).toEqual({ right: 3_000, isQuick: true })
  })
})
