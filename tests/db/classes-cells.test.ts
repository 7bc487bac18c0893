import { describe, expect, it } from 'vitest'
import { getCell, getCellSource } from '@/lib/learn/classes/cell'
import { grantException } from '@/lib/learn/classes/exceptions'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { listOwnAttempts } from '@/lib/learn/classes/sets'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { DAY, HOUR, newStudent, newSubmission } from './support/course'
import { regraded } from './support/marked-sets'
import { FORBIDDEN, NOT_FOUND, newWork, OPENED } from './support/marked-work'

const test = useDatabase()
useContent()

const NO_EXCEPTION = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }
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
