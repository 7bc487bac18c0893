import { describe, expect, it, vi } from 'vitest'
import {
  background,
  CanceledError,
  childCount,
  DeadlineExceededError,
  withCancel,
  withDeadline,
  withTimeout,
  withValue,
} from './solution'

/** A clock that moves only when told to. */
function virtualTimers() {
  let time = 0
  let lastId = 0
  const pending = new Map<number, { at: number; fn: () => void }>()
  return {
    now: () => time,
    setTimeout(fn: () => void, ms: number) {
      pending.set(++lastId, { at: time + ms, fn })
      return lastId
    },
    clearTimeout(id: number) {
      pending.delete(id)
    },
    pending: () => pending.size,
    advance(ms: number) {
      time += ms
      for (const [id, timer] of [...pending]) {
        if (timer.at > time || !pending.delete(id)) continue
        timer.fn()
      }
    },
  }
}

describe('contexts', () => {
  it('end all their descendants when they are cancelled', () => {
    const [server, stopServer] = withCancel(background)
    const [request] = withCancel(server)
    const [query] = withCancel(request)
    expect(query.err()).toBeNull()

    stopServer()
    expect(server.err()).toBeInstanceOf(CanceledError)
    expect(request.err()).toBeInstanceOf(CanceledError)
    expect(query.err()).toBeInstanceOf(CanceledError)
  })

  it('leave their parents and siblings alone', () => {
    const [server] = withCancel(background)
    const [first, cancelFirst] = withCancel(server)
    const [second] = withCancel(server)
    cancelFirst(new Error('the client hung up'))
    expect(first.cause()).toEqual(new Error('the client hung up'))
    expect(second.err()).toBeNull()
    expect(server.err()).toBeNull()
    expect(childCount(server)).toBe(1)
  })

  it('end at their deadline', async () => {
    const timers = virtualTimers()
    const [request] = withTimeout(background, 100, timers)
    const done = vi.fn()
    void request.done.then(done)
    expect(request.deadline()).toBe(100)

    timers.advance(99)
    expect(request.err()).toBeNull()
    timers.advance(1)
    expect(request.err()).toBeInstanceOf(DeadlineExceededError)
    await request.done
    expect(done).toHaveBeenCalledTimes(1)
  })

  it('cannot outlive the deadline of their parent', () => {
    const timers = virtualTimers()
    const [request] = withDeadline(background, 100, timers)
    const [query] = withDeadline(request, 500, timers)
    expect(query.deadline()).toBe(100)
    expect(timers.pending()).toBe(1)
    timers.advance(100)
    expect(query.err()).toBeInstanceOf(DeadlineExceededError)
  })

  it('hold values for themselves and their descendants', () => {
    const traceId = Symbol('trace id')
    const outer = withValue(background, traceId, 'a')
    const [inner] = withCancel(withValue(outer, traceId, 'b'))
    expect(outer.value(traceId)).toBe('a')
    expect(inner.value(traceId)).toBe('b')
    expect(inner.value('trace id')).toBeUndefined()
  })
})
