import { describe, expect, it } from 'vitest'
import type { OverrideBody } from '@/lib/contract/marking'
import { archiveClass } from '@/lib/learn/classes/settings'
import { getCell, getCellSource } from '@/lib/learn/classes/cell'
import { addComment, deleteComment, editComment, listReceivedComments } from '@/lib/learn/classes/comments'
import { grantException } from '@/lib/learn/classes/exceptions'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { overrideMark, undoOverride } from '@/lib/learn/classes/overrides'
import { listOwnAttempts } from '@/lib/learn/classes/sets'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { logOf } from './support/classes'
import { addMember, DAY, HOUR, newCourse, newPerson, newSet, newStudent, newSubmission, type Person } from './support/course'
import { untilSomebodyWaits } from './support/locks'
import { regraded } from './support/marked-sets'

const test = useDatabase()
useContent()

const OPENED = Date.now() - 10 * DAY
const NO_EXCEPTION = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }

/** A class with a set of one exercise of 10 points, open for 10 days, due 5 days ago, and a student. */
async function newWork({ graceDays = 0, ...parts }: Parameters<typeof newSet>[1] & { graceDays?: number } = {}) {
  const course = await newCourse({ graceDays })
  const assistant = await newPerson()
  await addMember(course.id, assistant.id, 'assistant')
  const set = await newSet(course, {
    opensAt: new Date(OPENED).toISOString(), dueAt: new Date(OPENED + 5 * DAY).toISOString(),
    closesAt: new Date(OPENED + 30 * DAY).toISOString(), ...parts,
  })
  const student = await newStudent(course.id, { name: 'Ada Lovelace' })
  const { id: item } = await test.db.problemSetItem.findFirstOrThrow({ where: { setId: set } })
  const read = (viewer: Person = course.instructor) => getCell(viewer, course.id, student.id, item)
  const override = (body: Partial<OverrideBody> = {}, viewer: Person = course.instructor) =>
    overrideMark(viewer, course.id, { student: student.id, item, mark: 725, reason: 'Oral exam', after: null, ...body })
  return { course, set, item, student, assistant, read, override }
}

const NOT_FOUND = { code: 'not-found' }
const FORBIDDEN = { code: 'forbidden' }

