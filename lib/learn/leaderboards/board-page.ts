import type { PointsBin } from '@/lib/contract/leaderboard'
import { findBoard, findNeighbours, type BoardKey } from '@/lib/db/boards/boards'
import { countAbove, findExtent, listEntries, type RankedEntry } from '@/lib/db/boards/ranks'
import { readStanding } from '@/lib/db/boards/standing'
import type { Queries } from '@/lib/db/client'
import { binsUpTo, fillBins } from './distribution'

/** What a board says to everybody: nothing here depends on who looks. */
export interface BoardPage {
  /** Null as long as nobody has anything on the board. */
  boardId: number | null
  people: number
  entries: RankedEntry[]
  distribution: PointsBin[]
  earlier: string | null
  later: string | null
}

/** @param position of the first entry, from 1 */
export async function readBoardPage(
  db: Queries, key: BoardKey, { position, limit }: { position: number; limit: number },
): Promise<BoardPage> {
  const boardId = await findBoard(db, key)
  const { earlier, later } = key.span === 'all' ? { earlier: null, later: null } : await findNeighbours(db, key)
  if (boardId === null) return { boardId, people: 0, entries: [], distribution: [], earlier, later }
  const { people, first } = await findExtent(db, boardId)
  const entries = limit > 0 ? await listEntries(db, boardId, { position, limit }) : []
  return { boardId, people, entries, distribution: await readDistribution(db, boardId, first), earlier, later }
}

async function readDistribution(db: Queries, boardId: number, first: bigint | null): Promise<PointsBin[]> {
  if (first === null) return []
  const bins = binsUpTo(readStanding(first).points)
  return fillBins(bins, await countAbove(db, boardId, bins.map(({ from }) => from - 1)))
}
