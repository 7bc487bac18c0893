import type { Viewer } from '@/lib/contract/account'
import type { Gradebook, GradebookRow, GradebookSet, GradebookStudent, OwnMarks } from '@/lib/contract/gradebook'
import { listSections } from '@/lib/db/class-sections'
import { maxOf, toMark } from '@/lib/marks/marks'
import { catalogue } from '../catalogue'
import { cellState } from './cell-state'
import { markClass, type ClassMarks, type StudentOfClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { byStudentName, toRef } from './students'

export { markClass } from './class-marks'

type Person = Pick<Viewer, 'id' | 'role'>

/** The marks of a whole class; for its staff. */
export async function readGradebook(viewer: Person, classId: string): Promise<Gradebook> {
  const known = await catalogue()
  return enterClass(viewer, classId, 'marks.view', async (db, entry) => {
    await countUse(entry, 'gradebook')
    const row = entry.class
    const [{ now, sets, students }, sections] = await Promise.all([markClass(db, row), listSections(db, row.id)])
    const sorted = [...students].sort(byStudentName)
    return {
      classId: row.id,
      at: new Date(now).toISOString(),
      timeZone: row.timeZone,
      graceDays: row.graceDays,
      sections: sections.map(({ id, name }) => ({ id, name })),
      sets: sets.map((each) => toSetView(each, (slug) => known.findExercise(slug)?.manifest.title ?? null)),
      students: sorted.map(toStudentView),
      rows: sorted.map(toRow),
    }
  })
}

/**
 * The viewer's own marks in a class, of the sets that have opened; null for staff, who have none.
 * @throws ProblemError `not-found` for those who are not in the class
 */
export function readOwnMarks(viewer: Person, classId: string): Promise<OwnMarks | null> {
  return enterClass(viewer, classId, 'sets.view', async (db, { class: row, role }) => {
    if (role !== 'student') return null
    const { asOf, sets, students: [student] } = await markClass(db, row, { userIds: [viewer.id] })
    return student ? toOwnMarks(sets, student, asOf) : null
  })
}

function toStudentView({ member }: StudentOfClass): GradebookStudent {
  const { user: { email }, externalId, sectionId } = member
  return { ...toRef(member), email, externalId, sectionId }
}

function toSetView(
  { row, set }: ClassMarks['sets'][number], titleOf: (slug: string) => GradebookSet['items'][number]['title'],
): GradebookSet {
  return {
    id: row.id,
    title: row.title,
    opensAt: row.opensAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    closesAt: row.closesAt.toISOString(),
    pickCount: set.pickCount,
    max: maxOf(set),
    items: set.items.map(({ id, exercise, points, kind }) =>
      ({ id, exercise, points, kind, title: titleOf(exercise) })),
  }
}

function toRow(student: StudentOfClass): GradebookRow {
  const { sets, total, max, graceDaysLeft } = student.marks
  return {
    total, max, graceDaysLeft,
    sets: sets.map((set) => [set.total, set.counts, set.graceDays]),
    cells: sets.flatMap(({ cells, exempt }) => cells.map((cell): GradebookRow['cells'][number] =>
      [cellState(student, cell, exempt), cell.mark, cell.lateDays, cell.submissionId, cell.counts])),
  }
}

function toOwnMarks(sets: ClassMarks['sets'], student: StudentOfClass, asOf: number): OwnMarks {
  const { total, max, graceDaysLeft } = student.marks
  const views = sets.map(({ set }, index): OwnMarks['sets'][number] => {
    const marks = student.marks.sets[index]!
    return {
      setId: set.id,
      total: marks.total,
      max: marks.max,
      graceDays: marks.graceDays,
      exempt: marks.exempt,
      cells: set.items.map(({ exercise, points }, place) => {
        const cell = marks.cells[place]!
        const { itemId, mark, submissionId, lateDays, percent, counts } = cell
        return {
          itemId, exercise, mark, submissionId, lateDays, percent, counts, max: toMark(points),
          state: cellState(student, cell, marks.exempt),
        }
      }),
    }
  })
  return { total, max, graceDaysLeft, sets: views.filter((_, index) => sets[index]!.set.opensAt <= asOf) }
}
