import { expect } from 'vitest'
import { countAbove, findEntry, findExtent, listEntries, rankOf } from '@/lib/db/boards/ranks'
import { readStanding } from '@/lib/db/boards/standing'
import type { Database } from '@/lib/db/client'
import { groupBy } from '@/lib/learn/classes/group-by'
import type { Layout } from './boards-content'
import { oracleEntries, type OracleEntry } from './boards-oracle'

interface StoredEntry extends OracleEntry {
  boardId: number
  standing: bigint
}

/** Compares all that is stored of leaderboards with the oracle: entries, buckets, and with `ranks` what reads say of them. */
export async function expectBoardsToAgree(db: Database, layout: Layout, { ranks = true } = {}): Promise<void> {
  const stored = await readEntries(db)
  const due = await oracleEntries(db, layout)
  const plain = ({ board, userId, points, reachedAt, shown }: OracleEntry) =>
    `${board}: ${userId} has ${points} since ${new Date(reachedAt).toISOString()}${shown ? '' : ', hidden'}`
  expect(stored.map(plain).sort()).toEqual(due.map(plain).sort())
  const boards = groupBy(stored, ({ boardId }) => String(boardId))
  await expectBucketsToCount(db, boards)
  if (ranks) for (const [boardId, entries] of boards) await expectRanks(db, Number(boardId), entries)
}

async function readEntries(db: Database): Promise<StoredEntry[]> {
  const rows = await db.$queryRaw<{ boardId: number; board: string; userId: string; standing: bigint; shown: boolean }[]>`
    select b.id as "boardId", concat_ws(' ', b.scope, b.of, b.span, b.starts) as board, e.user_id::text as "userId",
      e.standing, e.shown
    from board_entries e join boards b on b.id = e.board_id`
  return rows.map((row) => {
    const { points, reachedAt } = readStanding(row.standing)
    return { ...row, points, reachedAt: reachedAt.getTime() }
  })
}

/** The first bucket of a board begins at nothing, and each counts the shown entries up to the next one. */
async function expectBucketsToCount(db: Database, boards: ReadonlyMap<string, StoredEntry[]>): Promise<void> {
  const buckets = await db.boardBucket.findMany({ orderBy: [{ boardId: 'asc' }, { low: 'asc' }] })
  for (const [boardId, of] of groupBy(buckets, (bucket) => String(bucket.boardId))) {
    const shown = (boards.get(boardId) ?? []).filter((entry) => entry.shown)
    const counts = of.map(({ low }, index) => {
      const next = of[index + 1]?.low ?? 2n ** 63n
      return { boardId: Number(boardId), low, entries: shown.filter(({ standing }) => standing >= low && standing < next).length }
    })
    expect(of).toEqual(counts)
    expect(of[0]?.low).toBe(0n)
  }
  expect([...boards.keys()].filter((id) => !buckets.some(({ boardId }) => String(boardId) === id))).toEqual([])
}

async function expectRanks(db: Database, boardId: number, entries: readonly StoredEntry[]): Promise<void> {
  const shown = entries.filter((entry) => entry.shown).sort(byPlace)
  const rankAmong = ({ points, reachedAt }: OracleEntry) =>
    1 + shown.filter((other) => other.points > points || (other.points === points && other.reachedAt < reachedAt)).length
  const ranked = shown.map((entry) => ({ userId: entry.userId, standing: entry.standing, rank: rankAmong(entry) }))

  expect(await findExtent(db, boardId)).toEqual({ people: shown.length, first: ranked[0]?.standing ?? null })
  for (const entry of entries) {
    const own = await findEntry(db, boardId, entry.userId)
    expect(own).toEqual({ standing: entry.standing, shown: entry.shown })
    expect(await rankOf(db, boardId, entry.standing)).toBe(rankAmong(entry))
  }
  for (let position = 1; position <= shown.length + 1; position++) {
    for (const limit of [1, 3]) {
      expect(await listEntries(db, boardId, { position, limit })).toEqual(ranked.slice(position - 1, position - 1 + limit))
    }
  }
  const marks = [...new Set(entries.flatMap(({ points }) => [points, points - 1])), 0]
  const above = marks.map((mark) => shown.filter(({ points }) => points > mark).length)
  expect(await countAbove(db, boardId, marks)).toEqual(above)
}

function byPlace(a: StoredEntry, b: StoredEntry): number {
  return b.points - a.points || a.reachedAt - b.reachedAt || (a.userId < b.userId ? -1 : 1)
}
