import type { Viewer } from '@/lib/contract/account'
import type { ClassBody, ClassView } from '@/lib/contract/class'
import { updateClass } from '@/lib/db/classes'
import { toClassView } from './class-view'
import { changeClass } from './enter-class'
import { logChange } from './log-change'

type Person = Pick<Viewer, 'id' | 'role'>

const FIELDS = ['name', 'term', 'timeZone', 'graceDays'] as const

/**
 * Changes name, term, time zone and grace days. Deadlines stay the moments they are; late days are counted anew.
 * @throws ProblemError as changeClass
 */
export function changeSettings(viewer: Person, classId: string, body: ClassBody): Promise<ClassView> {
  return changeClass(viewer, classId, 'class.settings', async (db, entry) => {
    const changes = FIELDS.filter((field) => entry.class[field] !== body[field])
      .map((field) => [field, { from: entry.class[field], to: body[field] }] as const)
    if (changes.length === 0) return toClassView(entry.class, entry.role)
    await logChange(db, entry, 'class.settings-changed', Object.fromEntries(changes))
    return toClassView(await updateClass(db, classId, body), entry.role)
  })
}

/** Archives the class, after which it can only be read, or brings it back. */
export function archiveClass(viewer: Person, classId: string, archived: boolean): Promise<ClassView> {
  return changeClass(viewer, classId, 'class.archive', async (db, entry) => {
    if ((entry.class.archivedAt !== null) === archived) return toClassView(entry.class, entry.role)
    await logChange(db, entry, archived ? 'class.archived' : 'class.brought-back', {})
    const row = await updateClass(db, classId, { archivedAt: archived ? new Date() : null })
    return toClassView(row, entry.role)
  })
}
