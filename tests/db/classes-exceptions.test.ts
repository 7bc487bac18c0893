import { describe, expect, it } from 'vitest'
import type { SetBody } from '@/lib/contract/problem-set'
import { ExceptionBody } from '@/lib/contract/set-exception'
import { importExceptions } from '@/lib/learn/classes/exception-import'
import { grantException, listExceptions, listExceptionTargets, removeException } from '@/lib/learn/classes/exceptions'
import { listSetLog } from '@/lib/learn/classes/set-log'
import { useDatabase } from '../support/database'
import { useContent } from './support/content'
import { addMember, newCourse, newPerson, newSection, newSet, newStudent } from './support/course'

const test = useDatabase()
useContent()

const DATES = { opensAt: '2026-03-01T00:00:00.000Z', dueAt: '2026-03-28T12:00:00.000Z', closesAt: '2026-03-30T12:00:00.000Z' }
const NOTHING = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }

/** A class in Berlin with a set of March 2026 and one student, whose external id is S1. */
async function newCourseWithSet(parts: Partial<SetBody> = {}) {
  const course = await newCourse({ timeZone: 'Europe/Berlin' })
  const student = await newStudent(course.id, { externalId: 'S1', name: 'Student One' })
  return { course, student, set: await newSet(course, { ...DATES, ...parts }) }
}

