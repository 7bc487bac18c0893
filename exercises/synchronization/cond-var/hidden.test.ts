import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { Cond, type Locker } from './solution'

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

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A plain mutex, first come first served. */
class Mutex implements Locker {
  isLocked = false
  readonly line: Array<() => void> = []

  lock(): Promise<void> {
    if (this.isLocked) return new Promise((resolve) => this.line.push(resolve))
    this.isLocked = true
    return Promise.resolve()
  }

  unlock(): void {
    if (!this.isLocked) throw new Error('unlock of an unlocked mutex')
    const next = this.line.shift()
    if (next) next()
    else this.isLocked = false
  }
}

/** A condition on which `count` tasks wait, and the names of those who came back, still holding the lock. */
async function sleepers(count: number) {
  const mutex = new Mutex()
  const cond = new Cond(mutex)
  const awake: number[] = []
  for (const i of numbers(count)) {
    await mutex.lock()
    void cond.wait().then(() => void awake.push(i))
  }
  await settle()
  return { mutex, cond, awake }
}

describe('Waiting', () => {
  it('the lock is free while it waits', async () => {
    const { mutex, cond, awake } = await sleepers(1)
    expect([mutex.isLocked, cond.waiting, awake]).toEqual([false, 1, []])
  })

  it('the lock is given up within the call', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    await mutex.lock()
    void cond.wait()
    expect([mutex.isLocked, cond.waiting]).toEqual([false, 1])
  })

  it('the lock is held again when the wait is over', async () => {
    const { mutex, cond, awake } = await sleepers(1)
    cond.signal()
    await settle()
    expect([awake, mutex.isLocked, mutex.line.length]).toEqual([[0], true, 0])
  })

  it('a woken wait is over only when it gets the lock', async () => {
    const { mutex, cond, awake } = await sleepers(1)
    await mutex.lock()
    cond.signal()
    await settle()
    expect([awake, cond.waiting, mutex.line.length]).toEqual([[], 0, 1])
    mutex.unlock()
    await settle()
    expect(awake).toEqual([0])
  })

  it('a signal that is sent as soon as the lock is free is not lost', async () => {
    const mutex = new Mutex()
    const impatient: Locker = {
      lock: () => mutex.lock(),
      unlock() {
        mutex.unlock()
        cond.signal()
      },
    }
    const cond: Cond = new Cond(impatient)
    await mutex.lock()
    const seen = watch(cond.wait())
    await settle()
    expect([seen.state, cond.waiting]).toEqual(['resolved', 0])
  })

  it('without the lock it fails with the error of the lock, and nobody waits', async () => {
    const error = new Error('not locked')
    const locker = {
      lock: vi.fn(() => Promise.resolve()),
      unlock: vi.fn(() => {
        throw error
      }),
    }
    const cond = new Cond(locker)
    const seen = watch(cond.wait())
    await settle()
    expect([seen.state, cond.waiting, locker.lock.mock.calls.length]).toEqual(['rejected', 0, 0])
    expect(seen.reason).toBe(error)
  })

  it('a wait that fails leaves the others in line', async () => {
    const { cond, awake, mutex } = await sleepers(2)
    const seen = watch(cond.wait())
    await settle()
    expect([seen.state, cond.waiting]).toEqual(['rejected', 2])
    cond.signal()
    await settle()
    mutex.unlock()
    cond.signal()
    await settle()
    expect(awake).toEqual([0, 1])
  })

  it('if the lock cannot be had again, the wait fails with its error', async () => {
    const error = new Error('lock destroyed')
    const cond = new Cond({ lock: () => Promise.reject(error), unlock: () => {} })
    const seen = watch(cond.wait())
    cond.signal()
    await settle()
    expect(seen.reason).toBe(error)
  })
})

describe('Waking', () => {
  it('a signal wakes one, the one who has waited longest', async () => {
    const count = random.int(3, 6)
    const { mutex, cond, awake } = await sleepers(count)
    for (const i of numbers(count)) {
      expect(cond.waiting).toBe(count - i)
      cond.signal()
      await settle()
      expect(awake).toEqual(numbers(i + 1))
      mutex.unlock()
    }
  })

  it('the signaller may hold the lock or not', async () => {
    const { mutex, cond, awake } = await sleepers(2)
    await mutex.lock()
    cond.signal()
    cond.signal()
    mutex.unlock()
    await settle()
    expect(awake).toEqual([0])
    mutex.unlock()
    await settle()
    expect(awake).toEqual([0, 1])
  })

  it('a broadcast wakes all who wait, and they get the lock one at a time', async () => {
    const count = random.int(2, 5)
    const { mutex, cond, awake } = await sleepers(count)
    cond.broadcast()
    expect(cond.waiting).toBe(0)
    for (const i of numbers(count)) {
      await settle()
      expect([awake, mutex.line.length]).toEqual([numbers(i + 1), count - i - 1])
      mutex.unlock()
    }
  })

  it('a signal is forgotten when nobody waits', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    for (const _ of numbers(3)) cond.signal()
    await mutex.lock()
    const seen = watch(cond.wait())
    await settle()
    expect([seen.state, cond.waiting]).toEqual(['pending', 1])
  })

  it('a broadcast is forgotten when nobody waits', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    cond.broadcast()
    await mutex.lock()
    const seen = watch(cond.wait())
    await settle()
    expect([seen.state, cond.waiting]).toEqual(['pending', 1])
  })

  it('a broadcast does not wake those who wait later, nor one who waits again', async () => {
    const { mutex, cond, awake } = await sleepers(2)
    cond.broadcast()
    await settle()
    expect(awake).toEqual([0])
    const again = watch(cond.wait())
    await settle()
    expect(awake).toEqual([0, 1])
    mutex.unlock()
    await settle()
    expect([again.state, cond.waiting]).toEqual(['pending', 1])
    cond.signal()
    await settle()
    expect(again.state).toBe('resolved')
  })
})

