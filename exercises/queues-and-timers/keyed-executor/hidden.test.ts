import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { ExecutorClosedError, KeyedExecutor, QueueFullError } from './solution'

class TaskError extends Error {}

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  value?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (value) => Object.assign(seen, { state: 'rejected', value }),
  )
  return seen
}

/** An executor, and tasks that note when they start and that the test ends by their names. */
function setUp(opts: { workers: number; maxQueuePerKey?: number }) {
  const executor = new KeyedExecutor(opts)
  const started: string[] = []
  const running = new Map<string, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>()
  return {
    executor,
    started,
    /** Submits a task; its key is the letter that its name begins with. */
    submit(name: string, key = name[0] ?? ''): Seen {
      const task = () => {
        started.push(name)
        return new Promise<unknown>((resolve, reject) => running.set(name, { resolve, reject }))
      }
      return watch(executor.submit(key, task))
    },
    async end(name: string, value: unknown = name) {
      running.get(name)?.resolve(value)
      running.delete(name)
      await settle()
    },
    async fail(name: string) {
      running.get(name)?.reject(new TaskError(name))
      running.delete(name)
      await settle()
    },
    running: () => [...running.keys()],
  }
}

describe('Serial per key', () => {
  it('tasks of a key start in order, each when the one before has ended', async () => {
    const { submit, started, end } = setUp({ workers: 4 })
    const seen = ['a1', 'a2', 'a3'].map((name) => submit(name))
    for (let i = 1; i <= 3; i++) {
      await settle()
      expect(started).toEqual(['a1', 'a2', 'a3'].slice(0, i))
      expect(seen.map(({ state }) => state === 'resolved')).toEqual([i > 1, i > 2, false])
      await end(`a${i}`, i * 10)
    }
    expect(seen.map(({ value }) => value)).toEqual([10, 20, 30])
  })

  it('a task that fails does not stop its key, whichever way it fails', async () => {
    const { executor, submit, started, fail, end } = setUp({ workers: 1 })
    const rejected = submit('a1')
    const thrown = watch(
      executor.submit('a', () => {
        throw new TaskError('at once')
      }),
    )
    const good = submit('a2')
    await settle()
    await fail('a1')
    expect(rejected.value).toBeInstanceOf(TaskError)
    expect(thrown.value).toBeInstanceOf(TaskError)
    expect(started).toEqual(['a1', 'a2'])
    await end('a2', 'fine')
    expect(good.value).toBe('fine')
  })

  it('a task that arrives while the last one of its key runs has to wait', async () => {
    const { submit, started, end } = setUp({ workers: 3 })
    submit('a1')
    await settle()
    submit('a2')
    await end('a1')
    submit('a3')
    await settle()
    expect(started).toEqual(['a1', 'a2'])
    await end('a2')
    expect(started).toEqual(['a1', 'a2', 'a3'])
  })

  it('a task that is submitted the moment another ends does not overlap with the next', async () => {
    let running = 0
    let most = 0
    const executor = new KeyedExecutor({ workers: 4 })
    const task = async () => {
      most = Math.max(most, ++running)
      for (let i = random.int(1, 4); i > 0; i--) await null
      running--
    }
    const chains = Array.from({ length: 4 }, async () => {
      for (let i = 0; i < 4; i++) await executor.submit('a', task)
    })
    await Promise.all(chains)
    expect(most).toBe(1)
  })

  it('a task may submit another for its own key, which runs after it', async () => {
    const { executor, submit, started, end } = setUp({ workers: 2 })
    void executor.submit('a', async () => {
      started.push('outer begins')
      submit('a inner')
      for (let i = 0; i < 5; i++) await null
      started.push('outer ends')
    })
    await settle()
    expect(started).toEqual(['outer begins', 'outer ends', 'a inner'])
    await end('a inner')
    expect(executor.trackedKeys).toBe(0)
  })

  it('results are passed on as they are', async () => {
    const { executor } = setUp({ workers: 1 })
    const value = { total: 1 }
    const error = new TaskError('mine')
    expect(await executor.submit('a', () => value)).toBe(value)
    expect(await executor.submit('a', () => undefined)).toBe(undefined)
    expect(await executor.submit('a', () => Promise.resolve(value)).then((each) => each === value)).toBe(true)
    expect(await executor.submit('a', () => Promise.reject(error)).catch((each) => each === error)).toBe(true)
  })
})

