import type { Viewer } from '@/lib/contract/account'
import type { ClassBody, ClassSummary, ClassView } from '@/lib/contract/class'
import { addMember } from '@/lib/db/class-members'
import * as classes from '@/lib/db/classes'
import { inTransaction, withDatabase } from '../database'
import { toClassSummary, toClassView } from './class-view'
import { enterClass } from './enter-class'
import { newJoinCode } from './join-code'
import { logChange } from './log-change'

/** Most classes of other people that an admin is shown. */
const MAX_OTHERS = 100

/** Makes a class with its maker as the first instructor. Who may make one is the caller's business. */
export async function createClass(viewer: Pick<Viewer, 'id'>, body: ClassBody): Promise<ClassView> {
  return inTransaction(async (db) => {
    const row = await classes.createClass(db, { ...body, joinCode: newJoinCode() })
    await addMember(db, { classId: row.id, userId: viewer.id, role: 'instructor' })
    await logChange(db, { class: row, userId: viewer.id }, 'class.created', { name: row.name })
    return toClassView(row, 'instructor')
  })
}

/** The classes that the viewer is in, the latest first. */
export async function listClasses(viewer: Pick<Viewer, 'id' | 'role'>): Promise<ClassSummary[]> {
  const rows = await withDatabase((db) => classes.listClassesOf(db, viewer.id))
  return rows.map((row) => toClassSummary(row, viewer.role === 'admin' ? 'instructor' : row.role))
}

/** The latest classes of other people, for a site admin; nobody else is told of any. */
export async function listOtherClasses(viewer: Pick<Viewer, 'id' | 'role'>): Promise<ClassSummary[]> {
  if (viewer.role !== 'admin') return []
  const rows = await withDatabase((db) => classes.listOtherClasses(db, viewer.id, MAX_OTHERS))
  return rows.map((row) => toClassSummary(row, 'instructor'))
}

/** @throws ProblemError `not-found` for those who are not in it */
export function getClass(viewer: Pick<Viewer, 'id' | 'role'>, classId: string): Promise<ClassView> {
  return enterClass(viewer, classId, 'class.view', async (_, { class: row, role }) => toClassView(row, role))
}
