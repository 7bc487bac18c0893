import { performance } from 'node:perf_hooks'
import type { Client } from 'pg'
import { BOARD_PAGE } from '@/lib/contract/leaderboard'
import { FIRST_DAY, findBoard } from '@/lib/db/boards/boards'
import { findEntry, findExtent, listEntries, rankOf, type RankedEntry } from '@/lib/db/boards/ranks'
import type { Database } from '@/lib/db/client'
import { readBoardPage } from '@/lib/learn/leaderboards/board-page'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'
import { learnerId } from './fill'
import { plainReads } from './plain-reads'
import type { Measured } from './report'

/** Learners of a run; each asks once. */
const READS = Number(process.env.BENCH_RUNS) || 300
/** Runs of what takes as long as the table is. */
const PLAIN_READS = 5
const WARM_UP = 20

const EVERYONE = { scope: 'everyone', of: '', span: 'all', starts: FIRST_DAY } as const

/** Somebody, drawn at random, and where they stand. */
interface Asker {
  userId: string
  standing: bigint
  position: number
}

/**
 * What a look at the board of everybody costs, beside the plain query for the same.
 * @param client runs plain queries, which take their time
 */
export async function measureReads(
  db: Database, client: Client, users: number, draw: (below: number) => number,
): Promise<Measured[]> {
  const boardId = (await findBoard(db, EVERYONE))!
  const { people } = await findExtent(db, boardId)
  const askers = await drawAskers(db, boardId, users, draw)
  const places = askers.map(() => 1 + draw(people - 1))
  const page = (position: number) => listEntries(db, boardId, { position, limit: BOARD_PAGE })
  const rank = async ({ userId }: Asker) => rankOf(db, boardId, (await findEntry(db, boardId, userId))!.standing)
  const around = async (asker: Asker) => page(Math.max(1, (await rank(asker)) - BOARD_PAGE / 2))
  const plain = plainReads(client, boardId)
  await compare(askers, page, rank, plain)
  return [
    { what: 'first page', ...await both(askers, () => page(1), () => plain.page(1)) },
    {
      what: 'page around me',
      ...await both(askers, around, async ({ userId }) => plain.page(Math.max(1, (await plain.rank(userId)) - BOARD_PAGE / 2))),
    },
    { what: 'own rank', ...await both(askers, rank, ({ userId }) => plain.rank(userId)) },
    { what: 'jump to a rank', ...await both(places, page, plain.page) },
    {
      what: 'people, first page and distribution',
      ...await both(askers, () => readBoardPage(db, EVERYONE, { position: 1, limit: BOARD_PAGE }), plain.distribution),
    },
    {
      what: 'all of it, as a learner sees it (publicBoard)',
      ...await both(askers, ({ userId, position }) => publicBoard(userId, { span: 'all', from: position }), plain.fromScores, 1),
    },
  ].map((row) => ({ ...row, goal: 10 }))
}

async function drawAskers(db: Database, boardId: number, users: number, draw: (below: number) => number): Promise<Asker[]> {
  const askers: Asker[] = []
  while (askers.length < READS) {
    const userId = learnerId(1 + draw(users))
    const entry = await findEntry(db, boardId, userId)
    if (entry?.shown) askers.push({ userId, standing: entry.standing, position: await rankOf(db, boardId, entry.standing) })
  }
  return askers
}

/** Both ways must say the same, or the comparison is worth nothing. */
async function compare(
  askers: readonly Asker[], page: (position: number) => Promise<RankedEntry[]>, rank: (asker: Asker) => Promise<number>,
  plain: ReturnType<typeof plainReads>,
): Promise<void> {
  for (const asker of askers.slice(0, 2)) {
    const [ours, theirs] = [await page(asker.position), await plain.page(asker.position)]
    const same = ours.length === theirs.length
      && ours.every((row, index) => row.userId === theirs[index]!.userId && row.rank === theirs[index]!.rank)
    if (!same || (await rank(asker)) !== (await plain.rank(asker.userId))) throw new Error('The plain query says something else.')
  }
}

async function both<T>(
  askers: readonly T[], ours: (asker: T) => Promise<unknown>, plain: (asker: T) => Promise<unknown>, runs = PLAIN_READS,
): Promise<{ values: number[]; plain: number[] }> {
  for (const asker of askers.slice(0, WARM_UP)) await ours(asker)
  return { values: await times(askers, ours), plain: await times(askers.slice(0, runs), plain) }
}

async function times<T>(askers: readonly T[], work: (asker: T) => Promise<unknown>): Promise<number[]> {
  const values = []
  for (const asker of askers) {
    const start = performance.now()
    await work(asker)
    values.push(performance.now() - start)
  }
  return values
}
