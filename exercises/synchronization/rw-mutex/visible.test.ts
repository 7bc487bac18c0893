import { describe, expect, it } from 'vitest'
import { RWMutex } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<void>) {
  const seen = { isIn: false }
  void promise.then(() => (seen.isIn = true))
  return seen
}

describe('RWMutex', () => {
  it('lets readers in together and a writer alone', async () => {
    const mutex = new RWMutex()
    const readers = [watch(mutex.rlock()), watch(mutex.rlock())]
    const writer = watch(mutex.lock())
    await settle()
    expect([readers.map(({ isIn }) => isIn), writer.isIn, mutex.writing]).toEqual([[true, true], false, false])
    mutex.runlock()
    mutex.runlock()
    await settle()
    expect([writer.isIn, mutex.writing]).toEqual([true, true])
  })

  it('holds new readers back while a writer waits', async () => {
    const mutex = new RWMutex()
    await mutex.rlock()
    const writer = watch(mutex.lock())
    const late = watch(mutex.rlock())
    await settle()
    expect([writer.isIn, late.isIn]).toEqual([false, false])
    mutex.runlock()
    await settle()
    expect([writer.isIn, late.isIn]).toEqual([true, false])
  })

  it('lets all waiting readers in before the next writer', async () => {
    const mutex = new RWMutex()
    await mutex.lock()
    const next = watch(mutex.lock())
    const readers = [watch(mutex.rlock()), watch(mutex.rlock())]
    mutex.unlock()
    await settle()
    expect([readers.map(({ isIn }) => isIn), next.isIn]).toEqual([[true, true], false])
  })

  it('counts readers, and shows a writer by a negative number', async () => {
    const mutex = new RWMutex()
    await mutex.rlock()
    expect(mutex.readerCount).toBe(1)
    void mutex.lock()
    expect(mutex.readerCount).toBe(1 - 2 ** 30)
  })
})
