import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { Chan, select, type SelectCase } from './solution'

/** Lets everything happen that can happen. */
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

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const recv = (ch: Chan<number> | null): SelectCase => ({ op: 'recv', ch })
const send = (ch: Chan<number> | null, value: number): SelectCase => ({ op: 'send', ch, value })
const NOBODY = { senders: 0, receivers: 0 }

function channels(count: number, capacity = 0): Array<Chan<number>> {
  return numbers(count).map(() => new Chan<number>(capacity))
}

/** A channel with these values in its buffer, and no room for more. */
function filled(...values: number[]): Chan<number> {
  const ch = new Chan<number>(values.length)
  for (const value of values) void ch.send(value)
  return ch
}

describe('Choosing', () => {
  it('a ready case wins, wherever it stands', async () => {
    const count = random.int(3, 5)
    const place = random.int(0, count - 1)
    const cases = channels(count).map(recv)
    const ready = filled(41, 42)
    cases[place] = recv(ready)
    expect(await select(cases)).toEqual({ index: place, value: 41, ok: true })
    expect(ready.len).toBe(1)
    const room = new Chan<number>(1)
    cases[place] = send(room, 43)
    expect(await select(cases)).toEqual({ index: place })
    expect(await room.recv()).toEqual({ value: 43, ok: true })
  })

  it('a case is ready when somebody waits at the other end', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const sender = watch(a.send(5))
    expect(await select([recv(b), recv(a)])).toEqual({ index: 1, value: 5, ok: true })
    const receiver = watch(b.recv())
    expect(await select([send(a, 6), send(b, 7)])).toEqual({ index: 1 })
    await settle()
    expect([sender.state, receiver.value]).toEqual(['resolved', { value: 7, ok: true }])
  })

  it('the choice among ready cases is that of rng, in the order of the cases', async () => {
    for (const fraction of [0, 0.2, 0.34, 0.6, 0.67, 0.999]) {
      const ready = [filled(10), new Chan<number>(1), filled(12)] as const
      const cases = [recv(null), recv(ready[0]), send(ready[1], 11), recv(new Chan()), recv(ready[2])]
      const rng = vi.fn(() => fraction)
      const { index } = await select(cases, { rng })
      expect(index).toBe([1, 2, 4][Math.floor(fraction * 3)])
      expect(rng).toHaveBeenCalledTimes(1)
      expect(ready.map(({ len }) => len)).toEqual([index === 1 ? 0 : 1, index === 2 ? 1 : 0, index === 4 ? 0 : 1])
    }
  })

  it('over many turns every ready case gets its share', async () => {
    const picks = random.shuffle(numbers(90)).map((i) => (i + 0.5) / 90)
    const counts = await inGuest(async (solution: typeof import('./solution'), fractions: number[]) => {
      const chosen = [0, 0, 0]
      for (const fraction of fractions) {
        const cases = chosen.map((_, value) => {
          return { op: 'send' as const, ch: new solution.Chan<number>(1), value }
        })
        const { index } = await solution.select(cases, { rng: () => fraction })
        chosen[index] = (chosen[index] ?? 0) + 1
      }
      return chosen
    }, picks)
    expect(counts).toEqual([30, 30, 30])
  })

  it('rng is asked only when there is a choice', async () => {
    const rng = vi.fn(() => 0.9)
    const ch = filled(1)
    await select([recv(ch), send(ch, 2)], { rng })
    await select([recv(new Chan())], { rng, hasDefault: true })
    const waiting = select([recv(ch), recv(new Chan())], { rng })
    void ch.send(3)
    await waiting
    expect(rng).not.toHaveBeenCalled()
  })

  it('the default is taken when nothing is ready, and leaves nothing behind', async () => {
    const full = filled(1)
    const empty = new Chan<number>()
    expect(await select([send(full, 2), recv(empty), recv(null)], { hasDefault: true })).toEqual({ index: -1 })
    expect(await select([], { hasDefault: true })).toEqual({ index: -1 })
    expect([full.waiting, empty.waiting, full.len]).toEqual([NOBODY, NOBODY, 1])
  })

  it('the default is never taken while a case is ready', async () => {
    for (const fraction of [0, 0.5, 0.999]) {
      const ch = filled(1)
      const taken = await select([recv(ch)], { hasDefault: true, rng: () => fraction })
      expect(taken).toEqual({ index: 0, value: 1, ok: true })
    }
  })

  it('the choice is made within the call', () => {
    const [a, b] = [filled(1), new Chan<number>(1)]
    void select([recv(a)])
    expect(a.len).toBe(0)
    void select([send(b, 1)])
    expect(b.len).toBe(1)
    void select([recv(a), send(b, 2)])
    expect([a.waiting, b.waiting]).toEqual([
      { senders: 0, receivers: 1 },
      { senders: 1, receivers: 0 },
    ])
  })
})

