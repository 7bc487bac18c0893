import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import type { OverrideBody, OverrideView, UndoBody } from '@/lib/contract/marking'
import { ProblemError } from '@/lib/contract/problem'
import { findStudent, holdPublishedItem, lockStudent } from '@/lib/db/cells'
import type { Queries } from '@/lib/db/client'
import * as overrides from '@/lib/db/mark-overrides'
import { changeClass, type Entry } from './enter-class'
import { logChange } from './log-change'

type Asker = Pick<Viewer, 'id' | 'role'>

/**
 * Gives a student a mark by hand, or goes back to the computed one. What stood before stays on record.
 * @returns all changes of the cell, the latest first
 * @throws ProblemError `not-found`, or `conflict` when somebody else has changed the mark since
 */
export function overrideMark(viewer: Asker, classId: string, body: OverrideBody): Promise<OverrideView[]> {
  return changeClass(viewer, classId, 'marks.override', async (db, entry) => {
    const [latest] = await openCell(db, entry, body.item, body.student)
    if ((latest?.id ?? null) !== body.after) throw changedSince()
    return append(db, entry, 'class.mark-overridden', { ...body, before: latest?.mark ?? null })
  })
}

/**
 * Takes the latest change of a cell back: what stood before it stands again. That is a change of its own, so an undo
 * can be undone.
 * @throws ProblemError `not-found`, or `conflict` when it is not the latest one any more
 */
export function undoOverride(
  viewer: Asker, classId: string, overrideId: string, { reason }: UndoBody,
): Promise<OverrideView[]> {
  return changeClass(viewer, classId, 'marks.override', async (db, entry) => {
    const found = Id.safeParse(overrideId).success
      ? await overrides.findOverride(db, entry.class.id, overrideId) : null
    if (!found) throw new ProblemError('not-found', 'There is no such change of a mark in this class.')
    const [latest, before] = await openCell(db, entry, found.itemId, found.userId)
    if (!latest || latest.id !== found.id) throw changedSince()
    return append(db, entry, 'class.mark-undone', {
      item: found.itemId, student: found.userId, mark: before?.mark ?? null, reason, before: latest.mark,
    })
  })
}

export function toOverride(row: overrides.OverrideRow): OverrideView {
  return { id: row.id, mark: row.mark, reason: row.reason, givenBy: row.giver, givenAt: row.givenAt.toISOString() }
}

/** The changes of a cell so far, the latest first; nobody adds to them or ends the cell until the transaction ends. */
async function openCell(db: Queries, entry: Entry, itemId: string, userId: string): Promise<overrides.OverrideRow[]> {
  await lockStudent(db, entry.class.id, userId)
  const student = await findStudent(db, entry.class.id, userId)
  if (!student || !(await holdPublishedItem(db, entry.class.id, itemId))) {
    throw new ProblemError('not-found', 'This class has no such student or exercise.')
  }
  return overrides.listOverrides(db, itemId, userId)
}

async function append(
  db: Queries, entry: Entry, action: `class.${string}`,
  { item, student, mark, reason, before }: Omit<OverrideBody, 'after'> & { before: number | null },
): Promise<OverrideView[]> {
  await overrides.addOverride(db, { itemId: item, userId: student, mark, reason, givenBy: entry.userId })
  await logChange(db, entry, action, { item, student, before, mark })
  return (await overrides.listOverrides(db, item, student)).map(toOverride)
}

function changedSince(): ProblemError {
  return new ProblemError('conflict', 'Somebody else has changed this mark since. Look at it again first.')
}
