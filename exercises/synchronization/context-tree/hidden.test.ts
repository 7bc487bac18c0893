import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import {
  background,
  CanceledError,
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

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A clock beside the solution that moves only when told to; timers run in the order of their deadlines. */
function virtualTimers() {
  return inGuest((_: unknown, start: number) => {
    let time = start
    let started = 0
    const pending = new Map<number, { at: number; fn: () => void }>()
    return {
      now: () => time,
      setTimeout: (fn: () => void, ms: number) => {
        pending.set(++started, { at: time + ms, fn })
        return started
      },
      clearTimeout: (id: number) => void pending.delete(id),
      /** How many timers were ever started, and how many of them still run. */
      counts: () => ({ started, running: pending.size }),
      advance: (ms: number) => {
        time += ms
        const due = [...pending].filter(([, timer]) => timer.at <= time).sort(([, a], [, b]) => a.at - b.at)
        for (const [id, timer] of due) if (pending.delete(id)) timer.fn()
      },
    }
  }, random.int(0, 1_000_000))
}

type Solution = typeof import('./solution')
type Timers = ReturnType<typeof virtualTimers>

/** The values that a context has for these keys. */
function valuesOf(ctx: Context, keys: readonly unknown[]): unknown[] {
  return inGuest((_: unknown, ctx: Context, keys: readonly unknown[]) => keys.map((key) => ctx.value(key)), ctx, keys)
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
    type Kind = 'cancel' | 'timeout' | 'value'
    // A branch of every kind, then whatever grows; -1 stands for the background.
    const nodes: Array<[kind: Kind, parent: number]> = [
      ['cancel', -1],
      ['value', 0],
      ['timeout', 1],
      ['cancel', 2],
      ['cancel', 0],
    ]
    for (const _ of numbers(30)) {
      nodes.push([random.pick(['cancel', 'timeout', 'value'] as const), random.int(-1, nodes.length - 1)])
    }
    const ends = [2, ...random.shuffle(numbers(30)).slice(0, 6), 0].filter((i) => nodes[i]?.[0] !== 'value')
    const ended = new Set<number>()
    const hasEnded = (i: number): boolean => i >= 0 && (ended.has(i) || hasEnded(nodes[i]?.[1] ?? -1))
    const expected = ends.map((end) => {
      ended.add(end)
      return numbers(nodes.length).filter(hasEnded)
    })

    const driver = (solution: Solution, script: string, timers: Timers): string => {
      const { nodes: plan, ends: order } = JSON.parse(script) as { nodes: typeof nodes; ends: number[] }
      const made: Array<readonly [Context, ((cause?: Error) => void)?]> = []
      for (const [kind, parent] of plan) {
        const above = made[parent]?.[0] ?? solution.background
        if (kind === 'value') made.push([solution.withValue(above, 'key', parent)])
        else made.push(kind === 'cancel' ? solution.withCancel(above) : solution.withTimeout(above, 99, timers))
      }
      const seen = order.map((end) => {
        made[end]?.[1]?.()
        return [...made.keys()].filter((i) => made[i]?.[0].err() !== null)
      })
      return JSON.stringify(seen)
    }
    const seen: unknown = JSON.parse(inGuest(driver, JSON.stringify({ nodes, ends }), virtualTimers()))
    expect(seen).toEqual(expected)
  })

  it('the cause is the one that was given, or else the error itself', () => {
    const report = inGuest(({ background, withCancel, CanceledError }: Solution) => {
      const [plain, cancelPlain] = withCancel(background)
      cancelPlain()
      const [caused, cancelCaused] = withCancel(background)
      const cause = new Error('the client hung up')
      cancelCaused(cause)
      return {
        isOwnCause: plain.err() !== null && plain.cause() === plain.err(),
        isCanceled: caused.err() instanceof CanceledError,
        isGivenCause: caused.cause() === cause,
      }
    })
    expect(report).toEqual({ isOwnCause: true, isCanceled: true, isGivenCause: true })
  })

  it('descendants end with the error and the cause of the context that ended them', () => {
    const report = inGuest(({ background, withCancel, withTimeout, withValue }: Solution, timers: Timers) => {
      const [parent, cancel] = withCancel(background)
      const [child] = withCancel(withValue(parent, 'key', 1))
      const [grandchild] = withTimeout(child, 1000, timers)
      const cause = new Error('shutting down')
      cancel(cause)
      return [child, grandchild].map((ctx) => [ctx.err() === parent.err(), ctx.cause() === cause])
    }, virtualTimers())
    expect(report).toEqual([
      [true, true],
      [true, true],
    ])
  })

  it('only the first end counts', () => {
    const report = inGuest(({ background, withCancel }: Solution) => {
      const [parent, cancelParent] = withCancel(background)
      const [child, cancelChild] = withCancel(parent)
      const first = new Error('first')
      cancelChild(first)
      const error = child.err()
      cancelChild(new Error('second'))
      cancelParent(new Error('third'))
      const isFirst = child.err() === error && child.cause() === first
      return { isFirst, hasOwnEnd: parent.err() !== null && parent.err() !== error }
    })
    expect(report).toEqual({ isFirst: true, hasOwnEnd: true })
  })

  it('what descends from a context that is done is born done', async () => {
    const driver = async ({ background, withCancel, withTimeout, withValue }: Solution, timers: Timers) => {
      const [parent, cancel] = withCancel(background)
      const cause = new Error('over')
      cancel(cause)
      const children = [
        withCancel(parent)[0],
        withTimeout(parent, 1000, timers)[0],
        withCancel(withValue(parent, 'key', 1))[0],
        withValue(parent, 'key', 1),
      ]
      let done = 0
      for (const ctx of children) void ctx.done.then(() => done++)
      for (let turn = 0; turn < 50; turn++) await null
      const isEndOfParent = children.map((ctx) => ctx.err() === parent.err() && ctx.cause() === cause)
      return { isEndOfParent, done }
    }
    const report = await inGuest(driver, virtualTimers())
    expect(report).toEqual({ isEndOfParent: [true, true, true, true], done: 4 })
  })

  it('the cancel function of a context that was born done changes nothing', () => {
    const report = inGuest(({ background, withCancel }: Solution) => {
      const [parent, cancel] = withCancel(background)
      cancel()
      const [child, cancelChild] = withCancel(parent)
      cancelChild(new Error('too late'))
      return [child.err() === parent.err(), child.cause() === parent.cause()]
    })
    expect(report).toEqual([true, true])
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

  it('a chain of three thousand contexts ends with little room left on the stack', () => {
    const report = inGuest((solution: Solution, depth: number) => {
      const [top, cancel] = solution.withCancel(solution.background)
      let last = top
      for (let i = 0; i < depth; i++) [last] = solution.withCancel(last)
      const before = last.err()
      // Fills the stack to its end, and cancels on the way back, when little of it is free again.
      let freed = 0
      const dive = (): void => {
        try {
          dive()
        } catch (error) {
          if (++freed === 1_000) cancel()
          else throw error
        }
      }
      dive()
      return { before, after: last.err() === top.err(), isCancelled: last.err() instanceof solution.CanceledError }
    }, 3_000)
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
    const driver = (solution: Solution, timers: Timers, ms: number) => {
      const { background, withCancel, withDeadline, withTimeout, withValue } = solution
      const now = timers.now()
      const [ctx] = withDeadline(background, now + ms, timers)
      const [timed] = withTimeout(background, 70, timers)
      const valued = withValue(ctx, 'key', 1)
      const contexts = [ctx, timed, withCancel(valued)[0], valued, withCancel(background)[0]]
      const before = contexts.map((each) => each.deadline())
      timers.advance(1000)
      return [...before, ctx.deadline()].map((at) => (at === null ? null : at - now))
    }
    const ms = random.int(10, 100)
    expect(inGuest(driver, virtualTimers(), ms)).toEqual([ms, 70, ms, ms, null, ms])
  })

  it('a deadline that is not before that of the parent adds nothing, not even a timer', () => {
    const driver = (solution: Solution, timers: Timers) => {
      const { background, withCancel, withDeadline, withTimeout, DeadlineExceededError } = solution
      const now = timers.now()
      const [parent] = withDeadline(background, now + 100, timers)
      const [between] = withCancel(parent)
      const children = [withDeadline(parent, now + 100, timers)[0], withTimeout(between, 500, timers)[0]]
      const deadlines = children.map((ctx) => (ctx.deadline() ?? 0) - now)
      const { started } = timers.counts()
      timers.advance(100)
      const isEndOfParent = children.map((ctx) => ctx.err() === parent.err())
      return { deadlines, started, isEndOfParent, isDeadline: parent.err() instanceof DeadlineExceededError }
    }
    const report = inGuest(driver, virtualTimers())
    expect(report).toEqual({ deadlines: [100, 100], started: 1, isEndOfParent: [true, true], isDeadline: true })
  })

  it('an earlier deadline ends the child and leaves the parent alone', () => {
    const driver = (solution: Solution, timers: Timers) => {
      const { background, withCancel, withTimeout, DeadlineExceededError } = solution
      const [parent] = withTimeout(background, 100, timers)
      const [child] = withTimeout(parent, 30, timers)
      const [grandchild] = withCancel(child)
      const look = () => [parent, child, grandchild].map((ctx) => ctx.err() instanceof DeadlineExceededError)
      const inMs = (child.deadline() ?? 0) - timers.now()
      timers.advance(30)
      const [early, isSame] = [look(), grandchild.err() === child.err()]
      timers.advance(70)
      return { inMs, early, isSame, late: look(), hasOwnEnd: parent.err() !== child.err() }
    }
    expect(inGuest(driver, virtualTimers())).toEqual({
      inMs: 30,
      early: [false, true, true],
      isSame: true,
      late: [true, true, true],
      hasOwnEnd: true,
    })
  })

  it('a deadline that has passed ends the context at once, without a timer', async () => {
    const driver = async (solution: Solution, timers: Timers, ms: number) => {
      const { background, withDeadline, withTimeout, DeadlineExceededError } = solution
      const contexts = [
        withDeadline(background, timers.now(), timers)[0],
        withDeadline(background, timers.now() - ms, timers)[0],
        withTimeout(background, 0, timers)[0],
        withTimeout(withTimeout(background, 1000, timers)[0], -5, timers)[0],
      ]
      const ended = contexts.map((ctx) => ctx.err() instanceof DeadlineExceededError)
      let done = 0
      for (const ctx of contexts) void ctx.done.then(() => done++)
      for (let turn = 0; turn < 50; turn++) await null
      return { ended, timers: timers.counts(), done }
    }
    const report = await inGuest(driver, virtualTimers(), random.int(1, 1000))
    expect(report).toEqual({ ended: [true, true, true, true], timers: { started: 1, running: 1 }, done: 4 })
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
    const driver = (solution: Solution, timers: Timers) => {
      const [parent, cancelParent] = solution.withCancel(solution.background)
      const [ctx, cancel] = solution.withTimeout(parent, 100, timers)
      timers.advance(100)
      cancel(new Error('tidy up'))
      cancelParent(new Error('shutting down'))
      return [ctx.err() instanceof solution.DeadlineExceededError, ctx.cause() === ctx.err()]
    }
    expect(inGuest(driver, virtualTimers())).toEqual([true, true])
  })

  it('times that are not finite are refused with RangeError', () => {
    const timers = virtualTimers()
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => withDeadline(background, bad, timers)).toThrow(RangeError)
      expect(() => withTimeout(background, bad, timers)).toThrow(RangeError)
    }
    expect(timers.counts().started).toBe(0)
  })
})

