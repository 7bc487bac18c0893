import { describe, expect, it } from 'vitest'
import type { SetBody } from '@/lib/contract/problem-set'
import { grantException } from '@/lib/learn/classes/exceptions'
import { archiveClass } from '@/lib/learn/classes/settings'
import { listOwnAttempts } from '@/lib/learn/classes/sets'
import { inTransaction, withDatabase } from '@/lib/learn/database'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { assertSetsAllow } from '@/lib/learn/set-limits'
import { submissionEvents } from '@/lib/learn/submission-events'
import { findSubmission, listSubmissions } from '@/lib/learn/submissions'
import { submit } from '@/lib/learn/submit'
import { findEditorial, heldEditorial } from '@/lib/learn/topics'
import { findHiddenRules } from '@/lib/learn/rules-shown'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSection, newSet, newStudent, newSubmission } from './support/course'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

/** A student in a class with one set that is open. */
async function studentOf(parts: Partial<SetBody>) {
  const course = await newCourse()
  const student = await newStudent(course.id)
  return { course, student, set: await newSet(course, parts) }
}

const allow = (userId: string, now: number) => withDatabase((db) => assertSetsAllow(db, userId, EXERCISE, now))
const hidden = async (userId: string, now: number) => (await withDatabase((db) => findHiddenRules(db, userId, [EXERCISE], now))).get(EXERCISE)
const NOTHING = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }

describe('the attempt limit', () => {
  it('refuses what comes after the last submission that counts, and stores nothing', async () => {
    const { student } = await studentOf({ attemptLimit: 2 })
    await submit(student.id, { exercise: EXERCISE, source: '1' })
    await submit(student.id, { exercise: EXERCISE, source: '2' })
    await expect(submit(student.id, { exercise: EXERCISE, source: '3' })).rejects.toMatchObject({ code: 'attempts-used' })
    expect(await listSubmissions(student.id, {}, 'en')).toHaveLength(2)
  })

  it('holds exactly for submissions at the same moment', async () => {
    const { student } = await studentOf({ attemptLimit: 2 })
    const sent = await Promise.allSettled(['1', '2', '3', '4'].map((source) => submit(student.id, { exercise: EXERCISE, source })))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  it('does not count a fault of ours, nor what came before the opening', async () => {
    const opensAt = Date.now() - HOUR
    const { student } = await studentOf({ attemptLimit: 1, opensAt: new Date(opensAt).toISOString() })
    await newSubmission(student.id, opensAt - 1)
    await newSubmission(student.id, opensAt, { verdict: 'error', score: 0 })
    await expect(allow(student.id, Date.now())).resolves.toBeUndefined()
    await newSubmission(student.id, opensAt)
    await expect(allow(student.id, Date.now())).rejects.toMatchObject({ code: 'attempts-used' })
  })

  it('holds from the opening to the close, both included, and never outside', async () => {
    const [opens, closes] = [Date.now() + HOUR, Date.now() + 2 * HOUR]
    const { student } = await studentOf({
      attemptLimit: 1, opensAt: new Date(opens).toISOString(), dueAt: new Date(closes).toISOString(), closesAt: new Date(closes).toISOString(),
    })
    await newSubmission(student.id, opens)
    const refused = { code: 'attempts-used' }
    await expect(allow(student.id, opens - 1)).resolves.toBeUndefined()
    await expect(allow(student.id, opens)).rejects.toMatchObject(refused)
    await expect(allow(student.id, closes)).rejects.toMatchObject(refused)
    await expect(allow(student.id, closes + 1)).resolves.toBeUndefined()
  })

  it('is raised by an exception, and gone for who is exempt', async () => {
    const { course, student, set } = await studentOf({ attemptLimit: 1 })
    await newSubmission(student.id, Date.now())
    await expect(allow(student.id, Date.now())).rejects.toThrow()
    const grant = (parts: object) => grantException(course.instructor, course.id, set, { for: { kind: 'student', id: student.id }, ...NOTHING, ...parts })
    await grant({ attemptLimit: 2 })
    await expect(allow(student.id, Date.now())).resolves.toBeUndefined()
    await grant({ attemptLimit: 1 })
    await expect(allow(student.id, Date.now())).rejects.toThrow()
    await grant({ exempt: true })
    await expect(allow(student.id, Date.now())).resolves.toBeUndefined()
  })

  it('of drafts, and for staff, strangers and removed students, is none', async () => {
    const { course, student } = await studentOf({ attemptLimit: 1 })
    const [stranger, assistant] = [await newPerson(), await newPerson()]
    await addMember(course.id, assistant.id, 'assistant')
    for (const { id } of [student, stranger, assistant, course.instructor]) await newSubmission(id, Date.now())
    for (const { id } of [stranger, assistant, course.instructor]) await expect(allow(id, Date.now())).resolves.toBeUndefined()
    await expect(allow(student.id, Date.now())).rejects.toThrow()
    await test.db.classMember.updateMany({ where: { userId: student.id }, data: { removedAt: new Date() } })
    await expect(allow(student.id, Date.now())).resolves.toBeUndefined()
    await test.db.classMember.updateMany({ where: { userId: student.id }, data: { removedAt: null } })
    await test.db.problemSet.updateMany({ where: { classId: course.id }, data: { publishedAt: null } })
    await expect(allow(student.id, Date.now())).resolves.toBeUndefined()
  })

  it('counts as many as the set page tells', async () => {
    const { course, student, set } = await studentOf({ attemptLimit: 3, coolDownSeconds: 60 })
    const last = Date.now()
    await newSubmission(student.id, last - 10_000)
    await newSubmission(student.id, last)
    expect(await listOwnAttempts(student, course.id, set, last + 1_000)).toEqual([
      { exercise: EXERCISE, used: 2, nextAt: new Date(last + 60_000).toISOString() },
    ])
  })
})

describe('the pause between submissions', () => {
  it('ends to the millisecond, and tells how many seconds are left', async () => {
    const { student } = await studentOf({ coolDownSeconds: 60 })
    const last = Date.now()
    await newSubmission(student.id, last)
    const refusedFor = async (now: number) => allow(student.id, now).then(() => 0, (error) => error.details.retryAfterSeconds)
    expect(await refusedFor(last)).toBe(60)
    expect(await refusedFor(last + 1)).toBe(60)
    expect(await refusedFor(last + 59_000)).toBe(1)
    expect(await refusedFor(last + 59_999)).toBe(1)
    expect(await refusedFor(last + 60_000)).toBe(0)
  })

  it('is that of the set which asks for the longest', async () => {
    const { course, student } = await studentOf({ coolDownSeconds: 60 })
    await newSet(course, { coolDownSeconds: 600 })
    await newSubmission(student.id, Date.now())
    await expect(submit(student.id, { exercise: EXERCISE, source: 'x' })).rejects.toMatchObject({
      code: 'cooling-down', details: { retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 60) },
    })
  })
})

describe('titles of rules', () => {
  it('are kept back until after the due time of the student', async () => {
    const dueAt = Date.now() + DAY
    const { course, student, set } = await studentOf({ reveal: 'after_due', dueAt: new Date(dueAt).toISOString(), closesAt: at(5 * DAY) })
    const other = await newStudent(course.id)
    const later = dueAt + HOUR
    await grantException(course.instructor, course.id, set, {
      for: { kind: 'student', id: student.id }, ...NOTHING, dueAt: new Date(later).toISOString(),
    })
    expect(await hidden(other.id, dueAt)).toEqual({ why: 'after-due', until: new Date(dueAt).toISOString() })
    expect(await hidden(other.id, dueAt + 1)).toBeUndefined()
    expect(await hidden(student.id, later)).toEqual({ why: 'after-due', until: new Date(later).toISOString() })
    expect(await hidden(student.id, later + 1)).toBeUndefined()
  })

  it('are kept back from the opening on, for good if the set says so', async () => {
    const opensAt = Date.now() + HOUR
    const { student } = await studentOf({ reveal: 'never', opensAt: new Date(opensAt).toISOString() })
    expect(await hidden(student.id, opensAt - 1)).toBeUndefined()
    expect(await hidden(student.id, opensAt)).toEqual({ why: 'never', until: null })
    expect(await hidden(student.id, opensAt + 1_000 * DAY)).toEqual({ why: 'never', until: null })
  })

  it('follow the strictest of several sets, also of different classes', async () => {
    const { student, course } = await studentOf({ reveal: 'after_due', dueAt: at(DAY) })
    await newSet(course, { reveal: 'now' })
    expect(await hidden(student.id, Date.now())).toMatchObject({ why: 'after-due' })
    const other = await newCourse()
    await addMember(other.id, student.id, 'student')
    await newSet(other, { reveal: 'never' })
    expect(await hidden(student.id, Date.now())).toEqual({ why: 'never', until: null })
  })

  it('are shown to staff, and to students who were removed', async () => {
    const { course, student } = await studentOf({ reveal: 'never' })
    expect(await hidden(course.instructor.id, Date.now())).toBeUndefined()
    await test.db.classMember.updateMany({ where: { userId: student.id }, data: { removedAt: new Date() } })
    expect(await hidden(student.id, Date.now())).toBeUndefined()
  })

  it('leave out test names and the hint wherever the author sees the verdict, and keep the groups', async () => {
    const { student } = await studentOf({ reveal: 'never' })
    const { id } = await submit(student.id, { exercise: EXERCISE, source: 'x' })
    const groups = [{ title: 'small', points: 4, earned: 0, passed: 0, total: 1 }]
    await gradeSubmission(graderThatFinds({ score: 0, misconception: 'minus.ts', groups }), id)
    const events = []
    for await (const view of submissionEvents(student.id, id, 'en', new AbortController().signal)) events.push(view)
    const seen = [await findSubmission(student.id, id, 'en'), (await listSubmissions(student.id, {}, 'en'))[0], events.at(-1)]
    for (const view of seen) {
      expect(view).toMatchObject({ hint: null, verdict: { tests: [], groups, rulesHidden: { why: 'never', until: null } } })
      expect(JSON.stringify(view)).not.toContain('adds')
    }
  })

  it('are also kept back by a verdict that comes at once, because the source was graded before', async () => {
    const { student } = await studentOf({ reveal: 'never' })
    await newSubmission(student.id, Date.now() - 1_000)
    const detail = await test.db.submission.findFirstOrThrow({ where: { userId: student.id } })
    await test.db.grader.create({
      data: { id: crypto.randomUUID(), host: 'h', pid: 1, concurrency: 1, runtimeVersion: 'test', layers: [] },
    })
    const view = await submit(student.id, { exercise: EXERCISE, source: detail.source })
    expect(view).toMatchObject({ state: 'done', verdict: { tests: [], rulesHidden: { why: 'never' } } })
  })

  it('are shown where no set contains the exercise', async () => {
    const { id: userId } = await newPerson()
    const { id } = await submit(userId, { exercise: EXERCISE, source: 'y' })
    await gradeSubmission(graderThatFinds({ score: 0, misconception: 'minus.ts' }), id)
    expect(await findSubmission(userId, id, 'en')).toMatchObject({
      hint: 'Is this minus?', verdict: { tests: [{ name: 'adds' }], rulesHidden: null },
    })
  })
})

describe('the editorial', () => {
  const pass = async (userId: string) => {
    await test.db.progress.create({ data: { userId, exercise: EXERCISE, maxScore: 10, firstPassedAt: new Date() } })
  }

  it('is kept from who has passed until the last set with the exercise has closed for them, opened or not', async () => {
    const { student, course } = await studentOf({})
    await pass(student.id)
    expect(await findEditorial(student.id, EXERCISE)).toBeNull()
    await test.db.problemSet.updateMany({ where: { classId: course.id }, data: { dueAt: new Date(Date.now() - 1), closesAt: new Date(Date.now() - 1) } })
    expect(await findEditorial(student.id, EXERCISE)).not.toBeNull()
    const closesAt = at(9 * DAY)
    await newSet(course, { opensAt: at(8 * DAY), dueAt: closesAt, closesAt })
    expect(await findEditorial(student.id, EXERCISE)).toBeNull()
    expect(await heldEditorial(student.id, EXERCISE)).toEqual({ until: null })
  })

  it('is kept until a moment that is told, unless that would tell of a set which has not opened', async () => {
    const closesAt = at(3 * DAY)
    const { student, course } = await studentOf({ closesAt })
    expect(await heldEditorial(student.id, EXERCISE)).toBeNull()
    await pass(student.id)
    expect(await heldEditorial(student.id, EXERCISE)).toEqual({ until: new Date(closesAt) })
    const ahead = await newSet(course, { opensAt: at(HOUR) })
    expect(await heldEditorial(student.id, EXERCISE)).toEqual({ until: null })
    await test.db.problemSet.update({ where: { id: ahead }, data: { opensAt: new Date() } })
    expect(await heldEditorial(student.id, EXERCISE)).toEqual({ until: new Date(closesAt) })
  })

  it('is kept as long as the extension of the student or of the section lasts', async () => {
    const course = await newCourse()
    const sectionId = await newSection(course.id, 'A')
    const student = await newStudent(course.id, { sectionId })
    await pass(student.id)
    const set = await newSet(course, { opensAt: at(-5 * DAY), dueAt: at(-DAY), closesAt: at(-DAY) })
    expect(await findEditorial(student.id, EXERCISE)).not.toBeNull()
    await grantException(course.instructor, course.id, set, { for: { kind: 'section', id: sectionId }, ...NOTHING, dueAt: at(DAY) })
    expect(await findEditorial(student.id, EXERCISE)).toBeNull()
    await grantException(course.instructor, course.id, set, { for: { kind: 'student', id: student.id }, ...NOTHING, closesAt: at(-HOUR) })
    expect(await findEditorial(student.id, EXERCISE)).not.toBeNull()
  })

  it('opens for staff, and for those in no class, with the pass', async () => {
    const { course } = await studentOf({})
    const stranger = await newPerson()
    for (const { id } of [course.instructor, stranger]) {
      expect(await findEditorial(id, EXERCISE)).toBeNull()
      await pass(id)
      expect(await findEditorial(id, EXERCISE)).not.toBeNull()
      expect(await heldEditorial(id, EXERCISE)).toBeNull()
    }
  })
})

describe('an archived class', () => {
  it('limits, hides and keeps back nothing, until it is brought back', async () => {
    const { course, student } = await studentOf({ attemptLimit: 1, coolDownSeconds: 600, reveal: 'never' })
    await test.db.progress.create({ data: { userId: student.id, exercise: EXERCISE, maxScore: 10, firstPassedAt: new Date() } })
    await newSubmission(student.id, Date.now())
    const restrictions = async () => ({
      submits: await allow(student.id, Date.now()).then(() => true, (error) => error.code),
      rules: await hidden(student.id, Date.now()),
      held: await heldEditorial(student.id, EXERCISE),
    })
    const restricted = { submits: 'attempts-used', rules: { why: 'never' }, held: { until: expect.any(Date) } }
    expect(await restrictions()).toMatchObject(restricted)
    await archiveClass(course.instructor, course.id, true)
    expect(await restrictions()).toEqual({ submits: true, rules: undefined, held: null })
    await archiveClass(course.instructor, course.id, false)
    expect(await restrictions()).toMatchObject(restricted)
  })
})

it('a refused submission leaves nothing behind that the next one trips over', async () => {
  const { student } = await studentOf({ attemptLimit: 1 })
  const count = () => inTransaction((db) => db.submission.count({ where: { userId: student.id } }))
  await submit(student.id, { exercise: EXERCISE, source: '1' })
  await expect(submit(student.id, { exercise: EXERCISE, source: '2' })).rejects.toMatchObject({ code: 'attempts-used' })
  expect(await count()).toBe(1)
})
