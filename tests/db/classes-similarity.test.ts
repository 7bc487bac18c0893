import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hashSource } from '@/lib/db/submissions'
import { getSimilarity, getSimilarityDetail } from '@/lib/learn/classes/similarity'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { siteAdmin } from './support/classes'
import { addMember, DAY, HOUR, newCourse, newPerson, newSet, newStudent, newSubmission } from './support/course'

const test = useDatabase()
useContent()

/* What the programs do plays no part; these are of different authors. */
const read = (slug: string) => readFileSync(`tests/content/independent/${slug}.ts`, 'utf8')
const [TREE, RING, CACHE] = [read('bplus-tree'), read('ring-queue'), read('lru-cache')]
const renamed = (source: string) => `// all mine\n${source.replaceAll(/\b(?:key|value|node|slot|entry)\b/g, 'thing')}`

async function submitSource(userId: string, source: string, { ago = HOUR / 2, score = 10 } = {}): Promise<string> {
  const id = await newSubmission(userId, Date.now() - ago, { score })
  await test.db.submission.update({ where: { id }, data: { source, sourceHash: hashSource(source) } })
  return id
}

async function newClassOf(...sources: string[]) {
  const course = await newCourse()
  const set = await newSet(course)
  const students = []
  for (const [index, source] of sources.entries()) {
    const { id } = await newStudent(course.id, { name: `Student ${index}` })
    students.push({ id, submission: await submitSource(id, source) })
  }
  const look = (viewer = course.instructor) => getSimilarity(viewer, course.id, set, EXERCISE)
  return { course, set, students, look }
}

describe('the programs of a class', () => {
  it('are compared in pairs, the most alike first', async () => {
    const { look, students } = await newClassOf(TREE, RING, renamed(TREE), CACHE)
    const view = await look()
    expect(view).toMatchObject({ programs: 4, others: 0, pairsCompared: 6, tooSmall: [], notablePercent: 55, pairsNotable: 1 })
    expect([view.pairs[0]?.one.student.id, view.pairs[0]?.other.student.id].sort()).toEqual([students[0]?.id, students[2]?.id].sort())
    expect(view.pairs[0]?.percent).toBe(100)
    expect(view.pairs[1]?.percent ?? 0).toBeLessThan(40)
    expect(view.typical).toMatchObject({ almostAll: 100 })
  })

  it('are those that passed last, or else the best', async () => {
    const { course, look } = await newClassOf()
    const [passed, failed] = [await newStudent(course.id), await newStudent(course.id)]
    await submitSource(passed.id, TREE, { ago: 900 })
    const latestPass = await submitSource(passed.id, RING, { ago: 800 })
    await submitSource(passed.id, CACHE, { ago: 700, score: 4 })
    await submitSource(failed.id, TREE, { ago: 900, score: 3 })
    const best = await submitSource(failed.id, RING, { ago: 800, score: 5 })
    await submitSource(failed.id, CACHE, { ago: 700, score: 4 })
    const [pair] = (await look()).pairs
    expect([pair?.one.submissionId, pair?.other.submissionId].sort()).toEqual([latestPass, best].sort())
  })

  it('leave out what was submitted before the opening or after the close', async () => {
    const course = await newCourse()
    const iso = (ms: number) => new Date(Date.now() + ms).toISOString()
    const set = await newSet(course, { opensAt: iso(-2 * DAY), dueAt: iso(-DAY), closesAt: iso(-DAY) })
    const { id } = await newStudent(course.id)
    await submitSource(id, TREE, { ago: 2 * DAY + HOUR })
    await submitSource(id, TREE, { ago: DAY - HOUR })
    expect(await getSimilarity(course.instructor, course.id, set, EXERCISE)).toMatchObject({ programs: 0, pairs: [], typical: null })
    await submitSource(id, TREE, { ago: DAY + HOUR })
    expect(await getSimilarity(course.instructor, course.id, set, EXERCISE)).toMatchObject({ programs: 1, pairsCompared: 0 })
  })

  it('say nothing where somebody wrote hardly anything', async () => {
    const tiny = 'export const add = (a: number, b: number): number => a + b'
    const { look, students } = await newClassOf(tiny, tiny, TREE)
    expect(await look()).toMatchObject({ pairs: [], pairsCompared: 0 })
    expect((await look()).tooSmall.map(({ id }) => id).sort()).toEqual([students[0]!.id, students[1]!.id].sort())
  })
})

