import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { type ApiEvent, GoneError, type Handlers, Informer } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Timers that go off only when told to. */
class FakeTimers {
  #ms = 0
  #serial = 0
  readonly #pending = new Map<number, { at: number; fn: () => void }>()

  now(): number {
    return this.#ms
  }

  setTimeout(fn: () => void, ms: number): number {
    this.#pending.set(++this.#serial, { at: this.#ms + ms, fn })
    return this.#serial
  }

  clearTimeout(id: number): void {
    this.#pending.delete(id)
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Lets time pass, with all that is due on the way in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#ms + ms
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)
      const [first] = due
      if (first === undefined) break
      this.#pending.delete(first[0])
      this.#ms = first[1].at
      first[1].fn()
      await settle()
    }
    this.#ms = end
    await settle()
  }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

/** The timers as the solution gets them: three functions. */
function asTimers(clock: FakeTimers) {
  return {
    now: () => clock.now(),
    setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, ms),
    clearTimeout: (id: number) => clock.clearTimeout(id),
  }
}

interface Pod {
  key: string
  resourceVersion: number
  labels: string[]
}

interface Listed {
  items: Pod[]
  resourceVersion: number
}

function pod(key: string, resourceVersion: number, ...labels: string[]): Pod {
  return { key, resourceVersion, labels }
}

/** An API whose every answer the test gives. */
type Indexers = Readonly<Record<string, (object: Pod) => readonly string[]>>

function setup(indexers?: Indexers) {
  const clock = new FakeTimers()
  const lists: Array<{ answer: (listed: Listed) => void; fail: (error: Error) => void }> = []
  const watches: Array<{
    from: number
    event: (event: ApiEvent<Pod>) => void
    close: (error?: Error) => void
    closed: number
  }> = []
  const plan: { onWatch?: (watch: (typeof watches)[number]) => void } = {}
  const informer = new Informer<Pod>(
    {
      list: () => new Promise((answer, fail) => lists.push({ answer, fail })),
      watch: (from, event, close) => {
        const watch = { from, event, close, closed: 0 }
        watches.push(watch)
        plan.onWatch?.(watch)
        return () => {
          watch.closed++
        }
      },
    },
    { timers: asTimers(clock), retryMs: 1000, indexers },
  )
  const heard: string[] = []
  const handlers: Handlers<Pod> = {
    add: ({ key, resourceVersion }) => heard.push(`add ${key}${resourceVersion}`),
    update: (old, { key, resourceVersion }) => heard.push(`update ${key}${old.resourceVersion}>${resourceVersion}`),
    delete: ({ key, resourceVersion }, unknown) => heard.push(`delete ${key}${resourceVersion} ${unknown}`),
  }
  informer.on(handlers)
  /** What handlers have heard since the last time. */
  const take = () => heard.splice(0)
  const keys = () => informer.list().map(({ key, resourceVersion }) => `${key}${resourceVersion}`)
  return { clock, lists, watches, plan, informer, heard, take, keys }
}

/** An informer that has listed these and watches from this version. */
async function watching(items: Pod[], resourceVersion: number, indexers?: Indexers) {
  const made = setup(indexers)
  made.informer.run()
  made.lists[0]?.answer({ items, resourceVersion })
  await settle()
  made.take()
  const latest = () => made.watches[made.watches.length - 1] as (typeof made.watches)[number]
  return { ...made, latest }
}

