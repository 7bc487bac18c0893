import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import {
  background,
  CanceledError,
  type CancelFunc,
  type Context,
  childCount,
  DeadlineExceededError,
  withCancel,
  withDeadline,
  withTimeout,
  withValue,
} from './solution'

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on the promise of a context. */
function watch(ctx: Context) {
  const seen = { state: 'pending' }
  ctx.done.then(
    () => (seen.state = 'resolved'),
    () => (seen.state = 'rejected'),
  )
  return seen
}

const isDone = (ctx: Context) => ctx.err() !== null
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A clock that moves only when told to; timers run in the order of their deadlines. */
function virtualTimers() {
  let time = random.int(0, 1_000_000)
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

describe('Cancelling', () => {
  it('a context is live until it is cancelled, and done from then on', async () => {
    const [ctx, cancel] = withCancel(background)
    const done = watch(ctx)
    await settle()
    expect([ctx.err(), ctx.cause(), done.state]).toEqual([null, null, 'pending'])
    cancel()
    expect(ctx.err()).toBeInstanceOf(CanceledError)
    await settle()
    expect(done.state).toBe('resolved')
  })

  it('cancelling ends exactly the context and its descendants, before the call returns', () => {
    const timers = virtualTimers()
    const nodes: Array<{ ctx: Context; cancel: CancelFunc | null; parent: number; ended: boolean }> = []
    const add = (kind: string, parent: number) => {
      const above = nodes[parent]?.ctx ?? background
      if (kind === 'value') {
        nodes.push({ ctx: withValue(above, 'key', parent), cancel: null, parent, ended: false })
      } else {
        const [ctx, cancel] = kind === 'cancel' ? withCancel(above) : withTimeout(above, random.int(1, 99), timers)
        nodes.push({ ctx, cancel, parent, ended: false })
      }
    }
    const hasEnded = (i: number): boolean => {
      const node = nodes[i]
      return node !== undefined && (node.ended || hasEnded(node.parent))
    }
    // A branch of every kind, then whatever grows.
    add('cancel', -1)
    add('value', 0)
    add('timeout', 1)
    add('cancel', 2)
    add('cancel', 0)
    for (const _ of numbers(30)) add(random.pick(['cancel', 'timeout', 'value']), random.int(-1, nodes.length - 1))

    for (const i of [2, ...random.shuffle(numbers(30)).slice(0, 6), 0]) {
      const node = nodes[i]
      if (!node?.cancel) continue
      node.cancel()
      node.ended = true
      expect(nodes.map(({ ctx }) => isDone(ctx))).toEqual(nodes.map((_, i) => hasEnded(i)))
    }
  })

  it('the cause is the one that was given, or else the error itself', () => {
    const [plain, cancelPlain] = withCancel(background)
    cancelPlain()
    expect(plain.cause()).toBe(plain.err())
    const [caused, cancelCaused] = withCancel(background)
    const cause = new Error('the client hung up')
    cancelCaused(cause)
    expect(caused.err()).toBeInstanceOf(CanceledError)
    expect(caused.cause()).toBe(cause)
  })

  it('descendants end with the error and the cause of the context that ended them', () => {
    const [parent, cancel] = withCancel(background)
    const [child] = withCancel(withValue(parent, 'key', 1))
    const [grandchild] = withTimeout(child, 1000, virtualTimers())
    const cause = new Error('shutting down')
    cancel(cause)
    for (const ctx of [child, grandchild]) {
      expect(ctx.err()).toBe(parent.err())
      expect(ctx.cause()).toBe(cause)
    }
  })

  it('only the first end counts', () => {
    const [parent, cancelParent] = withCancel(background)
    const [child, cancelChild] = withCancel(parent)
    const first = new Error('first')
    cancelChild(first)
    const error = child.err()
    cancelChild(new Error('second'))
    cancelParent(new Error('third'))
    expect(child.err()).toBe(error)
    expect(child.cause()).toBe(first)
    expect(parent.err()).not.toBe(error)
  })

  it('what descends from a context that is done is born done', async () => {
    const timers = virtualTimers()
    const [parent, cancel] = withCancel(background)
    const cause = new Error('over')
    cancel(cause)
    const children = [
      withCancel(parent)[0],
      withTimeout(parent, 1000, timers)[0],
      withCancel(withValue(parent, 'key', 1))[0],
      withValue(parent, 'key', 1),
    ]
    const done = children.map(watch)
    await settle()
    for (const ctx of children) {
      expect(ctx.err()).toBe(parent.err())
      expect(ctx.cause()).toBe(cause)
    }
    expect(done.map(({ state }) => state)).toEqual(children.map(() => 'resolved'))
  })

  it('the cancel function of a context that was born done changes nothing', () => {
    const [parent, cancel] = withCancel(background)
    cancel()
    const [child, cancelChild] = withCancel(parent)
    cancelChild(new Error('too late'))
    expect(child.err()).toBe(parent.err())
    expect(child.cause()).toBe(parent.cause())
  })

  it('a context that only adds a value ends with the context below it', async () => {
    const [parent, cancel] = withCancel(background)
    const ctx = withValue(withValue(parent, 'a', 1), 'b', 2)
    const done = watch(ctx)
    expect(ctx.err()).toBeNull()
    cancel()
    expect(ctx.err()).toBe(parent.err())
    await settle()
    expect(done.state).toBe('resolved')
  })

  it('the background is never done', async () => {
    const done = watch(background)
    const valued = watch(withValue(background, 'key', 1))
    const [, cancel] = withCancel(background)
    cancel()
    await settle()
    expect([background.err(), background.cause(), background.deadline()]).toEqual([null, null, null])
    expect([done.state, valued.state]).toEqual(['pending', 'pending'])
  })

  it('done is always the same promise', () => {
    const [ctx, cancel] = withCancel(background)
    const before = ctx.done
    cancel()
    expect(ctx.done).toBe(before)
    expect(background.done).toBe(background.done)
  })

  it('a chain of fifty thousand contexts ends without a stack overflow', () => {
    const report = inGuest((solution: typeof import('./solution'), depth: number) => {
      const [top, cancel] = solution.withCancel(solution.background)
      let last = top
      for (let i = 0; i < depth; i++) [last] = solution.withCancel(last)
      const before = last.err()
      cancel()
      return { before, after: last.err() === top.err(), isCancelled: last.err() instanceof solution.CanceledError }
    }, 50_000)
    expect(report).toEqual({ before: null, after: true, isCancelled: true })
  })
})

describe('Deadlines', () => {
  it('a context ends at its deadline, not before', async () => {
    const timers = virtualTimers()
    const ms = random.int(2, 5000)
    const [ctx] = withDeadline(background, timers.now() + ms, timers)
    const done = watch(ctx)
    timers.advance(ms - 1)
    await settle()
    expect([ctx.err(), done.state]).toEqual([null, 'pending'])
    timers.advance(1)
    expect(ctx.err()).toBeInstanceOf(DeadlineExceededError)
    expect(ctx.cause()).toBe(ctx.err())
    await settle()
    expect(done.state).toBe('resolved')
  })

  it('the deadline is known to the context and to all that descend from it', () => {
    const timers = virtualTimers()
    const at = timers.now() + random.int(10, 100)
    const [ctx] = withDeadline(background, at, timers)
    const [timed] = withTimeout(background, 70, timers)
    expect(timed.deadline()).toBe(timers.now() + 70)
    expect(withCancel(withValue(ctx, 'key', 1))[0].deadline()).toBe(at)
    expect(withValue(ctx, 'key', 1).deadline()).toBe(at)
    expect(withCancel(background)[0].deadline()).toBeNull()
    timers.advance(1000)
    expect(ctx.deadline()).toBe(at)
  })

  it('a deadline that is not before that of the parent adds nothing, not even a timer', () => {
    const timers = virtualTimers()
    const at = timers.now() + 100
    const [parent] = withDeadline(background, at, timers)
    const [between] = withCancel(parent)
    const children = [withDeadline(parent, at, timers)[0], withTimeout(between, 500, timers)[0]]
    expect(children.map((ctx) => ctx.deadline())).toEqual([at, at])
    expect(timers.setTimeout).toHaveBeenCalledTimes(1)
    timers.advance(100)
    for (const ctx of children) expect(ctx.err()).toBe(parent.err())
    expect(parent.err()).toBeInstanceOf(DeadlineExceededError)
  })

  it('an earlier deadline ends the child and leaves the parent alone', () => {
    const timers = virtualTimers()
    const [parent] = withTimeout(background, 100, timers)
    const [child] = withTimeout(parent, 30, timers)
    const [grandchild] = withCancel(child)
    expect(child.deadline()).toBe(timers.now() + 30)
    timers.advance(30)
    expect(child.err()).toBeInstanceOf(DeadlineExceededError)
    expect(grandchild.err()).toBe(child.err())
    expect(parent.err()).toBeNull()
    timers.advance(70)
    expect(parent.err()).toBeInstanceOf(DeadlineExceededError)
    expect(parent.err()).not.toBe(child.err())
  })

  it('a deadline that has passed ends the context at once, without a timer', async () => {
    const timers = virtualTimers()
    const contexts = [
      withDeadline(background, timers.now(), timers)[0],
      withDeadline(background, timers.now() - random.int(1, 1000), timers)[0],
      withTimeout(background, 0, timers)[0],
      withTimeout(withTimeout(background, 1000, timers)[0], -5, timers)[0],
    ]
    for (const ctx of contexts) expect(ctx.err()).toBeInstanceOf(DeadlineExceededError)
    expect(timers.setTimeout).toHaveBeenCalledTimes(1)
    const done = contexts.map(watch)
    await settle()
    expect(done.map(({ state }) => state)).toEqual(contexts.map(() => 'resolved'))
  })

  it('who is cancelled before the deadline stays cancelled', () => {
    const timers = virtualTimers()
    const [ctx, cancel] = withTimeout(background, 100, timers)
    const cause = new Error('no longer needed')
    cancel(cause)
    timers.advance(200)
    expect(ctx.err()).toBeInstanceOf(CanceledError)
    expect(ctx.cause()).toBe(cause)
  })

  it('a cancellation after the deadline changes nothing', () => {
    const timers = virtualTimers()
    const [parent, cancelParent] = withCancel(background)
    const [ctx, cancel] = withTimeout(parent, 100, timers)
    timers.advance(100)
    cancel(new Error('tidy up'))
    cancelParent(new Error('shutting down'))
    expect(ctx.err()).toBeInstanceOf(DeadlineExceededError)
    expect(ctx.cause()).toBe(ctx.err())
  })

  it('times that are not finite are refused with RangeError', () => {
    const timers = virtualTimers()
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => withDeadline(background, bad, timers)).toThrow(RangeError)
      expect(() => withTimeout(background, bad, timers)).toThrow(RangeError)
    }
    expect(timers.setTimeout).not.toHaveBeenCalled()
  })
})