describe('Exactly one case', () => {
  it('the others leave their lines in the step in which one is served', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const full = filled(0)
    const waiting = watch(select([recv(a), recv(b), send(full, 9), recv(a)]))
    await settle()
    expect([a.waiting.receivers, b.waiting.receivers, full.waiting.senders]).toEqual([2, 1, 1])
    void b.send(1)
    expect([a.waiting, b.waiting, full.waiting]).toEqual([NOBODY, NOBODY, NOBODY])
    await settle()
    expect(waiting.value).toEqual({ index: 1, value: 1, ok: true })
  })

  it('losing cases take no value and send none', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const full = filled(0)
    const waiting = watch(select([recv(a), recv(b), send(full, 99)]))
    void b.send(1)
    const later = watch(a.send(2))
    const more = watch(b.send(3))
    await settle()
    expect([waiting.value?.index, later.state, more.state]).toEqual([1, 'pending', 'pending'])
    expect(await a.recv()).toEqual({ value: 2, ok: true })
    expect(await b.recv()).toEqual({ value: 3, ok: true })
    expect(await full.recv()).toEqual({ value: 0, ok: true })
    expect(full.len).toBe(0)
  })

  it('a send that waited is delivered once', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const waiting = watch(select([send(a, 1), send(b, 2)]))
    await settle()
    expect(waiting.state).toBe('pending')
    const received = watch(b.recv())
    await settle()
    expect([waiting.value, received.value]).toEqual([{ index: 1 }, { value: 2, ok: true }])
    const late = watch(a.recv())
    await settle()
    expect(late.state).toBe('pending')
  })

  it('a send that waited moves into the buffer behind older values', async () => {
    const ch = filled(1, 2)
    const waiting = watch(select([send(ch, 3), recv(new Chan())]))
    const plain = watch(ch.send(4))
    expect(await ch.recv()).toEqual({ value: 1, ok: true })
    await settle()
    expect([waiting.value, plain.state, ch.len]).toEqual([{ index: 0 }, 'pending', 2])
    const rest = []
    for (const _ of numbers(3)) rest.push((await ch.recv()).value)
    expect(rest).toEqual([2, 3, 4])
  })

  it('plain calls and selects are served in the order in which they came', async () => {
    const ch = new Chan<number>()
    const order = random.shuffle(['plain', 'select', 'plain', 'select', 'plain'])
    const waiting = order.map((kind) => watch<{ value?: unknown }>(kind === 'plain' ? ch.recv() : select([recv(ch)])))
    for (const value of numbers(5)) void ch.send(value)
    await settle()
    expect(waiting.map((seen) => seen.value?.value)).toEqual(numbers(5))
  })

  it('a value of undefined is a value', async () => {
    const ch = new Chan<undefined>(1)
    const waiting = watch(select([recv(new Chan()), { op: 'recv', ch }]))
    void ch.send(undefined)
    await settle()
    expect(waiting.value).toEqual({ index: 1, value: undefined, ok: true })
    expect(waiting.value?.ok).toBe(true)
  })

  it('over thousands of mixed operations no value is lost, doubled or left to a call that has ended', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), seed: number) => {
      let state = seed
      const next = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return state / 2 ** 32
      }
      const int = (below: number) => Math.floor(next() * below)
      const DRAIN = { hasDefault: true, rng: () => 0 }
      const chans = [0, 0, 1, 2, 5].map((capacity) => new solution.Chan<number>(capacity))
      const delivered = new Set<number>()
      const received: number[] = []
      const pendingOn = chans.map(() => 0)
      let id = 0
      const got = (value: unknown, ok: boolean | undefined) => {
        if (ok) received.push(value as number)
      }
      const plain = (at: number) => {
        const ch = chans[at] as Chan<number>
        if (next() < 0.5) {
          const mine = id++
          void ch.send(mine).then(() => delivered.add(mine))
          return
        }
        pendingOn[at] = (pendingOn[at] ?? 0) + 1
        void ch.recv().then(({ value, ok }) => {
          pendingOn[at] = (pendingOn[at] ?? 0) - 1
          got(value, ok)
        })
      }
      const several = () => {
        const ats = Array.from({ length: 1 + int(4) }, () => int(chans.length))
        const cases = ats.map((at): SelectCase => {
          const ch = chans[at] as Chan<number>
          return next() < 0.5 ? { op: 'recv', ch } : { op: 'send', ch, value: id++ }
        })
        const count = (by: number) => {
          for (const [i, at] of ats.entries()) {
            if (cases[i]?.op === 'recv') pendingOn[at] = (pendingOn[at] ?? 0) + by
          }
        }
        count(1)
        void solution.select(cases, { rng: next, hasDefault: next() < 0.3 }).then(({ index, value, ok }) => {
          count(-1)
          const one = cases[index]
          if (one?.op === 'send') delivered.add(one.value as number)
          if (one?.op === 'recv') got(value, ok)
        })
      }
      for (let step = 0; step < 4000; step++) {
        if (next() < 0.5) plain(int(chans.length))
        else several()
        if (next() < 0.1) for (let turn = 0; turn < 20; turn++) await null
      }
      for (const ch of chans) {
        for (let turn = 0; turn < 5000; turn++) {
          const { index, value, ok } = await solution.select([{ op: 'recv', ch }], DRAIN)
          if (index < 0) break
          got(value, ok)
        }
      }
      for (let turn = 0; turn < 50; turn++) await null
      const arrived = new Set(received)
      return {
        doubled: received.length - arrived.size,
        lost: [...delivered].filter((value) => !arrived.has(value)).length,
        unsent: received.filter((value) => !delivered.has(value)).length,
        isBusy: received.length > 500,
        left: chans.map(({ len, waiting }, at) => [len, waiting.senders, waiting.receivers - (pendingOn[at] ?? 0)]),
      }
    }, random.int(1, 2 ** 31))
    const none = [0, 0, 0]
    expect(report).toEqual({ doubled: 0, lost: 0, unsent: 0, isBusy: true, left: [none, none, none, none, none] })
  })
})

