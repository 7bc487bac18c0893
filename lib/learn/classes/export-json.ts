import type { Viewer } from '@/lib/contract/account'
import type { StudentRow } from '@/lib/db/cells'
import { listSections } from '@/lib/db/class-sections'
import { listCommentsForExport, listSubmissionsForExport, type ExportedExercise } from '@/lib/db/export'
import { listOverridesOfClass, type OverrideRow } from '@/lib/db/mark-overrides'
import type { SetRow } from '@/lib/db/problem-sets'
import type { StudentMarks } from '@/lib/marks/marks'
import { markClass, type ClassMarks, type StudentOfClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { safeFileName } from './export-file-name'
import { groupBy } from './group-by'
import { logChange } from './log-change'
import { byStudentName, toStudent } from './students'

type Asker = Pick<Viewer, 'id' | 'role'>

/** Raised when what is there gets another name or meaning; additions leave it. */
const FORMAT = 1

/** Students whose submissions are read at a time. */
const BATCH = 20

export interface ExportedStream<T> {
  /** File name, without folder. */
  name: string
  chunks: AsyncIterable<T>
}

/**
 * Everything of a class as JSON, in pieces: its sets with policies and exceptions, and for each student the marks,
 * every change by hand, the comments and the submissions for exercises of the sets since those opened. Sources are not
 * in it; they leave by set.
 * Marks are hundredths of a point, moments are ISO 8601 in UTC.
 */
export async function exportJson(viewer: Asker, classId: string): Promise<ExportedStream<string>> {
  const { name, head, students, exercises } = await enterClass(viewer, classId, 'marks.export', async (db, entry) => {
    await countUse(entry, 'export')
    const [marks, overrides, sections] = await Promise.all([
      markClass(db, entry.class), listOverridesOfClass(db, entry.class.id), listSections(db, entry.class.id),
    ])
    await logChange(db, entry, 'class.exported', { format: 'json' })
    const { id, name, term, timeZone, graceDays, archivedAt } = entry.class
    const head = {
      format: FORMAT, exportedAt: new Date(marks.now),
      class: { id, name, term, timeZone, graceDays, archivedAt },
      sections: sections.map(({ id, name }) => ({ id, name })),
      sets: marks.sets.map(({ row }) => describeSet(row, marks.students)),
    }
    const overridesOf = groupBy(overrides, ({ userId }) => userId)
    const students = [...marks.students].sort(byStudentName).map((student) => ({
      id: student.userId, about: describeStudent(student, overridesOf.get(student.userId) ?? []),
    }))
    const exercises = exercisesOf(marks)
    const fileName = `${safeFileName(name)} ${head.exportedAt.toISOString().slice(0, 10)}.json`
    return { name: fileName, head, students, exercises }
  })

  async function* chunks(): AsyncGenerator<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"students":[`
    for (let start = 0; start < students.length; start += BATCH) {
      const batch = students.slice(start, start + BATCH)
      const ids = batch.map(({ id }) => id)
      const [submissions, comments] = await enterClass(viewer, classId, 'marks.export', (db) => Promise.all([
        listSubmissionsForExport(db, ids, exercises), listCommentsForExport(db, classId, ids),
      ]))
      yield batch.map(({ id, about }, index) => {
        const own = submissions.filter(({ userId }) => userId === id).map(({ userId: _, ...submission }) => ({
          ...submission,
          comments: comments.filter(({ submissionId }) => submissionId === submission.id)
            .map(({ submissionId: _id, author, ...comment }) => ({ ...comment, author: author?.name ?? null })),
        }))
        return `${start + index === 0 ? '' : ','}\n${JSON.stringify({ ...about, submissions: own })}`
      }).join('')
    }
    yield '\n]}\n'
  }
  return { name, chunks: chunks() }
}

/** Every exercise of the sets once, with the first opening of a set that contains it. */
function exercisesOf({ sets }: ClassMarks): ExportedExercise[] {
  const openings = new Map<string, number>()
  for (const { set: { opensAt, items } } of sets) {
    for (const { exercise } of items) openings.set(exercise, Math.min(opensAt, openings.get(exercise) ?? Infinity))
  }
  return [...openings].map(([exercise, opensAt]) => ({ exercise, opensAt: new Date(opensAt) }))
}

function describeSet(set: SetRow, students: readonly { member: StudentRow }[]) {
  const { id, title, intro, opensAt, dueAt, closesAt, latePolicy, publishedAt } = set
  const { attemptLimit, coolDownSeconds, reveal, pickCount } = set
  const present = new Set(students.map(({ member }) => member.userId))
  return {
    id, title, intro, opensAt, dueAt, closesAt, latePolicy, attemptLimit, coolDownSeconds, reveal, pickCount,
    publishedAt,
    items: set.items.map(({ id, exercise, points, kind }) => ({ id, exercise, points, kind })),
    exceptions: set.exceptions
      .filter(({ userId }) => userId === null || present.has(userId))
      .map(({ userId, sectionId, dueAt, closesAt, attemptLimit, exempt, reason, createdAt }) => {
        return { student: userId, section: sectionId, dueAt, closesAt, attemptLimit, exempt, reason, createdAt }
      }),
  }
}

function describeStudent({ member, marks }: StudentOfClass, overrides: readonly OverrideRow[]) {
  return {
    ...toStudent(member),
    sectionId: member.sectionId,
    joinedAt: member.joinedAt,
    total: marks.total,
    max: marks.max,
    graceDaysLeft: marks.graceDaysLeft,
    marks: marks.sets.map(describeMarks),
    overrides: overrides.map(({ id, itemId, mark, reason, giver, givenAt }) => {
      return { id, item: itemId, mark, reason, givenBy: giver?.name ?? null, givenAt }
    }),
  }
}

function describeMarks({ setId, cells, ...set }: StudentMarks['sets'][number]) {
  return {
    set: setId, ...set,
    items: cells.map(({ itemId, submissionId, ...cell }) => ({ item: itemId, submission: submissionId, ...cell })),
  }
}
