import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { RWMutex } from './solution'

const WRITER = 2 ** 30

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<void>) {
  const seen = { isIn: false }
  promise.then(
    () => (seen.isIn = true),
    () => {},
  )
  return seen
}

type Seen = ReturnType<typeof watch>
const inside = (seen: readonly Seen[]) => seen.map(({ isIn }) => isIn)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const readers = (mutex: RWMutex, count: number) => numbers(count).map(() => watch(mutex.rlock()))
const writers = (mutex: RWMutex, count: number) => numbers(count).map(() => watch(mutex.lock()))
const all = (count: number, isIn: boolean) => numbers(count).map(() => isIn)

describe('Sharing', () => {
  it('any number of readers is in together', async () => {
    const mutex = new RWMutex()
    const count = random.int(2, 8)
    const seen = readers(mutex, count)
    await settle()
    expect([inside(seen), mutex.writing]).toEqual([all(count, true), false])
  })

  it('a writer is alone: neither readers nor writers get in', async () => {
    const mutex = new RWMutex()
    const [writer] = writers(mutex, 1)
    await settle()
    expect([writer?.isIn, mutex.writing]).toEqual([true, true])
    const others = [...readers(mutex, 2), ...writers(mutex, 2)]
    await settle()
    expect(inside(others)).toEqual(all(4, false))
  })

  it('a writer waits for the last of the readers', async () => {
    const mutex = new RWMutex()
    const count = random.int(2, 5)
    readers(mutex, count)
    const [writer] = writers(mutex, 1)
    for (const _ of numbers(count)) {
      await settle()
      expect([writer?.isIn, mutex.writing]).toEqual([false, false])
      mutex.runlock()
    }
    expect(mutex.writing).toBe(true)
    await settle()
    expect(writer?.isIn).toBe(true)
  })

  it('it is free again when all have left', async () => {
    const mutex = new RWMutex()
    for (const _ of numbers(3)) {
      const [reader] = readers(mutex, 1)
      await settle()
      expect(reader?.isIn).toBe(true)
      mutex.runlock()
      const [writer] = writers(mutex, 1)
      await settle()
      expect(writer?.isIn).toBe(true)
      mutex.unlock()
      expect([mutex.writing, mutex.readerCount]).toEqual([false, 0])
    }
  })
})