describe('waitFor', () => {
  it('does not wait, nor give up the lock, when the condition is true', async () => {
    const locker = { lock: vi.fn(() => Promise.resolve()), unlock: vi.fn() }
    const cond = new Cond(locker)
    const pred = vi.fn(() => true)
    await cond.waitFor(pred)
    expect([pred.mock.calls.length, locker.lock.mock.calls.length, locker.unlock.mock.calls.length]).toEqual([1, 0, 0])
  })

  it('looks again after each wake-up and goes on waiting while the condition is false', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    const state = { items: 0 }
    const pred = vi.fn(() => {
      expect(mutex.isLocked).toBe(true)
      return state.items >= 3
    })
    await mutex.lock()
    const seen = watch(cond.waitFor(pred))
    for (const items of [0, 1, 3]) {
      await settle()
      expect([seen.state, cond.waiting, mutex.isLocked]).toEqual(['pending', 1, false])
      state.items = items
      cond.signal()
    }
    await settle()
    expect([seen.state, pred.mock.calls.length, mutex.isLocked]).toEqual(['resolved', 4, true])
  })

  it('one who came first may have taken what the signal was about', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    let items = 0
    await mutex.lock()
    const waiter = watch(cond.waitFor(() => items > 0))
    await mutex.lock()
    const thief = mutex.lock().then(() => {
      items--
      mutex.unlock()
    })
    items++
    cond.signal()
    await settle()
    mutex.unlock()
    await thief
    await settle()
    expect([items, waiter.state, cond.waiting]).toEqual([0, 'pending', 1])
  })

  it('an error of the condition ends it, with the lock still held', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    const error = new Error('no such queue')
    const pred = vi.fn<() => boolean>().mockReturnValueOnce(false).mockImplementation(() => {
      throw error
    })
    await mutex.lock()
    const seen = watch(cond.waitFor(pred))
    await settle()
    cond.signal()
    await settle()
    expect([seen.state, mutex.isLocked, cond.waiting]).toEqual(['rejected', true, 0])
    expect(seen.reason).toBe(error)
  })
})

describe('Together', () => {
  it('a barrier opens once, when the last task has arrived', async () => {
    const count = random.int(2, 6)
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    const facts = { ready: 0, looks: 0, opened: 0 }
    const coordinator = async () => {
      await mutex.lock()
      await cond.waitFor(() => {
        facts.looks++
        return facts.ready === count
      })
      facts.opened++
      mutex.unlock()
    }
    const end = watch(coordinator())
    for (const i of numbers(count)) {
      await settle()
      expect([end.state, facts.looks]).toEqual(['pending', i + 1])
      await mutex.lock()
      facts.ready++
      cond.signal()
      mutex.unlock()
    }
    await settle()
    expect([end.state, mutex.isLocked]).toEqual(['resolved', false])
    expect(facts).toEqual({ ready: count, looks: count + 1, opened: 1 })
  })

  it('a blocking queue with two conditions neither loses an item nor overflows', async () => {
    const report = await inGuest(async (solution: typeof import('./solution'), capacity: number, perTask: number) => {
      let isLocked = false
      const line: Array<() => void> = []
      const mutex = {
        lock: () => {
          if (isLocked) return new Promise<void>((resolve) => line.push(resolve))
          isLocked = true
          return Promise.resolve()
        },
        unlock: () => {
          const next = line.shift()
          if (next) next()
          else isLocked = false
        },
      }
      const [notFull, notEmpty] = [new solution.Cond(mutex), new solution.Cond(mutex)]
      const queue: number[] = []
      const taken: number[] = []
      let most = 0
      let ended = 0
      const produce = async (first: number) => {
        for (let i = 0; i < perTask; i++) {
          await mutex.lock()
          await notFull.waitFor(() => queue.length < capacity)
          queue.push(first + i)
          most = Math.max(most, queue.length)
          notEmpty.signal()
          mutex.unlock()
        }
        ended++
      }
      const consume = async () => {
        for (let i = 0; i < perTask; i++) {
          await mutex.lock()
          await notEmpty.waitFor(() => queue.length > 0)
          taken.push(queue.shift() ?? -1)
          notFull.signal()
          mutex.unlock()
        }
        ended++
      }
      for (let i = 0; i < 3; i++) {
        void consume()
        void produce(i * perTask)
      }
      for (let turn = 0; turn < 60_000 && ended < 6; turn++) await null
      const isEachOnce = [...taken].sort((a, b) => a - b).every((item, i) => item === i)
      return { ended, count: taken.length, isEachOnce, isBounded: most <= capacity, isLocked }
    }, random.int(1, 3), 150)
    expect(report).toEqual({ ended: 6, count: 450, isEachOnce: true, isBounded: true, isLocked: false })
  })
})
