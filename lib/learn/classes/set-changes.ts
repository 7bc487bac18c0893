import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import type { SetBody, SetChangeBody, SetPlace, SetView } from '@/lib/contract/problem-set'
import { writeAudit } from '@/lib/db/audit'
import type { Queries } from '@/lib/db/client'
import * as sets from '@/lib/db/problem-sets'
import { catalogue } from '../catalogue'
import { changeClass } from './enter-class'
import { differencesOf } from './set-differences'
import { refuseManySets } from './set-room'
import { toStaffView } from './set-view'
import { getSetRow } from './sets'

type Person = Pick<Viewer, 'id' | 'role'>

/**
 * Stores a new draft.
 * @throws ProblemError `bad-request` for an exercise that is not in the catalogue, or `too-many-sets`
 */
export async function createSet(viewer: Person, classId: string, body: SetBody): Promise<SetPlace> {
  const known = await catalogue()
  return changeClass(viewer, classId, 'sets.edit', async (db) => {
    assertExercises(body, (slug) => known.findExercise(slug) !== null)
    await refuseManySets(db, classId)
    const id = await sets.createSet(db, classId, toFields(body), body.items)
    const detail = { title: body.title, classId }
    await writeAudit(db, { actorId: viewer.id, action: 'set.created', subject: id, classId, detail })
    return { classId, id }
  })
}

/**
 * Changes a set. Marks follow at once, as they are computed from it whenever somebody looks.
 * @throws ProblemError `conflict` when somebody else has changed it since `basedOn`, or `bad-request`
 */
export async function changeSet(viewer: Person, classId: string, setId: string, body: SetChangeBody): Promise<SetView> {
  const known = await catalogue()
  return changeClass(viewer, classId, 'sets.edit', async (db) => {
    const before = await lockSetRow(db, classId, setId)
    if (before.updatedAt.getTime() !== Date.parse(body.basedOn)) {
      throw new ProblemError('conflict', 'Somebody else has changed this set in the meantime. Reload it and try again.')
    }
    const kept = new Set(before.items.map(({ exercise }) => exercise))
    assertExercises(body, (slug) => kept.has(slug) || known.findExercise(slug) !== null)
    if (before.publishedAt && body.items.length === 0) throw needsExercises()
    await sets.updateSet(db, before, toFields(body), body.items)
    const after = await getSetRow(db, classId, setId)
    const differences = differencesOf(before, after)
    if (Object.keys(differences).length > 0) {
      await writeAudit(db, {
        actorId: viewer.id, action: 'set.changed', subject: before.id, classId, detail: differences,
      })
    }
    return toStaffView(after)
  })
}

/** Lets students see the set; publishing again changes nothing. @throws ProblemError `bad-request` while it is empty */
export function publishSet(viewer: Person, classId: string, setId: string): Promise<SetView> {
  return changeClass(viewer, classId, 'sets.edit', async (db) => {
    const before = await lockSetRow(db, classId, setId)
    if (before.publishedAt) return toStaffView(before)
    if (before.items.length === 0) throw needsExercises()
    await sets.setPublishedAt(db, setId, new Date())
    const detail = { title: before.title }
    await writeAudit(db, { actorId: viewer.id, action: 'set.published', subject: before.id, classId, detail })
    return toStaffView(await getSetRow(db, classId, setId))
  })
}

/**
 * Deletes a set with its exceptions and the marks given by hand in it. Submissions stay.
 * @param title as it was typed to confirm; drafts need none
 * @throws ProblemError `bad-request` for a published set whose title is another one
 */
export function deleteSet(viewer: Person, classId: string, setId: string, title?: string): Promise<void> {
  return changeClass(viewer, classId, 'sets.edit', async (db) => {
    const before = await lockSetRow(db, classId, setId)
    if (before.publishedAt && title?.trim() !== before.title) {
      throw new ProblemError('bad-request', 'Type the title of the set to delete it.', {
        issues: [{ path: 'title', rule: 'not-the-title', message: 'must be the title of the set' }],
      })
    }
    await sets.deleteSet(db, setId)
    const detail = { title: before.title, classId, published: before.publishedAt !== null }
    await writeAudit(db, { actorId: viewer.id, action: 'set.deleted', subject: before.id, classId, detail })
  })
}

/** The set, which nobody else changes until the transaction ends. */
export async function lockSetRow(db: Queries, classId: string, setId: string): Promise<sets.SetRow> {
  const { id } = await getSetRow(db, classId, setId)
  await sets.lockSet(db, classId, id)
  return getSetRow(db, classId, id)
}

/** What is stored of a body; the exercises come apart. */
export function toFields(body: SetBody): sets.SetFields {
  const { title, intro, attemptLimit, coolDownSeconds, reveal, pickCount, latePolicy } = body
  return {
    title, intro, attemptLimit, coolDownSeconds, reveal, pickCount, latePolicy,
    opensAt: new Date(body.opensAt),
    dueAt: new Date(body.dueAt),
    closesAt: new Date(body.closesAt),
  }
}

/** Exercises that have left the catalogue may stay where they are; nobody can add them. */
function assertExercises({ items }: SetBody, isAllowed: (slug: string) => boolean): void {
  const issues = items.flatMap(({ exercise }, index) => {
    if (isAllowed(exercise)) return []
    return [{ path: `items.${index}.exercise`, rule: 'unknown-exercise', message: 'is not in the catalogue' }]
  })
  if (issues.length > 0) throw new ProblemError('bad-request', 'Some exercises are not in the catalogue.', { issues })
}

function needsExercises(): ProblemError {
  const issues = [{ path: 'items', rule: 'empty', message: 'must have at least one exercise' }]
  return new ProblemError('bad-request', 'A published set needs at least one exercise.', { issues })
}
