import { performance } from 'node:perf_hooks'
import type { Client } from 'pg'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { refreshBoardsAfterGains } from '@/lib/db/boards/refresh'
import { openDatabase, type Database, type Queries } from '@/lib/db/client'
import { refreshGains } from '@/lib/db/score-gains'
import { hashSource } from '@/lib/db/submissions'
import { lockTurns } from '@/lib/db/turns'
import { storeVerdict } from '@/lib/learn/record-verdict'
import { EXERCISES, exerciseSlug, learnerId, versionOf } from './fill'
import type { Measured } from './report'

const WRITES = Number(process.env.BENCH_RUNS) || 200
const WARM_UP = 20
const WRITERS = 50
const WRITES_OF_EACH = 10
/** Longest that a writer of a crowd may take, milliseconds. */
const PATIENCE_MS = 60_000

interface Waiting {
  id: string
  userId: string
  exercise: string
  verdict: Verdict
}

/** What it costs to keep boards in the transaction of a verdict. */
export async function measureWrites(
  db: Database, client: Client, users: number, draw: (below: number) => number,
): Promise<Measured[]> {
  const next = () => submit(db, users, draw)
  const added: number[] = []
  await each(WRITES, next, (work) => db.$transaction(async (tx) => {
    await storeWithoutBoards(tx, work)
    const start = performance.now()
    await refreshBoardsAfterGains(tx, await refreshGains(tx, work.exercise, [work.userId]))
    added.push(performance.now() - start)
  }))
  const whole = await each(WRITES, next, (work) => db.$transaction((tx) => storeVerdict(tx, work.id, work.verdict)))
  const without = await each(WRITES, async () => toError(await next()), (work) => {
    return db.$transaction((tx) => storeVerdict(tx, work.id, work.verdict))
  })
  return [
    { what: 'gains and boards, within the transaction', values: added.slice(WARM_UP), goal: 5 },
    { what: 'a whole verdict that gains, and its commit', values: whole },
    { what: 'a whole verdict that counts for nothing', values: without },
    await measureCrowd(db, client, users, draw),
  ]
}

/** Many graders at once, each on a connection of its own, on one board: how many verdicts get through. */
async function measureCrowd(
  db: Database, client: Client, users: number, draw: (below: number) => number,
): Promise<Measured> {
  const pool = openDatabase(process.env.DATABASE_URL!, { poolSize: WRITERS })
  try {
    const waiting: Waiting[] = []
    for (let index = 0; index < WRITERS * WRITES_OF_EACH; index++) waiting.push(await submit(db, users, draw))
    const points = async () => Number((await client.query<{ points: string }>(`
      select sum(1048575 - (standing >> 42)) as points from board_entries e
      join boards b on b.id = e.board_id and b.scope = 'everyone' and b.span = 'all'`)).rows[0]!.points)
    const before = await points()
    const start = performance.now()
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      for (let work = waiting.pop(); work; work = waiting.pop()) {
        const { id, verdict } = work
        const options = { maxWait: PATIENCE_MS, timeout: PATIENCE_MS }
        await pool.$transaction((tx) => storeVerdict(tx, id, verdict), options)
      }
    }))
    const seconds = (performance.now() - start) / 1000
    const gained = (await points()) - before
    if (gained !== WRITERS * WRITES_OF_EACH * 10) throw new Error(`Points were lost: ${gained} were gained.`)
    return { what: `verdicts of ${WRITERS} writers at once`, values: [WRITERS * WRITES_OF_EACH / seconds], unit: '/s' }
  } finally {
    await pool.$disconnect()
  }
}

/** All of a verdict but what leaderboards need. */
async function storeWithoutBoards(tx: Queries, { id, userId, verdict }: Waiting): Promise<void> {
  await lockTurns(tx, userId)
  const { verdict: kind, reason, score, maxScore } = verdict
  await tx.verdict.create({ data: { submissionId: id, verdict: kind, reason, score, maxScore, detail: verdict } })
}

/** A submission that waits for its verdict, of somebody drawn at random on an exercise that they have not tried yet. */
async function submit(db: Database, users: number, draw: (below: number) => number): Promise<Waiting> {
  for (;;) {
    const [userId, index] = [learnerId(1 + draw(users)), draw(EXERCISES)]
    const exercise = exerciseSlug(index)
    if (await db.scoreGain.findFirst({ where: { userId, exercise } })) continue
    if (await db.submission.findFirst({ where: { userId } })) continue
    const versionHash = versionOf(index)
    const { id } = await db.submission.create({
      data: { userId, exercise, versionHash, source: 'x', sourceHash: hashSource('x'), state: 'grading', turnAt: new Date() },
    })
    return { id, userId, exercise, verdict: verdictOn(versionHash) }
  }
}

function verdictOn(exerciseVersion: string): Verdict {
  return {
    verdict: 'passed', reason: null, score: 10, maxScore: 10, groups: [], tests: [], problem: null, misconception: null,
    exerciseVersion, runtimeVersion: 'bench', limits: DEFAULT_LIMITS, seed: 1, stats: { wallMs: 1, guestPeakRssKb: null },
  }
}

function toError(waiting: Waiting): Waiting {
  return { ...waiting, verdict: { ...waiting.verdict, verdict: 'error', reason: 'internal-error', score: 0, maxScore: 0 } }
}

async function each(runs: number, next: () => Promise<Waiting>, work: (waiting: Waiting) => Promise<unknown>): Promise<number[]> {
  const values = []
  for (let run = -WARM_UP; run < runs; run++) {
    const waiting = await next()
    const start = performance.now()
    await work(waiting)
    if (run >= 0) values.push(performance.now() - start)
  }
  return values
}
