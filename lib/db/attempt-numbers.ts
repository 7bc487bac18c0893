import { Prisma } from './generated/client'

/*
 * Which submissions take one of the attempts that a set allows, as parts of queries. An attempt is counted by what was
 * known when it was made: one that ended as `error`, a fault of ours, took none, and stays none when a regrade finds a
 * real verdict for it later. Else such a regrade could push a pass over the limit that was within it when it was made.
 */

/** Whether a graded submission, with verdict `v`, took an attempt; null before the verdict. */
export const TAKES_ATTEMPT = Prisma.sql`(v.verdict <> 'error')`

/** End of a window over submissions: those before each, by time and then id. */
export const EARLIER = Prisma.sql`order by submitted_at, id rows between unbounded preceding and 1 preceding`

/**
 * Which attempt a submission is, from 1: one more than those before it that took one. Rows have `takes_attempt`,
 * `submitted_at` and `id`. One that took none has the number of the next that does, and so counts for a mark wherever
 * an attempt was left for it.
 * @param within `partition by ...`, or nothing
 */
export function attemptNumber(within: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(count(*) filter (where takes_attempt) over (${within} ${EARLIER}) + 1)`
}
