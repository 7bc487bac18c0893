import { SubmissionDetail, SubmissionView } from '@/lib/contract/submission'
import { getJson } from '../../../_session/api'
import { ask } from './ask'

/** Without news for this long, the stream is taken to be stuck and the state is asked for, milliseconds. */
const SILENCE_MS = 5_000

/** Between two questions while the stream does not work, milliseconds; grows to the second. */
const POLL_MS = [500, 1_000, 2_000, 4_000]

/**
 * Follows a submission until it is graded: by server-sent events, and by asking whenever those do not come, as behind
 * proxies that hold streams back, or after the network was away. Stops at the verdict or when `signal` says so.
 */
export function followSubmission(id: string, onView: (view: SubmissionView) => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let polls = 0
  let over = false
  const stream = new EventSource(`/api/submissions/${id}/events`)

  const stop = (): void => {
    over = true
    clearTimeout(timer)
    stream.close()
    removeEventListener('online', askNow)
  }
  const take = (view: SubmissionView): void => {
    if (over) return
    onView(view)
    if (view.state === 'done') stop()
  }
  const askAfter = (delay: number): void => {
    clearTimeout(timer)
    if (!over) timer = setTimeout(() => void question(), delay)
  }
  const question = async (): Promise<void> => {
    const answer = await ask(SubmissionDetail, getJson(`/api/submissions/${id}`))
    if (answer.ok) take(answer.value)
    else if (answer.problem.code === 'not-found' || answer.problem.code === 'sign-in-required') stop()
    askAfter(POLL_MS[Math.min(polls, POLL_MS.length - 1)] ?? 4_000)
    polls += 1
  }
  const askNow = (): void => askAfter(0)

  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const view = parseView(data)
    if (!view) return
    polls = 0
    askAfter(SILENCE_MS)
    take(view)
  }
  // The browser reconnects by itself; until then, or if it gives up, asking goes on.
  stream.onerror = () => askAfter(POLL_MS[0] ?? 500)
  addEventListener('online', askNow)
  signal.addEventListener('abort', stop, { once: true })
  askAfter(SILENCE_MS)
}

function parseView(data: string): SubmissionView | null {
  try {
    return SubmissionView.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}