describe('Values', () => {
  it('the nearest value for a key wins, and other keys are seen behind it', () => {
    const outer = withValue(withValue(background, 'user', 'ada'), 'trace', 1)
    const inner = withValue(outer, 'trace', 2)
    expect([inner.value('trace'), inner.value('user')]).toEqual([2, 'ada'])
    expect([outer.value('trace'), outer.value('user')]).toEqual([1, 'ada'])
  })

  it('a key that nobody holds yields undefined', () => {
    const [ctx] = withCancel(withValue(background, 'a', 1))
    expect(ctx.value('b')).toBeUndefined()
    expect(background.value('a')).toBeUndefined()
    expect(ctx.value('toString')).toBeUndefined()
  })

  it('keys are told apart by identity', () => {
    const first = {}
    const second = {}
    const keys = [1, '1', first, second, Symbol('k'), Symbol('k'), true, 'true', () => {}]
    let ctx = background
    for (const [i, key] of keys.entries()) ctx = withValue(ctx, key, i)
    expect(keys.map((key) => ctx.value(key))).toEqual(numbers(keys.length))
    expect(ctx.value({})).toBeUndefined()
    expect(ctx.value(Symbol('k'))).toBeUndefined()
  })

  it('values keep their identity', () => {
    const user = { name: 'ada' }
    const logger = vi.fn()
    const ctx = withValue(withValue(background, 'user', user), 'logger', logger)
    expect(ctx.value('user')).toBe(user)
    expect(ctx.value('logger')).toBe(logger)
  })

  it('an inner undefined, null or false hides the outer value', () => {
    const outer = withValue(background, 'key', 'outer')
    for (const inner of [undefined, null, false, 0, '']) expect(withValue(outer, 'key', inner).value('key')).toBe(inner)
  })

  it('values are seen through contexts that can be cancelled, before and after they are', () => {
    const timers = virtualTimers()
    const [server, stop] = withCancel(withValue(background, 'a', 1))
    const [request] = withTimeout(withValue(server, 'b', 2), 100, timers)
    expect([request.value('a'), request.value('b')]).toEqual([1, 2])
    expect(server.value('b')).toBeUndefined()
    stop()
    expect([request.value('a'), request.value('b')]).toEqual([1, 2])
  })

  it('null and undefined are no keys', () => {
    expect(() => withValue(background, null, 1)).toThrow(RangeError)
    expect(() => withValue(background, undefined, 1)).toThrow(RangeError)
  })

  it('a value is found behind fifty thousand others', () => {
    const found = inGuest((solution: typeof import('./solution'), depth: number) => {
      let ctx = solution.withValue(solution.background, 'needle', 'found')
      for (let i = 0; i < depth; i++) ctx = solution.withValue(ctx, i, i)
      return [ctx.value('needle'), ctx.value(0), ctx.value(depth - 1), ctx.value('absent')]
    }, 50_000)
    expect(found).toEqual(['found', 0, 49_999, undefined])
  })
})

