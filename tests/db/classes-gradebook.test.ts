import { beforeAll, describe, expect, it } from 'vitest'
import { Gradebook, OwnMarks } from '@/lib/contract/gradebook'
import { updateMember } from '@/lib/db/class-members'
import type { ClassRow } from '@/lib/db/classes'
import { addOverride } from '@/lib/db/mark-overrides'
import type { SetRow } from '@/lib/db/problem-sets'
import { putException } from '@/lib/db/set-exceptions'
import { markClass, readGradebook, readOwnMarks } from '@/lib/learn/classes/gradebook'
import { toMarkedSet } from '@/lib/learn/classes/marked-set'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, DAY, HOUR, newCourse, newPerson, newSection, newStudent, type Person } from './support/course'
import { newSet, submitted } from './support/marked-sets'

const test = useDatabase()
useContent()

const NOW = Date.now()
const DUE = NOW - 3 * DAY
const DATES = { opensAt: DUE - 7 * DAY, dueAt: DUE, closesAt: DUE + 10 * DAY }
const AHEAD = { opensAt: NOW + DAY, dueAt: NOW + 2 * DAY, closesAt: NOW + 3 * DAY }
const ITEMS = [
  { exercise: EXERCISE, points: 10, kind: 'required' as const }, { exercise: 'gone', points: 5, kind: 'optional' as const },
]
const LATE = { kind: 'per-day' as const, percent: 25, floor: 0 }

let course: ClassRow
let instructor: Person
let set: SetRow
let item: string

async function newMarkedClass(): Promise<{ row: ClassRow; instructor: Person }> {
  const { id, instructor: teacher } = await newCourse({ graceDays: 5 })
  return { row: await test.db.class.findUniqueOrThrow({ where: { id } }), instructor: teacher }
}

beforeAll(async () => {
  ({ row: course, instructor } = await newMarkedClass())
  set = await newSet(course.id, DATES, ITEMS, { latePolicy: LATE })
  item = set.items[0]!.id
})

async function rowOf(userId: string) {
  const book = Gradebook.parse(await readGradebook(instructor, course.id))
  return book.rows[book.students.findIndex(({ id }) => id === userId)]!
}

/** The student's cell of the first exercise. */
const cellOf = async (userId: string) => (await rowOf(userId)).cells[0]!

const override = (userId: string, mark: number | null) =>
  addOverride(test.db, { itemId: item, userId, mark, reason: 'because', givenBy: instructor.id })