describe('other classes', () => {
  it('are compared with where the viewer is staff of them, and nowhere else', async () => {
    const before = await newClassOf(TREE, RING)
    const now = await newClassOf(renamed(TREE), CACHE)
    expect((await now.look()).others).toBe(0)
    await addMember(before.course.id, now.course.instructor.id, 'student')
    expect((await now.look()).others).toBe(0)
    await test.db.classMember.updateMany({ where: { userId: now.course.instructor.id, classId: before.course.id }, data: { role: 'assistant' } })
    const view = await now.look()
    expect(view).toMatchObject({ programs: 2, others: 2, pairsCompared: 5 })
    expect(view.pairs[0]).toMatchObject({
      percent: 100, one: { student: { id: now.students[0]?.id }, otherClass: null },
      other: { student: { id: before.students[0]?.id }, otherClass: { id: before.course.id, name: 'Back ends' } },
    })
    expect(view.pairs.every(({ one }) => one.otherClass === null)).toBe(true)
    await test.db.classMember.updateMany({ where: { userId: now.course.instructor.id, classId: before.course.id }, data: { removedAt: new Date() } })
    expect((await now.look()).others).toBe(0)
    expect((await now.look({ ...(await siteAdmin()), role: 'admin' } as never)).others).toBeGreaterThanOrEqual(2)
  })

  it('do not make somebody who takes a class again like themselves', async () => {
    const before = await newClassOf(TREE)
    const now = await newClassOf(RING)
    await addMember(before.course.id, now.course.instructor.id, 'instructor')
    const again = before.students[0]!.id
    await addMember(now.course.id, again, 'student')
    await test.db.submission.update({ where: { id: before.students[0]!.submission }, data: { submittedAt: new Date(Date.now() - HOUR / 2) } })
    await submitSource(again, TREE, { ago: HOUR / 4 })
    const view = await now.look()
    expect(view.pairs.every(({ one, other }) => one.student.id !== other.student.id)).toBe(true)
    expect(view.pairs[0]?.percent ?? 0).toBeLessThan(40)
  })
})

describe('two programs side by side', () => {
  it('come with their sources and the lines that match', async () => {
    const { course, set, students } = await newClassOf(TREE, renamed(TREE), RING)
    const [one, other, third] = students.map(({ submission }) => submission) as [string, string, string]
    const detail = await getSimilarityDetail(course.instructor, course.id, set, EXERCISE, { one, other })
    expect(detail).toMatchObject({ percent: 100, one: { source: TREE }, other: { source: renamed(TREE) } })
    expect(detail.regions).toHaveLength(1)
    const [region] = detail.regions
    expect(region!.other).toEqual({ from: region!.one.from + 1, to: region!.one.to + 1 })
    const swapped = await getSimilarityDetail(course.instructor, course.id, set, EXERCISE, { one: other, other: one })
    expect(swapped.regions).toMatchObject([{ one: region!.other, other: region!.one }])
    const unlike = await getSimilarityDetail(course.instructor, course.id, set, EXERCISE, { one, other: third })
    expect(unlike.percent).toBeLessThan(40)
  })

  it('are only those that are compared', async () => {
    const foreign = await newClassOf(TREE)
    const { course, set, students } = await newClassOf(TREE, RING)
    const [one] = students.map(({ submission }) => submission) as [string]
    const elsewhere = await newPerson()
    const outside = await submitSource(elsewhere.id, TREE)
    for (const other of [foreign.students[0]!.submission, outside, one]) {
      await expect(getSimilarityDetail(course.instructor, course.id, set, EXERCISE, { one, other })).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

it('students and strangers are told nothing', async () => {
  const { course, set, students: [first, second] } = await newClassOf(TREE, TREE)
  const student = { id: first!.id, role: 'learner' } as const
  for (const [viewer, code] of [[student, 'forbidden'], [await newPerson(), 'not-found']] as const) {
    await expect(getSimilarity(viewer, course.id, set, EXERCISE)).rejects.toMatchObject({ code })
    const ids = { one: first!.submission, other: second!.submission }
    await expect(getSimilarityDetail(viewer, course.id, set, EXERCISE, ids)).rejects.toMatchObject({ code })
  }
})