describe('Listing and events', () => {
  it('lists once, takes the items over, and watches from there', async () => {
    const { informer, lists, watches, take, keys } = setup()
    informer.run()
    informer.run()
    await settle()
    expect([lists.length, watches.length, informer.synced]).toEqual([1, 0, false])
    const resourceVersion = random.int(10, 99)
    lists[0]?.answer({ items: [pod('b', 3), pod('a', 7)], resourceVersion })
    await settle()
    expect([keys(), take(), informer.synced]).toEqual([['b3', 'a7'], ['add b3', 'add a7'], true])
    expect(watches.map(({ from }) => from)).toEqual([resourceVersion])
    expect([informer.get('a'), informer.get('x')]).toEqual([pod('a', 7), undefined])
  })

  it('is synced only when its handlers have heard of the first list', async () => {
    const { informer, lists, watches } = setup()
    const seen: unknown[] = []
    informer.on({ add: () => seen.push([informer.synced, watches.length, informer.list().length]) })
    informer.run()
    lists[0]?.answer({ items: [pod('a', 1), pod('b', 2)], resourceVersion: 5 })
    await settle()
    expect(seen).toEqual([
      [false, 0, 2],
      [false, 0, 2],
    ])
    expect(informer.synced).toBe(true)
  })

  it('adds, updates and deletes by events', async () => {
    const { latest, take, keys } = await watching([pod('a', 3)], 5)
    latest().event({ type: 'ADDED', object: pod('b', 6) })
    latest().event({ type: 'MODIFIED', object: pod('a', 7) })
    latest().event({ type: 'DELETED', object: pod('b', 8) })
    expect(take()).toEqual(['add b6', 'update a3>7', 'delete b8 false'])
    expect(keys()).toEqual(['a7'])
  })

  it('goes by what it has, not by the name of the event', async () => {
    const { latest, take, keys } = await watching([pod('a', 3)], 5)
    latest().event({ type: 'ADDED', object: pod('a', 6) })
    latest().event({ type: 'MODIFIED', object: pod('b', 7) })
    latest().event({ type: 'DELETED', object: pod('c', 8) })
    expect([take(), keys()]).toEqual([['update a3>6', 'add b7'], ['a6', 'b7']])
  })

  it('ignores events that are not newer than what it has', async () => {
    const { latest, take, keys } = await watching([pod('a', 9)], 9)
    for (const version of [9, 8, random.int(1, 7)]) {
      latest().event({ type: random.pick(['ADDED', 'MODIFIED']), object: pod('a', version, 'old') })
      latest().event({ type: 'DELETED', object: pod('a', version) })
    }
    expect([take(), keys()]).toEqual([[], ['a9']])
  })

  it('follows any history', async () => {
    const { informer, latest, take } = await watching([], 0)
    const model = new Map<string, Pod>()
    const expected: string[] = []
    for (const i of numbers(40)) {
      const key = random.pick(['a', 'b', 'c', 'd'])
      const object = pod(key, i + 1)
      const old = model.get(key)
      if (old && random.next() < 0.4) {
        model.delete(key)
        expected.push(`delete ${key}${i + 1} false`)
        latest().event({ type: 'DELETED', object })
      } else {
        model.set(key, object)
        expected.push(old ? `update ${key}${old.resourceVersion}>${i + 1}` : `add ${key}${i + 1}`)
        latest().event({ type: old ? 'MODIFIED' : 'ADDED', object })
      }
    }
    expect(take()).toEqual(expected)
    expect(informer.list()).toEqual([...model.values()])
  })

  it('shows a change in the cache while it tells it', async () => {
    const { informer, latest } = await watching([pod('a', 3)], 5)
    const seen: unknown[] = []
    const look = () => seen.push(informer.get('a')?.resourceVersion)
    informer.on({ update: look, delete: look })
    latest().event({ type: 'MODIFIED', object: pod('a', 6) })
    latest().event({ type: 'DELETED', object: pod('a', 7) })
    expect(seen).toEqual([6, undefined])
  })

  it('takes events that come while the watch is being opened', async () => {
    const { informer, lists, plan, keys } = setup()
    plan.onWatch = (watch) => watch.event({ type: 'ADDED', object: pod('b', 9) })
    informer.run()
    lists[0]?.answer({ items: [pod('a', 3)], resourceVersion: 5 })
    await settle()
    expect(keys()).toEqual(['a3', 'b9'])
  })
})

