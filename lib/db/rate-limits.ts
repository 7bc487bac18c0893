import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'

/** How full a limit is. */
export interface WindowUse {
  /** Whether there was room; only then was the event counted. */
  admitted: boolean
  /** Events in the current window, this one included if it was counted. */
  current: number
  /** Events in the window before. */
  previous: number
  /** How far the current window has come, seconds. */
  elapsedSeconds: number
}

/**
 * Counts one event under `key` if there is room. Windows are fixed, but the one before counts with the share that a
 * window sliding over both would still cover, so there is no burst at a border (the "sliding window counter").
 * Time is the database's, so that all web processes agree.
 */
export async function countEvent(db: Queries, key: string, limit: number, windowSeconds: number): Promise<WindowUse> {
  const [row] = await db.$queryRaw<WindowUse[]>(planned(Prisma.sql`
    with clock as (
      select floor(extract(epoch from now()) / ${windowSeconds}::float8) * ${windowSeconds}::float8 as start
    ), windows as (
      select to_timestamp(start) as this_start, to_timestamp(start - ${windowSeconds}::float8) as previous_start,
        extract(epoch from now())::float8 - start as elapsed
      from clock
    ), previous as (
      select coalesce(sum(count), 0)::float8 as count from rate_limits, windows
      where key = ${key} and window_start = previous_start
    ), carried as (
      select count * (1 - elapsed / ${windowSeconds}::float8) as count from previous, windows
    ), counted as (
      insert into rate_limits as used (key, window_start, count)
      select ${key}, this_start, 1 from windows, carried where carried.count < ${limit}::float8
      on conflict (key, window_start) do update set count = used.count + 1
      where used.count + (select count from carried) < ${limit}::float8
      returning used.count
    )
    select exists (select from counted) as admitted,
      coalesce((select count from counted),
        (select count from rate_limits where key = ${key} and window_start = this_start), 0)::int as current,
      (select count from previous)::int as previous,
      elapsed as "elapsedSeconds"
    from windows`))
  if (!row) throw new Error('Counting an event gave no row')
  return row
}

/** Forgets windows that ended more than a day ago; no limit looks back further. */
export async function deleteOldWindows(db: Queries): Promise<void> {
  await db.rateLimit.deleteMany({ where: { windowStart: { lt: new Date(Date.now() - 24 * 3_600_000) } } })
}

/** Forgets what was counted for a person. */
export async function forgetEventsOf(db: Queries, userId: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key: { endsWith: `:user:${userId}` } } })
}
