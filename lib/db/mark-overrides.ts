import type { Queries } from './client'
import type { Prisma } from './generated/client'

/* Marks given by hand. Rows are only added; of a cell, an exercise of a set for one student, the latest one stands. */

const WITH_GIVER = { giver: { select: { id: true, name: true } } } satisfies Prisma.MarkOverrideInclude

export type OverrideRow = Prisma.MarkOverrideGetPayload<{ include: typeof WITH_GIVER }>

/** All changes of one cell, the latest first. */
export function listOverrides(db: Queries, itemId: string, userId: string): Promise<OverrideRow[]> {
  return db.markOverride.findMany({ where: { itemId, userId }, orderBy: { id: 'desc' }, include: WITH_GIVER })
}

/** All changes of all cells of a class, the earliest first. */
export function listOverridesOfClass(db: Queries, classId: string): Promise<OverrideRow[]> {
  return db.markOverride.findMany({
    where: { item: { set: { classId } } }, orderBy: { id: 'asc' }, include: WITH_GIVER,
  })
}

/** One change, if it is of a cell of this class. */
export function findOverride(db: Queries, classId: string, id: string): Promise<OverrideRow | null> {
  return db.markOverride.findFirst({ where: { id, item: { set: { classId } } }, include: WITH_GIVER })
}

export function addOverride(
  db: Queries,
  override: { itemId: string; userId: string; mark: number | null; reason: string; givenBy: string },
): Promise<OverrideRow> {
  return db.markOverride.create({ data: override, include: WITH_GIVER })
}