describe('Parallel across keys', () => {
  it('a task starts before submit returns if a worker is free and its key is', () => {
    const { submit, started } = setUp({ workers: 2 })
    submit('a1')
    expect(started).toEqual(['a1'])
    submit('a2')
    expect(started).toEqual(['a1'])
    submit('b1')
    expect(started).toEqual(['a1', 'b1'])
    submit('c1')
    expect(started).toEqual(['a1', 'b1'])
  })

  it('never more tasks run at a time than there are workers', async () => {
    const workers = random.int(2, 4)
    const { submit, started, running, end } = setUp({ workers })
    const names = [...'abcdefgh'].map((key) => `${key}1`)
    for (const name of names) submit(name)
    for (let i = 0; i < names.length; i++) {
      await settle()
      expect(running().length).toBe(Math.min(workers, names.length - i))
      await end(running()[random.int(0, running().length - 1)] ?? '')
    }
    expect(started).toEqual(names)
  })

  it('a slow key occupies one worker and no other key', async () => {
    const { submit, started, end } = setUp({ workers: 2 })
    submit('slow', 'slow key')
    for (let i = 0; i < 5; i++) submit(`slow${i}`, 'slow key')
    const others = random.shuffle([...'abcdefghij']).map((key) => `${key}1`)
    for (const name of others) submit(name)
    for (const [i, name] of others.entries()) {
      await settle()
      expect(started).toEqual(['slow', ...others.slice(0, i + 1)])
      await end(name)
    }
    expect(started).toEqual(['slow', ...others])
  })

  it('ready keys are served in the order in which they became ready', async () => {
    const { submit, started, end } = setUp({ workers: 1 })
    for (const name of ['x', 'a1', 'b1', 'c1', 'b2', 'a2']) submit(name)
    for (const name of ['x', 'a1', 'b1', 'c1', 'a2', 'b2']) {
      await settle()
      expect(started.at(-1)).toBe(name)
      await end(name)
    }
  })

  it('a key with much work takes its turns like the others', async () => {
    const { submit, started, end } = setUp({ workers: 1 })
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) submit(name)
    const order = ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']
    for (const name of order) {
      await settle()
      await end(name)
    }
    expect(started).toEqual(order)
  })

  it('serves whoever is next, on any history', async () => {
    const { executor, submit, started, running, end, fail } = setUp({ workers: 2 })
    const lines = new Map<string, string[]>()
    const ready: string[] = []
    const busy = new Map<string, string>()
    const expected: string[] = []
    const compare = () => {
      while (busy.size < 2 && ready.length > 0) {
        const key = ready.shift() ?? ''
        const name = lines.get(key)?.shift() ?? ''
        busy.set(name, key)
        expected.push(name)
      }
      expect(started).toEqual(expected)
      expect(running().sort()).toEqual([...busy.keys()].sort())
    }
    const add = (name: string, key: string) => {
      submit(name, key)
      const line = lines.get(key)
      if (line !== undefined) line.push(name)
      else {
        lines.set(key, [name])
        ready.push(key)
      }
      compare()
    }
    const finish = async (name: string, well: boolean) => {
      const key = busy.get(name) ?? ''
      await (well ? end(name) : fail(name))
      busy.delete(name)
      if ((lines.get(key)?.length ?? 0) > 0) ready.push(key)
      else lines.delete(key)
      compare()
    }
    // Begins with a crowd and a failure; the rest is drawn.
    for (const [i, key] of [...'aaabcdb'].entries()) add(`${key}${i}`, key)
    await finish('a0', false)
    for (let step = 10; step < 40; step++) {
      const key = random.pick(['a', 'b', 'c', 'd'])
      if (busy.size === 0 || random.next() < 0.4) add(`${key}${step}`, key)
      else await finish(random.pick([...busy.keys()]), random.next() < 0.7)
      const waiting = [...lines.values()].flat().length
      expect([executor.active, executor.pending(), executor.trackedKeys]).toEqual([busy.size, waiting, lines.size])
    }
    for (const name of busy.keys()) await finish(name, true)
    expect(executor.trackedKeys).toBe(0)
  })
})

