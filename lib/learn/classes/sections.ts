import type { Viewer } from '@/lib/contract/account'
import { MAX_SECTIONS } from '@/lib/contract/class-limits'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import * as sections from '@/lib/db/class-sections'
import { lockClass } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { changeClass } from './enter-class'
import { logChange } from './log-change'
import { sectionKey } from './roster-plan'

type Person = Pick<Viewer, 'id' | 'role'>

/** @throws ProblemError `conflict` when a section has the name, `too-many-sections` */
export function createSection(viewer: Person, classId: string, name: string): Promise<{ id: string }> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const others = await refuseTaken(db, classId, name, null)
    if (others.length >= MAX_SECTIONS) {
      throw new ProblemError('too-many-sections', `A class has at most ${MAX_SECTIONS} sections.`)
    }
    const { id } = await sections.createSection(db, classId, name)
    await logChange(db, entry, 'class.section-created', { section: id, name })
    return { id }
  })
}

/** @throws ProblemError `not-found`; `conflict` when another section has the name */
export function renameSection(viewer: Person, classId: string, id: string, name: string): Promise<void> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const section = await getSection(db, classId, id)
    await refuseTaken(db, classId, name, id)
    await sections.renameSection(db, id, name)
    await logChange(db, entry, 'class.section-renamed', { section: id, from: section.name, to: name })
  })
}

/**
 * Deletes a section; its students stay in the class. Whoever grants it an exception meanwhile holds the class.
 * @throws ProblemError `not-found`; `conflict` while problem sets have exceptions for it, which marks rest on
 */
export function deleteSection(viewer: Person, classId: string, id: string): Promise<void> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const { name } = await getSection(db, classId, id)
    if (await sections.hasExceptions(db, id)) {
      throw conflict('has-exceptions', 'Problem sets have exceptions for this section. Delete those first.')
    }
    await sections.deleteSection(db, id)
    await logChange(db, entry, 'class.section-deleted', { section: id, name })
  })
}

/** @throws ProblemError `not-found` when the class has no such section */
export async function getSection(db: Queries, classId: string, id: string): Promise<sections.ClassSection> {
  const section = Id.safeParse(id).success ? await sections.findSection(db, classId, id) : null
  if (!section) throw new ProblemError('not-found', 'The class has no such section.')
  return section
}

/** @returns all sections of the class */
async function refuseTaken(
  db: Queries, classId: string, name: string, ownId: string | null,
): Promise<sections.SectionRow[]> {
  const all = await sections.listSections(db, classId)
  const taken = all.some((other) => other.id !== ownId && sectionKey(other.name) === sectionKey(name))
  if (taken) throw conflict('taken', 'A section of the class has this name.')
  return all
}

function conflict(rule: string, message: string): ProblemError {
  return new ProblemError('conflict', message, { issues: [{ path: 'name', rule, message }] })
}
