import { BOARD_PAGE, type BoardRow, type BoardView, type OwnPlace } from '@/lib/contract/leaderboard'
import { findBoard, type BoardKey } from '@/lib/db/boards/boards'
import { findEntry, rankOf, type RankedEntry } from '@/lib/db/boards/ranks'
import { readStanding } from '@/lib/db/boards/standing'
import type { Queries } from '@/lib/db/client'
import { readBoardPage } from './board-page'
import { SharedPages } from './shared-pages'
import { shownMoment, type Span } from './spans'

/** Bundlers may load this module more than once in a process; the pages are shared by all of its copies. */
const KEY = Symbol.for('handroll.board-pages')
const shared = globalThis as { [KEY]?: SharedPages }

/** The pages that are looked at live in this process. */
export const livePages = (shared[KEY] ??= new SharedPages())

/** What somebody on a board is called, for one viewer. */
export type RowName = Pick<BoardRow, 'id' | 'name' | 'alias' | 'hasProfile'>

export interface Look {
  key: BoardKey
  span: Span
  /** Position of the first row, from 1. */
  from: number
  viewerId: string | null
  /** How many places the viewer may see; null for all. */
  top: number | null
  /** Names of people on the board, by their ids. */
  namesOf: (db: Queries, userIds: readonly string[]) => Promise<{ names: Map<string, RowName>; daysOnly: boolean }>
}

/** A board as somebody may see it, and its id as soon as anybody has something on it. */
export interface SeenBoard {
  boardId: number | null
  view: BoardView
}

export async function viewBoard(db: Queries, look: Look): Promise<SeenBoard> {
  const { key, span: { firstDay: _, ...span }, from: position, viewerId, top, namesOf } = look
  const limit = Math.min(BOARD_PAGE, (top ?? Infinity) - position + 1)
  const page = await livePages.read(key, position, limit, () => readBoardPage(db, key, { position, limit }))
  const { names, daysOnly } = await namesOf(db, page.entries.map(({ userId }) => userId))
  const rows = page.entries.flatMap((entry) => {
    const name = names.get(entry.userId)
    // Somebody whose account went since the page was read.
    return name ? [toRow(entry, name, { isViewer: entry.userId === viewerId, daysOnly, timeZone: span.timeZone })] : []
  })
  const { boardId, earlier, later, people, distribution } = page
  const own = boardId !== null && viewerId ? await findOwnPlace(db, boardId, viewerId) : null
  return { boardId, view: { ...span, earlier, later, people, top, position, rows, own, distribution, daysOnly } }
}

/** The row of one person on a board; null when they are not on it, or when those who are not shown are left out. */
export async function findRow(
  db: Queries, key: BoardKey, userId: string, name: RowName,
  look: { isViewer: boolean; daysOnly: boolean; timeZone: string },
): Promise<BoardRow | null> {
  const boardId = await findBoard(db, key)
  const entry = boardId === null ? null : await findEntry(db, boardId, userId)
  if (boardId === null || !entry || !(entry.shown || look.isViewer)) return null
  return toRow({ userId, standing: entry.standing, rank: await rankOf(db, boardId, entry.standing) }, name, look)
}

async function findOwnPlace(db: Queries, boardId: number, viewerId: string): Promise<OwnPlace | null> {
  const entry = await findEntry(db, boardId, viewerId)
  if (!entry) return null
  const { points, reachedAt } = readStanding(entry.standing)
  const rank = await rankOf(db, boardId, entry.standing)
  return { rank, points, reachedAt: reachedAt.toISOString(), shown: entry.shown }
}

function toRow(
  { standing, rank }: RankedEntry, name: RowName,
  { isViewer, daysOnly, timeZone }: { isViewer: boolean; daysOnly: boolean; timeZone: string },
): BoardRow {
  const { points, reachedAt } = readStanding(standing)
  return { ...name, rank, points, reachedAt: shownMoment(reachedAt, daysOnly, timeZone), isViewer }
}
