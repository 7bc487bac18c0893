import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { prioritySelect, type Source } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<void>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    () => Object.assign(seen, { state: 'resolved' }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

/** A source that the test fills by hand, and that loses patience with those who ask again and again. */
function source(...values: number[]) {
  const listeners = new Set<() => void>()
  const facts = { asked: 0, subscribed: 0, isClosed: false }
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const self: Source<number> = {
    tryRecv() {
      if (++facts.asked > 40) throw new Error('asked too often')
      const value = values.shift()
      if (value !== undefined) return { state: 'value', value }
      return facts.isClosed ? { state: 'closed' } : { state: 'empty' }
    },
    onReady(cb) {
      facts.subscribed++
      listeners.add(cb)
      return () => void listeners.delete(cb)
    },
  }
  return {
    self,
    facts,
    values,
    listeners,
    tell,
    push(...more: number[]) {
      values.push(...more)
      tell()
    },
    close() {
      facts.isClosed = true
      tell()
    },
  }
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

describe('Priority', () => {
  it('all waiting high values come before the first low one, each source in its own order', async () => {
    const [some, more] = [random.int(2, 6), random.int(2, 6)]
    const [high, low] = [source(...numbers(some)), source(...numbers(more, 100))]
    const handle = vi.fn((_v: number, _from: 'high' | 'low') => {})
    const end = watch(prioritySelect(high.self, low.self, handle))
    await settle()
    const expected = [...numbers(some).map((v) => [v, 'high']), ...numbers(more, 100).map((v) => [v, 'low'])]
    expect(handle.mock.calls).toEqual(expected)
    expect(end.state).toBe('pending')
  })

  it('a high value that arrives while a value is handled goes before the next low one', async () => {
    const [high, low] = [source(0), source(100, 101, 102)]
    const seen: number[] = []
    void prioritySelect(high.self, low.self, async (v) => {
      seen.push(v)
      await settle()
      if (v === 100) high.push(1, 2)
      if (v === 2) high.push(3)
    })
    for (const _ of numbers(10)) await settle()
    expect(seen).toEqual([0, 100, 1, 2, 3, 101, 102])
  })

  it('no low value is taken before it is its turn', async () => {
    const [high, low] = [source(0), source(100, 101)]
    let release: () => void = () => {}
    const seen: number[] = []
    void prioritySelect(high.self, low.self, (v) => {
      seen.push(v)
      return new Promise<void>((resolve) => (release = resolve))
    })
    await settle()
    expect([seen, low.values]).toEqual([[0], [100, 101]])
    release()
    await settle()
    expect([seen, low.values]).toEqual([[0, 100], [101]])
    low.push(102)
    high.push(1)
    expect(high.values).toEqual([1])
  })

  it('values are handled one at a time', async () => {
    const [high, low] = [source(1, 2, 3), source(4, 5)]
    const facts = { running: 0, most: 0, ended: 0 }
    void prioritySelect(high.self, low.self, async () => {
      facts.most = Math.max(facts.most, ++facts.running)
      await settle()
      facts.running--
      facts.ended++
    })
    for (const _ of numbers(8)) await settle()
    expect(facts).toEqual({ running: 0, most: 1, ended: 5 })
  })

  it('a function that returns nothing will do, and null and undefined are values', async () => {
    const values = [undefined, null]
    const odd: Source<undefined | null> = {
      tryRecv: () => (values.length > 0 ? { state: 'value', value: values.shift() ?? null } : { state: 'closed' }),
      onReady: () => () => {},
    }
    const handle = vi.fn((_v: undefined | null, _from: string) => {})
    const none: Source<null> = { tryRecv: () => ({ state: 'closed' }), onReady: () => () => {} }
    await prioritySelect<undefined | null>(none, odd, handle)
    expect(handle.mock.calls).toEqual([
      [null, 'low'],
      [null, 'low'],
    ])
  })

  it('on any history the values come in the order of a simple model', async () => {
    // What arrives while value number i is being handled: how many high ones, how many low ones.
    const script = numbers(400).map((): [number, number] => {
      return [random.pick([0, 1, 1, 1, 2]), random.pick([0, 0, 0, 0, 0, 1])]
    })
    const limit = random.pick([2, 3, 5])
    const model: string[] = []
    const waiting = { high: ['a', 'b', 'c', 'd'], low: ['l'] }
    let [streak, count] = [0, 0]
    for (const [highs, lows] of script) {
      const isLowFirst = waiting.low.length > 0 && (streak >= limit || waiting.high.length === 0)
      const value = isLowFirst ? waiting.low.shift() : waiting.high.shift()
      streak = isLowFirst ? 0 : streak + 1
      if (value === undefined) break
      model.push(value)
      for (let i = 0; i < highs; i++) waiting.high.push(`h${count++}`)
      for (let i = 0; i < lows; i++) waiting.low.push(`l${count++}`)
    }
    const driver = async (
      solution: typeof import('./solution'),
      steps: Array<[number, number]>,
      starvationLimit: number,
      length: number,
    ): Promise<string[]> => {
      let number = 0
      const queues = { high: ['a', 'b', 'c', 'd'], low: ['l'] }
      const from = (queue: string[]): Source<string> => ({
        tryRecv() {
          const value = queue.shift()
          return value === undefined ? { state: 'empty' } : { state: 'value', value }
        },
        onReady: () => () => {},
      })
      const seen: string[] = []
      void solution.prioritySelect(
        from(queues.high),
        from(queues.low),
        async (value) => {
          if (seen.length === length) return new Promise<void>(() => {})
          const [highs, lows] = steps[seen.length] ?? [0, 0]
          seen.push(value)
          for (let turn = 0; turn < 3; turn++) await null
          for (let i = 0; i < highs; i++) queues.high.push(`h${number++}`)
          for (let i = 0; i < lows; i++) queues.low.push(`l${number++}`)
        },
        { starvationLimit },
      )
      for (let turn = 0; turn < 10_000; turn++) await null
      return seen
    }
    expect(await inGuest(driver, script, limit, model.length)).toEqual(model)
  })
})

describe('Closing', () => {
  it('it ends when both sources are closed and drained', async () => {
    const [high, low] = [source(1), source(100)]
    high.close()
    low.close()
    const handle = vi.fn((_v: number) => {})
    const end = watch(prioritySelect(high.self, low.self, handle))
    await settle()
    expect([end.state, handle.mock.calls.map(([v]) => v)]).toEqual(['resolved', [1, 100]])
  })

  it('when one source is closed the other goes on', async () => {
    for (const closed of ['high', 'low'] as const) {
      const sources = { high: source(), low: source() }
      const handle = vi.fn((_v: number, _from: string) => {})
      const end = watch(prioritySelect(sources.high.self, sources.low.self, handle))
      sources[closed].close()
      await settle()
      expect(end.state).toBe('pending')
      const other = closed === 'high' ? 'low' : 'high'
      for (const v of [5, 6]) {
        sources[other].push(v)
        await settle()
      }
      expect(handle.mock.calls).toEqual([
        [5, other],
        [6, other],
      ])
      sources[other].close()
      await settle()
      expect(end.state).toBe('resolved')
    }
  })

  it('a closed source is not asked again, nor listened to', async () => {
    const [high, low] = [source(), source()]
    high.close()
    void watch(prioritySelect(high.self, low.self, () => {}))
    await settle()
    expect([high.facts, high.listeners.size]).toEqual([{ asked: 1, subscribed: 0, isClosed: true }, 0])
    for (const v of [1, 2, 3]) {
      low.push(v)
      await settle()
    }
    expect([high.facts.asked, high.facts.subscribed]).toEqual([1, 0])
  })
})

describe('Starvation limit', () => {
  it('after so many high values a low one that waits goes first', async () => {
    for (const limit of [1, random.int(2, 4)]) {
      const [high, low] = [source(...numbers(limit * 2 + 2)), source(100, 101, 102)]
      const handle = vi.fn((_v: number) => {})
      void prioritySelect(high.self, low.self, handle, { starvationLimit: limit })
      await settle()
      const rest = limit === 1 ? [2, 102, 3] : [...numbers(2, limit * 2), 102]
      const expected = [...numbers(limit), 100, ...numbers(limit, limit), 101, ...rest]
      expect(handle.mock.calls.map(([v]) => v)).toEqual(expected)
    }
  })

  it('a low value that comes after a long run of high ones goes next', async () => {
    const [high, low] = [source(...numbers(9)), source()]
    const seen: number[] = []
    void prioritySelect(
      high.self,
      low.self,
      (v) => {
        seen.push(v)
        if (v === 4) low.push(100, 101)
      },
      { starvationLimit: 3 },
    )
    await settle()
    expect(seen).toEqual([0, 1, 2, 3, 4, 100, 5, 6, 7, 101, 8])
  })

  it('the run of high values is counted across waits', async () => {
    const [high, low] = [source(), source()]
    const handle = vi.fn((_v: number) => {})
    void prioritySelect(high.self, low.self, handle, { starvationLimit: 2 })
    for (const v of [1, 2]) {
      await settle()
      high.push(v)
    }
    await settle()
    low.values.push(100)
    high.push(3)
    await settle()
    expect(handle.mock.calls.map(([v]) => v)).toEqual([1, 2, 100, 3])
  })

  it('without a limit low values wait as long as it takes', async () => {
    const [high, low] = [source(...numbers(30)), source(100)]
    const handle = vi.fn((_v: number) => {})
    void prioritySelect(high.self, low.self, handle)
    await settle()
    await settle()
    expect(handle.mock.calls.map(([v]) => v)).toEqual([...numbers(30), 100])
  })

  it('a limit that makes no sense is refused with RangeError, before anything is taken', async () => {
    for (const starvationLimit of [0, -1, 1.5, Number.NaN]) {
      const [high, low] = [source(1), source(2)]
      const end = watch(prioritySelect(high.self, low.self, () => {}, { starvationLimit }))
      await settle()
      expect(end.reason).toBeInstanceOf(RangeError)
      expect([high.values, low.values]).toEqual([[1], [2]])
    }
  })
})

describe('Waiting', () => {
  it('it asks no more than needed: once for each value and each time it is woken', async () => {
    const [high, low] = [source(1, 2), source(3)]
    void prioritySelect(high.self, low.self, () => {})
    await settle()
    // Four looks: one for each of the three values, one that finds nothing.
    expect([high.facts.asked, low.facts.asked]).toEqual([4, 2])
    for (const _ of numbers(5)) await settle()
    expect([high.facts.asked, low.facts.asked]).toEqual([4, 2])
    low.push(4)
    await settle()
    expect([high.facts.asked, low.facts.asked]).toEqual([6, 4])
  })

  it('it listens to both sources while it waits, and to none while it works', async () => {
    const [high, low] = [source(), source()]
    const sizes: number[][] = []
    void prioritySelect(high.self, low.self, () => void sizes.push([high.listeners.size, low.listeners.size]))
    await settle()
    for (const [i, each] of [high, low, high].entries()) {
      expect([high.listeners.size, low.listeners.size]).toEqual([1, 1])
      each.push(i)
      await settle()
    }
    expect(sizes).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    high.close()
    low.close()
    await settle()
    expect([high.listeners.size, low.listeners.size]).toEqual([0, 0])
  })

  it('being woken for nothing does no harm', async () => {
    const [high, low] = [source(), source()]
    const handle = vi.fn((_v: number) => {})
    const end = watch(prioritySelect(high.self, low.self, handle))
    for (const _ of numbers(3)) {
      await settle()
      high.tell()
      low.tell()
    }
    await settle()
    expect([end.state, handle.mock.calls.length]).toEqual(['pending', 0])
    low.push(7)
    await settle()
    expect(handle.mock.calls).toEqual([[7, 'low']])
  })
})

describe('Stopping', () => {
  it('an abort while it waits ends it at once and leaves no listener', async () => {
    const [high, low] = [source(), source()]
    const controller = new AbortController()
    const handle = vi.fn()
    const end = watch(prioritySelect(high.self, low.self, handle, { signal: controller.signal }))
    await settle()
    const reason = new Error('enough')
    controller.abort(reason)
    await settle()
    expect(end.reason).toBe(reason)
    expect([high.listeners.size, low.listeners.size]).toEqual([0, 0])
    high.push(1)
    await settle()
    expect([handle.mock.calls.length, high.values]).toEqual([0, [1]])
  })

  it('an abort during a value lets that value end and takes no other', async () => {
    const [high, low] = [source(1, 2), source(3)]
    const controller = new AbortController()
    const reason = new Error('enough')
    let release: () => void = () => {}
    const handle = vi.fn((_v: number) => new Promise<void>((resolve) => (release = resolve)))
    const end = watch(prioritySelect(high.self, low.self, handle, { signal: controller.signal }))
    await settle()
    controller.abort(reason)
    await settle()
    expect(end.state).toBe('pending')
    release()
    await settle()
    expect(end.reason).toBe(reason)
    expect([handle.mock.calls.length, high.values, low.values]).toEqual([1, [2], [3]])
  })

  it('a signal that is already aborted ends it before anything is asked', async () => {
    const [high, low] = [source(1), source()]
    const reason = new Error('too late')
    const end = watch(prioritySelect(high.self, low.self, () => {}, { signal: AbortSignal.abort(reason) }))
    await settle()
    expect(end.reason).toBe(reason)
    expect([high.facts, low.facts].map(({ asked, subscribed }) => [asked, subscribed])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('an error of the function ends it with that error', async () => {
    const error = new Error('broken')
    const thrower = () => {
      throw error
    }
    const failures = [() => Promise.reject(error), thrower]
    for (const failure of failures) {
      const [high, low] = [source(), source(3, 4)]
      const end = watch(prioritySelect(high.self, low.self, failure))
      await settle()
      expect(end.reason).toBe(error)
      high.push(1)
      await settle()
      expect([high.values, low.values]).toEqual([[1], [4]])
      expect([high.listeners.size, low.listeners.size]).toEqual([0, 0])
    }
  })

  it('a signal that never aborts changes nothing', async () => {
    const [high, low] = [source(1), source(2)]
    const { signal } = new AbortController()
    const end = watch(prioritySelect(high.self, low.self, () => {}, { signal }))
    high.close()
    low.close()
    await settle()
    expect(end.state).toBe('resolved')
  })

  it('leaves no listener at the signal when it has ended', async () => {
    const report = await inGuest(async ({ prioritySelect }: typeof import('./solution')) => {
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
      const wakers = new Set<() => void>()
      const values: number[] = []
      let isClosed = false
      const source: Source<number> = {
        tryRecv() {
          const value = values.shift()
          if (value !== undefined) return { state: 'value', value }
          return isClosed ? { state: 'closed' } : { state: 'empty' }
        },
        onReady(cb) {
          wakers.add(cb)
          return () => void wakers.delete(cb)
        },
      }
      const none: Source<number> = { tryRecv: () => ({ state: 'closed' }), onReady: () => () => {} }
      const tell = () => {
        for (const wake of [...wakers]) wake()
      }
      const seen: number[] = []
      const end = prioritySelect(none, source, (v) => void seen.push(v), { signal })
      for (const value of [1, 2]) {
        for (let turn = 0; turn < 30; turn++) await null
        values.push(value)
        tell()
      }
      for (let turn = 0; turn < 30; turn++) await null
      isClosed = true
      tell()
      await end
      return { seen, left: listening.size }
    })
    expect(report).toEqual({ seen: [1, 2], left: 0 })
  })
})