describe('Limits and bookkeeping', () => {
  it('refuses a task beyond the limit at once, without running it', async () => {
    const maxQueuePerKey = random.int(1, 3)
    const { executor, submit, started, end } = setUp({ workers: 1, maxQueuePerKey })
    const names = Array.from({ length: maxQueuePerKey + 1 }, (_, i) => `a${i}`)
    for (const name of names) submit(name)
    const tooMuch = submit('a-too-much')
    await settle()
    expect(tooMuch.value).toBeInstanceOf(QueueFullError)
    expect(executor.pending('a')).toBe(maxQueuePerKey)
    // Another key has a limit of its own.
    const other = submit('b1')
    await settle()
    expect(other.state).toBe('pending')
    await end('a0')
    await end('b1')
    expect(executor.pending('a')).toBe(maxQueuePerKey - 1)
    const again = submit('a-again')
    await settle()
    expect([again.state, executor.pending('a')]).toEqual(['pending', maxQueuePerKey])
    expect(started).not.toContain('a-too-much')
  })

  it('refuses a task beyond the limit of its key also while a worker is free', async () => {
    const { executor, submit, started } = setUp({ workers: 2, maxQueuePerKey: 1 })
    for (const name of ['a1', 'a2']) submit(name)
    const tooMuch = submit('a3')
    await settle()
    expect(tooMuch.value).toBeInstanceOf(QueueFullError)
    expect([executor.active, executor.pending('a'), ...started]).toEqual([1, 1, 'a1'])
  })

  it('a limit of 0 takes only what can start at once', async () => {
    const { executor, submit, started, end } = setUp({ workers: 1, maxQueuePerKey: 0 })
    submit('a1')
    const refused = [submit('a2'), submit('b1')]
    await settle()
    for (const { value } of refused) expect(value).toBeInstanceOf(QueueFullError)
    expect([executor.pending(), executor.trackedKeys]).toEqual([0, 1])
    await end('a1')
    submit('b2')
    expect(started).toEqual(['a1', 'b2'])
  })

  it('counts running and waiting tasks, and the keys that have any', async () => {
    const { executor, submit, end } = setUp({ workers: 2 })
    const counts = () => [executor.active, executor.pending(), executor.trackedKeys]
    expect(counts()).toEqual([0, 0, 0])
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) submit(name)
    expect(counts()).toEqual([2, 3, 3])
    expect(['a', 'b', 'c', 'd'].map((key) => executor.pending(key))).toEqual([2, 0, 1, 0])
    await end('b1')
    expect(counts()).toEqual([2, 2, 2])
    await end('c1')
    expect(counts()).toEqual([1, 2, 1])
    for (const name of ['a1', 'a2', 'a3']) await end(name)
    expect(counts()).toEqual([0, 0, 0])
  })

  it('keeps nothing about keys that have no task', async () => {
    const { executor } = setUp({ workers: 3 })
    const keys = ['', '__proto__', 'constructor', ...Array.from({ length: 20 }, (_, i) => `k${i}`)]
    const outcomes = keys.map((key, i) => watch(executor.submit(key, () => i)))
    await executor.idle()
    await settle()
    expect(outcomes.map(({ value }) => value)).toEqual(keys.map((_, i) => i))
    expect(executor.trackedKeys).toBe(0)
    const failed = keys.slice(0, 5).map((key) => watch(executor.submit(key, () => Promise.reject(new TaskError(key)))))
    await executor.idle()
    await settle()
    expect(failed.every(({ state }) => state === 'rejected')).toBe(true)
    expect([executor.trackedKeys, executor.active, executor.pending()]).toEqual([0, 0, 0])
  })

  it('a task counts nowhere any more when its caller hears of the result', async () => {
    const { executor } = setUp({ workers: 2 })
    await executor.submit('a', () => 1)
    expect([executor.active, executor.pending(), executor.trackedKeys]).toEqual([0, 0, 0])
    await executor.submit('a', () => Promise.reject(new TaskError('no'))).catch(() => undefined)
    expect([executor.active, executor.pending(), executor.trackedKeys]).toEqual([0, 0, 0])
  })

  it('refuses numbers that make no sense', () => {
    for (const workers of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new KeyedExecutor({ workers })).toThrow(RangeError)
    }
    for (const maxQueuePerKey of [-1, 0.5, Number.NaN]) {
      expect(() => new KeyedExecutor({ workers: 1, maxQueuePerKey })).toThrow(RangeError)
    }
    expect(() => new KeyedExecutor({ workers: 1, maxQueuePerKey: Number.POSITIVE_INFINITY })).not.toThrow()
  })
})

describe('Idle and close', () => {
  it('idle resolves at once when there is nothing to do', async () => {
    const { executor } = setUp({ workers: 1 })
    const idle = watch(executor.idle())
    await settle()
    expect(idle.state).toBe('resolved')
  })

  it('idle waits for running and for waiting tasks', async () => {
    const { executor, submit, end, fail } = setUp({ workers: 1 })
    for (const name of ['a1', 'a2', 'b1']) submit(name)
    const idle = [watch(executor.idle()), watch(executor.idle())]
    const states: string[] = []
    for (const name of ['a1', 'b1', 'a2']) {
      await settle()
      states.push(...idle.map(({ state }) => state))
      if (name === 'b1') await fail(name)
      else await end(name)
    }
    expect(states).toEqual(states.map(() => 'pending'))
    expect(idle.map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })

  it('idle takes in what is submitted while it waits', async () => {
    const { executor, submit, end } = setUp({ workers: 2 })
    submit('a1')
    const idle = watch(executor.idle())
    submit('b1')
    await end('a1')
    expect(idle.state).toBe('pending')
    await end('b1')
    expect(idle.state).toBe('resolved')
  })

  it('a closed executor refuses new tasks without running them', async () => {
    const { executor } = setUp({ workers: 1 })
    const task = vi.fn(() => 1)
    const closed = watch(executor.close())
    const refused = watch(executor.submit('a', task))
    await settle()
    expect(closed.state).toBe('resolved')
    expect(refused.value).toBeInstanceOf(ExecutorClosedError)
    expect(task).not.toHaveBeenCalled()
    expect(executor.trackedKeys).toBe(0)
  })

  it('closing lets all tasks from before finish, and waits for them', async () => {
    const { executor, submit, started, end } = setUp({ workers: 1 })
    const seen = ['a1', 'a2', 'b1'].map((name) => submit(name))
    const closed = [watch(executor.close()), watch(executor.close())]
    expect(submit('c1').state).toBe('pending')
    for (const name of ['a1', 'b1', 'a2']) {
      await settle()
      expect(closed.map(({ state }) => state)).toEqual(['pending', 'pending'])
      await end(name)
    }
    expect(started).toEqual(['a1', 'b1', 'a2'])
    expect(seen.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved'])
    expect(closed.map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })
})
