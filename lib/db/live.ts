import { z } from 'zod'
import type { Queries } from './client'

/** Channel of NOTIFY on which every change of a submission's state is told. */
export const CHANNEL = 'handroll_submissions'

/** Something about this submission changed. What it is, the listener reads from the tables. */
export const SubmissionChange = z.strictObject({ submissionId: z.string(), userId: z.string() })
export type SubmissionChange = z.infer<typeof SubmissionChange>

/** Tells every web process; within a transaction, when and only when that commits. */
export async function notifyChange(db: Queries, change: SubmissionChange): Promise<void> {
  await db.$executeRaw`select pg_notify(${CHANNEL}, ${JSON.stringify(change)})`
}
