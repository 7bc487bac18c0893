import { describe, expect, it } from 'vitest'
import type { TestResult, Verdict } from '@/lib/contract/verdict'
import { getItemAnalytics, getSetAnalytics, listSetFigures } from '@/lib/learn/classes/analytics'
import { findCause, type Failed } from '@/lib/learn/classes/stuck'
import { attemptBins, markDistribution, median, timeBins } from '@/lib/learn/classes/figures'
import { grantException } from '@/lib/learn/classes/exceptions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSet, newStudent, newSubmission } from './support/course'

const test = useDatabase()
useContent()

const NOTHING = { dueAt: null, closesAt: null, attemptLimit: null, exempt: false, reason: '' }
const MINUTE = 60_000
const OPENED = Date.now() - 2 * DAY

/** A verdict of 4 of 10 points that breaks these rules. */
const breaks = (...rules: string[]): Partial<Verdict> => ({
  score: 4,
  tests: ['adds', 'carries', 'rounds'].map((name): TestResult => {
    return { name, group: 'large', state: rules.includes(name) ? 'failed' : 'passed', durationMs: 1 }
  }),
})
const CRASH: Partial<Verdict> = { score: 0, reason: 'compile-error', tests: [] }

async function newClassWithSet() {
  const course = await newCourse()
  const set = await newSet(course, { opensAt: new Date(OPENED).toISOString() })
  const student = (name: string) => newStudent(course.id, { name })
  const read = () => getItemAnalytics(course.instructor, course.id, set, EXERCISE)
  const readSet = () => getSetAnalytics(course.instructor, course.id, set)
  return { course, set, student, read, readSet }
}

