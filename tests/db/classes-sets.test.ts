import { describe, expect, it } from 'vitest'
import type { SetBody } from '@/lib/contract/problem-set'
import { countEarlyAttempts } from '@/lib/learn/classes/early-attempts'
import { createSet, changeSet, deleteSet, publishSet } from '@/lib/learn/classes/set-changes'
import { duplicateSet } from '@/lib/learn/classes/set-copy'
import { listSetLog } from '@/lib/learn/classes/set-log'
import { archiveClass } from '@/lib/learn/classes/settings'
import { getSet, listSets } from '@/lib/learn/classes/sets'
import { grantException } from '@/lib/learn/classes/exceptions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSet, newStudent, newSubmission, setBody } from './support/course'

const test = useDatabase()
useContent()

describe('a draft', () => {
  it('is seen by staff, and does not exist for students', async () => {
    const course = await newCourse()
    const [student, assistant] = [await newStudent(course.id), await newPerson()]
    await addMember(course.id, assistant.id, 'assistant')
    const { id } = await createSet(course.instructor, course.id, setBody())
    expect(await listSets(assistant, course.id)).toMatchObject([{ id, publishedAt: null }])
    expect(await listSets(student, course.id)).toEqual([])
    await expect(getSet(student, course.id, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is made, changed, published and deleted by instructors only', async () => {
    const course = await newCourse()
    const assistant = await newPerson()
    await addMember(course.id, assistant.id, 'assistant')
    const { id } = await createSet(course.instructor, course.id, setBody())
    const { updatedAt } = await getSet(course.instructor, course.id, id)
    for (const person of [assistant, await newStudent(course.id)]) {
      const attempts = [
        () => createSet(person, course.id, setBody()),
        () => changeSet(person, course.id, id, { ...setBody(), basedOn: updatedAt }),
        () => publishSet(person, course.id, id),
        () => deleteSet(person, course.id, id),
        () => duplicateSet(person, course.id, id, { classId: course.id, days: 0 }),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('takes exercises of the catalogue only', async () => {
    const course = await newCourse()
    const items = [{ exercise: 'nothing', points: 1, kind: 'required' as const }]
    await expect(createSet(course.instructor, course.id, setBody({ items }))).rejects.toMatchObject({
      code: 'bad-request', details: { issues: [{ path: 'items.0.exercise', rule: 'unknown-exercise' }] },
    })
  })

  it('tells before it is published how many students have attempts already, and how many have none left', async () => {
    const course = await newCourse()
    const opensAt = Date.now() - HOUR
    const { id } = await createSet(course.instructor, course.id, setBody({ attemptLimit: 2, opensAt: new Date(opensAt).toISOString() }))
    const count = () => countEarlyAttempts(course.instructor, course.id, id)
    const [one, two, before, faulty, helped, free] = await Promise.all(Array.from({ length: 6 }, () => newStudent(course.id)))
    expect(await count()).toEqual({ students: 0, spent: 0 })
    for (const student of [one!, two!, two!, helped!, helped!, free!]) await newSubmission(student.id, opensAt)
    await newSubmission(before!.id, opensAt - 1)
    await newSubmission(faulty!.id, opensAt, { verdict: 'error', score: 0, reason: 'internal-error' })
    const nothing = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }
    const grant = (student: { id: string }, parts: object) =>
      grantException(course.instructor, course.id, id, { for: { kind: 'student', id: student.id }, ...nothing, ...parts })
    await grant(helped!, { attemptLimit: 3 })
    await grant(free!, { exempt: true })
    expect(await count()).toEqual({ students: 3, spent: 1 })
    await expect(countEarlyAttempts(one!, course.id, id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('cannot be published without exercises', async () => {
    const course = await newCourse()
    const { id } = await createSet(course.instructor, course.id, setBody({ items: [] }))
    await expect(publishSet(course.instructor, course.id, id)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('of another class is not found, also by somebody who may edit both', async () => {
    const [here, there] = [await newCourse(), await newCourse()]
    await addMember(there.id, here.instructor.id, 'instructor')
    const { id } = await createSet(there.instructor, there.id, setBody())
    const wrong = deleteSet(here.instructor, here.id, id)
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' })
    expect(await getSet(here.instructor, there.id, id)).toMatchObject({ id })
  })
})

describe('a published set', () => {
  it('shows students what is inside from the opening on', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const opensAt = at(HOUR)
    const id = await newSet(course, { intro: 'Read the note.', opensAt })
    const opening = Date.parse(opensAt)
    expect(await getSet(student, course.id, id, opening - 1)).toMatchObject({ title: 'Week 1', intro: '', items: [], exceptions: null })
    expect(await getSet(student, course.id, id, opening)).toMatchObject({ intro: 'Read the note.', items: [{ exercise: EXERCISE }] })
    expect(await getSet(course.instructor, course.id, id, opening - 1)).toMatchObject({ items: [{ exercise: EXERCISE }] })
  })

  it('has the dates of each student, with the steps of a timeline moved along', async () => {
    const course = await newCourse()
    const [student, other] = [await newStudent(course.id), await newStudent(course.id)]
    const [dueAt, closesAt] = ['2026-05-01T10:00:00.000Z', '2026-05-02T10:00:00.000Z']
    const steps = [{ until: dueAt, percent: 100 }, { until: closesAt, percent: 50 }]
    const id = await newSet(course, { opensAt: '2026-04-01T10:00:00.000Z', dueAt, closesAt, latePolicy: { kind: 'timeline', steps } })
    await grantException(course.instructor, course.id, id, {
      for: { kind: 'student', id: student.id }, dueAt: '2026-05-03T10:00:00.000Z', closesAt: null, attemptLimit: null,
      exempt: false, reason: '',
    })
    expect(await getSet(student, course.id, id)).toMatchObject({
      dueAt: '2026-05-03T10:00:00.000Z', closesAt: '2026-05-03T10:00:00.000Z', excepted: true,
      latePolicy: { steps: [{ until: '2026-05-03T10:00:00.000Z' }, { until: '2026-05-04T10:00:00.000Z' }] },
    })
    expect(await getSet(other, course.id, id)).toMatchObject({ dueAt, closesAt, excepted: false, latePolicy: { steps } })
  })

  it('does not open for students once its class is archived, and stays open if it was', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const [opened, ahead] = [await newSet(course), await newSet(course, { opensAt: at(HOUR) })]
    await archiveClass(course.instructor, course.id, true)
    const items = async (set: string) => (await getSet(student, course.id, set, Date.now() + 2 * HOUR)).items.length
    expect([await items(opened), await items(ahead)]).toEqual([1, 0])
  })

  it('is said to have own dates for a student only while an exception changes something', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const set = await newSet(course)
    const { dueAt } = await getSet(course.instructor, course.id, set)
    await grantException(course.instructor, course.id, set, {
      for: { kind: 'student', id: student.id }, dueAt: at(25 * HOUR), closesAt: null, attemptLimit: null, exempt: false, reason: '',
    })
    expect(await getSet(student, course.id, set)).toMatchObject({ excepted: true })
    await test.db.setException.updateMany({ where: { setId: set }, data: { dueAt: new Date(dueAt) } })
    expect(await getSet(student, course.id, set)).toMatchObject({ excepted: false, dueAt })
  })

  it('is deleted only when its title is typed', async () => {
    const course = await newCourse()
    const id = await newSet(course, { title: 'Week 7' })
    for (const title of [undefined, '', 'week 7']) {
      await expect(deleteSet(course.instructor, course.id, id, title)).rejects.toMatchObject({ code: 'bad-request' })
    }
    await deleteSet(course.instructor, course.id, id, ' Week 7 ')
    await expect(getSet(course.instructor, course.id, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('cannot be emptied', async () => {
    const course = await newCourse()
    const id = await newSet(course)
    const { updatedAt: basedOn } = await getSet(course.instructor, course.id, id)
    const change = changeSet(course.instructor, course.id, id, { ...setBody({ items: [] }), basedOn })
    await expect(change).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('changing a set', () => {
  it('is refused when somebody else was faster', async () => {
    const course = await newCourse()
    const { id } = await createSet(course.instructor, course.id, setBody())
    const { updatedAt: basedOn } = await getSet(course.instructor, course.id, id)
    await changeSet(course.instructor, course.id, id, { ...setBody({ title: 'First' }), basedOn })
    const second = changeSet(course.instructor, course.id, id, { ...setBody({ title: 'Second' }), basedOn })
    await expect(second).rejects.toMatchObject({ code: 'conflict' })
    expect(await getSet(course.instructor, course.id, id)).toMatchObject({ title: 'First' })
  })

  it('keeps an exercise with its id and the marks given by hand', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const id = await newSet(course)
    const before = await getSet(course.instructor, course.id, id)
    await test.db.markOverride.create({ data: { itemId: before.items[0]!.id, userId: student.id, mark: 500, reason: '' } })
    const items = [{ exercise: EXERCISE, points: 20, kind: 'optional' as const }]
    const after = await changeSet(course.instructor, course.id, id, { ...setBody({ items }), basedOn: before.updatedAt })
    expect(after.items).toEqual([{ id: before.items[0]!.id, exercise: EXERCISE, points: 20, kind: 'optional' }])
    expect(await test.db.markOverride.count({ where: { itemId: before.items[0]!.id } })).toBe(1)
  })

  it('keeps an exercise that has left the catalogue', async () => {
    const course = await newCourse()
    const id = await newSet(course)
    await test.db.problemSetItem.updateMany({ where: { setId: id }, data: { exercise: 'gone' } })
    const { updatedAt: basedOn } = await getSet(course.instructor, course.id, id)
    const items = [{ exercise: 'gone', points: 3, kind: 'required' as const }]
    const change = changeSet(course.instructor, course.id, id, { ...setBody({ items }), basedOn })
    await expect(change).resolves.toMatchObject({ items: [{ exercise: 'gone', points: 3 }] })
  })

  it('is written down with what was before and after, and only if something changed', async () => {
    const course = await newCourse()
    const body = setBody({ latePolicy: { kind: 'per-day', percent: 10, floor: 50 } })
    const { id } = await createSet(course.instructor, course.id, body)
    const change = async (parts: Partial<SetBody>) => {
      const { updatedAt: basedOn } = await getSet(course.instructor, course.id, id)
      await changeSet(course.instructor, course.id, id, { ...body, ...parts, basedOn })
    }
    await change({})
    await change({ attemptLimit: 3 })
    expect(await listSetLog(course.instructor, course.id, id)).toMatchObject([
      { action: 'set.changed', actor: 'Ada', detail: { attemptLimit: { before: null, after: 3 } } },
      { action: 'set.created' },
    ])
  })

  it('is refused in an archived class', async () => {
    const course = await newCourse()
    const { id } = await createSet(course.instructor, course.id, setBody())
    await test.db.class.update({ where: { id: course.id }, data: { archivedAt: new Date() } })
    await expect(publishSet(course.instructor, course.id, id)).rejects.toMatchObject({ code: 'class-archived' })
  })
})

describe('a copy of a set', () => {
  it('keeps the time by the clock over a clock change, timeline steps too, and is a draft', async () => {
    const course = await newCourse({ timeZone: 'Europe/Berlin' })
    // 23:59 in Berlin on 20 March 2026, before clocks go forward on 29 March.
    const [due, close] = ['2026-03-20T22:59:00.000Z', '2026-03-21T22:59:00.000Z']
    const steps = [{ until: due, percent: 100 }, { until: close, percent: 60 }]
    const id = await newSet(course, { opensAt: '2026-03-13T08:00:00.000Z', dueAt: due, closesAt: close, latePolicy: { kind: 'timeline', steps } })
    const copy = await duplicateSet(course.instructor, course.id, id, { classId: course.id, days: 14 })
    expect(await getSet(course.instructor, course.id, copy.id)).toMatchObject({
      publishedAt: null, opensAt: '2026-03-27T08:00:00.000Z', dueAt: '2026-04-03T21:59:00.000Z', closesAt: '2026-04-04T21:59:00.000Z',
      latePolicy: { steps: [{ until: '2026-04-03T21:59:00.000Z' }, { until: '2026-04-04T21:59:00.000Z' }] },
      items: [{ exercise: EXERCISE, points: 10, kind: 'required' }],
    })
  })

  it('shows the same times on the clocks of another class, and leaves exceptions behind', async () => {
    const [course, there] = [await newCourse({ timeZone: 'Asia/Shanghai' }), await newCourse({ timeZone: 'America/New_York' })]
    await addMember(there.id, course.instructor.id, 'instructor')
    const student = await newStudent(course.id)
    // 23:59 in Shanghai.
    const due = '2026-01-10T15:59:00.000Z'
    const id = await newSet(course, { opensAt: '2026-01-01T00:00:00.000Z', dueAt: due, closesAt: due })
    await grantException(course.instructor, course.id, id, {
      for: { kind: 'student', id: student.id }, dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: '',
    })
    const copy = await duplicateSet(course.instructor, course.id, id, { classId: there.id, days: 1 })
    expect(await getSet(course.instructor, there.id, copy.id)).toMatchObject({ dueAt: '2026-01-12T04:59:00.000Z', exceptions: 0 })
  })

  it('cannot be put into a class of others', async () => {
    const [course, there] = [await newCourse(), await newCourse()]
    const id = await newSet(course)
    const into = (classId: string) => duplicateSet(course.instructor, course.id, id, { classId, days: 0 })
    await expect(into(there.id)).rejects.toMatchObject({ code: 'not-found' })
    await addMember(there.id, course.instructor.id, 'assistant')
    await expect(into(there.id)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('sets of a class', () => {
  it('come in the order in which they are due for the viewer', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const first = await newSet(course, { dueAt: at(DAY), closesAt: at(5 * DAY) })
    const second = await newSet(course, { dueAt: at(2 * DAY), closesAt: at(5 * DAY) })
    await grantException(course.instructor, course.id, first, {
      for: { kind: 'student', id: student.id }, dueAt: at(3 * DAY), closesAt: null, attemptLimit: null, exempt: false, reason: '',
    })
    expect((await listSets(course.instructor, course.id)).map(({ id }) => id)).toEqual([first, second])
    expect((await listSets(student, course.id)).map(({ id }) => id)).toEqual([second, first])
  })

  it('do not exist for a removed student, a stranger and a student of another class', async () => {
    const [course, other] = [await newCourse(), await newCourse()]
    const id = await newSet(course)
    const [removed, stranger, elsewhere] = [await newStudent(course.id), await newPerson(), await newStudent(other.id)]
    await test.db.classMember.updateMany({ where: { userId: removed.id }, data: { removedAt: new Date() } })
    for (const person of [removed, stranger, elsewhere]) {
      await expect(listSets(person, course.id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(getSet(person, course.id, id)).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})
