import '@/lib/contract/jitless'
import { BoardView } from '@/lib/contract/leaderboard'

/** A stream that broke has this long to come back before the figures are called old, milliseconds. */
const PATIENCE_MS = 4_000

/** Browsers come back by themselves after a broken line, but not after an answer that was an error. */
const COME_BACK_MS = [5_000, 10_000, 20_000, 40_000]

export interface BoardFeed {
  onView: (view: BoardView) => void
  /** Whether changes arrive at present. */
  onState: (state: 'live' | 'down') => void
}

/** Follows a board by server-sent events until `signal` says stop, however often the line breaks. */
export function followBoard(url: string, { onView, onState }: BoardFeed, signal: AbortSignal): void {
  let stream: EventSource | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  let comeBack: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const open = (): void => {
    stream?.close()
    clearTimeout(comeBack)
    stream = new EventSource(url)
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const view = parseView(data)
      if (!view) return
      clearTimeout(patience)
      patience = undefined
      failures = 0
      onState('live')
      onView(view)
    }
    stream.onerror = () => {
      patience ??= setTimeout(() => onState('down'), PATIENCE_MS)
      if (stream?.readyState !== EventSource.CLOSED) return
      const wait = COME_BACK_MS[Math.min(failures, COME_BACK_MS.length - 1)] ?? 40_000
      failures += 1
      // Not all who were cut off come back at the same moment.
      comeBack = setTimeout(open, wait * (0.5 + Math.random()))
    }
  }
  const lose = (): void => onState('down')

  addEventListener('online', open)
  addEventListener('offline', lose)
  signal.addEventListener('abort', () => {
    clearTimeout(patience)
    clearTimeout(comeBack)
    stream?.close()
    removeEventListener('online', open)
    removeEventListener('offline', lose)
  }, { once: true })
  open()
}

function parseView(data: string): BoardView | null {
  try {
    return BoardView.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}