describe('Resuming', () => {
  it('watches again from the last version when a watch is closed', async () => {
    const { latest, watches, lists, take } = await watching([pod('a', 3)], 5)
    latest().close()
    latest().event({ type: 'ADDED', object: pod('b', 8) })
    latest().close()
    latest().event({ type: 'MODIFIED', object: pod('a', 7) })
    latest().close()
    expect(watches.map(({ from }) => from)).toEqual([5, 5, 8, 8])
    expect([lists.length, take()]).toEqual([1, ['add b8', 'update a3>7']])
  })

  it('moves its version by bookmarks, and by nothing that is lower', async () => {
    const { latest, watches, take } = await watching([pod('a', 3)], 5)
    const version = random.int(20, 99)
    latest().event({ type: 'BOOKMARK', resourceVersion: version })
    latest().event({ type: 'BOOKMARK', resourceVersion: 10 })
    latest().event({ type: 'MODIFIED', object: pod('a', 11) })
    latest().close()
    expect([watches[1]?.from, take()]).toEqual([version, ['update a3>11']])
  })

  it('waits before it watches again after an error', async () => {
    const { clock, latest, watches, lists } = await watching([], 5)
    latest().close(new Error('connection reset'))
    await clock.advance(999)
    expect(watches).toHaveLength(1)
    await clock.advance(1)
    expect([watches.map(({ from }) => from), lists.length, clock.pending]).toEqual([[5, 5], 1, 0])
  })

  it('takes a watch that throws for one that is closed', async () => {
    const { clock, latest, watches, plan, lists } = await watching([], 5)
    plan.onWatch = () => {
      plan.onWatch = undefined
      throw new Error('refused')
    }
    latest().close()
    expect(watches).toHaveLength(2)
    await clock.advance(1000)
    expect(watches).toHaveLength(3)
    plan.onWatch = () => {
      plan.onWatch = undefined
      throw new GoneError()
    }
    latest().close()
    await settle()
    expect([watches.length, lists.length]).toEqual([4, 2])
  })

  it('lists again when its version is gone, and tells the difference', async () => {
    const items = [pod('a', 1), pod('b', 2), pod('c', 3), pod('d', 4)]
    const { latest, lists, watches, take, keys } = await watching(items, 5)
    latest().event({ type: 'MODIFIED', object: pod('b', 6) })
    take()
    latest().close(new GoneError())
    expect(lists).toHaveLength(2)
    lists[1]?.answer({ items: [pod('e', 30), pod('b', 20), pod('c', 3)], resourceVersion: 40 })
    await settle()
    expect(take()).toEqual(['add e30', 'update b6>20', 'delete a1 true', 'delete d4 true'])
    expect([keys().sort(), watches[1]?.from]).toEqual([['b20', 'c3', 'e30'], 40])
  })

  it('shows the whole new list before it tells of it', async () => {
    const { informer, latest, lists } = await watching([pod('a', 1), pod('b', 2)], 5)
    const seen: string[] = []
    const look = () => seen.push(informer.list().map(({ key }) => key).sort().join(''))
    informer.on({ update: look, delete: look })
    seen.length = 0
    latest().close(new GoneError())
    lists[1]?.answer({ items: [pod('b', 20), pod('c', 30)], resourceVersion: 40 })
    await settle()
    expect(seen).toEqual(['bc', 'bc'])
  })

  it('tries again after a list that failed', async () => {
    const { clock, informer, lists, take } = setup()
    informer.run()
    lists[0]?.fail(new Error('unavailable'))
    await settle()
    await clock.advance(999)
    expect([lists.length, informer.synced]).toEqual([1, false])
    await clock.advance(1)
    lists[1]?.fail(new GoneError())
    await settle()
    await clock.advance(1000)
    lists[2]?.answer({ items: [pod('a', 1)], resourceVersion: 5 })
    await settle()
    expect([take(), informer.synced, clock.pending]).toEqual([['add a1'], true, 0])
  })

  it('ignores what a watch reports after it was closed', async () => {
    const { watches, latest, lists, take } = await watching([pod('a', 3)], 5)
    const old = latest()
    old.close()
    old.event({ type: 'ADDED', object: pod('ghost', 50) })
    old.close()
    old.close(new GoneError())
    expect([watches.length, lists.length, take()]).toEqual([2, 1, []])
    latest().close()
    expect(latest().from).toBe(5)
  })
})

