import type { Queries } from './client'
import type { Prisma } from './generated/client'

/** Writes down who did what; within the transaction that does it. */
export async function writeAudit(
  db: Queries,
  entry: { actorId: string | null; action: string; subject: string; detail: Prisma.InputJsonObject },
): Promise<void> {
  await db.auditEntry.create({ data: entry })
}

/** What was done to one thing, latest first. */
export function listAudit(db: Queries, subject: string, limit: number) {
  return db.auditEntry.findMany({
    where: { subject },
    orderBy: { id: 'desc' },
    take: limit,
    select: { at: true, action: true, detail: true, actor: { select: { name: true } } },
  })
}
