import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { Verdict } from '@/lib/contract/verdict'
import type { Visitor } from '@/tests/http/support/visitor'
import { send } from './crowd'
import type { VerdictWatch } from './verdict-watch'

/** A reader's pause: the pool of guests is full again. */
const PAUSE_MS = 500

export interface Load {
  databaseUrl: string
  watch: VerdictWatch
  exercise: string
  source: string
}

/** Where the time of one verdict went, milliseconds. */
export interface Breakdown {
  queue: number
  compile: number
  start: number
  tests: number
  end: number
  /** The request, storing the verdict and hearing of it. */
  rest: number
  total: number
}

/**
 * One submission at a time, each after a pause, by everybody in turn. The first ones, which warm the processes up, are
 * left out.
 * @throws Error when one has not passed, or was graded more than once: a figure of those says nothing
 */
export async function oneAtATime(load: Load, crowd: readonly Visitor[], rounds: number, settling = 5): Promise<Breakdown[]> {
  const seen: Breakdown[] = []
  const ids: string[] = []
  for (let round = 0; round < settling + rounds; round++) {
    await pause(PAUSE_MS)
    const started = performance.now()
    const id = await send(crowd[round % crowd.length] as Visitor, fresh(load))
    const total = (await load.watch.until(id)) - started
    ids.push(id)
    if (round >= settling) seen.push(await breakdown(load.databaseUrl, id, total))
  }
  await assertGradedOnce(load.databaseUrl, ids)
  return seen
}

export interface Burst {
  /** From the request of each to its stored verdict, milliseconds. */
  waits: number[]
  perSecond: number
}

/** Everybody submits at once. @throws Error when a submission has not passed, or was graded more than once */
export async function burst(load: Load, crowd: readonly Visitor[]): Promise<Burst> {
  const began = performance.now()
  const sent = await Promise.all(crowd.map(async (visitor) => {
    const started = performance.now()
    const id = await send(visitor, fresh(load))
    return { id, started }
  }))
  const ends = await Promise.all(sent.map(({ id }) => load.watch.until(id)))
  await assertGradedOnce(load.databaseUrl, sent.map(({ id }) => id))
  return {
    waits: ends.map((end, index) => end - (sent[index]?.started ?? end)),
    perSecond: crowd.length / ((Math.max(...ends) - began) / 1_000),
  }
}

/** Different each time: a source that was graded before has its verdict without a grader. */
function fresh({ exercise, source }: Load): { exercise: string; source: string } {
  return { exercise, source: `${source}\n// ${randomUUID()}\n` }
}

async function breakdown(databaseUrl: string, id: string, total: number): Promise<Breakdown> {
  const [row] = await rows<{ queue: number; detail: unknown }>(databaseUrl, `
    select extract(epoch from s.started_at - s.submitted_at)::float * 1000 as queue, v.detail
    from submissions s join verdicts v on v.submission_id = s.id where s.id = $1`, [id])
  const phases = row && Verdict.parse(row.detail).stats.phases
  if (!phases) throw new Error('The verdict does not say where its time went')
  const { compileMs: compile, startMs: start, testsMs: tests, endMs: end } = phases
  const rest = total - row.queue - compile - start - tests - end
  return { queue: row.queue, compile, start, tests, end, rest, total }
}

async function assertGradedOnce(databaseUrl: string, ids: readonly string[]): Promise<void> {
  const [row] = await rows<{ verdicts: string; again: string }>(databaseUrl, `
    select count(v.submission_id) as verdicts, count(*) filter (where s.gradings <> 1) as again
    from submissions s left join verdicts v on v.submission_id = s.id and v.verdict = 'passed'
    where s.id = any($1::uuid[])`, [ids])
  if (Number(row?.verdicts) === ids.length && Number(row?.again) === 0) return
  throw new Error(`Of ${ids.length} submissions ${row?.verdicts} have passed, and ${row?.again} were not graded exactly once`)
}

async function rows<T>(databaseUrl: string, sql: string, values: unknown[]): Promise<T[]> {
  return (await runOnce(connectionOptions(databaseUrl), sql, values)).rows as T[]
}