describe('an exercise of a set', () => {
  it('tells marks, attempts and time to pass of those who have started', async () => {
    const { student, read, course } = await newClassWithSet()
    const [quick, slow, half] = [await student('Quick'), await student('Slow'), await student('Half')]
    const idle = await student('Idle')
    await newSubmission(quick.id, OPENED + HOUR)
    await newSubmission(slow.id, OPENED + HOUR, breaks('carries'))
    await newSubmission(slow.id, OPENED + HOUR + MINUTE, { verdict: 'error', score: 0 })
    await newSubmission(slow.id, OPENED + 3 * HOUR)
    await newSubmission(slow.id, OPENED + 4 * HOUR)
    await newSubmission(half.id, OPENED + HOUR, breaks('carries', 'rounds'))
    const view = await read()
    expect(view.figures).toMatchObject({
      exercise: EXERCISE, students: 4, started: 3, passed: 2, stuck: 0, max: 1000,
      medianMark: 1000, medianAttempts: 1.5, medianTimeMs: HOUR,
    })
    expect(view.marks).toMatchObject({ notStarted: 1, mean: 800, median: 1000 })
    expect(view.marks.bins.filter(({ count }) => count > 0)).toEqual([{ from: 40, to: 50, count: 1 }, { from: 100, to: 100, count: 2 }])
    expect(view.times.filter(({ count }) => count > 0)).toEqual([{ from: 0, to: 0, count: 1 }, { from: HOUR, to: 3 * HOUR, count: 1 }])
    expect(view.attempts.filter(({ count }) => count > 0)).toEqual([{ from: 1, to: 2, count: 1 }, { from: 2, to: 3, count: 1 }])
    expect(view.notStarted).toEqual([{ id: idle.id, name: 'Idle' }])
    expect((await listSetFigures(course.instructor, course.id))[0]).toMatchObject({ students: 4, started: 3, medianMark: 1000, max: 1000, items: 1 })
  })

  it('counts neither what came before the opening nor what came after the student\'s own close', async () => {
    const course = await newCourse()
    const closesAt = Date.now() - DAY
    const iso = (ms: number) => new Date(ms).toISOString()
    const set = await newSet(course, { opensAt: iso(closesAt - DAY), dueAt: iso(closesAt), closesAt: iso(closesAt) })
    const [early, late, extended] = [await newStudent(course.id, { name: 'Early' }), await newStudent(course.id), await newStudent(course.id)]
    await grantException(course.instructor, course.id, set, { ...NOTHING, for: { kind: 'student', id: extended.id }, dueAt: iso(closesAt + HOUR) })
    await newSubmission(early.id, closesAt - DAY - 1)
    await newSubmission(late.id, closesAt + 1, breaks('carries'))
    await newSubmission(extended.id, closesAt + HOUR, breaks('rounds'))
    const view = await getItemAnalytics(course.instructor, course.id, set, EXERCISE)
    expect(view.rules.map(({ name }) => name)).toEqual(['rounds'])
    expect(view.figures).toMatchObject({ passed: 0, started: 2 })
    expect(view.notStarted).toEqual([{ id: early.id, name: 'Early' }])
  })

  it('lists the rules that most have broken first, and who still breaks them', async () => {
    const { student, read } = await newClassWithSet()
    const [one, two, three] = [await student('One'), await student('Two'), await student('Three')]
    await newSubmission(one.id, OPENED + 1, breaks('carries', 'rounds'))
    await newSubmission(one.id, OPENED + 2, breaks('rounds'))
    await newSubmission(two.id, OPENED + 3, breaks('carries'))
    await newSubmission(three.id, OPENED + 4, breaks('carries'))
    await newSubmission(three.id, OPENED + 5)
    await newSubmission(three.id, OPENED + 6, breaks('adds'))
    expect((await read()).rules).toEqual([
      { group: 'large', name: 'carries', students: 3, now: 1, submissions: 3 },
      { group: 'large', name: 'rounds', students: 1, now: 1, submissions: 2 },
      { group: 'large', name: 'adds', students: 1, now: 0, submissions: 1 },
    ])
  })

  it('names misconceptions in the words of the exercise', async () => {
    const { student, read } = await newClassWithSet()
    const [one, two] = [await student('One'), await student('Two')]
    await newSubmission(one.id, OPENED + 1, { ...breaks('adds'), misconception: 'minus.ts' })
    await newSubmission(one.id, OPENED + 2, { ...breaks('adds'), misconception: 'times.ts' })
    await newSubmission(two.id, OPENED + 3, { ...breaks('adds'), misconception: 'minus.ts' })
    await newSubmission(two.id, OPENED + 4, { ...breaks('adds'), misconception: 'gone.ts' })
    expect((await read()).misconceptions).toEqual([
      { file: 'minus.ts', hint: { en: 'Is this minus?', zh: '这是 minus 吗？' }, students: 2, now: 0 },
      { file: 'gone.ts', hint: null, students: 1, now: 1 },
      { file: 'times.ts', hint: { en: 'Is this times?', zh: '这是 times 吗？' }, students: 1, now: 1 },
    ])
  })

  it('finds who is stuck, and where', async () => {
    const { student, read, readSet } = await newClassWithSet()
    const [stuck, done, moving, crashing] = [await student('Stuck'), await student('Done'), await student('Moving'), await student('Crash')]
    const submit = async (userId: string, ...verdicts: Partial<Verdict>[]) => {
      let last = ''
      for (const [index, each] of verdicts.entries()) last = await newSubmission(userId, OPENED + index, each)
      return last
    }
    const last = await submit(stuck.id, breaks('adds'), breaks('carries', 'rounds'), breaks('carries'), CRASH, breaks('rounds', 'carries'))
    await submit(done.id, breaks('carries'), breaks('carries'), breaks('carries'), {})
    await submit(moving.id, breaks('adds'), breaks('carries'), breaks('rounds'))
    await submit(crashing.id, breaks('adds'), CRASH, CRASH, CRASH, CRASH)
    const view = await read()
    expect(view.stuck).toMatchObject([
      { student: { id: crashing.id, name: 'Crash' }, rule: null, reason: 'compile-error', times: 4, exercise: EXERCISE },
      { student: { id: stuck.id }, rule: { group: 'large', name: 'carries' }, reason: null, times: 3, submissionId: last },
    ])
    expect(view.figures.stuck).toBe(2)
    expect((await readSet()).stuck).toEqual(view.stuck)
  })

  it('leaves out those who are exempt or were removed, and those of other classes', async () => {
    const { course, set, student, read, readSet } = await newClassWithSet()
    const [exempt, removed] = [await student('Exempt'), await student('Removed')]
    const other = await newCourse()
    const foreign = await newStudent(other.id)
    for (const { id } of [exempt, removed, foreign]) await newSubmission(id, OPENED + 1, { ...breaks('adds'), misconception: 'minus.ts' })
    await grantException(course.instructor, course.id, set, { ...NOTHING, for: { kind: 'student', id: exempt.id }, exempt: true })
    await test.db.classMember.updateMany({ where: { userId: removed.id }, data: { removedAt: new Date() } })
    const view = await read()
    expect(view).toMatchObject({ rules: [], misconceptions: [], notStarted: [], stuck: [], figures: { students: 0, started: 0 } })
    expect(await readSet()).toMatchObject({ students: 0, exempt: 1, marks: { notStarted: 0, mean: null } })
  })
})