describe('Values', () => {
  it('the nearest value for a key wins, and other keys are seen behind it', () => {
    const outer = withValue(withValue(background, 'user', 'ada'), 'trace', 1)
    const inner = withValue(outer, 'trace', 2)
    expect(valuesOf(inner, ['trace', 'user'])).toEqual([2, 'ada'])
    expect(valuesOf(outer, ['trace', 'user'])).toEqual([1, 'ada'])
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
    const driver = (solution: Solution, keys: readonly unknown[], others: readonly unknown[]) => {
      let ctx = solution.background
      for (const [i, key] of keys.entries()) ctx = solution.withValue(ctx, key, i)
      return [...keys, ...others].map((key) => ctx.value(key))
    }
    const values = inGuest(driver, keys, [{}, Symbol('k')])
    expect(values).toEqual([...numbers(keys.length), undefined, undefined])
  })

  it('values keep their identity', () => {
    const user = { name: 'ada' }
    const logger = () => 'logged'
    const ctx = withValue(withValue(background, 'user', user), 'logger', logger)
    expect(ctx.value('user')).toBe(user)
    expect(ctx.value('logger')).toBe(logger)
  })

  it('an inner undefined, null or false hides the outer value', () => {
    const hiding = [undefined, null, false, 0, '']
    const driver = (solution: Solution, hiding: readonly unknown[]) => {
      const outer = solution.withValue(solution.background, 'key', 'outer')
      return hiding.map((inner) => solution.withValue(outer, 'key', inner).value('key'))
    }
    expect(inGuest(driver, hiding)).toStrictEqual(hiding)
  })

  it('values are seen through contexts that can be cancelled, before and after they are', () => {
    const driver = ({ background, withCancel, withTimeout, withValue }: Solution, timers: Timers) => {
      const [server, stop] = withCancel(withValue(background, 'a', 1))
      const [request] = withTimeout(withValue(server, 'b', 2), 100, timers)
      const look = () => [request.value('a'), request.value('b'), server.value('b')]
      const before = look()
      stop()
      return [before, look()]
    }
    expect(inGuest(driver, virtualTimers())).toEqual([
      [1, 2, undefined],
      [1, 2, undefined],
    ])
  })

  it('null and undefined are no keys', () => {
    expect(() => withValue(background, null, 1)).toThrow(RangeError)
    expect(() => withValue(background, undefined, 1)).toThrow(RangeError)
  })

  it('a value is found behind three thousand others with little room left on the stack', () => {
    const found = inGuest((solution: Solution, depth: number) => {
      let ctx = solution.withValue(solution.background, 'needle', 'found')
      for (let i = 0; i < depth; i++) ctx = solution.withValue(ctx, i, i)
      const values: unknown[] = []
      // Fills the stack to its end, and looks on the way back, when little of it is free again.
      let freed = 0
      const dive = (): void => {
        try {
          dive()
        } catch (error) {
          if (++freed < 1_000) throw error
          if (freed === 1_000) for (const key of ['needle', 0, depth - 1, 'absent']) values.push(ctx.value(key))
        }
      }
      dive()
      return values
    }, 3_000)
    expect(found).toEqual(['found', 0, 2_999, undefined])
  })
})

