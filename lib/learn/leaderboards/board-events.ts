import type { Viewer } from '@/lib/contract/account'
import type { BoardQuery, BoardView, ClassBoardQuery } from '@/lib/contract/leaderboard'
import { ProblemError } from '@/lib/contract/problem'
import { changeListener } from '@/lib/db/change-listener'
import { findAccount, type AccountView } from '../accounts'
import { withDatabase } from '../database'
import { WakeUp } from '../wake-up'
import { livePages, type SeenBoard } from './board-view'
import { lookAtClassBoard } from './class-board'
import { lookAtPublicBoard } from './public-board'

/** Changes within this time are told as one, milliseconds. */
const TOGETHER_MS = 500
/** The more who look in this process, the longer that is, for each of them by so many milliseconds. */
const LONGER_BY_MS = 2

/** A month or week ends while somebody looks at it, and a set opens: looked at this often without any change. */
const LOOK_EVERY_MS = 60_000

/** Everybody's board as it changes: how it is first, then each time when it has become another. */
export function publicBoardEvents(viewerId: string | null, query: BoardQuery, signal: AbortSignal) {
  return boardEvents(viewerId, () => lookAtPublicBoard(viewerId, query), signal)
}

/** The same for a board of a class, for as long as the viewer is in it. */
export function classBoardEvents(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, query: ClassBoardQuery, signal: AbortSignal,
) {
  return boardEvents(viewer.id, (session) => {
    return lookAtClassBoard({ id: viewer.id, role: session?.role ?? viewer.role }, classId, query)
  }, signal)
}

/** What sessions of an account are worth at present; null when it has none, as it is gone or suspended. */
async function findSession(viewerId: string): Promise<Pick<AccountView, 'role' | 'sessionEpoch'> | null> {
  const account = await findAccount(viewerId)
  return account?.suspendedAt === null ? account : null
}

/**
 * Ends when the viewer may not look any more, or is signed out; whoever comes back for more is told why.
 * @throws ProblemError what `look` throws at first, and `service-unavailable` when the database is away
 */
async function* boardEvents(
  viewerId: string | null, look: (session: Pick<AccountView, 'role'> | null) => Promise<SeenBoard>, signal: AbortSignal,
): AsyncGenerator<BoardView, void, undefined> {
  const wakeUp = new WakeUp(signal)
  let seen: SeenBoard | undefined
  let epoch: number | undefined
  await withDatabase(() => livePages.open())
  try {
    const unsubscribe = await withDatabase(() => changeListener().subscribe({
      onBoards: (ids) => {
        // A board that nobody has anything on may be one of them.
        if (seen?.boardId == null || ids.includes(seen.boardId)) {
          wakeUp.within(Math.max(TOGETHER_MS, LONGER_BY_MS * livePages.streams))
        }
      },
      onReset: () => wakeUp.now(),
    }))
    const clock = setInterval(() => wakeUp.now(), LOOK_EVERY_MS).unref()
    try {
      let last = ''
      do {
        const session = viewerId === null ? null : await findSession(viewerId)
        if (viewerId !== null && (!session || (epoch ??= session.sessionEpoch) !== session.sessionEpoch)) return
        const next = await look(session).catch((error: unknown) => {
          if (seen && error instanceof ProblemError && error.code !== 'service-unavailable') return null
          throw error
        })
        if (!next) return
        seen = next
        const text = JSON.stringify(seen.view)
        if (text !== last) yield seen.view
        last = text
      } while (await wakeUp.next())
    } finally {
      clearInterval(clock)
      unsubscribe()
    }
  } finally {
    livePages.close()
  }
}
