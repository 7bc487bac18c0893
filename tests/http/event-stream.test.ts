import { describe, expect, it, vi } from 'vitest'
import { eventStream } from '@/lib/http/event-stream'

interface State {
  state: 'queued' | 'grading' | 'done'
}

const isLast = ({ state }: State) => state === 'done'

function open(values: (signal: AbortSignal) => AsyncIterable<State>, init: RequestInit = {}, owner = 'ada') {
  return eventStream(new Request('http://localhost/api/submissions/1/events', init), { owner, values, isLast })
}

async function* states(...list: State['state'][]): AsyncGenerator<State> {
  for (const state of list) yield { state }
}

/** A source that sends one value and then waits until it is told to stop. */
function waiting() {
  let tell: (word: string) => void
  const stopped = new Promise<string>((resolve) => (tell = resolve))
  async function* start(signal: AbortSignal): AsyncGenerator<State> {
    try {
      yield { state: 'queued' }
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      tell('stopped')
    }
  }
  return { start, stopped }
}

describe('a stream of server-sent events', () => {
  it('tells how soon to come back, sends each value, and ends after the last one', async () => {
    const response = open(() => states('queued', 'grading', 'done', 'queued'))
    expect(await response.text()).toBe(
      'retry: 2000\n\ndata: {"state":"queued"}\n\ndata: {"state":"grading"}\n\nid: last\ndata: {"state":"done"}\n\n',
    )
  })

  it('is not stored, compressed or held back on the way', () => {
    const { headers } = open(() => states('done'))
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-cache, no-store, no-transform')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  it('answers 204 to a browser that comes back after the last event, which ends its attempts', () => {
    const source = vi.fn(() => states('done'))
    const response = open(source, { headers: { 'last-event-id': 'last' } })
    expect(response.status).toBe(204)
    expect(source).not.toHaveBeenCalled()
  })

  it('stops its source when the reader goes away', async () => {
    const source = waiting()
    const reader = open(source.start).body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(await source.stopped).toBe('stopped')
  })

  it('stops its source and ends when the request is aborted', async () => {
    const source = waiting()
    const request = new AbortController()
    const reader = open(source.start, { signal: request.signal }).body!.getReader()
    await reader.read()
    request.abort()
    expect(await source.stopped).toBe('stopped')
    while (!(await reader.read()).done);
  })

  it('ends, and says nothing of the reason, when its source fails', async () => {
    const response = open(async function* () {
      yield { state: 'queued' }
      throw new Error('secret')
    })
    const text = await response.text()
    expect(text).toContain('"queued"')
    expect(text).not.toContain('secret')
  })

  it('is one of at most twenty of its owner, and makes room when it ends', async () => {
    const held = Array.from({ length: 20 }, () => open(waiting().start, {}, 'bob'))
    expect(() => open(() => states('done'), {}, 'bob')).toThrow(expect.objectContaining({ code: 'too-many-requests' }))
    expect(await open(() => states('done'), {}, 'eve').text()).toContain('done')
    await Promise.all(held.map((response) => response.body?.cancel()))
    expect(await open(() => states('done'), {}, 'bob').text()).toContain('done')
  })

  it('sends a comment now and then, so that nothing on the way thinks it dead', async () => {
    vi.useFakeTimers()
    try {
      const response = open(async function* (signal) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      })
      const reader = response.body!.getReader()
      await reader.read()
      await vi.advanceTimersByTimeAsync(15_000)
      expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n')
      await reader.cancel()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