describe('Nil and closed channels', () => {
  it('nil channels are never ready, and cases keep their index', async () => {
    const ch = new Chan<number>()
    const waiting = watch(select([recv(null), send(null, 1), recv(ch), recv(null)]))
    await settle()
    expect(waiting.state).toBe('pending')
    void ch.send(5)
    await settle()
    expect(waiting.value).toEqual({ index: 2, value: 5, ok: true })
  })

  it('a select without a usable case never settles', async () => {
    const all = [watch(select([])), watch(select([recv(null), send(null, 1)]))]
    await settle()
    expect(all.map(({ state }) => state)).toEqual(['pending', 'pending'])
  })

  it('a receive from a closed channel is ready: first what is buffered, then nothing with ok false', async () => {
    const ch = filled(1)
    ch.close()
    const all = [1, 2, 3].map(() => watch(select([recv(new Chan()), recv(ch)])))
    const last = watch(select([recv(ch)], { hasDefault: true, rng: () => 0 }))
    await settle()
    const nothing = { index: 1, value: undefined, ok: false }
    expect(all.map((seen) => seen.value)).toEqual([{ index: 1, value: 1, ok: true }, nothing, nothing])
    expect(last.value).toEqual({ ...nothing, index: 0 })
  })

  it('closing wakes a waiting receive and withdraws the other cases', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const waiting = watch(select([recv(a), recv(b), recv(b)]))
    const other = watch(b.recv())
    b.close()
    expect([a.waiting, b.waiting]).toEqual([NOBODY, NOBODY])
    await settle()
    expect([waiting.value?.ok, waiting.value?.index]).toEqual([false, 1])
    expect(other.value).toEqual({ value: undefined, ok: false })
    const unmet = watch(a.send(1))
    await settle()
    expect(unmet.state).toBe('pending')
  })

  it('a send to a closed channel is ready, and choosing it rejects', async () => {
    const closed = new Chan<number>(1)
    closed.close()
    const seen = watch(select([recv(new Chan()), send(closed, 1)]))
    const second = watch(select([send(closed, 1)], { hasDefault: true, rng: () => 0 }))
    await settle()
    expect([seen.state, second.state]).toEqual(['rejected', 'rejected'])
    expect(seen.reason).toBeInstanceOf(Error)
    const open = new Chan<number>(1)
    expect(await select([send(closed, 1), send(open, 2)], { rng: () => 0.5 })).toEqual({ index: 1 })
  })

  it('closing fails a waiting send and withdraws the other cases', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const waiting = watch(select([recv(a), send(b, 1)]))
    await settle()
    b.close()
    expect([a.waiting, b.waiting]).toEqual([NOBODY, NOBODY])
    await settle()
    expect(waiting.state).toBe('rejected')
    expect(waiting.reason).toBeInstanceOf(Error)
    const unmet = watch(a.send(1))
    await settle()
    expect(unmet.state).toBe('pending')
  })

  it('the plain channel still works as it did', async () => {
    const ch = filled(1)
    const sends = [watch(ch.send(2)), watch(ch.send(3))]
    await settle()
    expect([sends.map(({ state }) => state), ch.waiting.senders]).toEqual([['pending', 'pending'], 2])
    expect([await ch.recv(), await ch.recv()].map(({ value }) => value)).toEqual([1, 2])
    const late = watch(ch.send(4))
    ch.close()
    await settle()
    expect([sends[1]?.state, late.state]).toEqual(['resolved', 'rejected'])
    expect(await ch.recv()).toEqual({ value: 3, ok: true })
    expect(await ch.recv()).toEqual({ value: undefined, ok: false })
    expect(() => ch.close()).toThrow(Error)
    const refused = watch(ch.send(5))
    await settle()
    expect(refused.state).toBe('rejected')
  })
})

