import type { Viewer } from '@/lib/contract/account'
import type { ClassRole } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import { holdClassBoards, refreshClassBoards } from '@/lib/db/boards/refresh'
import type { Queries } from '@/lib/db/client'
import { findMembership, type ClassRow } from '@/lib/db/classes'
import { inTransaction, withDatabase } from '../database'
import { changesBoards, isChanging, roleHas, type ClassRight } from './rights'

/** Somebody in a class, with a right that has been checked. */
export interface Entry {
  class: ClassRow
  userId: string
  role: ClassRole
  /** The student's section; staff has none. */
  sectionId: string | null
}

/**
 * Runs `work` for somebody who has the right in the class. Every use case of a class goes through here, so there is no
 * other way to a class's rows.
 *
 * To those who are no members, or no longer, the class does not exist; site admins are instructors everywhere.
 * @throws ProblemError `not-found`, `forbidden`, or `class-archived` for a change in an archived class
 */
export function enterClass<T>(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, right: ClassRight,
  work: (db: Queries, entry: Entry) => Promise<T>,
): Promise<T> {
  return withDatabase(async (db) => work(db, await admit(db, viewer, classId, right)))
}

/** Like enterClass, in one transaction: all of it happens, or nothing. The boards of the class follow. */
export function changeClass<T>(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, right: ClassRight,
  work: (db: Queries, entry: Entry) => Promise<T>,
): Promise<T> {
  return inTransaction(async (db) => {
    const entry = await admit(db, viewer, classId, right)
    if (!changesBoards(right)) return work(db, entry)
    await holdClassBoards(db, classId)
    // While this one waited, others may have changed the class, or the viewer's place in it.
    const result = await work(db, await admit(db, viewer, classId, right))
    await refreshClassBoards(db, classId)
    return result
  })
}

/** Whether somebody in the class has a right at present: an archived class grants none that changes something. */
export function mayNow({ role, class: { archivedAt } }: Pick<Entry, 'class' | 'role'>, right: ClassRight): boolean {
  return roleHas(role, right) && !(archivedAt && isChanging(right))
}

async function admit(
  db: Queries, viewer: Pick<Viewer, 'id' | 'role'>, classId: string, right: ClassRight,
): Promise<Entry> {
  const found = Id.safeParse(classId).success ? await findMembership(db, classId, viewer.id) : null
  const role = viewer.role === 'admin' ? 'instructor' : found?.membership?.role
  if (!found || !role) throw new ProblemError('not-found', 'There is no such class, or you are not in it.')
  if (!roleHas(role, right)) {
    throw new ProblemError('forbidden', `In this class you are ${role}; this is not for you to do.`)
  }
  if (!mayNow({ role, class: found.class }, right)) {
    throw new ProblemError('class-archived', 'The class is archived. Bring it back to change something.')
  }
  return { class: found.class, userId: viewer.id, role, sectionId: found.membership?.sectionId ?? null }
}
