import { expect, it } from 'vitest'
import type { SetBody } from '@/lib/contract/problem-set'
import { grantException } from '@/lib/learn/classes/exceptions'
import { readOwnMarks } from '@/lib/learn/classes/gradebook'
import { changeSet } from '@/lib/learn/classes/set-changes'
import { previewSet } from '@/lib/learn/classes/set-preview'
import { getSet } from '@/lib/learn/classes/sets'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, DAY, HOUR, newCourse, newPerson, newSection, newSet, newStudent, newSubmission, setBody } from './support/course'

const test = useDatabase()
useContent()

/** A set that was due a day ago, with one student on time and one two hours late. */
async function newLateClass() {
  const course = await newCourse()
  const [early, late] = [await newStudent(course.id, { name: 'Early' }), await newStudent(course.id, { name: 'Late' })]
  await newStudent(course.id, { name: 'Absent' })
  const iso = (ms: number) => new Date(Date.now() + ms).toISOString()
  const body = setBody({
    opensAt: iso(-3 * DAY), dueAt: iso(-DAY), closesAt: iso(DAY), latePolicy: { kind: 'per-day', percent: 20, floor: 0 },
  })
  const set = await newSet(course, body)
  await newSubmission(early.id, Date.now() - DAY - HOUR)
  await newSubmission(late.id, Date.now() - DAY + 2 * HOUR)
  const preview = (parts: Partial<SetBody>) => previewSet(course.instructor, course.id, set, { ...body, ...parts })
  return { course, early, late, set, body, preview }
}

it('a change names whose marks it changes and by how much, and stores nothing', async () => {
  const { course, late, set, preview } = await newLateClass()
  const before = await getSet(course.instructor, course.id, set)
  expect(await preview({ latePolicy: { kind: 'none' } })).toEqual({
    students: 3, raised: 0, lowered: 1, overridesLost: 0, overtaken: [], max: { before: 1000, after: 1000 },
    changes: [{ userId: late.id, name: 'Late', set: { before: 800, after: 0 }, total: { before: 800, after: 0 } }],
  })
  expect(await getSet(course.instructor, course.id, set)).toEqual(before)
  expect(await readOwnMarks(late, course.id)).toMatchObject({ total: 800 })
})

it('what it tells is what happens', async () => {
  const { course, early, late, set, body, preview } = await newLateClass()
  const items = [{ exercise: EXERCISE, points: 33, kind: 'required' as const }]
  const told = await preview({ items })
  const { updatedAt: basedOn } = await getSet(course.instructor, course.id, set)
  await changeSet(course.instructor, course.id, set, { ...body, items, basedOn })
  for (const student of [early, late]) {
    const { total } = (await readOwnMarks(student, course.id))!
    expect(told.changes.find(({ userId }) => userId === student.id)?.total.after).toBe(total)
  }
  expect(told).toMatchObject({ raised: 2, lowered: 0, max: { before: 1000, after: 3300 } })
})

it('no change at all changes nobody', async () => {
  const { preview } = await newLateClass()
  expect(await preview({ title: 'Another title' })).toMatchObject({ raised: 0, lowered: 0, changes: [] })
})

it('marks given by hand that would be lost are counted', async () => {
  const { course, late, set, preview } = await newLateClass()
  const itemId = (await getSet(course.instructor, course.id, set)).items[0]!.id
  await test.db.markOverride.create({ data: { itemId, userId: late.id, mark: 1000, reason: 'Ill' } })
  expect(await preview({ latePolicy: { kind: 'none' } })).toMatchObject({ lowered: 0, overridesLost: 0 })
  expect(await preview({ items: [] })).toMatchObject({ overridesLost: 1, lowered: 2, changes: [{}, {}] })
})

it('names those whose exception has no effect any more, and takes nothing from them', async () => {
  const { course, early, late, set, body, preview } = await newLateClass()
  const sectionId = await newSection(course.id, 'North')
  await addMember(course.id, (await newPerson()).id, 'student', { sectionId })
  const gone = await newStudent(course.id, { name: 'Gone' })
  const later = (ms: number) => new Date(Date.parse(body.dueAt) + ms).toISOString()
  const grant = (kind: 'student' | 'section', id: string, dueAt: string) => grantException(course.instructor, course.id, set, {
    for: { kind, id }, dueAt, closesAt: null, attemptLimit: null, exempt: false, reason: '',
  })
  for (const { id } of [late, gone]) await grant('student', id, later(3 * HOUR))
  await grant('section', sectionId, later(HOUR))
  await grant('student', early.id, later(5 * HOUR))
  await test.db.classMember.updateMany({ where: { userId: gone.id }, data: { removedAt: new Date() } })
  expect(await preview({ dueAt: later(3 * HOUR - 1) })).toMatchObject({ overtaken: [{ for: 'section', name: 'North' }] })
  const told = await preview({ dueAt: later(4 * HOUR) })
  expect(told.overtaken).toEqual([{ for: 'student', name: 'Late' }, { for: 'section', name: 'North' }])
  expect(told.changes).toEqual([])
})

it('is for instructors only', async () => {
  const { course, early, set, body } = await newLateClass()
  const assistant = await newPerson()
  await addMember(course.id, assistant.id, 'assistant')
  for (const person of [early, assistant]) {
    await expect(previewSet(person, course.id, set, body)).rejects.toMatchObject({ code: 'forbidden' })
  }
})