describe('Selects that meet', () => {
  it('two selects on an unbuffered channel meet each other', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const isReceiverFirst = random.next() < 0.5
    const first = isReceiverFirst ? [recv(b), recv(a)] : [send(b, 1), send(a, 7)]
    const second = isReceiverFirst ? [send(a, 7)] : [recv(a)]
    const one = watch(select(first))
    const two = watch(select(second))
    expect([a.waiting, b.waiting]).toEqual([NOBODY, NOBODY])
    await settle()
    const received = isReceiverFirst ? one.value : two.value
    expect(received).toEqual({ index: isReceiverFirst ? 1 : 0, value: 7, ok: true })
    expect(isReceiverFirst ? two.value : one.value).toEqual({ index: isReceiverFirst ? 0 : 1 })
  })

  it('a select that lists both ends of a channel never meets itself', async () => {
    const ch = new Chan<number>()
    const orders = [
      [recv(ch), send(ch, 1)],
      [send(ch, 2), recv(ch)],
    ]
    for (const cases of orders) {
      expect(await select(cases, { hasDefault: true })).toEqual({ index: -1 })
      const controller = new AbortController()
      const alone = watch(select(cases, { signal: controller.signal }))
      await settle()
      expect([alone.state, ch.waiting]).toEqual(['pending', { senders: 1, receivers: 1 }])
      controller.abort()
    }
  })

  it('two selects that list both ends meet, one sending and one receiving', async () => {
    for (const fraction of [0, 0.6]) {
      const ch = new Chan<number>()
      const one = watch(select([recv(ch), send(ch, 1)]))
      const two = watch(select([recv(ch), send(ch, 2)], { rng: () => fraction }))
      expect(ch.waiting).toEqual(NOBODY)
      await settle()
      const [sent, got] = fraction === 0 ? [one, two] : [two, one]
      expect(sent.value).toEqual({ index: 1 })
      expect(got.value).toEqual({ index: 0, value: fraction === 0 ? 1 : 2, ok: true })
    }
  })

  it('a select that moves on opens the way for nobody else', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const one = watch(select([recv(a), recv(b)]))
    const two = watch(select([send(a, 1), send(b, 2)], { rng: () => 0.5 }))
    const three = watch(select([send(a, 3), send(b, 4)]))
    await settle()
    expect([one.value?.value, two.value?.index, three.state]).toEqual([2, 1, 'pending'])
    expect(await a.recv()).toEqual({ value: 3, ok: true })
    await settle()
    expect(three.value).toEqual({ index: 0 })
    expect(b.waiting).toEqual(NOBODY)
  })
})

