import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { NegativeCounterError, WaitGroup } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  reason?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    () => Object.assign(seen, { state: 'resolved' }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

/** A promise that the test settles when it likes. */
function deferred() {
  let resolve = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

const states = (seen: readonly Seen[]) => seen.map(({ state }) => state)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A group with so many tasks under way. */
function busy(count: number): WaitGroup {
  return inGuest(({ WaitGroup }: typeof import('./solution'), count: number) => {
    const group = new WaitGroup()
    group.add(count)
    return group
  }, count)
}

/** What the group says of itself: tasks under way, and those who wait for their end. */
function look(group: WaitGroup): [count: number, waiters: number] {
  return inGuest((_: unknown, { count, waiters }: WaitGroup) => [count, waiters], group)
}

/** So many calls of `wait`, one directly after the other. */
function waitAll(group: WaitGroup, calls: number): Seen[] {
  const driver = (_: unknown, group: WaitGroup, calls: number) => Array.from({ length: calls }, () => group.wait())
  return inGuest(driver, group, calls).map(watch)
}

describe('Counting', () => {
  it('the counter follows every add and done', () => {
    const deltas: number[] = []
    const expected: number[] = []
    let count = 0
    for (let step = 0; step < 40; step++) {
      const delta = random.int(-Math.min(count, 5), 5)
      deltas.push(delta)
      expected.push((count += delta))
    }
    const driver = ({ WaitGroup }: typeof import('./solution'), deltas: readonly number[]) => {
      const group = new WaitGroup()
      return deltas.map((delta) => {
        if (delta === -1) group.done()
        else group.add(delta)
        return group.count
      })
    }
    expect(inGuest(driver, deltas)).toEqual(expected)
  })

  it('a counter that would fall below zero is an error', () => {
    expect(() => new WaitGroup().done()).toThrow(NegativeCounterError)
    const count = random.int(1, 5)
    expect(() => busy(count).add(-count - 1)).toThrow(NegativeCounterError)
    const group = busy(count)
    group.add(-count)
    expect(() => group.done()).toThrow(NegativeCounterError)
  })

  it('a refused change changes nothing, and releases nobody', async () => {
    const group = busy(2)
    const waiting = watch(group.wait())
    expect(() => group.add(-3)).toThrow(NegativeCounterError)
    expect(() => group.add(0.5)).toThrow(RangeError)
    await settle()
    expect([...look(group), waiting.state]).toEqual([2, 1, 'pending'])
    group.add(-2)
    await settle()
    expect([...look(group), waiting.state]).toEqual([0, 0, 'resolved'])
  })

  it('a change that is no integer is refused with RangeError', () => {
    const group = busy(3)
    for (const delta of [-1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => group.add(delta)).toThrow(RangeError)
    }
    expect(group.count).toBe(3)
  })
})

describe('Waiting', () => {
  it('an idle group lets everybody pass at once', async () => {
    const group = new WaitGroup()
    group.add(0)
    const fresh = watch(group.wait())
    group.add(1)
    group.done()
    const used = watch(group.wait())
    expect(group.waiters).toBe(0)
    await settle()
    expect(states([fresh, used])).toEqual(['resolved', 'resolved'])
  })

  it('a wait ends with the last task, not with an earlier one', async () => {
    const count = random.int(3, 8)
    const driver = async ({ WaitGroup }: typeof import('./solution'), count: number) => {
      const group = new WaitGroup()
      group.add(count)
      let isOver = false
      void group.wait().then(() => (isOver = true))
      const seen: Array<[count: number, isOver: boolean]> = []
      for (let i = 0; i < count; i++) {
        group.done()
        for (let turn = 0; turn < 50; turn++) await null
        seen.push([group.count, isOver])
      }
      return seen
    }
    expect(await inGuest(driver, count)).toEqual(numbers(count).map((i) => [count - 1 - i, i === count - 1]))
  })

  it('all who wait are released together', async () => {
    const group = busy(2)
    const waiting = waitAll(group, random.int(2, 4))
    expect(group.waiters).toBe(waiting.length)
    group.done()
    waiting.push(watch(group.wait()))
    expect(group.waiters).toBe(waiting.length)
    group.done()
    expect(group.waiters).toBe(0)
    await settle()
    expect(states(waiting)).toEqual(waiting.map(() => 'resolved'))
  })

  it('tasks that are added meanwhile are waited for as well', async () => {
    const group = busy(1)
    const waiting = watch(group.wait())
    group.add(2)
    group.done()
    group.add(0)
    group.done()
    await settle()
    expect(waiting.state).toBe('pending')
    group.done()
    await settle()
    expect(waiting.state).toBe('resolved')
  })

  it('every round is waited for anew', async () => {
    const rounds = await inGuest(async ({ WaitGroup }: typeof import('./solution')) => {
      const group = new WaitGroup()
      const rounds: Array<{ early: number; waiters: [before: number, after: number]; late: number }> = []
      for (const tasks of [1, 2, 3]) {
        let released = 0
        group.add(tasks)
        for (const _ of [1, 2]) void group.wait().then(() => released++)
        for (let turn = 0; turn < 50; turn++) await null
        const [early, before] = [released, group.waiters]
        group.add(-tasks)
        const after = group.waiters
        for (let turn = 0; turn < 50; turn++) await null
        rounds.push({ early, waiters: [before, after], late: released })
      }
      return rounds
    })
    expect(rounds).toEqual(Array(3).fill({ early: 0, waiters: [2, 0], late: 2 }))
  })

  it('who was released stays released when the next round begins at once', async () => {
    const group = busy(1)
    const first = watch(group.wait())
    group.done()
    group.add(1)
    const second = watch(group.wait())
    expect(look(group)).toEqual([1, 1])
    await settle()
    expect(states([first, second])).toEqual(['resolved', 'pending'])
    group.done()
    await settle()
    expect(second.state).toBe('resolved')
  })

  it('groups know nothing of each other', async () => {
    const groups = [busy(1), busy(1)] as const
    const waiting = groups.flatMap((group) => waitAll(group, 1))
    groups[0].done()
    await settle()
    expect(states(waiting)).toEqual(['resolved', 'pending'])
    expect(groups.map(look)).toEqual([
      [0, 0],
      [1, 1],
    ])
  })
})

describe('Running tasks', () => {
  it('a task is counted before it starts, and starts within the call', () => {
    const group = new WaitGroup()
    const seen: number[] = []
    const task = vi.fn(() => {
      seen.push(group.count)
      return new Promise<void>(() => {})
    })
    void group.go(task)
    void group.go(task)
    expect(seen).toEqual([1, 2])
    expect(task).toHaveBeenCalledTimes(2)
    expect(group.count).toBe(2)
  })

  it('a task is counted until its promise is settled', async () => {
    const order = random.shuffle(numbers(3))
    const driver = async ({ WaitGroup }: typeof import('./solution'), order: readonly number[]) => {
      const group = new WaitGroup()
      const ends: Array<() => void> = []
      const ended: number[] = []
      for (const i of [0, 1, 2]) {
        const work = new Promise<void>((resolve) => (ends[i] = resolve))
        void group.go(() => work).then(() => ended.push(i))
      }
      let isOver = false
      void group.wait().then(() => (isOver = true))
      const seen: Array<[count: number, ended: number[], isOver: boolean]> = []
      for (const i of order) {
        ends[i]?.()
        for (let turn = 0; turn < 50; turn++) await null
        seen.push([group.count, [...ended], isOver])
      }
      return seen
    }
    expect(await inGuest(driver, order)).toEqual([
      [2, order.slice(0, 1), false],
      [1, order.slice(0, 2), false],
      [0, order, true],
    ])
  })

  it('a task that returns no promise ends as well', async () => {
    const group = new WaitGroup()
    const task = watch(group.go(() => {}))
    await settle()
    expect([group.count, task.state]).toEqual([0, 'resolved'])
  })

  it('a task that throws or rejects is counted down, and its error passed on', async () => {
    const group = new WaitGroup()
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')]
    const work = deferred()
    const tasks = [
      watch(
        group.go(() => {
          throw thrown
        }),
      ),
      watch(group.go(() => work.promise)),
    ]
    const waiting = watch(group.wait())
    await settle()
    expect([group.count, tasks[0]?.reason, waiting.state]).toEqual([1, thrown, 'pending'])
    work.reject(rejected)
    await settle()
    expect([group.count, tasks[1]?.reason, waiting.state]).toEqual([0, rejected, 'resolved'])
  })

  it('whoever hears of the end of a task finds it counted down', async () => {
    const group = busy(1)
    const counts: number[] = []
    await group.go(async () => {}).then(() => counts.push(group.count))
    await group.go(() => Promise.reject(new Error('failed'))).catch(() => counts.push(group.count))
    expect(counts).toEqual([1, 1])
  })

  it('tasks that a task starts are waited for', async () => {
    const group = new WaitGroup()
    const ended: string[] = []
    const inner = deferred()
    void group.go(() => {
      void group.go(async () => {
        await inner.promise
        ended.push('inner')
      })
      ended.push('outer')
    })
    const waiting = watch(group.wait())
    await settle()
    expect([ended, waiting.state, group.count]).toEqual([['outer'], 'pending', 1])
    inner.resolve()
    await settle()
    expect([ended, waiting.state, group.count]).toEqual([['outer', 'inner'], 'resolved', 0])
  })

  it('three hundred tasks of different lengths end before the wait does', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), tasks: number) => {
      const group = new solution.WaitGroup()
      let ended = 0
      for (let i = 0; i < tasks; i++) {
        const task = group.go(async () => {
          for (let pause = i % 7; pause > 0; pause--) await null
          ended++
          if (i % 5 === 0) throw new Error('failed')
        })
        task.catch(() => {})
      }
      let seen = -1
      void group.wait().then(() => (seen = ended))
      // Far more turns than any honest group needs, and an end for one that forgets somebody.
      for (let turn = 0; turn < tasks * 10 && seen < 0; turn++) await null
      return { seen, count: group.count, waiters: group.waiters }
    }, 300)
    expect(report).toEqual({ seen: 300, count: 0, waiters: 0 })
  })
})
