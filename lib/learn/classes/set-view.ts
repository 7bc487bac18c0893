import type { SetView } from '@/lib/contract/problem-set'
import { LatePolicy } from '@/lib/contract/late-policy'
import type { SetRow } from '@/lib/db/problem-sets'
import { isExcepted, termsOf } from '@/lib/marks/marks'
import { exceptionsFor, toMarkedSet } from './marked-set'

/** A set as staff see it: as it stands for everybody without exceptions. */
export function toStaffView(row: SetRow): SetView {
  return {
    id: row.id,
    title: row.title,
    intro: row.intro,
    opensAt: row.opensAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    closesAt: row.closesAt.toISOString(),
    latePolicy: LatePolicy.parse(row.latePolicy),
    attemptLimit: row.attemptLimit,
    coolDownSeconds: row.coolDownSeconds,
    reveal: row.reveal,
    pickCount: row.pickCount,
    items: row.items.map(({ id, exercise, points, kind }) => ({ id, exercise, points, kind })),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    exempt: false,
    excepted: false,
    exceptions: row.exceptions.length,
  }
}

/**
 * A set as one student sees it: with their own dates, and without what is inside before it opens. What had not opened
 * when its class was archived does not.
 */
export function toStudentView(
  row: SetRow, student: { userId: string; sectionId: string | null; timeZone: string; archivedAt: Date | null },
  now: number,
): SetView {
  const { own, section } = exceptionsFor(row, student.userId, student.sectionId)
  const marked = toMarkedSet(row)
  const terms = termsOf(marked, student.timeZone, own, section)
  const set = toStaffView(row)
  const isOpened = terms.opensAt <= Math.min(now, student.archivedAt?.getTime() ?? Infinity)
  return {
    ...set,
    intro: isOpened ? set.intro : '',
    items: isOpened ? set.items : [],
    opensAt: new Date(terms.opensAt).toISOString(),
    dueAt: new Date(terms.dueAt).toISOString(),
    closesAt: new Date(terms.closesAt).toISOString(),
    latePolicy: terms.latePolicy,
    attemptLimit: terms.attemptLimit,
    exempt: terms.exempt,
    excepted: isExcepted(marked, own, section),
    exceptions: null,
  }
}