describe('Indexes', () => {
  const indexed = (items: Pod[], resourceVersion: number) =>
    watching(items, resourceVersion, { label: ({ labels }) => labels, key: ({ key }) => [key[0] ?? ''] })
  const names = (pods: Pod[]) => pods.map(({ key }) => key)

  it('finds objects by every value that their indexer gives', async () => {
    const { informer } = await indexed([pod('a1', 1, 'x', 'y'), pod('b1', 2, 'y'), pod('a2', 3)], 5)
    expect(names(informer.byIndex('label', 'y'))).toEqual(['a1', 'b1'])
    expect(names(informer.byIndex('label', 'x'))).toEqual(['a1'])
    expect(names(informer.byIndex('key', 'a'))).toEqual(['a1', 'a2'])
    expect(informer.byIndex('label', 'unknown')).toEqual([])
  })

  it('finds nothing under a value that nobody has, whatever the keys', async () => {
    const { informer } = await indexed([pod('S', 1, 'x')], 5)
    expect(informer.byIndex('label', 'unknown')).toEqual([])
  })

  it('follows updates and deletions', async () => {
    const { informer, latest, lists } = await indexed([pod('a', 1, 'x'), pod('b', 2, 'x')], 5)
    expect(names(informer.byIndex('label', 'x'))).toEqual(['a', 'b'])
    latest().event({ type: 'MODIFIED', object: pod('a', 6, 'y') })
    expect([names(informer.byIndex('label', 'x')), names(informer.byIndex('label', 'y'))]).toEqual([['b'], ['a']])
    latest().event({ type: 'DELETED', object: pod('a', 7, 'y') })
    expect(informer.byIndex('label', 'y')).toEqual([])
    latest().close(new GoneError())
    lists[1]?.answer({ items: [pod('b', 10, 'z')], resourceVersion: 12 })
    await settle()
    expect([names(informer.byIndex('label', 'x')), names(informer.byIndex('label', 'z'))]).toEqual([[], ['b']])
  })

  it('finds an object once if its indexer gives a value twice', async () => {
    const { informer, latest } = await indexed([pod('a', 1, 'x', 'x')], 5)
    expect(names(informer.byIndex('label', 'x'))).toEqual(['a'])
    latest().event({ type: 'MODIFIED', object: pod('a', 6, 'y', 'y') })
    expect([names(informer.byIndex('label', 'x')), names(informer.byIndex('label', 'y'))]).toEqual([[], ['a']])
  })

  it('looks nothing up by calling indexers', async () => {
    const label = vi.fn(({ labels }: Pod) => labels)
    const { informer, latest } = await watching([pod('a', 1, 'x'), pod('b', 2, 'x', 'y')], 5, { label })
    latest().event({ type: 'MODIFIED', object: pod('a', 6, 'y') })
    label.mockClear()
    expect([informer.byIndex('label', 'x').length, informer.byIndex('label', 'y').length]).toEqual([1, 2])
    expect(label).not.toHaveBeenCalled()
  })

  it('keeps the order in which objects were added', async () => {
    const { informer, latest } = await indexed(['a', 'b', 'c', 'd'].map((key, i) => pod(key, i + 1, 'x')), 5)
    latest().event({ type: 'MODIFIED', object: pod('b', 6) })
    latest().event({ type: 'DELETED', object: pod('a', 7) })
    latest().event({ type: 'MODIFIED', object: pod('b', 8, 'x') })
    latest().event({ type: 'ADDED', object: pod('a', 9, 'x') })
    expect(names(informer.byIndex('label', 'x'))).toEqual(['b', 'c', 'd', 'a'])
    expect(names(informer.list())).toEqual(['b', 'c', 'd', 'a'])
  })

  it('refuses an index that it does not have', async () => {
    const { informer } = await indexed([], 5)
    for (const name of ['node', 'toString', '']) expect(() => informer.byIndex(name, 'x')).toThrow(RangeError)
  })

  it('has no indexes unless it is given some', async () => {
    const { informer } = await watching([pod('a', 1)], 5)
    expect(() => informer.byIndex('label', 'x')).toThrow(RangeError)
  })

  it('hands out lists that are the caller’s own', async () => {
    const { informer } = await indexed([pod('a', 1, 'x')], 5)
    informer.list().length = 0
    informer.byIndex('label', 'x').length = 0
    expect([names(informer.list()), names(informer.byIndex('label', 'x'))]).toEqual([['a'], ['a']])
  })
})

