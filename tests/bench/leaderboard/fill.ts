import type { Client } from 'pg'
import { Prisma } from '@/lib/db/generated/client'
import { standingOf } from '@/lib/db/boards/standing'

/*
 * Fills a database with learners, what they scored, and the boards that follow, as sets of rows within the server: a
 * million learners take minutes. Everything is drawn by hashes of numbers, so that it is the same each time, but for the
 * present, up to which it reaches.
 *
 * Each learner begins somewhere in two years, and from there does the exercises topic by topic, the one with more
 * patience and the other with less: how many exercises somebody has done falls off exponentially. One in fifty handed in
 * everything at one moment, so that some stand exactly even.
 */

const TOPICS = 20
export const EXERCISES = 200
/** Entries of a bucket as splitting leaves them, somewhere between a part and the most. */
const BUCKET = 700
/** One learner in so many keeps off the boards. */
const HIDDEN = 10

export interface Scale {
  users: number
  /** How many best scores they have together, about. */
  scores: number
}

/** Names of the exercise with this number, from 0, and of its version. */
export const exerciseSlug = (exercise: number): string => `exercise-${exercise}`
export const versionOf = (exercise: number): string => `version-${exercise}`

/** Id of a learner, from 1. Like the ids of accounts, they grow. */
export function learnerId(index: number): string {
  return `01900000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
}

const USER_ID = `('01900000-0000-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid`
const SUBMISSION_ID = `('01900000-0001-7000-' || lpad(to_hex(32768 + i), 4, '0') || '-' || lpad(to_hex(u), 12, '0'))::uuid`

/** A number from 0 up to 1, another one for each learner and purpose. */
const draw = (purpose: number) => `((hashint8extended(u, ${purpose}) & 1073741823) / 1073741824::float8)`

/** Points of an exercise by its difficulty. */
const POINTS = `(array[10, 20, 40, 80])[1 + exercise % 4]`

const FILLED = ['users', 'score_gains', 'board_entries', 'board_buckets']

/**
 * @param now milliseconds since 1970: nothing is later
 * @param say is told what is done
 */
export async function fill(client: Client, { users, scores }: Scale, now: number, say: (step: string) => void): Promise<void> {
  await client.query(`set synchronous_commit = off; set work_mem = '400MB'; set maintenance_work_mem = '1GB'`)
  const steps: [string, () => Promise<unknown>][] = [
    ['exercises', () => fillExercises(client)],
    ['learners', () => fillLearners(client, users)],
    ['best scores', () => withoutIndexes(client, 'score_gains', () => fillGains(client, users, scores / users, now))],
    ['entries of boards', () => withoutIndexes(client, 'board_entries', () => fillEntries(client))],
    ['buckets', () => fillBuckets(client)],
    // What Postgres does by itself some time after so many inserts.
    ['statistics', () => vacuum(client)],
  ]
  for (const [what, work] of steps) {
    const start = Date.now()
    await work()
    say(`${what}: ${((Date.now() - start) / 1000).toFixed(1)} s`)
  }
}

async function vacuum(client: Client): Promise<void> {
  for (const table of FILLED) await client.query(`vacuum analyze ${table}`)
}

async function fillExercises(client: Client): Promise<void> {
  await client.query(`
    insert into board_exercises (exercise, topic, counts, pending)
    select 'exercise-' || e, 'topic-' || e / ${EXERCISES / TOPICS}, true, false from generate_series(0, ${EXERCISES - 1}) e`)
  await client.query(`
    insert into exercise_versions (hash, exercise, title, difficulty, max_score)
    select 'version-' || exercise, 'exercise-' || exercise, '{}', 'easy', ${POINTS}
    from generate_series(0, ${EXERCISES - 1}) exercise`)
}

async function fillLearners(client: Client, users: number): Promise<void> {
  await client.query(`
    insert into users (id, email, name, handle, on_boards)
    select ${USER_ID}, 'learner' || u || '@example.org', 'Learner ' || u, 'learner-' || u, ${draw(1)} >= 1.0 / ${HIDDEN}
    from generate_series(1::bigint, ${users}) u`)
}

async function fillGains(client: Client, users: number, mean: number, now: number): Promise<void> {
  await client.query(`
    insert into score_gains (user_id, exercise, submission_id, at, points)
    select user_id, 'exercise-' || exercise, ${SUBMISSION_ID},
      case when even then to_timestamp(${Math.floor(now / 3_600_000) * 3600} - 86400 * (1 + u % 500))
        else to_timestamp((${now} - ((done - i) * pace + (hashint8extended(u * 1000 + i, 5) & 65535) + began)) / 1000::float8) end,
      case when hashint8extended(u * 1000 + i, 6) & 3 = 0 then ${POINTS} / 2 else ${POINTS} end
    from (
      select u, ${USER_ID} as user_id, u % 50 = 0 as even, floor(${draw(4)} * ${TOPICS})::int * ${EXERCISES / TOPICS} as first,
        least(${EXERCISES}, floor(0.5 - ln(1 - ${draw(2)}) * ${mean}))::int as done,
        (3600000 * exp(${draw(3)} * 4))::bigint as pace, (${draw(7)} * 63072000000)::bigint as began
      from generate_series(1::bigint, ${users}) u offset 0
    ) learner
    cross join lateral (
      select i, (first + i - 1) % ${EXERCISES} as exercise from generate_series(1, done) i
    ) exercise`)
}

/** Boards of everybody and of topics, in all spans. */
async function fillEntries(client: Client): Promise<void> {
  for (const span of ['all', 'month', 'week']) {
    const starts = span === 'all' ? `'1970-01-01'::date` : `date_trunc('${span}', g.at at time zone 'UTC')::date`
    for (const [scope, of] of [['everyone', `''`], ['topic', 'e.topic']]) {
      const entries = Prisma.sql`
        with due as materialized (
          select ${Prisma.raw(of!)} as of, ${Prisma.raw(starts)} as starts, g.user_id,
            ${standingOf(Prisma.raw('sum(g.points)'), Prisma.raw('max(g.at)'))} as standing
          from score_gains g join board_exercises e on e.exercise = g.exercise group by 1, 2, 3
        ), made as (
          insert into boards (scope, of, span, starts)
          select distinct ${scope}::board_scope, of, ${span}::board_span, starts from due returning id, of, starts
        )
        insert into board_entries (board_id, user_id, standing, shown)
        select made.id, d.user_id, d.standing, u.on_boards
        from due d join made using (of, starts) join users u on u.id = d.user_id`
      await client.query(entries.text, entries.values)
    }
  }
}

async function fillBuckets(client: Client): Promise<void> {
  await client.query(`
    insert into board_buckets (board_id, low, entries) select id, 0, 0 from boards`)
  await client.query(`
    with placed as (
      select board_id, standing, row_number() over (partition by board_id order by standing) - 1 as place
      from board_entries where shown
    ), cut as (
      select board_id, max(case when place = 0 then 0 when place % ${BUCKET} = 0 then standing end)
        over (partition by board_id order by standing range unbounded preceding) as low
      from placed
    )
    insert into board_buckets as b (board_id, low, entries) select board_id, low, count(*) from cut group by board_id, low
    on conflict (board_id, low) do update set entries = excluded.entries`)
}

/** Fills a table faster: its indexes are made anew afterwards. */
async function withoutIndexes(client: Client, table: string, work: () => Promise<void>): Promise<void> {
  const { rows: keys } = await client.query<{ name: string; def: string }>(
    `select conname as name, pg_get_constraintdef(oid) as def from pg_constraint
     where conrelid = $1::regclass and contype in ('p', 'f')`, [table])
  const { rows: indexes } = await client.query<{ name: string; def: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def from pg_index
     where indrelid = $1::regclass and not indisprimary`, [table])
  for (const { name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await work()
  for (const { name, def } of keys) await client.query(`alter table ${table} add constraint ${name} ${def}`)
  for (const { def } of indexes) await client.query(def)
}
