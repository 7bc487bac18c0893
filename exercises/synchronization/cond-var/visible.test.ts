import { describe, expect, it } from 'vitest'
import { Cond, type Locker } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

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

describe('Cond', () => {
  it('gives up the lock while it waits and holds it afterwards', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    let isAwake = false
    await mutex.lock()
    void cond.wait().then(() => (isAwake = true))
    await settle()
    expect([mutex.isLocked, cond.waiting, isAwake]).toEqual([false, 1, false])
    cond.signal()
    await settle()
    expect([mutex.isLocked, cond.waiting, isAwake]).toEqual([true, 0, true])
  })

  it('wakes one by a signal and all by a broadcast', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    const awake: string[] = []
    for (const name of ['a', 'b', 'c']) {
      await mutex.lock()
      void cond.wait().then(() => {
        awake.push(name)
        mutex.unlock()
      })
    }
    await settle()
    cond.signal()
    await settle()
    expect(awake).toEqual(['a'])
    cond.broadcast()
    await settle()
    expect(awake).toEqual(['a', 'b', 'c'])
  })

  it('forgets a signal that nobody waits for', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    cond.signal()
    await mutex.lock()
    let isAwake = false
    void cond.wait().then(() => (isAwake = true))
    await settle()
    expect([isAwake, cond.waiting]).toEqual([false, 1])
  })

  it('waits until a condition is true', async () => {
    const mutex = new Mutex()
    const cond = new Cond(mutex)
    let items = 0
    let isAwake = false
    await mutex.lock()
    void cond.waitFor(() => items >= 2).then(() => (isAwake = true))
    for (const expected of [false, true]) {
      await mutex.lock()
      items++
      cond.signal()
      mutex.unlock()
      await settle()
      expect(isAwake).toBe(expected)
    }
  })
})
