import { randomUUID } from 'node:crypto'
import type { Viewer } from '@/lib/contract/account'
import type { SetBody, SetPreview } from '@/lib/contract/problem-set'
import { listSections } from '@/lib/db/class-sections'
import { listStandingOverrides } from '@/lib/db/gradebook'
import type { SetRow } from '@/lib/db/problem-sets'
import { grantsNothing, maxOf } from '@/lib/marks/marks'
import type { MarkedSet } from '@/lib/marks/terms'
import { markClass, type StudentOfClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { toException, toMarkedSet } from './marked-set'
import { getSetRow } from './sets'
import { nameOf } from './students'

/** Most students who are named. */
const MAX_NAMED = 500

/** What would change if a published set were like `body`: marks, and whose exceptions would end. Nothing is stored. */
export function previewSet(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string, body: SetBody,
): Promise<SetPreview> {
  return enterClass(viewer, classId, 'sets.edit', async (db, entry) => {
    await countUse(entry, 'set-preview')
    const row = await getSetRow(db, classId, setId)
    const changed = toChangedSet(row, body)
    const now = await markClass(db, entry.class)
    const then = await markClass(db, entry.class, { sets: [changed] })
    const after = new Map(then.students.map((student) => [student.userId, student]))
    const place = now.sets.findIndex(({ set }) => set.id === row.id)
    const changes = place < 0 ? [] : now.students
      .flatMap((student) => changeOf(student, after.get(student.userId), place))
      .sort((a, b) => gain(a) - gain(b))
    const gone = new Set(row.items.map(({ id }) => id))
    for (const { id } of changed.items) gone.delete(id)
    return {
      students: now.students.length,
      raised: changes.filter((change) => gain(change) > 0).length,
      lowered: changes.filter((change) => gain(change) < 0).length,
      max: { before: maxOf(toMarkedSet(row)), after: maxOf(changed) },
      changes: changes.slice(0, MAX_NAMED),
      overridesLost: (await listStandingOverrides(db, classId)).filter(({ itemId }) => gone.has(itemId)).length,
      overtaken: findOvertaken(row, changed, now.students, await listSections(db, classId)).slice(0, MAX_NAMED),
    }
  })
}

/** The set as it would be: exercises keep their ids, and with them the marks given by hand; new ones get any. */
function toChangedSet(row: SetRow, body: SetBody): MarkedSet {
  const ids = new Map(row.items.map(({ id, exercise }) => [exercise, id]))
  return {
    id: row.id,
    opensAt: Date.parse(body.opensAt),
    dueAt: Date.parse(body.dueAt),
    closesAt: Date.parse(body.closesAt),
    latePolicy: body.latePolicy,
    attemptLimit: body.attemptLimit,
    pickCount: body.pickCount,
    items: body.items.map((item) => ({ ...item, id: ids.get(item.exercise) ?? randomUUID() })),
  }
}

/** The exceptions that have an effect now, and none with the changed set; those of removed students have none. */
function findOvertaken(
  row: SetRow, changed: MarkedSet, students: readonly StudentOfClass[],
  sections: readonly { id: string; name: string }[],
): SetPreview['overtaken'] {
  const marked = toMarkedSet(row)
  const ending = row.exceptions.filter((each) => {
    const exception = toException(each)
    return !grantsNothing(marked, exception) && grantsNothing(changed, exception)
  })
  return ending.flatMap(({ userId, sectionId }): SetPreview['overtaken'] => {
    const section = sections.find(({ id }) => id === sectionId)
    if (section) return [{ for: 'section', name: section.name }]
    const student = students.find((each) => each.userId === userId)
    return student ? [{ for: 'student', name: nameOf(student.member) }] : []
  })
}

type Change = SetPreview['changes'][number]

/** The change of one student's marks, or none: a part of the total that stays the same may still move between sets. */
function changeOf(
  { userId, member, marks }: StudentOfClass, after: StudentOfClass | undefined, place: number,
): Change[] {
  const [old, now] = [marks.sets[place], after?.marks.sets[place]]
  if (!after || !old || !now) return []
  const change = {
    userId,
    name: nameOf(member),
    set: { before: old.total, after: now.total },
    total: { before: marks.total, after: after.marks.total },
  }
  return gain(change) === 0 ? [] : [change]
}

/** Of the class as a whole. Where that stays, of the set: the student may be exempt, or it may not have opened. */
function gain({ set, total }: Change): number {
  return total.after - total.before || set.after - set.before
}