describe('Turns', () => {
  it('a waiting writer holds back readers that come later', async () => {
    const mutex = new RWMutex()
    readers(mutex, 2)
    const [writer] = writers(mutex, 1)
    const late = readers(mutex, 3)
    await settle()
    expect([writer?.isIn, inside(late)]).toEqual([false, all(3, false)])
    mutex.runlock()
    mutex.runlock()
    await settle()
    expect([writer?.isIn, inside(late)]).toEqual([true, all(3, false)])
    mutex.unlock()
    await settle()
    expect(inside(late)).toEqual(all(3, true))
  })

  it('when a writer leaves, all who wait to read get in, before the next writer', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    const [next] = writers(mutex, 1)
    const count = random.int(2, 5)
    const waiting = readers(mutex, count)
    mutex.unlock()
    await settle()
    expect([inside(waiting), next?.isIn, mutex.writing]).toEqual([all(count, true), false, false])
    const late = readers(mutex, 1)
    for (const _ of numbers(count)) {
      expect(mutex.writing).toBe(false)
      mutex.runlock()
    }
    await settle()
    expect([next?.isIn, mutex.writing, inside(late)]).toEqual([true, true, [false]])
  })

  it('writers come in the order in which they asked', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    const count = random.int(3, 6)
    const waiting = writers(mutex, count)
    for (const i of numbers(count)) {
      mutex.unlock()
      await settle()
      expect(inside(waiting)).toEqual([...all(i + 1, true), ...all(count - i - 1, false)])
    }
    mutex.unlock()
    expect(mutex.writing).toBe(false)
  })

  it('readers and writers take turns under steady demand of both', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    const waitingWriters = writers(mutex, 3)
    for (const turn of numbers(3)) {
      const batch = readers(mutex, 2)
      mutex.unlock()
      await settle()
      expect([inside(batch), waitingWriters[turn]?.isIn]).toEqual([[true, true], false])
      mutex.runlock()
      mutex.runlock()
      await settle()
      expect(waitingWriters[turn]?.isIn).toBe(true)
    }
  })

  it('the lock is handed over within the call that frees it', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    void mutex.lock()
    mutex.unlock()
    expect([mutex.writing, mutex.tryLock(), mutex.tryRLock()]).toEqual([true, false, false])
    void mutex.rlock()
    mutex.unlock()
    expect([mutex.writing, mutex.tryLock(), mutex.readerCount]).toEqual([false, false, 1])
  })

  it('reading twice behind a waiting writer waits for ever', async () => {
    const mutex = new RWMutex()
    await mutex.rlock()
    const [writer] = writers(mutex, 1)
    const again = readers(mutex, 1)
    for (const _ of numbers(3)) await settle()
    expect([writer?.isIn, inside(again)]).toEqual([false, [false]])
  })

  it('after any history the same callers are in as in a simple model', async () => {
    const script: Array<'rlock' | 'lock' | 'tryRLock' | 'tryLock' | 'runlock' | 'unlock'> = []
    const expected: string[] = []
    // The model: one line of those who wait, in order; who may go in is worked out from it anew each time.
    let line: Array<{ id: number; isWriter: boolean }> = []
    let within: Array<{ id: number; isWriter: boolean }> = []
    let next = 0
    const isWriting = () => within.some(({ isWriter }) => isWriter)
    for (let step = 0; step < 400; step++) {
      const op = random.pick(['rlock', 'rlock', 'lock', 'tryRLock', 'tryLock', 'out', 'out', 'out'] as const)
      const isBlocked = isWriting() || line.some(({ isWriter }) => isWriter)
      if (op === 'out') {
        if (within.length === 0) continue
        const wasWriting = isWriting()
        script.push(wasWriting ? 'unlock' : 'runlock')
        within = within.slice(1)
        if (wasWriting) {
          within = line.filter(({ isWriter }) => !isWriter)
          line = line.filter(({ isWriter }) => isWriter)
        }
        const [first] = line.filter(({ isWriter }) => isWriter)
        if (within.length === 0 && first) {
          within = [first]
          line = line.filter((one) => one !== first)
        }
      } else {
        script.push(op)
        const one = { id: next++, isWriter: op === 'lock' || op === 'tryLock' }
        const mayEnter = one.isWriter ? within.length === 0 : !isBlocked
        if (mayEnter) within.push(one)
        else if (op === 'lock' || op === 'rlock') line.push(one)
      }
      const pending = [...within, ...line].filter(({ isWriter }) => !isWriter).length
      const isWanted = isWriting() || line.some(({ isWriter }) => isWriter)
      const ids = within.map(({ id }) => id).sort((a, b) => a - b)
      expected.push(`${ids.join(',')} ${isWriting()} ${pending - (isWanted ? WRITER : 0)}`)
    }
    const driver = async (solution: typeof import('./solution'), ops: typeof script): Promise<string[]> => {
      const mutex = new solution.RWMutex()
      let members: number[] = []
      let id = 0
      const seen: string[] = []
      for (const op of ops) {
        const mine = id
        if (op === 'rlock' || op === 'lock') {
          id++
          void mutex[op]().then(() => members.push(mine))
        } else if (op === 'tryRLock' || op === 'tryLock') {
          id++
          if (mutex[op]()) members.push(mine)
        } else {
          mutex[op]()
          members = members.slice(1)
        }
        for (let turn = 0; turn < 12; turn++) await null
        seen.push(`${[...members].sort((a, b) => a - b).join(',')} ${mutex.writing} ${mutex.readerCount}`)
      }
      return seen
    }
    expect(await inGuest(driver, script)).toEqual(expected)
  })
})

