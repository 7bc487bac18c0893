import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'
import { addGradeJob } from './queue'

/*
 * Whose turn it is. Of each user's submissions one at a time has a turn: it alone has a job in the queue, and with its
 * verdict the user's next one joins the end of the queue. So a user has one submission running at most, and those who
 * wait are served in rounds, however many submissions each of them has.
 */

/**
 * Locks the turns of a user until the transaction ends. To be taken first of all locks.
 * @returns the user's time zone, which the same look at the row tells; null when there is no such user
 */
export async function lockTurns(db: Queries, userId: string): Promise<{ timeZone: string | null } | null> {
  const [row] = await db.$queryRaw<{ timeZone: string | null }[]>(planned(Prisma.sql`
    select time_zone as "timeZone" from users where id = ${userId}::uuid for no key update`))
  return row ?? null
}

/**
 * The same for the user of a submission.
 * @returns the user's id, or null when the submission or its user was deleted
 */
export async function lockTurnsAround(db: Queries, submissionId: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>(planned(Prisma.sql`
    select u.id::text from users u join submissions s on s.user_id = u.id
    where s.id = ${submissionId}::uuid for no key update of u`))
  return row?.id ?? null
}

/** Gives the user's first waiting submission its turn, unless another one has it. The caller has locked the turns. */
export async function giveTurn(db: Queries, userId: string): Promise<void> {
  const [row] = await db.$queryRaw<{ id: string }[]>(planned(Prisma.sql`
    update submissions set turn_at = now()
    where id = (
      select id from submissions where user_id = ${userId}::uuid and state = 'queued' order by id limit 1
    ) and not exists (
      select from submissions
      where user_id = ${userId}::uuid and state in ('queued', 'grading') and turn_at is not null
    )
    returning id::text`))
  if (row) await addGradeJob(db, row.id)
}

/** Users whose submissions wait while none has a turn, or has one without a job. There are none unless rows were deleted. */
export async function findStalledUsers(db: Queries): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select user_id::text as id from submissions s where state in ('queued', 'grading')
    group by user_id
    having not bool_or(turn_at is not null
      and exists (select from graphile_worker.jobs j where j.key = s.id::text))`
  return rows.map(({ id }) => id)
}

/** Queues the turn of the user's submissions again if its job is lost. The caller has locked the turns. */
export async function restoreTurn(db: Queries, userId: string): Promise<void> {
  const lost = await db.$queryRaw<{ id: string }[]>`
    select id::text from submissions s
    where user_id = ${userId}::uuid and state in ('queued', 'grading') and turn_at is not null
      and not exists (select from graphile_worker.jobs j where j.key = s.id::text)`
  for (const { id } of lost) await addGradeJob(db, id)
  await giveTurn(db, userId)
}

/** How many submissions wait: this user's, and those of all users up to `most`. */
export async function countWaiting(db: Queries, userId: string, most: number): Promise<{ own: number; all: number }> {
  const [row] = await db.$queryRaw<{ own: number; all: number }[]>(planned(Prisma.sql`
    select
      (select count(*) from submissions where user_id = ${userId}::uuid and state = 'queued')::int as own,
      (select count(*) from (select from submissions where state = 'queued' limit ${most}::int) waiting)::int as all`))
  if (!row) throw new Error('Counting the queue gave no row')
  return row
}

/**
 * The places of all that wait, by id: how many others that wait come before, if nobody else submits. In each round
 * the users come in the order in which they had their last turn.
 */
export async function listPlaces(db: Queries): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; place: number }[]>`
    with unfinished as (
      select id, state, row_number() over line as round, first_value(turn_at) over line as turn
      from submissions where state in ('queued', 'grading')
      window line as (partition by user_id order by turn_at is null, id)
    )
    select id::text, (row_number() over (order by round, turn, id) - 1)::int as place
    from unfinished where state = 'queued'`
  return new Map(rows.map(({ id, place }) => [id, place]))
}