describe('a cell', () => {
  it('has all submissions with what each is worth, and says which counts and why the others do not', async () => {
    const { student, read } = await newWork({ latePolicy: { kind: 'per-day', percent: 10, floor: 50 }, attemptLimit: 4 })
    const less = await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const error = await newSubmission(student.id, OPENED + 2 * HOUR, { verdict: 'error', score: 0, reason: 'internal-error' })
    const late = await newSubmission(student.id, OPENED + 6 * DAY + HOUR)
    const later = await newSubmission(student.id, OPENED + 8 * DAY)
    const last = await newSubmission(student.id, OPENED + 8 * DAY + 1, { score: 3 })
    const fifth = await newSubmission(student.id, OPENED + 9 * DAY)
    const cell = await read()
    expect(cell.submissions.map(({ id, standing, number, lateDays, percent, mark }) => [id, standing, number, lateDays, percent, mark])).toEqual([
      [fifth, 'over-limit', 5, 4, null, null],
      [last, 'less', 4, 4, 60, 180],
      [later, 'less', 3, 3, 70, 700],
      [late, 'counts', 2, 2, 80, 800],
      [error, 'error', null, 0, null, null],
      [less, 'less', 1, 0, 100, 400],
    ])
    expect(cell).toMatchObject({ mark: 800, computed: 800, overridden: false, item: { points: 10, exercise: EXERCISE } })
  })

  it('has nothing of what was submitted before the set opened', async () => {
    const { student, read } = await newWork({ attemptLimit: 1 })
    await newSubmission(student.id, OPENED - 1)
    const first = await newSubmission(student.id, OPENED, { score: 4 })
    expect((await read()).submissions).toMatchObject([{ id: first, number: 1, standing: 'counts' }])
  })

  it('counts a fault of ours that a regrade has graded, which takes no attempt from what came after', async () => {
    const { course, set, student, read } = await newWork({ attemptLimit: 2 })
    const first = await newSubmission(student.id, OPENED + HOUR, { score: 2 })
    const fault = await newSubmission(student.id, OPENED + 2 * HOUR, { verdict: 'error', score: 0, reason: 'internal-error' })
    const pass = await newSubmission(student.id, OPENED + 3 * HOUR)
    const standings = async () => (await read()).submissions.map(({ id, number, standing }) => [id, number, standing])
    const untouched = [[pass, 2, 'counts'], [fault, null, 'error'], [first, 1, 'less']]
    expect(await standings()).toEqual(untouched)
    await regraded(fault, 4, { appliedAt: Date.now(), lowered: false })
    expect(await standings()).toEqual([[pass, 2, 'counts'], [fault, null, 'less'], [first, 1, 'less']])
    expect((await readGradebook(course.instructor, course.id)).rows[0]?.cells[0]).toEqual(['passed', 1_000, 0, pass, true])
    expect(await listOwnAttempts(student, course.id, set)).toMatchObject([{ used: 2 }])
  })

  it('takes what a regrade made of a fault of ours for the mark, unless no attempt was left for it', async () => {
    const { student, read } = await newWork({ attemptLimit: 1 })
    const fault = await newSubmission(student.id, OPENED + HOUR, { verdict: 'error', score: 0, reason: 'internal-error' })
    const first = await newSubmission(student.id, OPENED + 2 * HOUR, { score: 2 })
    const after = await newSubmission(student.id, OPENED + 3 * HOUR, { verdict: 'error', score: 0, reason: 'internal-error' })
    for (const id of [fault, after]) await regraded(id, 10, { appliedAt: Date.now(), lowered: false })
    const { submissions, mark } = await read()
    expect(mark).toBe(1_000)
    expect(submissions.map(({ id, number, standing, mark: own }) => [id, number, standing, own])).toEqual([
      [after, null, 'over-limit', null], [first, 1, 'less', 200], [fault, null, 'counts', 1_000],
    ])
  })

  it('calls late what came when nothing was to be had, and waiting what has no verdict', async () => {
    const { student, read } = await newWork({ latePolicy: { kind: 'none' } })
    const late = await newSubmission(student.id, OPENED + 5 * DAY + 1)
    const waiting = await newSubmission(student.id, OPENED + 5 * DAY + 2)
    await test.db.verdict.delete({ where: { submissionId: waiting } })
    await test.db.submission.update({ where: { id: waiting }, data: { state: 'queued' } })
    const { submissions } = await read()
    expect(submissions.map(({ id, standing, lateDays }) => [id, standing, lateDays])).toEqual([
      [waiting, 'waiting', 0], [late, 'late', 1],
    ])
  })

  it('says where the late days of the budget did not reach', async () => {
    const { student, read } = await newWork({ latePolicy: { kind: 'grace-days', most: 5 }, graceDays: 1 })
    await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    await newSubmission(student.id, OPENED + 5 * DAY + HOUR, { score: 6 })
    await newSubmission(student.id, OPENED + 7 * DAY, { score: 10 })
    const cell = await read()
    expect(cell.submissions.map(({ standing, lateDays, mark }) => [standing, lateDays, mark])).toEqual([
      ['no-days', 2, null], ['counts', 1, 600], ['less', 0, 400],
    ])
  })

  it('has the terms that an exception gives, and says that one is behind them', async () => {
    const { course, set, student, read } = await newWork()
    expect((await read()).terms).toMatchObject({ excepted: false, attemptLimit: null })
    const dueAt = new Date(OPENED + 20 * DAY).toISOString()
    await grantException(course.instructor, course.id, set, {
      ...NO_EXCEPTION, for: { kind: 'student', id: student.id }, dueAt: dueAt.slice(0, 16), reason: 'ill',
    })
    expect((await read()).terms).toMatchObject({ excepted: true, dueAt: `${dueAt.slice(0, 16)}:00.000Z` })
  })

  it('leads to the students before and after by the names of the roster', async () => {
    const { course, student, item, read } = await newWork()
    const zoe = await newStudent(course.id, { name: 'Zoe' })
    const aaron = await newStudent(course.id, { name: 'Aaron' })
    const gone = await newStudent(course.id, { name: 'Adb' })
    await test.db.classMember.updateMany({ where: { userId: gone.id }, data: { removedAt: new Date() } })
    expect(await read()).toMatchObject({ previous: { id: aaron.id, name: 'Aaron' }, next: { id: zoe.id, name: 'Zoe' } })
    expect(await getCell(course.instructor, course.id, aaron.id, item)).toMatchObject({ previous: null, next: { id: student.id } })
  })

  it('is there for the staff of the class alone, and for students and exercises of the class alone', async () => {
    const { course, student, assistant, item, read } = await newWork()
    const other = await newWork()
    expect(await read(assistant)).toMatchObject({ may: { comment: true, override: false } })
    expect(await read()).toMatchObject({ may: { comment: true, override: true } })
    await expect(read(student)).rejects.toMatchObject(FORBIDDEN)
    await expect(read(other.course.instructor)).rejects.toMatchObject(NOT_FOUND)
    for (const [who, what] of [
      [other.student.id, item], [student.id, other.item], [assistant.id, item], [student.id, 'x'], ['x', item],
    ] as const) await expect(getCell(course.instructor, course.id, who, what)).rejects.toMatchObject(NOT_FOUND)
  })

  it('is gone while its student is removed, and while its set is a draft', async () => {
    const { student, set, read } = await newWork()
    await test.db.problemSet.update({ where: { id: set }, data: { publishedAt: null } })
    await expect(read()).rejects.toMatchObject(NOT_FOUND)
    await test.db.problemSet.update({ where: { id: set }, data: { publishedAt: new Date() } })
    await test.db.classMember.updateMany({ where: { userId: student.id }, data: { removedAt: new Date() } })
    await expect(read()).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('a submission of a cell', () => {
  it('comes with its source, its verdict, the one before it and the starter', async () => {
    const { course, student, item } = await newWork()
    const first = await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const second = await newSubmission(student.id, OPENED + 2 * HOUR)
    const source = (submission: string) => getCellSource(course.instructor, course.id, { student: student.id, item, submission })
    const found = await source(second)
    expect(found).toMatchObject({ id: second, verdict: { score: 10, tests: [{ name: 'adds' }] }, before: { id: first } })
    expect(found.before?.source).toBe((await source(first)).source)
    expect(found.starter).toContain('not implemented')
    expect(await source(first)).toMatchObject({ before: null, verdict: { score: 4 } })
  })

  it('is none from before the set opened, neither by itself nor beside the next one', async () => {
    const { course, student, item } = await newWork()
    const early = await newSubmission(student.id, OPENED - 1)
    const first = await newSubmission(student.id, OPENED)
    const get = (submission: string) => getCellSource(course.instructor, course.id, { student: student.id, item, submission })
    expect(await get(first)).toMatchObject({ id: first, before: null })
    await expect(get(early)).rejects.toMatchObject(NOT_FOUND)
  })

  it('is none of another student, another exercise, or of a class that it has nothing to do with', async () => {
    const { course, student, item } = await newWork()
    const other = await newStudent(course.id)
    const foreign = await newSubmission(other.id, OPENED + HOUR)
    const get = (submission: string) => getCellSource(course.instructor, course.id, { student: student.id, item, submission })
    await expect(get(foreign)).rejects.toMatchObject(NOT_FOUND)
    await expect(get('x')).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('comments', () => {
  it('are written by staff, and read by the staff and by the author of the submission', async () => {
    const { course, student, assistant, item, read } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const line = await addComment(assistant, course.id, { submission, line: 1, body: 'Why?' })
    await addComment(course.instructor, course.id, { submission, line: null, body: 'Well done' })
    expect(line).toMatchObject({ line: 1, body: 'Why?', own: true, author: { id: assistant.id }, editedAt: null })
    const source = await getCellSource(course.instructor, course.id, { student: student.id, item, submission })
    expect(source.comments.map(({ body, line, own }) => [body, line, own])).toEqual([['Why?', 1, false], ['Well done', null, true]])
    expect(await listReceivedComments(student.id, submission)).toMatchObject([
      { body: 'Why?', own: false, className: 'Back ends' }, { body: 'Well done' },
    ])
    expect((await read()).submissions[0]).toMatchObject({ comments: 2 })
  })

  it('are shown to nobody else: not to other students, not after being removed, not in another class', async () => {
    const { course, student, item } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    await addComment(course.instructor, course.id, { submission, line: null, body: 'Well done' })
    const other = await newWork()
    await addMember(other.course.id, student.id, 'student')
    const elsewhere = await getCellSource(other.course.instructor, other.course.id, {
      student: student.id, item: other.item, submission,
    })
    expect(elsewhere.comments).toEqual([])
    expect(await listReceivedComments(other.student.id, submission)).toEqual([])
    expect(await listReceivedComments(student.id, 'x')).toEqual([])
    expect(await listReceivedComments(student.id, submission)).toHaveLength(1)
    await test.db.classMember.updateMany({ where: { classId: course.id, userId: student.id }, data: { removedAt: new Date() } })
    expect(await listReceivedComments(student.id, submission)).toEqual([])
    await expect(getCellSource(course.instructor, course.id, { student: student.id, item, submission })).rejects.toMatchObject(NOT_FOUND)
  })

  it('are changed and taken away by their author only', async () => {
    const { course, student, assistant } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const { id } = await addComment(assistant, course.id, { submission, line: null, body: 'Wel done' })
    await expect(editComment(course.instructor, course.id, id, { body: 'Mine' })).rejects.toMatchObject(FORBIDDEN)
    await expect(deleteComment(course.instructor, course.id, id)).rejects.toMatchObject(FORBIDDEN)
    expect(await editComment(assistant, course.id, id, { body: 'Well done' })).toMatchObject({ body: 'Well done', editedAt: expect.any(String) })
    await deleteComment(assistant, course.id, id)
    expect(await listReceivedComments(student.id, submission)).toEqual([])
    await expect(deleteComment(assistant, course.id, id)).rejects.toMatchObject(NOT_FOUND)
  })

  it('of an author whose account is gone can be taken away by instructors of the class, and only by them', async () => {
    const { course, student, assistant, item } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const { id } = await addComment(assistant, course.id, { submission, line: null, body: 'Well done' })
    const { id: present } = await addComment(course.instructor, course.id, { submission, line: null, body: 'Indeed' })
    await test.db.user.delete({ where: { id: assistant.id } })
    const other = await newPerson()
    await addMember(course.id, other.id, 'assistant')
    const seenBy = async (viewer: typeof other) =>
      (await getCellSource(viewer, course.id, { student: student.id, item, submission })).comments
    expect(await seenBy(other)).toMatchObject([{ id, author: null, clearable: false }, { id: present, clearable: false }])
    expect(await seenBy(course.instructor)).toMatchObject([{ id, clearable: true, own: false }, { id: present, own: true }])
    await expect(deleteComment(other, course.id, id)).rejects.toMatchObject(FORBIDDEN)
    await expect(editComment(course.instructor, course.id, id, { body: 'Mine' })).rejects.toMatchObject(FORBIDDEN)
    await deleteComment(course.instructor, course.id, id)
    expect(await listReceivedComments(student.id, submission)).toMatchObject([{ id: present, clearable: false }])
    expect(await test.db.auditEntry.findMany({ where: { classId: course.id, action: 'class.comment-cleared' } }))
      .toMatchObject([{ actorId: course.instructor.id, detail: { submission } }])
  })

  it('are refused for submissions that are none of the class\'s work, lines that are not there, students and archived classes', async () => {
    const { course, student, assistant } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const other = await newWork()
    const foreign = await newSubmission(other.student.id, OPENED + HOUR)
    const add = (body: object, viewer = course.instructor) =>
      addComment(viewer, course.id, { submission, line: null, body: 'x', ...body })
    const early = await newSubmission(student.id, OPENED - 1)
    for (const submission of [foreign, early]) await expect(add({ submission })).rejects.toMatchObject(NOT_FOUND)
    await expect(add({ line: 2 })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(add({}, student)).rejects.toMatchObject(FORBIDDEN)
    const { id } = await add({}, assistant)
    await expect(editComment(other.course.instructor, other.course.id, id, { body: 'x' })).rejects.toMatchObject(NOT_FOUND)
    await archiveClass(course.instructor, course.id, true)
    await expect(add({})).rejects.toMatchObject({ code: 'class-archived' })
    await expect(deleteComment(assistant, course.id, id)).rejects.toMatchObject({ code: 'class-archived' })
  })
})

describe('a mark given by hand', () => {
  it('stands instead of the computed one, in the cell and in the gradebook, also without a submission', async () => {
    const { course, read, override } = await newWork()
    await override({ mark: 725 })
    expect(await read()).toMatchObject({ mark: 725, computed: 0, overridden: true, overrides: [{ mark: 725, reason: 'Oral exam' }] })
    expect((await readGradebook(course.instructor, course.id)).rows[0]).toMatchObject({
      total: 725, cells: [['overridden', 725, 0, null, true]],
    })
  })

  it('keeps every change, can be undone step by step, and the undo too', async () => {
    const { course, student, read, override } = await newWork()
    await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const [first] = await override({ mark: 725 })
    const [second] = await override({ mark: 900, after: first!.id, reason: 'Recount' })
    const undo = (id: string) => undoOverride(course.instructor, course.id, id, { reason: 'A slip' })
    const [third] = await undo(second!.id)
    expect(await read()).toMatchObject({ mark: 725, overridden: true })
    await undo(third!.id)
    expect(await read()).toMatchObject({ mark: 900, overridden: true })
    const [latest] = (await read()).overrides
    await override({ mark: null, after: latest!.id, reason: 'As computed' })
    const cell = await read()
    expect(cell).toMatchObject({ mark: 400, computed: 400, overridden: false })
    expect(cell.overrides.map(({ mark, reason, givenBy }) => [mark, reason, givenBy?.id])).toEqual([
      [null, 'As computed', course.instructor.id], [900, 'A slip', course.instructor.id], [725, 'A slip', course.instructor.id],
      [900, 'Recount', course.instructor.id], [725, 'Oral exam', course.instructor.id],
    ])
  })

  it('goes back to the computed mark when its only change is undone', async () => {
    const { course, student, read, override } = await newWork()
    await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const [given] = await override()
    await undoOverride(course.instructor, course.id, given!.id, { reason: 'A slip' })
    expect(await read()).toMatchObject({ mark: 400, overridden: false })
  })

  it('is written down in the log, who gave it and what stood before', async () => {
    const { course, student, item, override } = await newWork()
    const [given] = await override()
    await undoOverride(course.instructor, course.id, given!.id, { reason: 'A slip' })
    const log = (await logOf(course.id)).filter(({ action }) => action.startsWith('class.mark'))
    expect(log).toEqual([
      { action: 'class.mark-overridden', actorId: course.instructor.id, detail: { item, student: student.id, before: null, mark: 725 } },
      { action: 'class.mark-undone', actorId: course.instructor.id, detail: { item, student: student.id, before: 725, mark: null } },
    ])
  })

  it('does not overwrite what somebody else gave in the meantime', async () => {
    const { course, read, override } = await newWork()
    const [given] = await override({ mark: 100 })
    await expect(override({ mark: 900 })).rejects.toMatchObject({ code: 'conflict' })
    await override({ mark: 200, after: given!.id })
    await expect(undoOverride(course.instructor, course.id, given!.id, { reason: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await read()).toMatchObject({ mark: 200, overrides: [{ mark: 200 }, { mark: 100 }] })
  })

  it('is given once when two give one at the same moment', async () => {
    const { read, override } = await newWork()
    const outcomes = await Promise.allSettled([override({ mark: 100 }), override({ mark: 200 }), override({ mark: 300 })])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await read()).overrides).toHaveLength(1)
  })

  it('is refused when its exercise is taken out of the set at the same moment', async () => {
    const { item, override } = await newWork()
    const outcome = await test.db.$transaction(async (tx) => {
      await tx.problemSetItem.delete({ where: { id: item } })
      const given = override().then(() => 'given', (error) => error.code)
      await untilSomebodyWaits(test.db)
      return { given }
    })
    expect(await outcome.given).toBe('not-found')
  })

  it('is given by instructors only, for students and exercises of their class, and not in an archived one', async () => {
    const { course, student, assistant, override } = await newWork()
    const other = await newWork()
    await expect(override({}, assistant)).rejects.toMatchObject(FORBIDDEN)
    await expect(override({}, student)).rejects.toMatchObject(FORBIDDEN)
    await expect(override({}, other.course.instructor)).rejects.toMatchObject(NOT_FOUND)
    for (const body of [{ student: other.student.id }, { item: other.item }, { student: assistant.id }]) {
      await expect(override(body)).rejects.toMatchObject(NOT_FOUND)
    }
    const [foreign] = await other.override()
    await expect(undoOverride(course.instructor, course.id, foreign!.id, { reason: 'x' })).rejects.toMatchObject(NOT_FOUND)
    await archiveClass(course.instructor, course.id, true)
    await expect(override()).rejects.toMatchObject({ code: 'class-archived' })
    expect(await test.db.markOverride.count({ where: { item: { set: { classId: course.id } } } })).toBe(0)
  })
})