describe('Attempts and misuse', () => {
  it('tryRLock gets in beside readers', () => {
    const mutex = new RWMutex()
    expect([mutex.tryRLock(), mutex.tryRLock(), mutex.readerCount]).toEqual([true, true, 2])
  })

  it('tryRLock fails while a writer holds the lock or waits for it, and leaves nothing behind', async () => {
    const mutex = new RWMutex()
    await mutex.rlock()
    void mutex.lock()
    expect([mutex.tryRLock(), mutex.readerCount]).toEqual([false, 1 - WRITER])
    mutex.runlock()
    expect([mutex.tryRLock(), mutex.readerCount]).toEqual([false, -WRITER])
    mutex.unlock()
    expect([mutex.tryRLock(), mutex.readerCount]).toEqual([true, 1])
  })

  it('tryLock needs the lock for itself, and leaves nothing behind', async () => {
    const mutex = new RWMutex()
    await mutex.rlock()
    expect([mutex.tryLock(), mutex.readerCount, mutex.writing]).toEqual([false, 1, false])
    mutex.runlock()
    expect([mutex.tryLock(), mutex.writing, mutex.tryLock()]).toEqual([true, true, false])
    mutex.unlock()
    const [reader] = readers(mutex, 1)
    await settle()
    expect(reader?.isIn).toBe(true)
  })

  it('leaving without having been in throws, and changes nothing', async () => {
    const mutex = new RWMutex()
    expect(() => mutex.runlock()).toThrow(Error)
    expect(() => mutex.unlock()).toThrow(Error)
    await mutex.rlock()
    expect(() => mutex.unlock()).toThrow(Error)
    expect([mutex.readerCount, mutex.writing]).toEqual([1, false])
    mutex.runlock()
    await mutex.lock()
    expect(() => mutex.runlock()).toThrow(Error)
    expect([mutex.readerCount, mutex.writing]).toEqual([-WRITER, true])
    mutex.unlock()
    expect(() => mutex.unlock()).toThrow(Error)
    expect(() => mutex.runlock()).toThrow(Error)
    expect(mutex.tryLock()).toBe(true)
  })

  it('a reader that only waits cannot leave', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    const waiting = readers(mutex, 1)
    expect(() => mutex.runlock()).toThrow(Error)
    mutex.unlock()
    await settle()
    expect(inside(waiting)).toEqual([true])
  })
})

describe('The counter', () => {
  it('counts the readers that are in', async () => {
    const mutex = new RWMutex()
    const count = random.int(2, 6)
    expect(mutex.readerCount).toBe(0)
    for (const i of numbers(count)) {
      await mutex.rlock()
      expect(mutex.readerCount).toBe(i + 1)
    }
    mutex.runlock()
    expect(mutex.readerCount).toBe(count - 1)
  })

  it('is lower by 2^30 while a writer holds the lock', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    expect(mutex.readerCount).toBe(-WRITER)
    mutex.unlock()
    expect(mutex.readerCount).toBe(0)
  })

  it('is lower by 2^30 once, however many writers wait', async () => {
    const mutex = new RWMutex()
    readers(mutex, 2)
    for (const _ of numbers(3)) {
      writers(mutex, 1)
      expect(mutex.readerCount).toBe(2 - WRITER)
    }
  })

  it('counts the readers that wait as well', async () => {
    const mutex = new RWMutex()
    readers(mutex, 1)
    writers(mutex, 2)
    readers(mutex, 3)
    expect(mutex.readerCount).toBe(4 - WRITER)
    mutex.runlock()
    expect(mutex.readerCount).toBe(3 - WRITER)
    mutex.unlock()
    expect([mutex.readerCount, mutex.writing]).toEqual([3 - WRITER, false])
  })
})