describe('Nothing left behind', () => {
  it('cancelling clears the timer', () => {
    const timers = virtualTimers()
    const [, cancel] = withTimeout(background, 100, timers)
    expect(timers.pending()).toBe(1)
    cancel()
    expect(timers.pending()).toBe(0)
  })

  it('a context that is cancelled is no longer registered with its parent', () => {
    const [parent] = withCancel(background)
    const children = numbers(4).map(() => withCancel(parent))
    expect(childCount(parent)).toBe(4)
    for (const [, cancel] of random.shuffle(children).slice(0, 3)) cancel()
    expect(childCount(parent)).toBe(1)
  })

  it('a context whose deadline has passed is no longer registered with its parent', () => {
    const timers = virtualTimers()
    const [parent] = withCancel(background)
    withTimeout(parent, 10, timers)
    withTimeout(parent, 20, timers)
    expect(childCount(parent)).toBe(2)
    timers.advance(10)
    expect(childCount(parent)).toBe(1)
    timers.advance(10)
    expect(childCount(parent)).toBe(0)
  })

  it('the end of a parent takes all timers and registrations below it along', () => {
    const timers = virtualTimers()
    const [parent, cancel] = withTimeout(background, 1000, timers)
    const children = numbers(3).map((i) => withTimeout(withValue(parent, 'i', i), 100 + i, timers)[0])
    for (const child of children) withTimeout(child, 50, timers)
    expect(timers.pending()).toBe(7)
    expect([parent, ...children].map(childCount)).toEqual([3, 1, 1, 1])
    cancel()
    expect(timers.pending()).toBe(0)
    expect([parent, ...children].map(childCount)).toEqual([0, 0, 0, 0])
  })

  it('children behind values are registered with the nearest context that can be cancelled', () => {
    const [parent] = withCancel(background)
    const [, cancel] = withCancel(withValue(withValue(parent, 'a', 1), 'b', 2))
    withValue(parent, 'c', 3)
    expect(childCount(parent)).toBe(1)
    cancel()
    expect(childCount(parent)).toBe(0)
  })

  it('what is born done starts no timer and registers nowhere', () => {
    const timers = virtualTimers()
    const [parent] = withCancel(background)
    withTimeout(parent, 0, timers)
    expect(childCount(parent)).toBe(0)
    const [done, cancel] = withCancel(parent)
    cancel()
    withTimeout(done, 100, timers)
    withCancel(done)
    expect(childCount(done)).toBe(0)
    expect(timers.setTimeout).not.toHaveBeenCalled()
  })

  it('the background keeps no list of what descends from it', () => {
    const timers = virtualTimers()
    for (const _ of numbers(3)) withCancel(background)
    withTimeout(withValue(background, 'key', 1), 100, timers)
    expect(childCount(background)).toBe(0)
  })

  it('a server that lives long is not weighed down by the requests it has served', () => {
    const timers = virtualTimers()
    const [server] = withCancel(background)
    for (const _ of numbers(25)) {
      const [request, finish] = withTimeout(withValue(server, 'trace', random.next()), 30_000, timers)
      const [, finishQuery] = withCancel(request)
      finishQuery()
      finish()
    }
    expect(childCount(server)).toBe(0)
    expect(timers.pending()).toBe(0)
  })
})
