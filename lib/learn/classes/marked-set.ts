import { LatePolicy } from '@/lib/contract/late-policy'
import type { SetExceptionRow, SetRow } from '@/lib/db/problem-sets'
import type { Exception, MarkedSet } from '@/lib/marks/terms'

/** A set as the computing of marks wants it. */
export function toMarkedSet(row: SetRow): MarkedSet {
  return {
    id: row.id,
    opensAt: row.opensAt.getTime(),
    dueAt: row.dueAt.getTime(),
    closesAt: row.closesAt.getTime(),
    latePolicy: LatePolicy.parse(row.latePolicy),
    attemptLimit: row.attemptLimit,
    pickCount: row.pickCount,
    items: row.items.map(({ id, exercise, points, kind }) => ({ id, exercise, points, kind })),
  }
}

export function toException(row: Pick<SetExceptionRow, keyof Exception>): Exception {
  return {
    dueAt: row.dueAt?.getTime() ?? null,
    closesAt: row.closesAt?.getTime() ?? null,
    attemptLimit: row.attemptLimit,
    exempt: row.exempt,
  }
}

/** The exceptions that concern one student: their own, and their section's. */
export function exceptionsFor(
  row: SetRow, userId: string, sectionId: string | null,
): { own: Exception | null; section: Exception | null } {
  const own = row.exceptions.find((each) => each.userId === userId)
  const section = sectionId === null ? undefined : row.exceptions.find((each) => each.sectionId === sectionId)
  return { own: own ? toException(own) : null, section: section ? toException(section) : null }
}
