import { writeAudit } from '@/lib/db/audit'
import type { Queries } from '@/lib/db/client'
import type { Entry } from './enter-class'

type Detail = Parameters<typeof writeAudit>[1]['detail']

/**
 * Writes down a change of a class, in the transaction that makes it. People are named by their ids only: what the log
 * says of somebody means nothing any more when their account is gone.
 */
export function logChange(
  db: Queries, { class: { id }, userId }: Pick<Entry, 'class' | 'userId'>, action: `class.${string}`, detail: Detail,
): Promise<void> {
  return writeAudit(db, { actorId: userId, action, subject: id, classId: id, detail })
}
