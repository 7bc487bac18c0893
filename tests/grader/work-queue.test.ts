import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IDLE_TURN_MS, QUIET_MS, WorkQueue } from '@/lib/grader/host/work-queue'

let begun: string[]
let ends: Map<string, () => void>

beforeEach(() => {
  vi.useFakeTimers()
  begun = []
  ends = new Map()
})
afterEach(() => void vi.useRealTimers())

/** A job that lasts until it is told to end. */
function job(name: string): () => Promise<void> {
  return () => new Promise((resolve) => {
    begun.push(name)
    ends.set(name, resolve)
  })
}

async function end(name: string): Promise<void> {
  ends.get(name)?.()
  await vi.advanceTimersByTimeAsync(0)
}

describe('submissions', () => {
  it('begin at once while there are slots, and then in their order', async () => {
    const queue = new WorkQueue(2)
    for (const name of ['first', 'second', 'third']) void queue.run('now', job(name))
    expect(begun).toEqual(['first', 'second'])
    await end('second')
    expect(begun).toEqual(['first', 'second', 'third'])
  })

  it('give back their slot when they fail', async () => {
    const queue = new WorkQueue(1)
    const failing = queue.run('now', () => Promise.reject(new Error('broken')))
    void queue.run('now', job('next'))
    await expect(failing).rejects.toThrow('broken')
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toEqual(['next'])
  })
})

describe('idle work', () => {
  it('begins at once where nobody has submitted, one after the other', async () => {
    const queue = new WorkQueue(2)
    void queue.run('idle', job('first'))
    void queue.run('idle', job('second'))
    expect(begun).toEqual(['first'])
    await end('first')
    expect(begun).toEqual(['first', 'second'])
  })

  it('leaves the moment between two submissions alone', async () => {
    const queue = new WorkQueue(1)
    void queue.run('now', job('submission'))
    void queue.run('idle', job('idle'))
    await end('submission')
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    void queue.run('now', job('another'))
    expect(begun).toEqual(['submission', 'another'])
  })

  it('begins when it has been quiet for long enough since the last verdict', async () => {
    const queue = new WorkQueue(1)
    void queue.run('now', job('submission'))
    void queue.run('idle', job('idle'))
    await vi.advanceTimersByTimeAsync(2 * QUIET_MS)
    await end('submission')
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    expect(begun).toEqual(['submission'])
    await vi.advanceTimersByTimeAsync(1)
    expect(begun).toEqual(['submission', 'idle'])
  })

  it('gets a turn now and then where it is never quiet', async () => {
    const queue = new WorkQueue(1)
    void queue.run('now', job('first'))
    for (const name of ['idle', 'more idle']) void queue.run('idle', job(name))
    await vi.advanceTimersByTimeAsync(IDLE_TURN_MS)
    await end('first')
    expect(begun).toEqual(['first', 'idle'])
    void queue.run('now', job('second'))
    await end('idle')
    await end('second')
    expect(begun).toEqual(['first', 'idle', 'second'])
  })
})