describe('Cancellation', () => {
  it('an abort takes every case out of its line and rejects with the reason', async () => {
    const [a, b] = channels(2) as [Chan<number>, Chan<number>]
    const controller = new AbortController()
    const reason = new Error('enough')
    const waiting = watch(select([recv(a), send(b, 1), recv(a)], { signal: controller.signal }))
    const unusable = watch(select([recv(null)], { signal: controller.signal }))
    await settle()
    controller.abort(reason)
    expect([a.waiting, b.waiting]).toEqual([NOBODY, NOBODY])
    await settle()
    expect([waiting.reason, unusable.reason]).toEqual([reason, reason])
    const late = [watch(a.send(1)), watch(b.recv())]
    await settle()
    expect(late.map(({ state }) => state)).toEqual(['pending', 'pending'])
  })

  it('a signal that is already aborted comes before everything else', async () => {
    const ch = filled(1)
    const reason = new Error('too late')
    const signal = AbortSignal.abort(reason)
    const all = [select([recv(ch)], { signal }), select([], { signal, hasDefault: true })].map(watch)
    await settle()
    expect(all.map((seen) => seen.reason)).toEqual([reason, reason])
    expect([ch.len, ch.waiting]).toEqual([1, NOBODY])
  })

  it('an abort after the choice changes nothing', async () => {
    const ch = new Chan<number>()
    const controller = new AbortController()
    const waiting = watch(select([recv(ch)], { signal: controller.signal }))
    const other = watch(ch.recv())
    void ch.send(1)
    controller.abort(new Error('afterthought'))
    await settle()
    expect(waiting.value).toEqual({ index: 0, value: 1, ok: true })
    expect([other.state, ch.waiting.receivers]).toEqual(['pending', 1])
  })

  it('listens to its signal only while it waits', async () => {
    const report = await inGuest(async ({ Chan, select }: typeof import('./solution')) => {
      const { signal } = new AbortController()
      const listening = new Set<unknown>()
      const add = signal.addEventListener.bind(signal)
      const remove = signal.removeEventListener.bind(signal)
      Object.defineProperty(signal, 'addEventListener', {
        value: (type: string, fn: EventListener, options?: AddEventListenerOptions) => {
          if (type === 'abort') listening.add(fn)
          options?.signal?.addEventListener('abort', () => listening.delete(fn))
          add(type, fn, options)
        },
      })
      Object.defineProperty(signal, 'removeEventListener', {
        value: (type: string, fn: EventListener) => {
          if (type === 'abort') listening.delete(fn)
          remove(type, fn)
        },
      })
      const ch = new Chan<number>()
      const seen: unknown[] = []
      for (const value of [1, 2]) {
        const waiting = select([{ op: 'recv', ch }], { signal })
        void ch.send(value)
        seen.push((await waiting).value)
      }
      return { seen, left: listening.size }
    })
    expect(report).toEqual({ seen: [1, 2], left: 0 })
  })
})
