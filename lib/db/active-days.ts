import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'

/** A submission at a moment, and the date that the clocks of a zone showed then. */
export interface Activity {
  userId: string
  at: Date
  timeZone: string
  /** `2026-11-21` */
  day: string
}

/** Counts a submission to its day, in one statement. */
export async function countActivity(db: Queries, { userId, at, timeZone, day }: Activity): Promise<void> {
  await db.$executeRaw(planned(Prisma.sql`
    insert into active_days as known (user_id, day, first_at, last_at, first_zone, last_zone)
    values (${userId}::uuid, ${day}::date, ${at}, ${at}, ${timeZone}, ${timeZone})
    on conflict (user_id, day) do update set
      first_at = least(known.first_at, excluded.first_at),
      first_zone = case when excluded.first_at < known.first_at then excluded.first_zone else known.first_zone end,
      last_at = greatest(known.last_at, excluded.last_at),
      last_zone = case when excluded.last_at >= known.last_at then excluded.last_zone else known.last_zone end,
      submissions = known.submissions + 1`))
}

export interface ActiveDayRow {
  /** `2026-11-21` */
  day: string
  firstAt: Date
  lastAt: Date
  firstZone: string
  lastZone: string
  submissions: number
}

/** All days on which a user submitted something, oldest first. */
export function listActiveDays(db: Queries, userId: string): Promise<ActiveDayRow[]> {
  return db.$queryRaw<ActiveDayRow[]>`
    select day::text, first_at as "firstAt", last_at as "lastAt", first_zone as "firstZone", last_zone as "lastZone",
      submissions
    from active_days where user_id = ${userId}::uuid order by active_days.day`
}
