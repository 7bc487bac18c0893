import { ProblemError } from '@/lib/contract/problem'
import { listExternalIdHolders } from '@/lib/db/class-roster'
import type { Queries } from '@/lib/db/client'

/**
 * An external id names one person of a class, whether they are in it, were removed, or are awaited. Hold the class.
 * @throws ProblemError `conflict`
 */
export async function refuseTakenId(
  db: Queries, classId: string, externalId: string, own: { userId: string } | null,
): Promise<void> {
  const holders = await listExternalIdHolders(db, classId, externalId)
  if (holders.every(({ userId }) => userId !== null && userId === own?.userId)) return
  const message = 'Somebody else of the class has this external id.'
  throw new ProblemError('conflict', message, { issues: [{ path: 'externalId', rule: 'taken', message }] })
}