describe('Nothing left behind', () => {
  it('cancelling clears the timer', () => {
    const timers = virtualTimers()
    const [, cancel] = withTimeout(background, 100, timers)
    expect(timers.counts()).toEqual({ started: 1, running: 1 })
    cancel()
    expect(timers.counts()).toEqual({ started: 1, running: 0 })
  })

  it('a context that is cancelled is no longer registered with its parent', () => {
    const driver = ({ background, withCancel, childCount }: Solution, leaving: readonly number[]) => {
      const [parent] = withCancel(background)
      const children = [0, 1, 2, 3].map(() => withCancel(parent))
      const before = childCount(parent)
      for (const i of leaving) children[i]?.[1]()
      return [before, childCount(parent)]
    }
    expect(inGuest(driver, random.shuffle(numbers(4)).slice(0, 3))).toEqual([4, 1])
  })

  it('a context whose deadline has passed is no longer registered with its parent', () => {
    const driver = ({ background, withCancel, withTimeout, childCount }: Solution, timers: Timers) => {
      const [parent] = withCancel(background)
      for (const ms of [10, 20]) withTimeout(parent, ms, timers)
      return [0, 10, 10].map((ms) => {
        timers.advance(ms)
        return childCount(parent)
      })
    }
    expect(inGuest(driver, virtualTimers())).toEqual([2, 1, 0])
  })

  it('the end of a parent takes all timers and registrations below it along', () => {
    const report = inGuest((solution: Solution, timers: Timers) => {
      const { withTimeout, withValue, childCount } = solution
      const [parent, cancel] = withTimeout(solution.background, 1000, timers)
      const children = [0, 1, 2].map((i) => withTimeout(withValue(parent, 'i', i), 100 + i, timers)[0])
      for (const child of children) withTimeout(child, 50, timers)
      const look = () => ({ ...timers.counts(), registered: [parent, ...children].map(childCount) })
      const before = look()
      cancel()
      return { before, after: look() }
    }, virtualTimers())
    expect(report).toEqual({
      before: { started: 7, running: 7, registered: [3, 1, 1, 1] },
      after: { started: 7, running: 0, registered: [0, 0, 0, 0] },
    })
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
    const driver = ({ background, withCancel, withTimeout, childCount }: Solution, timers: Timers) => {
      const [parent] = withCancel(background)
      withTimeout(parent, 0, timers)
      const count = childCount(parent)
      const [done, cancel] = withCancel(parent)
      cancel()
      withTimeout(done, 100, timers)
      withCancel(done)
      return { counts: [count, childCount(done), childCount(parent)], started: timers.counts().started }
    }
    expect(inGuest(driver, virtualTimers())).toEqual({ counts: [0, 0, 0], started: 0 })
  })

  it('the background keeps no list of what descends from it', () => {
    const timers = virtualTimers()
    for (const _ of numbers(3)) withCancel(background)
    withTimeout(withValue(background, 'key', 1), 100, timers)
    expect(childCount(background)).toBe(0)
  })

  it('a server that lives long is not weighed down by the requests it has served', () => {
    const driver = (solution: Solution, timers: Timers, requests: number) => {
      const [server] = solution.withCancel(solution.background)
      for (let i = 0; i < requests; i++) {
        const [request, finish] = solution.withTimeout(solution.withValue(server, 'trace', i), 30_000, timers)
        const [, finishQuery] = solution.withCancel(request)
        finishQuery()
        finish()
      }
      return { ...timers.counts(), registered: solution.childCount(server) }
    }
    expect(inGuest(driver, virtualTimers(), 25)).toEqual({ started: 25, running: 0, registered: 0 })
  })
})