describe('Handlers and stopping', () => {
  it('calls all handlers in the order of their registration', async () => {
    const { informer, latest } = await watching([], 5)
    const order: string[] = []
    for (const name of ['1', '2', '3']) informer.on({ add: ({ key }) => order.push(`${name}${key}`) })
    informer.on({ delete: ({ key }) => order.push(`d${key}`) })
    latest().event({ type: 'ADDED', object: pod('a', 6) })
    latest().event({ type: 'DELETED', object: pod('a', 7) })
    expect(order).toEqual(['1a', '2a', '3a', 'da'])
  })

  it('tells a handler that comes later what is already there', async () => {
    const { informer, take } = await watching([pod('a', 1), pod('b', 2)], 5)
    const added: string[] = []
    informer.on({ add: ({ key }) => added.push(key) })
    expect([added, take()]).toEqual([['a', 'b'], []])
  })

  it('is not disturbed by a handler that throws', async () => {
    const { informer, lists, watches } = setup()
    const fail = () => {
      throw new Error('a bug in a handler')
    }
    informer.on({ add: fail, update: fail, delete: fail })
    const heard: string[] = []
    informer.on({ add: ({ key }) => heard.push(`add ${key}`), delete: ({ key }) => heard.push(`delete ${key}`) })
    informer.run()
    lists[0]?.answer({ items: [pod('a', 1), pod('b', 2)], resourceVersion: 5 })
    await settle()
    watches[0]?.event({ type: 'DELETED', object: pod('a', 6) })
    expect([heard, informer.synced, watches.length]).toEqual([['add a', 'add b', 'delete a'], true, 1])
    expect(() => informer.on({ add: fail })).not.toThrow()
  })

  it('closes its watch when it is stopped, and hears no more', async () => {
    const { informer, latest, watches, lists, take, keys } = await watching([pod('a', 1)], 5)
    informer.stop()
    informer.stop()
    expect(watches[0]?.closed).toBe(1)
    latest().event({ type: 'ADDED', object: pod('b', 6) })
    latest().close()
    latest().close(new GoneError())
    informer.run()
    await settle()
    expect([take(), keys(), watches.length, lists.length]).toEqual([[], ['a1'], 1, 1])
  })

  it('clears its timer when it is stopped', async () => {
    const { clock, informer, latest, watches } = await watching([], 5)
    latest().close(new Error('reset'))
    expect(clock.pending).toBe(1)
    informer.stop()
    expect(clock.pending).toBe(0)
    await clock.advance(5000)
    expect(watches).toHaveLength(1)
  })

  it('clears no timer when none is running', () => {
    const cleared: unknown[] = []
    const timers = { ...asTimers(new FakeTimers()), clearTimeout: (id: number) => void cleared.push(id) }
    const api = { list: () => new Promise<Listed>(() => {}), watch: () => () => {} }
    const informer = new Informer<Pod>(api, { timers, retryMs: 1000 })
    informer.run()
    informer.stop()
    informer.stop()
    expect(cleared.filter((id) => typeof id !== 'number')).toEqual([])
  })

  it('ignores a list that arrives after it was stopped', async () => {
    const { clock, informer, lists, watches, take } = setup()
    informer.run()
    informer.stop()
    lists[0]?.answer({ items: [pod('a', 1)], resourceVersion: 5 })
    await settle()
    expect([take(), watches.length, informer.synced]).toEqual([[], 0, false])
    const other = setup()
    other.informer.run()
    other.informer.stop()
    other.lists[0]?.fail(new Error('late'))
    await settle()
    expect([other.clock.pending, clock.pending]).toEqual([0, 0])
  })

  it('keeps its cache as it is when a list arrives after it was stopped', async () => {
    const { informer, lists, keys } = setup()
    informer.run()
    informer.stop()
    lists[0]?.answer({ items: [pod('a', 1)], resourceVersion: 5 })
    await settle()
    expect(keys()).toEqual([])
  })

  it('can be stopped by a handler', async () => {
    const { informer, lists, watches } = setup()
    const heard: string[] = []
    informer.on({ add: () => informer.stop() })
    informer.on({ add: ({ key }) => heard.push(key) })
    informer.run()
    lists[0]?.answer({ items: [pod('a', 1), pod('b', 2)], resourceVersion: 5 })
    await settle()
    expect(watches.filter(({ closed }) => closed === 0)).toEqual([])
    expect([heard, informer.list().length]).toEqual([[], 2])
    informer.on({ add: ({ key }) => heard.push(key) })
    expect(heard).toEqual([])
  })

  it('closes a watch that was being opened when it was stopped', async () => {
    const { informer, lists, watches, plan } = setup()
    const after: string[] = []
    informer.on({
      add: () => {
        informer.stop()
        after.push('stopped')
      },
    })
    plan.onWatch = (watch) => watch.event({ type: 'ADDED', object: pod('a', 9) })
    informer.run()
    lists[0]?.answer({ items: [], resourceVersion: 5 })
    await settle()
    expect([after, watches.map(({ closed }) => closed)]).toEqual([['stopped'], [1]])
  })

  it('takes nothing in after a handler has stopped it', async () => {
    const { informer, lists, watches, plan, keys } = setup()
    informer.on({ add: () => informer.stop() })
    plan.onWatch = (watch) => watch.event({ type: 'ADDED', object: pod('b', 9) })
    informer.run()
    lists[0]?.answer({ items: [pod('a', 1)], resourceVersion: 5 })
    await settle()
    for (const watch of watches) watch.event({ type: 'ADDED', object: pod('c', 10) })
    expect(keys()).toEqual(['a1'])
  })
})
