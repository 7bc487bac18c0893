import { z } from 'zod'
import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'

/** Channel of NOTIFY on which every change of a submission's state is told. */
export const CHANNEL = 'handroll_submissions'

/** Something about this submission changed. What it is, the listener reads from the tables. */
export const SubmissionChange = z.strictObject({ submissionId: z.string(), userId: z.string() })
export type SubmissionChange = z.infer<typeof SubmissionChange>

/** Tells every web process; within a transaction, when and only when that commits. */
export async function notifyChange(db: Queries, change: SubmissionChange): Promise<void> {
  await db.$executeRaw(planned(Prisma.sql`select pg_notify(${CHANNEL}, ${JSON.stringify(change)})`))
}

/** Channel on which changed leaderboards are told. */
export const BOARDS_CHANNEL = 'handroll_boards'

/** Ids of boards whose places have changed. */
export const BoardsChange = z.array(z.int())
export type BoardsChange = z.infer<typeof BoardsChange>

/** Most ids in one notification, whose payload has room for 8,000 bytes. */
const MOST_IDS = 600

/** SQL of a query that tells every web process, as notifyChange does, of the boards with an `id` in `table`. */
export function boardsTold(table: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select pg_notify(${BOARDS_CHANNEL}, json_agg(id)::text)
    from (select id, (row_number() over () - 1) / ${MOST_IDS}::int as page from ${table}) pages group by page`
}
