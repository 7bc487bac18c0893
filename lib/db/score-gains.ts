import { sharedClassesOf } from './boards/share-classes'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma } from './generated/client'
import { isOneOf } from './is-one-of'
import { planned } from './planned'

/**
 * Brings the gains of some learners on one exercise in line with what their submissions count, regrades included: in the
 * order of submitting, each that raised the best score has a gain of as many points as it raised it by. So the gains of
 * an exercise add up to its best score, and those of a week to what that week brought. The learners are locked
 * (lockTurns), so that none of them gets a verdict meanwhile.
 * @returns those whose gains changed; their classes are shared from then on, for their boards (refreshBoardsAfterGains)
 */
export async function refreshGains(db: Queries, exercise: string, userIds: readonly string[]): Promise<string[]> {
  const own = Prisma.sql`s.exercise = ${exercise} and s.user_id ${isOneOf(userIds)}`
  const [row] = await db.$queryRaw<{ ids: string[] }[]>(planned(Prisma.sql`
    with counted as (${countedVerdicts(own)}), steps as (
      select user_id, id, submitted_at, score - coalesce(max(score) over (
        partition by user_id order by submitted_at, id rows between unbounded preceding and 1 preceding
      ), 0) as points
      from counted
    ), gains as (
      select * from steps where points > 0
    ), gone as (
      delete from score_gains g
      where g.exercise = ${exercise} and g.user_id ${isOneOf(userIds)}
        and not exists (select from gains where gains.id = g.submission_id)
      returning g.user_id
    ), kept as (
      insert into score_gains as g (user_id, exercise, submission_id, at, points)
      select user_id, ${exercise}, id, submitted_at, points from gains
      on conflict (user_id, exercise, submission_id) do update set points = excluded.points
      where g.points <> excluded.points
      returning g.user_id
    ), changed as materialized (
      select distinct user_id from (table gone union all table kept) changes
    )
    select array(select user_id::text from changed) as ids, ${sharedClassesOf(Prisma.sql`array(table changed)`)}`))
  return row?.ids ?? []
}

/** Learners with submissions of an exercise, by id from `after` on. */
export async function listLearnersOf(db: Queries, exercise: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select u.id::text from users u
    where u.id > ${after}::uuid
      and exists (select from submissions s where s.user_id = u.id and s.exercise = ${exercise})
    order by u.id limit ${limit}::int`
  return rows.map(({ id }) => id)
}