describe('a cell of the gradebook', () => {
  it('has nothing when nothing was handed in since the opening', async () => {
    const { id: userId } = await newStudent(course.id)
    await submitted({ userId, exercise: EXERCISE, at: DATES.opensAt - 1, score: 10 })
    expect(await cellOf(userId)).toEqual(['none', 0, 0, null, true])
  })

  it('has the best submission that was on time, whether it passed or not', async () => {
    const { id: userId } = await newStudent(course.id)
    await submitted({ userId, exercise: EXERCISE, at: DUE - HOUR, score: 3 })
    const better = await submitted({ userId, exercise: EXERCISE, at: DUE - HOUR / 2, score: 4 })
    expect(await cellOf(userId)).toEqual(['failed', 400, 0, better, true])
    const best = await submitted({ userId, exercise: EXERCISE, at: DUE, score: 10 })
    expect(await cellOf(userId)).toEqual(['passed', 1_000, 0, best, true])
    const row = await rowOf(userId)
    expect([row.total, row.max, row.sets]).toEqual([1_000, 1_000, [[1_000, true, 0]]])
  })

  it('costs what being late costs, from the first millisecond', async () => {
    const { id: userId } = await newStudent(course.id)
    const late = await submitted({ userId, exercise: EXERCISE, at: DUE + 1, score: 10 })
    expect(await cellOf(userId)).toEqual(['late', 750, 1, late, true])
  })

  it('counts no error of ours, and tells of a submission that waits', async () => {
    const { id: userId } = await newStudent(course.id)
    await submitted({ userId, exercise: EXERCISE, at: DUE - 2, score: null })
    expect(await cellOf(userId)).toEqual(['none', 0, 0, null, true])
    const known = await submitted({ userId, exercise: EXERCISE, at: DUE - 1, score: 5 })
    await submitted({ userId, exercise: EXERCISE, at: DUE })
    expect(await cellOf(userId)).toEqual(['queued', 500, 0, known, true])
  })

  it('has the mark that a person gave last, and the computed one again when that is taken back', async () => {
    const { id: userId } = await newStudent(course.id)
    await override(userId, 300)
    expect(await cellOf(userId)).toEqual(['overridden', 300, 0, null, true])
    await override(userId, 725)
    expect(await cellOf(userId)).toEqual(['overridden', 725, 0, null, true])
    expect((await rowOf(userId)).total).toBe(725)
    await override(userId, null)
    expect(await cellOf(userId)).toEqual(['none', 0, 0, null, true])
  })

  it('changes at once with an extension, the student\'s own before the section\'s', async () => {
    const sectionId = await newSection(course.id, 'North')
    const { id: userId } = await newStudent(course.id, { sectionId })
    await submitted({ userId, exercise: EXERCISE, at: DUE + DAY + 1, score: 10 })
    expect((await cellOf(userId)).slice(0, 3)).toEqual(['late', 500, 2])
    const until = (dueAt: number) => ({ dueAt: new Date(dueAt), closesAt: null, attemptLimit: null, exempt: false, reason: '' })
    await putException(test.db, set.id, { sectionId }, until(DUE + 2 * DAY))
    expect((await cellOf(userId)).slice(0, 3)).toEqual(['passed', 1_000, 0])
    await putException(test.db, set.id, { userId }, until(DUE + DAY))
    expect((await cellOf(userId)).slice(0, 3)).toEqual(['late', 750, 1])
    // The set has gone past it.
    await putException(test.db, set.id, { userId }, until(DUE - 2 * DAY))
    expect((await cellOf(userId)).slice(0, 3)).toEqual(['late', 500, 2])
  })

  it('is no part of the total of somebody who is exempt', async () => {
    const { id: userId } = await newStudent(course.id)
    await submitted({ userId, exercise: EXERCISE, at: DUE, score: 10 })
    await putException(test.db, set.id, { userId }, { dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: '' })
    const row = await rowOf(userId)
    expect(row.cells[0]!.slice(0, 2)).toEqual(['exempt', 1_000])
    expect([row.total, row.max]).toEqual([0, 0])
  })
})

