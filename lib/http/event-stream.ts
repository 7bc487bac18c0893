import { tooManyRequests } from '@/lib/contract/problem'
import { describeError } from './describe-error'
import { log } from './log'

const HEARTBEAT_MS = 15_000
const RECONNECT_MS = 2_000
const RETRY_AFTER_SECONDS = 10
/** A stream ends after this long; the browser comes back at once and is asked again who it is. */
const LONGEST_STREAM_MS = 10 * 60_000
/** Id of the last event of a stream that is complete. A browser that comes back with it is told to stay away. */
const LAST = 'last'

/** Streams that one person may hold open at a time, in this process; each tab of the workspace has one at most. */
const MOST_STREAMS = 20

export interface EventSource<T> {
  /** Whose stream it is; streams are limited for each. */
  owner: string
  /** The values to send. It must end when the signal says so. */
  values: (signal: AbortSignal) => AsyncIterable<T>
  /** Whether nothing follows this value. */
  isLast: (value: T) => boolean
}

/**
 * Answers with server-sent events (HTML, section 9.2), one for each value, as JSON.
 *
 * The stream ends after the last value, when the reader goes away, or after ten minutes; the browser then reconnects
 * by itself, and stops only at the status 204 that it gets after a last event.
 *
 * @throws ProblemError `too-many-requests` when the owner holds too many streams open
 */
export function eventStream<T>(request: Request, source: EventSource<T>): Response {
  if (request.headers.get('last-event-id') === LAST) return new Response(null, { status: 204 })
  const release = takeSlot(source.owner)
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, request.signal, AbortSignal.timeout(LONGEST_STREAM_MS)])
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      void write(controller, source, signal).finally(() => {
        stop.abort()
        release()
      })
    },
    cancel() {
      stop.abort()
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform keeps compression, which would hold events back, away from the stream.
      'Cache-Control': 'no-cache, no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}

const open = new Map<string, number>()

/** Counts a stream; the function that is returned counts it off. */
function takeSlot(owner: string): () => void {
  const count = open.get(owner) ?? 0
  if (count >= MOST_STREAMS) throw tooManyRequests(RETRY_AFTER_SECONDS)
  open.set(owner, count + 1)
  return () => {
    const left = (open.get(owner) ?? 1) - 1
    if (left > 0) open.set(owner, left)
    else open.delete(owner)
  }
}

async function write<T>(
  controller: ReadableStreamDefaultController<Uint8Array>,
  { values, isLast }: EventSource<T>,
  signal: AbortSignal,
): Promise<void> {
  const encoder = new TextEncoder()
  const send = (text: string) => {
    if (!signal.aborted) controller.enqueue(encoder.encode(text))
  }
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
  try {
    send(`retry: ${RECONNECT_MS}\n\n`)
    for await (const value of values(signal)) {
      const last = isLast(value)
      send(`${last ? `id: ${LAST}\n` : ''}data: ${JSON.stringify(value)}\n\n`)
      if (last || signal.aborted) break
    }
  } catch (error) {
    if (!signal.aborted) log.error({ error: describeError(error) }, 'event stream failed')
  } finally {
    clearInterval(heartbeat)
    close(controller)
  }
}

function close(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close()
  } catch {
    // The reader has cancelled the stream, which closed it.
  }
}