describe('an exception', () => {
  it('takes the place of the one before, and its removal is the end of it', async () => {
    const { course, student, set } = await newCourseWithSet()
    const grant = (parts: object) => grantException(course.instructor, course.id, set, { for: { kind: 'student', id: student.id }, ...NOTHING, ...parts })
    await grant({ dueAt: '2026-03-29T12:00:00.000Z', reason: 'Ill' })
    await grant({ exempt: true })
    const [only, ...more] = await listExceptions(course.instructor, course.id, set)
    expect(more).toEqual([])
    expect(only).toMatchObject({ name: 'Student One', for: { kind: 'student', id: student.id }, dueAt: null, exempt: true, reason: '' })
    await removeException(course.instructor, course.id, set, only!.id)
    expect(await listExceptions(course.instructor, course.id, set)).toEqual([])
    expect((await listSetLog(course.instructor, course.id, set)).map(({ action }) => action)).toEqual([
      'exception.removed', 'exception.granted', 'exception.granted', 'set.published', 'set.created',
    ])
  })

  it('must grant something', () => {
    const body = { for: { kind: 'student', id: crypto.randomUUID() }, ...NOTHING }
    expect(ExceptionBody.safeParse(body).success).toBe(false)
    expect(ExceptionBody.safeParse({ ...body, exempt: true }).success).toBe(true)
  })

  it('is one of its moment, also when it takes the place of another', async () => {
    const { course, student, set } = await newCourseWithSet()
    const section = await newSection(course.id, 'A')
    for (const target of [{ kind: 'student' as const, id: student.id }, { kind: 'section' as const, id: section }]) {
      const grant = () => grantException(course.instructor, course.id, set, { for: target, ...NOTHING, exempt: true })
      await grant()
      const long = new Date('2026-03-02T00:00:00.000Z')
      await test.db.setException.updateMany({ where: { setId: set }, data: { createdAt: long } })
      await grant()
      const [latest, ...others] = await listExceptions(course.instructor, course.id, set)
      expect(latest).toMatchObject({ for: target })
      expect(Date.parse(latest!.createdAt)).toBeGreaterThan(long.getTime())
      expect(others.every(({ for: { id } }) => id !== target.id)).toBe(true)
    }
  })

  it('is refused when it grants less than the set, to the millisecond, or contradicts itself', async () => {
    const { course, student, set } = await newCourseWithSet({ attemptLimit: 3 })
    const grant = (parts: object) => grantException(course.instructor, course.id, set, { for: { kind: 'student', id: student.id }, ...NOTHING, ...parts })
    const refused = (path: string, rule: string) => ({ code: 'bad-request', details: { issues: [{ path, rule }] } })
    await expect(grant({ dueAt: '2026-03-28T11:59:59.999Z' })).rejects.toMatchObject(refused('dueAt', 'due-before-set'))
    await expect(grant({ dueAt: DATES.dueAt })).resolves.toBeUndefined()
    await expect(grant({ closesAt: '2026-03-30T11:59:59.999Z' })).rejects.toMatchObject(refused('closesAt', 'closes-before-set'))
    await expect(grant({ closesAt: DATES.closesAt })).resolves.toBeUndefined()
    const later = { dueAt: '2026-04-01T00:00:00.001Z', closesAt: '2026-04-01T00:00:00.000Z' }
    await expect(grant(later)).rejects.toMatchObject(refused('closesAt', 'closes-before-due'))
    await expect(grant({ attemptLimit: 2 })).rejects.toMatchObject(refused('attemptLimit', 'fewer-attempts'))
    await expect(grant({ attemptLimit: 3 })).resolves.toBeUndefined()
    await test.db.problemSet.update({ where: { id: set }, data: { attemptLimit: null } })
    await expect(grant({ attemptLimit: 3 })).rejects.toMatchObject(refused('attemptLimit', 'fewer-attempts'))
  })

  it('is said to have no effect once the set grants everybody as much', async () => {
    const { course, student, set } = await newCourseWithSet()
    const dueAt = '2026-03-29T12:00:00.000Z'
    await grantException(course.instructor, course.id, set, { for: { kind: 'student', id: student.id }, ...NOTHING, dueAt })
    const overtaken = async () => (await listExceptions(course.instructor, course.id, set))[0]?.overtaken
    expect(await overtaken()).toBe(false)
    await test.db.problemSet.update({ where: { id: set }, data: { dueAt: new Date(dueAt) } })
    expect(await overtaken()).toBe(true)
  })

  it('is for present students and sections of this class only', async () => {
    const { course, student, set } = await newCourseWithSet()
    const other = await newCourse()
    const [elsewhere, section, assistant] = [await newStudent(other.id), await newSection(other.id, 'B'), await newPerson()]
    await addMember(course.id, assistant.id, 'assistant')
    const grant = (kind: 'student' | 'section', id: string) => {
      return grantException(course.instructor, course.id, set, { for: { kind, id }, ...NOTHING, exempt: true })
    }
    for (const id of [elsewhere.id, assistant.id]) await expect(grant('student', id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(grant('section', section)).rejects.toMatchObject({ code: 'not-found' })
    await test.db.classMember.updateMany({ where: { userId: student.id }, data: { removedAt: new Date() } })
    await expect(grant('student', student.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await listExceptionTargets(course.instructor, course.id)).toEqual({ students: [], sections: [] })
  })

  it('is seen by assistants, granted by instructors, and kept from students', async () => {
    const { course, student, set } = await newCourseWithSet()
    const assistant = await newPerson()
    await addMember(course.id, assistant.id, 'assistant')
    expect(await listExceptions(assistant, course.id, set)).toEqual([])
    await expect(listExceptions(student, course.id, set)).rejects.toMatchObject({ code: 'forbidden' })
    const body = { for: { kind: 'student' as const, id: student.id }, ...NOTHING, exempt: true }
    for (const person of [student, assistant]) {
      await expect(grantException(person, course.id, set, body)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(importExceptions(person, course.id, set, { csv: 'x', apply: true })).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('a file of exceptions', () => {
  it('grants what each line says, on the clocks of the class, over the clock change too', async () => {
    const { course, student, set } = await newCourseWithSet({ attemptLimit: 2 })
    const second = await newStudent(course.id)
    const csv = `\ufeffstudent;due;close;attempts;exempt;reason\r\nS1;2026-03-29 23:59;;3;;"Ill; for a week"\r\n\r\n${second.email.toUpperCase()};;;;yes;\r\n`
    const checked = await importExceptions(course.instructor, course.id, set, { csv, apply: false })
    expect(checked).toEqual({
      problems: [], problemCount: 0, applied: false, grantedCount: 2, granted: [
        // Summer time began in the night before.
        { name: 'Student One', dueAt: '2026-03-29T21:59:00.000Z', closesAt: null, attemptLimit: 3, exempt: false, reason: 'Ill; for a week', replaces: null },
        { name: 'Ada', dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: '', replaces: null },
      ],
    })
    expect(await listExceptions(course.instructor, course.id, set)).toEqual([])
    expect(await importExceptions(course.instructor, course.id, set, { csv, apply: true })).toMatchObject({ applied: true })
    expect(await listExceptions(course.instructor, course.id, set)).toHaveLength(2)
    const again = await importExceptions(course.instructor, course.id, set, { csv: 'email,exempt\n' + student.email + ',x', apply: true })
    expect(again.granted).toMatchObject([{ replaces: 'own', exempt: true, dueAt: null }])
    expect(await listExceptions(course.instructor, course.id, set)).toHaveLength(2)
  })

  it('with a single problem grants nothing, and every problem is told with its line', async () => {
    const { course, student, set } = await newCourseWithSet()
    const csv = [
      'student,due,close,attempts,exempt',
      `${student.email},2026-03-29,,,`,
      'S1,2026-03-29,,,',
      'nobody@example.org,2026-03-29,,,',
      ',2026-03-29,,,',
      'S1,2026-02-30 10:00,tomorrow,0,maybe',
      'S1,,,,no',
      'S1,2026-03-28 12:59,,,',
      'S1,,2026-03-30 13:59,,',
      'S1,2026-04-01 12:00,2026-04-01 11:00,,',
      'S1,,,3,',
    ].join('\n')
    const { problems, granted, applied } = await importExceptions(course.instructor, course.id, set, { csv, apply: true })
    expect(problems.filter(({ rule, line }) => !(rule === 'twice' && line! > 3)).map(({ line, rule, value }) => [line, rule, value])).toEqual([
      [3, 'twice', 'S1'],
      [4, 'unknown-student', 'nobody@example.org'],
      [5, 'unknown-student', ''],
      [6, 'not-a-time', '2026-02-30 10:00'],
      [6, 'not-a-time', 'tomorrow'],
      [6, 'not-a-number', '0'],
      [6, 'not-yes-or-no', 'maybe'],
      [7, 'nothing-granted', ''],
      [8, 'due-before-set', '2026-03-28 12:59'],
      [9, 'closes-before-set', '2026-03-30 13:59'],
      [10, 'closes-before-due', '2026-04-01 11:00'],
      [11, 'fewer-attempts', '3'],
    ])
    expect({ granted, applied }).toEqual({ granted: [], applied: false })
    expect(await listExceptions(course.instructor, course.id, set)).toEqual([])
  })

  it('without what it needs, or that is no table, is refused as a whole', async () => {
    const { course, set } = await newCourseWithSet()
    const rules = async (csv: string) => {
      const { problems } = await importExceptions(course.instructor, course.id, set, { csv, apply: true })
      return problems.map(({ line, rule }) => [line, rule])
    }
    expect(await rules('due,colour\n2026-03-29,red')).toEqual([[1, 'unknown-column'], [1, 'missing-column']])
    expect(await rules('student,due')).toEqual([[null, 'no-lines']])
    expect(await rules('student,due\n"S1,2026')).toEqual([[2, 'not-csv']])
    expect(await rules('student,reason,exempt\nS1,a\0b,x')).toEqual([[2, 'not-a-reason']])
  })

  it('says whose exception a line takes the place of: the student\'s own, else that of the section', async () => {
    const { course, set } = await newCourseWithSet()
    const sectionId = await newSection(course.id, 'A')
    const [first, second] = [await newStudent(course.id, { sectionId }), await newStudent(course.id, { sectionId })]
    const grant = (target: { kind: 'student' | 'section'; id: string }) =>
      grantException(course.instructor, course.id, set, { for: target, ...NOTHING, exempt: true })
    await grant({ kind: 'section', id: sectionId })
    await grant({ kind: 'student', id: first.id })
    const csv = `student,exempt\n${first.email},x\n${second.email},x`
    const { granted } = await importExceptions(course.instructor, course.id, set, { csv, apply: false })
    expect(granted.map(({ replaces }) => replaces)).toEqual(['own', 'section'])
  })

  it('is told of briefly: the first hundred problems and exceptions, how many there are, and no long value', async () => {
    const { course, set } = await newCourseWithSet()
    const check = (lines: string[]) =>
      importExceptions(course.instructor, course.id, set, { csv: ['student,exempt', ...lines].join('\n'), apply: false })
    const wrong = await check(Array.from({ length: 250 }, (_, index) => `${index}${'x'.repeat(500)},yes`))
    expect([wrong.problems.length, wrong.problemCount, wrong.grantedCount]).toEqual([100, 250, 0])
    expect(wrong.problems[99]).toEqual({ line: 101, rule: 'unknown-student', value: `99${'x'.repeat(78)}` })
    const people = Array.from({ length: 101 }, (_, index) => ({ email: `${index}.${set}@example.org`, name: 'Ada' }))
    const made = await test.db.user.createManyAndReturn({ data: people })
    await test.db.classMember.createMany({ data: made.map(({ id }) => ({ classId: course.id, userId: id, role: 'student' as const })) })
    const right = await check(people.map(({ email }) => `${email},yes`))
    expect([right.granted.length, right.grantedCount, right.problemCount]).toEqual([100, 101, 0])
  })

  it('takes a time with an offset as it stands, and a name of the same student in two ways as one', async () => {
    const { course, student, set } = await newCourseWithSet()
    const csv = `email,external_id,due\n${student.email},S1,2026-03-29T10:00:00+09:00`
    const { granted } = await importExceptions(course.instructor, course.id, set, { csv, apply: true })
    expect(granted).toMatchObject([{ name: 'Student One', dueAt: '2026-03-29T01:00:00.000Z' }])
  })
})
