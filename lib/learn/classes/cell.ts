import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import type { CellSource, CellSubmission, CellView } from '@/lib/contract/marking'
import { ProblemError } from '@/lib/contract/problem'
import { Verdict, verdictView } from '@/lib/contract/verdict'
import { listAppliedResults } from '@/lib/db/applied-regrades'
import { findPublishedItem, findStudent, listStudents, type StudentRow } from '@/lib/db/cells'
import {
  findCellSubmission, getSource, listCellSubmissions, type CellOf, type CellSubmissionRow,
} from '@/lib/db/cell-submissions'
import type { Queries } from '@/lib/db/client'
import { countComments, listComments } from '@/lib/db/comments'
import { listOverrides } from '@/lib/db/mark-overrides'
import { isExcepted } from '@/lib/marks/marks'
import type { Terms } from '@/lib/marks/terms'
import { catalogue } from '../catalogue'
import { explainSubmissions, type Standing } from './cell-standing'
import { markClass } from './class-marks'
import { toComment } from './comments'
import { enterClass, mayNow, type Entry } from './enter-class'
import { exceptionsFor } from './marked-set'
import { toOverride } from './overrides'
import { compareStudents, toRef, toStudent } from './students'

type Asker = Pick<Viewer, 'id' | 'role'>

/**
 * Everything about one student's work on one exercise of a published set, but the sources. What they submitted before
 * the set opened is no part of it.
 * @throws ProblemError `not-found` for students and exercises that are none of the class
 */
export async function getCell(viewer: Asker, classId: string, studentId: string, itemId: string): Promise<CellView> {
  const known = await catalogue()
  return enterClass(viewer, classId, 'marks.view', async (db, entry) => {
    const { student, of } = await openCell(db, entry, studentId, itemId)
    const [marks, submissions, overrides, students] = await Promise.all([
      markClass(db, entry.class, { userIds: [studentId] }),
      listCellSubmissions(db, of),
      listOverrides(db, itemId, studentId),
      listStudents(db, entry.class.id),
    ])
    const comments = await countComments(db, entry.class.id, submissions.map(({ id }) => id))
    const place = marks.sets.findIndex(({ set }) => set.items.some(({ id }) => id === itemId))
    const own = marks.students[0]
    const set = marks.sets[place]
    const item = set?.set.items.find(({ id }) => id === itemId)
    const setMarks = own?.marks.sets[place]
    const cell = setMarks?.cells.find((each) => each.itemId === itemId)
    const terms = own?.terms[place]
    // It was there a moment ago.
    if (!set || !item || !setMarks || !cell || !terms) throw nothingThere()
    const standings = explainSubmissions({
      terms, points: item.points, graceDays: setMarks.graceDays, counting: cell.submissionId, submissions,
    })
    const { own: ownException, section } = exceptionsFor(set.row, studentId, student.sectionId)
    return {
      class: {
        id: entry.class.id, name: entry.class.name, timeZone: entry.class.timeZone,
        archived: entry.class.archivedAt !== null,
      },
      student: toStudent(student),
      set: { id: set.row.id, title: set.row.title },
      item: {
        id: itemId, exercise: of.exercise, title: known.findExercise(of.exercise)?.manifest.title ?? null,
        points: item.points,
      },
      terms: { ...toTerms(terms), excepted: isExcepted(set.set, ownException, section) },
      mark: cell.mark,
      computed: cell.computed,
      overridden: cell.overridden,
      submissions: submissions.map((row, index): CellSubmission => {
        return { ...toSubmission(row), ...standings[index]!, comments: comments.get(row.id) ?? 0 }
      }).reverse(),
      overrides: overrides.map(toOverride),
      ...neighboursOf(students, studentId),
      may: { comment: mayNow(entry, 'comments.write'), override: mayNow(entry, 'marks.override') },
    }
  })
}

/**
 * One submission of a cell with what was submitted, before it, and said of it.
 * @throws ProblemError `not-found` for submissions that are none of the cell's
 */
export async function getCellSource(
  viewer: Asker, classId: string, { student: studentId, item: itemId, submission: submissionId }: {
    student: string
    item: string
    submission: string
  },
): Promise<CellSource> {
  const known = await catalogue()
  return enterClass(viewer, classId, 'marks.view', async (db, entry) => {
    const { of } = await openCell(db, entry, studentId, itemId)
    const found = Id.safeParse(submissionId).success ? await findCellSubmission(db, of, submissionId) : null
    if (!found) throw nothingThere()
    const submissions = await listCellSubmissions(db, of)
    const index = submissions.findIndex(({ id }) => id === found.id)
    const before = submissions[index - 1]
    const comments = await listComments(db, entry.class.id, found.id)
    return {
      id: found.id,
      exercise: of.exercise,
      submittedAt: found.submittedAt.toISOString(),
      state: found.state,
      source: found.source,
      verdict: found.verdict
        && verdictView(await findCounting(db, submissions[index], Verdict.parse(found.verdict.detail)), null),
      before: before ? await toSource(db, before.id) : null,
      starter: known.findExercise(of.exercise)?.page.starter ?? null,
      comments: comments.map((row) => toComment(row, entry)),
    }
  })
}

/** The student and the work that a cell is about. */
async function openCell(
  db: Queries, entry: Entry, studentId: string, itemId: string,
): Promise<{ student: StudentRow; of: CellOf }> {
  if (!Id.safeParse(studentId).success || !Id.safeParse(itemId).success) throw nothingThere()
  const [student, item] = await Promise.all([
    findStudent(db, entry.class.id, studentId), findPublishedItem(db, entry.class.id, itemId),
  ])
  if (!student || !item) throw nothingThere()
  return { student, of: { userId: studentId, ...item } }
}

function nothingThere(): ProblemError {
  return new ProblemError('not-found', 'The gradebook of this class has no such cell.')
}

/** The verdict whose score counts: the submission's own, or that of a regrade that took its place. */
async function findCounting(db: Queries, row: CellSubmissionRow | undefined, own: Verdict): Promise<Verdict> {
  if (!row?.regraded) return own
  const applied = (await listAppliedResults(db, row.id)).map(({ detail }) => Verdict.parse(detail))
  return applied.find(({ score, maxScore }) => score === row.score && maxScore === row.maxScore) ?? own
}

async function toSource(db: Queries, id: string): Promise<CellSource['before']> {
  const { submittedAt, source } = await getSource(db, id)
  return { id, submittedAt: submittedAt.toISOString(), source }
}

function toSubmission(
  { id, submittedAt, state, score, maxScore, regraded }: CellSubmissionRow,
): Omit<CellSubmission, keyof Standing | 'comments'> {
  return { id, submittedAt: submittedAt.toISOString(), state, score, maxScore, regraded }
}

function toTerms(
  { opensAt, dueAt, closesAt, latePolicy, attemptLimit, exempt }: Terms,
): Omit<CellView['terms'], 'excepted'> {
  const iso = (at: number) => new Date(at).toISOString()
  return { opensAt: iso(opensAt), dueAt: iso(dueAt), closesAt: iso(closesAt), latePolicy, attemptLimit, exempt }
}

/** Those beside a student in the gradebook, as it stands at first. */
function neighboursOf(students: readonly StudentRow[], studentId: string): Pick<CellView, 'previous' | 'next'> {
  const people = [...students].sort(compareStudents).map(toRef)
  const index = people.findIndex(({ id }) => id === studentId)
  return { previous: people[index - 1] ?? null, next: people[index + 1] ?? null }
}
