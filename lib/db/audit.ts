import type { Queries } from './client'
import type { Prisma } from './generated/client'

/** Writes down who did what; within the transaction that does it. Instructors of the class `classId` may read it. */
export async function writeAudit(
  db: Queries,
  entry: { actorId: string | null; action: string; subject: string; classId?: string; detail: Prisma.InputJsonObject },
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

export type ClassAuditRow = Awaited<ReturnType<typeof listClassAudit>>[number]

/**
 * What was done in a class, latest first.
 * @param query `actions` are whole names or, with a final dot or hyphen, how they begin; none for all. `before` is the
 * id of the last entry of the page before
 */
export function listClassAudit(
  db: Queries, classId: string,
  { actions, before, limit }: { actions: readonly string[]; before?: string; limit: number },
) {
  return db.auditEntry.findMany({
    where: {
      classId,
      ...(before === undefined ? {} : { id: { lt: before } }),
      ...(actions.length === 0 ? {} : {
        OR: actions.map((action) => ({ action: /[.-]$/.test(action) ? { startsWith: action } : action })),
      }),
    },
    orderBy: { id: 'desc' },
    take: limit,
    select: { id: true, at: true, action: true, subject: true, detail: true, actor: { select: { name: true } } },
  })
}