describe('the gradebook', () => {
  it('has the students who are in the class now, by name, and neither staff nor those who were removed', async () => {
    const { row, instructor: teacher } = await newMarkedClass()
    const [zoe, bob] = [await newStudent(row.id, { name: 'Zoe' }), await newStudent(row.id, { name: 'Bob' })]
    const removed = await newStudent(row.id)
    await updateMember(test.db, row.id, removed.id, { removedAt: new Date() })
    const book = await readGradebook(teacher, row.id)
    expect(book.students.map(({ id }) => id)).toEqual([bob.id, zoe.id])
    expect(book.rows).toHaveLength(2)
  })

  it('has the published sets with their exercises, and counts those that have opened', async () => {
    const { row, instructor: teacher } = await newMarkedClass()
    await newSet(row.id, DATES, ITEMS, { published: false, title: 'Draft' })
    await newSet(row.id, AHEAD, ITEMS, { title: 'Next week' })
    await newSet(row.id, DATES, ITEMS, { title: 'This week' })
    await newStudent(row.id)
    const book = await readGradebook(teacher, row.id)
    expect(book.sets.map(({ title, max }) => [title, max])).toEqual([['This week', 1_000], ['Next week', 1_000]])
    expect(book.sets[0]!.items.map(({ exercise, title }) => [exercise, title?.en])).toEqual([[EXERCISE, 'Adder'], ['gone', undefined]])
    expect(book.rows[0]!.max).toBe(1_000)
    expect(book.rows[0]!.cells).toHaveLength(4)
  })

  it('is for staff alone', async () => {
    const student = await newStudent(course.id)
    const assistant = await newPerson()
    await addMember(course.id, assistant.id, 'assistant')
    await expect(readGradebook(student, course.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(readGradebook(await newPerson(), course.id)).rejects.toMatchObject({ code: 'not-found' })
    expect((await readGradebook(assistant, course.id)).classId).toBe(course.id)
  })
})

describe('a student\'s own marks', () => {
  it('are theirs alone, and tell nothing of sets that have not opened', async () => {
    const { row, instructor: teacher } = await newMarkedClass()
    const opened = await newSet(row.id, DATES, ITEMS, { latePolicy: { kind: 'grace-days', most: 2 } })
    await newSet(row.id, AHEAD, ITEMS)
    const [ada, ben] = [await newStudent(row.id), await newStudent(row.id)]
    await submitted({ userId: ben.id, exercise: EXERCISE, at: DUE, score: 10 })
    const late = await submitted({ userId: ada.id, exercise: EXERCISE, at: DUE + 1, score: 5 })
    const marks = OwnMarks.parse(await readOwnMarks(ada, row.id))
    expect([marks.total, marks.max, marks.graceDaysLeft]).toEqual([500, 1_000, 4])
    expect(marks.sets.map(({ setId, graceDays }) => [setId, graceDays])).toEqual([[opened.id, 1]])
    expect(marks.sets[0]!.cells[0]).toEqual({
      itemId: opened.items[0]!.id, exercise: EXERCISE, state: 'late', mark: 500, max: 1_000, submissionId: late, lateDays: 1,
      percent: 100, counts: true,
    })
    expect(await readOwnMarks(teacher, row.id)).toBeNull()
    await expect(readOwnMarks(await newPerson(), row.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('marks of an archived class', () => {
  it('stand still: what is submitted from then on and sets that open later are no part of them', async () => {
    const { row, instructor: teacher } = await newMarkedClass()
    await newSet(row.id, { opensAt: NOW - 3 * DAY, dueAt: NOW + DAY, closesAt: NOW + DAY }, ITEMS)
    await newSet(row.id, { opensAt: NOW - DAY, dueAt: NOW + DAY, closesAt: NOW + DAY }, ITEMS)
    const { id: userId } = await newStudent(row.id)
    const archivedAt = NOW - 2 * DAY
    await submitted({ userId, exercise: EXERCISE, at: archivedAt, score: 4 })
    await submitted({ userId, exercise: EXERCISE, at: archivedAt + 1, score: 10 })
    const totals = async () => (await readGradebook(teacher, row.id)).rows.map(({ total, max }) => [total, max])
    expect(await totals()).toEqual([[1_000, 2_000]])
    await test.db.class.update({ where: { id: row.id }, data: { archivedAt: new Date(archivedAt) } })
    expect(await totals()).toEqual([[400, 1_000]])
    expect((await readOwnMarks({ id: userId, role: 'learner' }, row.id))?.sets).toHaveLength(1)
  })
})

describe('marks as they would be', () => {
  it('rest on the sets that are given instead of the stored ones, whose openings count too', async () => {
    const { row } = await newMarkedClass()
    const stored = await newSet(row.id, DATES, ITEMS)
    const { id: userId } = await newStudent(row.id)
    await submitted({ userId, exercise: EXERCISE, at: DUE - HOUR, score: 10 })
    await submitted({ userId, exercise: EXERCISE, at: DUE, score: 4 })
    const total = async (sets?: ReturnType<typeof toMarkedSet>[]) =>
      (await markClass(test.db, row, sets ? { sets } : {})).students[0]!.marks.total
    const marked = toMarkedSet(stored)
    expect(await total()).toBe(1_000)
    expect(await total([{ ...marked, opensAt: DUE - 1 }])).toBe(400)
    expect(await total([{ ...marked, items: marked.items.map((each) => ({ ...each, points: 3 })) }])).toBe(300)
  })

  it('can be asked for some students alone', async () => {
    const { row } = await newMarkedClass()
    const [ada] = [await newStudent(row.id), await newStudent(row.id)]
    const { students } = await markClass(test.db, row, { userIds: [ada.id, instructor.id] })
    expect(students.map(({ userId }) => userId)).toEqual([ada.id])
    expect((await markClass(test.db, row, { userIds: [] })).students).toEqual([])
  })
})
