import { beforeEach, describe, expect, it } from 'vitest'
import { nextForYou } from '@/lib/learn/next-for-you'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSet, newStudent, newSubmission } from './support/course'
import { emptyQueue } from './support/queue'

const test = useDatabase()
useContent()
beforeEach(emptyQueue)

const DUE = { opensAt: at(-HOUR), dueAt: at(DAY), closesAt: at(2 * DAY) }
const item = (kind: 'required' | 'optional' | 'choice' = 'required') => ({ exercise: EXERCISE, points: 10, kind })
const reasons = async (userId: string) => (await nextForYou(userId)).map(({ reason }) => reason.kind)

/** A student of a class with one set. */
async function student(set: Parameters<typeof newSet>[1] = {}) {
  const course = await newCourse()
  const { id } = await newStudent(course.id)
  return { id, course, set: await newSet(course, { ...DUE, ...set }) }
}

describe('next for a student', () => {
  it('is what an open set asks for, with its title and dates', async () => {
    const { id, set, course } = await student()
    expect(await nextForYou(id)).toMatchObject([{
      exercise: { slug: EXERCISE },
      reason: { kind: 'set', set: { id: set, title: 'Week 1', classId: course.id }, dueAt: DUE.dueAt, late: false },
    }])
  })

  it.each([
    ['has not opened', { opensAt: at(HOUR) }],
    ['has closed', { opensAt: at(-3 * DAY), dueAt: at(-2 * DAY), closesAt: at(-DAY) }],
    ['only offers it', { items: [item('optional')] }],
  ])('is not what a set holds that %s', async (_, set) => {
    expect(await reasons((await student(set)).id)).toEqual(['first'])
  })

  it('is not what a set asks of others', async () => {
    const { course } = await student()
    expect(await reasons((await newPerson()).id)).toEqual(['first'])
    expect(await reasons(course.instructor.id)).toEqual(['first'])
    const removed = await newStudent(course.id)
    await test.db.classMember.update({
      where: { classId_userId: { classId: course.id, userId: removed.id } }, data: { removedAt: new Date() },
    })
    expect(await reasons(removed.id)).toEqual(['first'])
  })

  it('is not what they are exempt from', async () => {
    const { id, set } = await student()
    await test.db.setException.create({ data: { setId: set, userId: id, exempt: true } })
    expect(await reasons(id)).toEqual(['first'])
  })

  it('follows their own dates', async () => {
    const { id, set } = await student({ opensAt: at(-3 * DAY), dueAt: at(-2 * DAY), closesAt: at(-DAY) })
    await test.db.setException.create({ data: { setId: set, userId: id, dueAt: new Date(at(DAY)), closesAt: new Date(at(DAY)) } })
    expect(await reasons(id)).toEqual(['set'])
  })

  it('is no longer what they have passed since the set opened', async () => {
    const { id } = await student()
    await newSubmission(id, Date.now() - HOUR / 2, { score: 4 })
    expect(await reasons(id)).toEqual(['set'])
    await newSubmission(id, Date.now() - HOUR / 4)
    expect(await reasons(id)).not.toContain('set')
  })

  it('is what they had passed before the set opened: it counts from then', async () => {
    const { id } = await student()
    await newSubmission(id, Date.now() - DAY)
    expect(await reasons(id)).toEqual(['set'])
  })

  it('is not what they have no attempt left for', async () => {
    const { id } = await student({ attemptLimit: 1 })
    expect(await reasons(id)).toEqual(['set'])
    await newSubmission(id, Date.now() - HOUR / 2, { score: 4 })
    expect(await reasons(id)).toEqual([])
  })

  it('is not what one set asks for and another one takes no more of', async () => {
    const { id, course } = await student()
    await newSet(course, { ...DUE, attemptLimit: 1, items: [item('optional')] })
    expect(await reasons(id)).toEqual(['set'])
    await newSubmission(id, Date.now() - HOUR / 2, { score: 4 })
    expect(await reasons(id)).toEqual([])
  })

  it('is once more what they tried, when the set that took no more of it has closed', async () => {
    const { id, set } = await student({ opensAt: at(-2 * DAY), attemptLimit: 1 })
    await newSubmission(id, Date.now() - DAY, { score: 4 })
    expect(await reasons(id)).toEqual([])
    await test.db.problemSet.update({ where: { id: set }, data: { dueAt: new Date(at(-HOUR)), closesAt: new Date(at(-HOUR)) } })
    expect(await reasons(id)).toEqual(['tried'])
  })

  it('holds what is to be chosen until enough is passed', async () => {
    const { id } = await student({ items: [item('choice')], pickCount: 1 })
    expect(await reasons(id)).toEqual(['set'])
    const { id: other } = await student({ items: [item('choice')], pickCount: 0 })
    expect(await reasons(other)).toEqual(['first'])
  })

  it('holds late work as long as it is taken, and says that it is late', async () => {
    const { id } = await student({ opensAt: at(-3 * DAY), dueAt: at(-DAY), closesAt: at(DAY) })
    expect(await nextForYou(id)).toMatchObject([{ reason: { kind: 'set', late: true } }])
  })

  it('takes the set that is due first, of several that ask for the same', async () => {
    const { id, course } = await student()
    const soon = await newSet(course, { ...DUE, title: 'Soon', dueAt: at(HOUR) })
    await addMember((await newCourse()).id, id, 'student')
    expect(await nextForYou(id)).toMatchObject([{ reason: { set: { id: soon } } }])
  })
})
