import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import type { AttemptsView, SetView } from '@/lib/contract/problem-set'
import type { Queries } from '@/lib/db/client'
import { listAttemptTimes } from '@/lib/db/learner-sets'
import { findSetRow, listSetRows, type SetRow } from '@/lib/db/problem-sets'
import { attemptState } from '../set-limits'
import { enterClass, type Entry } from './enter-class'
import { roleHas } from './rights'
import { toStaffView, toStudentView } from './set-view'

export { toMarkedSet } from './marked-set'

type Person = Pick<Viewer, 'id' | 'role'>

/** The sets of a class that the viewer may see, in order of their due times; staff see drafts too. */
export function listSets(viewer: Person, classId: string, now = Date.now()): Promise<SetView[]> {
  return enterClass(viewer, classId, 'sets.view', async (db, entry) => {
    const rows = await listSetRows(db, classId, roleHas(entry.role, 'sets.view-drafts') ? {} : { published: true })
    return rows.map((row) => viewSet(row, entry, now)).sort(byDueTime)
  })
}

/** @throws ProblemError `not-found` also for drafts that the viewer may not see */
export function getSet(viewer: Person, classId: string, setId: string, now = Date.now()): Promise<SetView> {
  return enterClass(viewer, classId, 'sets.view', async (db, entry) => {
    return viewSet(await findVisible(db, entry, setId), entry, now)
  })
}

/** A set with the viewer's own submissions of its exercises, in the order of the set; none before it opens. */
export function listOwnAttempts(
  viewer: Person, classId: string, setId: string, now = Date.now(),
): Promise<AttemptsView[]> {
  return enterClass(viewer, classId, 'sets.view', async (db, entry) => {
    const row = await findVisible(db, entry, setId)
    const set = viewSet(row, entry, now)
    const exercises = set.items.map(({ exercise }) => exercise)
    const opensAt = Date.parse(set.opensAt)
    const attempts = await listAttemptTimes(db, entry.userId, exercises, new Date(opensAt))
    const limits = { opensAt, attemptLimit: set.attemptLimit, coolDownSeconds: set.coolDownSeconds }
    return exercises.map((exercise) => {
      const own = attempts.filter((each) => each.exercise === exercise)
      const times = own.map(({ submittedAt }) => submittedAt.getTime())
      const { used, nextAt } = attemptState(limits, times, now)
      return { exercise, used, nextAt: nextAt === null ? null : new Date(nextAt).toISOString() }
    })
  })
}

/** @throws ProblemError `not-found` */
export async function getSetRow(db: Queries, classId: string, setId: string): Promise<SetRow> {
  const row = Id.safeParse(setId).success ? await findSetRow(db, classId, setId) : null
  if (!row) throw new ProblemError('not-found', 'There is no such problem set in this class.')
  return row
}

async function findVisible(db: Queries, entry: Entry, setId: string): Promise<SetRow> {
  const row = await getSetRow(db, entry.class.id, setId)
  if (row.publishedAt === null && !roleHas(entry.role, 'sets.view-drafts')) {
    throw new ProblemError('not-found', 'There is no such problem set in this class.')
  }
  return row
}

function viewSet(row: SetRow, { role, userId, sectionId, class: of }: Entry, now: number): SetView {
  const { timeZone, archivedAt } = of
  return role === 'student' ? toStudentView(row, { userId, sectionId, timeZone, archivedAt }, now) : toStaffView(row)
}

/** An extension moves a student's own due time past that of other sets. */
function byDueTime(a: SetView, b: SetView): number {
  return Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.id < b.id ? -1 : 1)
}