describe('who may see them', () => {
  it('is the staff of the class', async () => {
    const { course, set, student, read } = await newClassWithSet()
    const assistant = await newPerson()
    await addMember(course.id, assistant.id, 'assistant')
    expect((await getItemAnalytics(assistant, course.id, set, EXERCISE)).figures).toEqual((await read()).figures)
    for (const [viewer, code] of [[await student('S'), 'forbidden'], [await newPerson(), 'not-found']] as const) {
      await expect(listSetFigures(viewer, course.id)).rejects.toMatchObject({ code })
      await expect(getSetAnalytics(viewer, course.id, set)).rejects.toMatchObject({ code })
      await expect(getItemAnalytics(viewer, course.id, set, EXERCISE)).rejects.toMatchObject({ code })
    }
  })

  it('is told of published sets of this class only', async () => {
    const { course, set } = await newClassWithSet()
    const other = await newCourse()
    await expect(getSetAnalytics(other.instructor, other.id, set)).rejects.toMatchObject({ code: 'not-found' })
    await expect(getItemAnalytics(course.instructor, course.id, set, 'no-such')).rejects.toMatchObject({ code: 'not-found' })
    await test.db.problemSet.update({ where: { id: set }, data: { publishedAt: null } })
    await expect(getSetAnalytics(course.instructor, course.id, set)).rejects.toMatchObject({ code: 'not-found' })
    expect(await listSetFigures(course.instructor, course.id)).toEqual([])
  })

  it('sees a set that has not opened as one that nobody has started', async () => {
    const course = await newCourse()
    const student = await newStudent(course.id)
    const set = await newSet(course, { opensAt: at(HOUR) })
    await newSubmission(student.id, Date.now())
    expect(await getSetAnalytics(course.instructor, course.id, set)).toMatchObject({ set: { opened: false }, students: 1, marks: { notStarted: 1 } })
  })
})

describe('the figures', () => {
  it('of nobody are none', () => {
    expect(median([])).toBeNull()
    expect(markDistribution([], 1000, 3)).toMatchObject({ mean: null, median: null, notStarted: 3 })
    expect([timeBins([]), attemptBins([])].flat().every(({ count }) => count === 0)).toBe(true)
  })

  it('put every value into one bin', () => {
    const marks = [0, 99, 100, 101, 999, 1000, 1500]
    expect(markDistribution(marks, 1000, 0).bins.map(({ count }) => count)).toEqual([2, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    expect(markDistribution([0, 0], 0, 0).bins.at(-1)?.count).toBe(2)
    const times = [0, 1, 10 * MINUTE, HOUR - 1, HOUR, 400 * DAY]
    expect(timeBins(times).reduce((sum, { count }) => sum + count, 0)).toBe(times.length)
    expect(attemptBins([1, 2, 5, 6, 10, 11, 500]).map(({ count }) => count)).toEqual([1, 1, 0, 1, 2, 1, 1])
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('call somebody stuck from three in a row on', () => {
    const rule = (...names: string[]): Failed => ({ reason: null, broken: names.map((name) => ({ group: 'g', name })) })
    const slow: Failed = { reason: 'time-limit', broken: [] }
    expect(findCause([])).toBeNull()
    expect(findCause([rule('a'), rule('a')])).toBeNull()
    expect(findCause([rule('a'), rule('b'), rule('a'), rule('a')])).toBeNull()
    expect(findCause([rule('a', 'b'), rule('b'), slow, rule('b'), rule('a')])).toEqual({ rule: { group: 'g', name: 'b' }, reason: null, times: 3 })
    expect(findCause([slow, slow, slow, rule('a'), rule('a'), rule('a')])).toEqual({ rule: null, reason: 'time-limit', times: 3 })
    expect(findCause([slow, rule('a'), rule('a'), rule('a')])).toMatchObject({ rule: { name: 'a' }, times: 3 })
  })
})
