import type { Queries } from '../client'
import { Prisma } from '../generated/client'
import { planned } from '../planned'
import { firstStandingWith } from './standing'

/*
 * Reading boards. Nothing here looks at more than the buckets of a board and the entries of one of them, and of those
 * that are asked for.
 */

/** Somebody's entry, also when it is not shown. */
export interface OwnEntry {
  standing: bigint
  shown: boolean
}

export async function findEntry(db: Queries, boardId: number, userId: string): Promise<OwnEntry | null> {
  const [row] = await db.$queryRaw<OwnEntry[]>(planned(Prisma.sql`
    select standing, shown from board_entries where board_id = ${boardId} and user_id = ${userId}::uuid`))
  return row ?? null
}

/** How many shown entries a board has, and the standing of the first of them; null without any. */
export async function findExtent(db: Queries, boardId: number): Promise<{ people: number; first: bigint | null }> {
  const [row] = await db.$queryRaw<{ people: number; first: bigint | null }[]>(planned(Prisma.sql`
    select (select coalesce(sum(entries), 0)::int from board_buckets where board_id = ${boardId}) as people,
      (select standing from board_entries where board_id = ${boardId} and shown order by standing limit 1) as first`))
  return row ?? { people: 0, first: null }
}

/** The rank that a standing has or would have: one more than there are shown entries before it. */
export async function rankOf(db: Queries, boardId: number, standing: bigint): Promise<number> {
  const [row] = await db.$queryRaw<{ rank: number }[]>(planned(Prisma.sql`
    select (1
      + (select coalesce(sum(entries), 0) from board_buckets where board_id = ${boardId} and low < bucket.low)
      + (select count(*) from board_entries
        where board_id = ${boardId} and shown and standing >= bucket.low and standing < ${standing})
    )::int as rank
    from (
      select low from board_buckets where board_id = ${boardId} and low <= ${standing} order by low desc limit 1
    ) bucket`))
  return row?.rank ?? 1
}

export interface RankedEntry {
  userId: string
  standing: bigint
  /** Of those with the same standing all have the same. */
  rank: number
}

/**
 * Shown entries in order, from the one at a position on.
 * @param position of the first one, from 1
 */
export async function listEntries(
  db: Queries, boardId: number, { position, limit }: { position: number; limit: number },
): Promise<RankedEntry[]> {
  const rows = await db.$queryRaw<{ userId: string; standing: bigint; ahead: number }[]>(planned(Prisma.sql`
    with bucket as (
      select low, ahead from (
        select low, entries, sum(entries) over (order by low) - entries as ahead
        from board_buckets where board_id = ${boardId}
      ) sums
      where entries > 0 and ahead < ${position} order by low desc limit 1
    ), entries as (
      select user_id, standing from board_entries
      where board_id = ${boardId} and shown and standing >= (select low from bucket)
      order by standing, user_id
      offset ${position}::int - 1 - (select ahead from bucket)::int limit ${limit}::int
    )
    select user_id::text as "userId", standing, (
      select ahead from bucket
    )::int + (
      select count(*)::int from board_entries
      where board_id = ${boardId} and shown and standing >= (select low from bucket)
        and standing < (select min(standing) from entries)
    ) as ahead
    from entries order by standing, user_id`))
  let rank = 0
  return rows.map(({ userId, standing, ahead }, index) => {
    if (index === 0) rank = ahead + 1
    else if (standing !== rows[index - 1]?.standing) rank = position + index
    return { userId, standing, rank }
  })
}

/**
 * How many shown entries have more points than each of these numbers.
 * @param points in any order
 */
export async function countAbove(db: Queries, boardId: number, points: readonly number[]): Promise<number[]> {
  const edges = points.map((each) => firstStandingWith(each))
  const rows = await db.$queryRaw<{ above: number }[]>(planned(Prisma.sql`
    with edges as materialized (
      select edge.standing, edge.place, bucket.low from unnest(${edges}::bigint[]) with ordinality edge (standing, place)
      cross join lateral (
        select low from board_buckets where board_id = ${boardId} and low <= edge.standing order by low desc limit 1
      ) bucket
    ), lows as materialized (
      select array_agg(low order by low) as lows from edges
    ), sums as materialized (
      select width_bucket(low, (select lows from lows)) as part, sum(entries) as entries
      from board_buckets where board_id = ${boardId} group by 1
    )
    select (
      coalesce((select sum(entries) from sums where part < width_bucket(edges.low, (select lows from lows))), 0) + (
        select count(*) from board_entries
        where board_id = ${boardId} and shown and standing >= edges.low and standing < edges.standing
      )
    )::int as above
    from edges order by place`))
  return rows.map(({ above }) => above)
}
