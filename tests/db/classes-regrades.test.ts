import { describe, expect, it } from 'vitest'
import { findProgress } from '@/lib/db/progress'
import { catalogue } from '@/lib/learn/catalogue'
import {
  applyClassRegrade, findClassRegrade, listClassRegrades, listOutdatedExercises, setClassRegradeState,
  startClassRegrade,
} from '@/lib/learn/classes/regrades'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { archiveClass } from '@/lib/learn/classes/settings'
import { listRegrades, startRegrade } from '@/lib/learn/regrades'
import { useDatabase } from '../support/database'
import { siteAdmin } from './support/classes'
import { EXERCISE, useContent } from './support/content'
import { addMember, newCourse, newPerson, newSet, newStudent } from './support/course'
import { useRegrades } from './support/regrades'

const test = useDatabase()
const content = useContent()
const { learnerWith, changeTests, work } = useRegrades(test, content)

/** A class with one published set; `joins` makes a learner a student of it. */
async function newClass() {
  const course = await newCourse()
  await newSet(course)
  return { ...course, joins: (userId: string) => addMember(course.id, userId, 'student') }
}

const best = async (userId: string) => (await findProgress(test.db, userId, EXERCISE))?.bestScore

describe('a regrade of a class', () => {
  it('grades the work of its students alone, and changes their marks once it is applied', async () => {
    const { id: classId, instructor, joins } = await newClass()
    const [student, stranger] = [await learnerWith({ now: 4, then: 10 }), await learnerWith({ now: 4, then: 10 })]
    await joins(student.userId)
    await changeTests()
    expect(await listOutdatedExercises(instructor, classId)).toEqual([{ exercise: EXERCISE, submissions: 1 }])

    const { id } = await startClassRegrade(instructor, classId, EXERCISE)
    await work()
    expect(await findClassRegrade(instructor, classId, id)).toMatchObject({
      state: 'graded', gains: 1, losses: 0, submissions: { total: 1, graded: 1 },
      changes: [{ learner: { id: student.userId } }],
    })
    expect([await best(student.userId), await markOf(instructor, classId)]).toEqual([4, 400])

    await applyClassRegrade(instructor, classId, id, false)
    expect([await best(student.userId), await markOf(instructor, classId)]).toEqual([10, 1000])
    expect(await best(stranger.userId)).toBe(4)
  })

  it('takes scores away only where that is chosen', async () => {
    const { id: classId, instructor, joins } = await newClass()
    const { userId } = await learnerWith({ now: 10, then: 6 })
    await joins(userId)
    await changeTests()
    const { id } = await startClassRegrade(instructor, classId, EXERCISE)
    await work()
    await applyClassRegrade(instructor, classId, id, false)
    expect([await best(userId), await markOf(instructor, classId)]).toEqual([10, 1000])
    await applyClassRegrade(instructor, classId, id, true)
    expect([await best(userId), await markOf(instructor, classId)]).toEqual([6, 600])
  })

  it('has nothing to do with what was sent before the set opened, by staff or by those who were removed', async () => {
    const { id: classId, instructor, joins } = await newClass()
    const sends = () => learnerWith({ now: 4, then: 10 })
    const [early, removed, staff] = [await sends(), await sends(), await sends()]
    await Promise.all([joins(early.userId), joins(removed.userId), addMember(classId, staff.userId, 'assistant')])
    await test.db.classMember.updateMany({ where: { userId: removed.userId }, data: { removedAt: new Date() } })
    await test.db.submission.updateMany({ where: { userId: early.userId }, data: { submittedAt: new Date(0) } })
    await changeTests()
    expect(await listOutdatedExercises(instructor, classId)).toEqual([])
    await expect(startClassRegrade(instructor, classId, EXERCISE)).rejects.toMatchObject({ code: 'nothing-to-regrade' })
    await expect(startClassRegrade(instructor, classId, 'elsewhere')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is the business of its own instructors and of admins', async () => {
    const [own, other] = [await newClass(), await newClass()]
    const { userId } = await learnerWith({ now: 4, then: 10 })
    await own.joins(userId)
    await other.joins(userId)
    await changeTests()
    const { id } = await startClassRegrade(own.instructor, own.id, EXERCISE)
    // Neither another class nor the whole site waits for it.
    const elsewhere = await startClassRegrade(other.instructor, other.id, EXERCISE)
    const admin = await siteAdmin()
    const everywhere = await startRegrade(admin.id, EXERCISE)
    await expect(startClassRegrade(own.instructor, own.id, EXERCISE)).rejects.toMatchObject({ code: 'conflict' })

    expect((await listClassRegrades(own.instructor, own.id)).map((each) => each.id)).toEqual([id])
    expect((await listRegrades()).map((each) => each.id)).toEqual([everywhere.id, elsewhere.id, id])
    for (const foreign of [elsewhere.id, everywhere.id]) {
      expect(await findClassRegrade(own.instructor, own.id, foreign)).toBeNull()
      const gone = { code: 'not-found' }
      await expect(setClassRegradeState(own.instructor, own.id, foreign, 'stopped')).rejects.toMatchObject(gone)
      await expect(applyClassRegrade(own.instructor, own.id, foreign, true)).rejects.toMatchObject(gone)
    }
    const [assistant, student] = [await newPerson(), await newStudent(own.id)]
    await addMember(own.id, assistant.id, 'assistant')
    for (const viewer of [assistant, student]) {
      await expect(startClassRegrade(viewer, own.id, EXERCISE)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(findClassRegrade(viewer, own.id, id)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('can be stopped, goes on, and is read in the log of the class', async () => {
    const { id: classId, instructor, joins } = await newClass()
    await joins((await learnerWith({ now: 4, then: 10 })).userId)
    await changeTests()
    const { id } = await startClassRegrade(instructor, classId, EXERCISE)
    await setClassRegradeState(instructor, classId, id, 'stopped')
    expect(await findClassRegrade(instructor, classId, id)).toMatchObject({ state: 'stopped' })
    await setClassRegradeState(instructor, classId, id, 'running')
    const log = await test.db.auditEntry.findMany({ where: { classId, subject: id }, orderBy: { id: 'asc' } })
    expect(log.map(({ action }) => action)).toEqual(['regrade.started', 'regrade.stopped', 'regrade.resumed'])
  })

  it('of an archived class can be read and not begun', async () => {
    const { id: classId, instructor, joins } = await newClass()
    await joins((await learnerWith({ now: 4, then: 10 })).userId)
    await changeTests()
    const { id } = await startClassRegrade(instructor, classId, EXERCISE)
    await archiveClass(instructor, classId, true)
    expect(await findClassRegrade(instructor, classId, id)).toMatchObject({ id })
    await expect(applyClassRegrade(instructor, classId, id, false)).rejects.toMatchObject({ code: 'class-archived' })
  })

  it('lists no exercise whose submissions have the present version', async () => {
    const { id: classId, instructor, joins } = await newClass()
    await joins((await learnerWith({ now: 4, then: 4 })).userId)
    const { version } = (await catalogue()).findExercise(EXERCISE)!
    await test.db.submission.updateMany({ data: { versionHash: version } })
    expect(await listOutdatedExercises(instructor, classId)).toEqual([])
  })
})

/** The one mark of the class, hundredths of a point. */
async function markOf(viewer: Awaited<ReturnType<typeof newPerson>>, classId: string): Promise<unknown> {
  return (await readGradebook(viewer, classId)).rows[0]?.total
}
