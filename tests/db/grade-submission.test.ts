import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exercisesDir } from '@/lib/content/exercises-dir'
import { loadCatalogue } from '@/lib/content/load-catalogue'
import { keepVersion } from '@/lib/db/versions'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { giveUpSubmission, gradeSubmission, type SubmissionGrader } from '@/lib/learn/grade-submission'
import { findSubmission } from '@/lib/learn/submissions'
import { submit } from '@/lib/learn/submit'
import { toVersion } from '@/lib/learn/versions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
const content = useContent()

let userId: string
let id: string
beforeEach(async () => {
  userId = (await newLearner()).id
  id = (await submit(userId, { exercise: EXERCISE, source: 'export const add = 1' })).id
})
afterEach(() => content.restore())

const versionOfSubmission = async () => (await test.db.submission.findUniqueOrThrow({ where: { id } })).versionHash
const stored = () => findSubmission(userId, id, 'en')

/** Rows E11, F4 and F5 of the list of attacks (docs/attacks.md). */
describe('grading a submission', () => {
  it('hands the grader the source, the hidden tests and a seed, and nothing of the solution', async () => {
    const tasks: Parameters<SubmissionGrader['grade']>[0][] = []
    await gradeSubmission({ grade: async (task) => (tasks.push(task), verdict()) }, id)
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({
      source: 'export const add = 1',
      exercise: { slug: EXERCISE, hiddenTests: expect.stringContaining('describe'), wrong: { 'minus.ts': expect.any(String) } },
    })
    expect(Number.isInteger(tasks[0]?.seed)).toBe(true)
    expect(JSON.stringify(tasks[0])).not.toContain('return a + b')
  })

  it('is seen as grading while it lasts, and as done afterwards', async () => {
    let during: unknown
    await gradeSubmission({ grade: async () => ((during = await stored()), verdict()) }, id)
    expect(during).toMatchObject({ state: 'grading', place: null })
    expect(await stored()).toMatchObject({ state: 'done' })
  })

  it('begins again after a grader was lost half-way', async () => {
    await expect(gradeSubmission({ grade: () => Promise.reject(new Error('killed')) }, id)).rejects.toThrow('killed')
    expect(await stored()).toMatchObject({ state: 'grading' })
    await gradeSubmission(graderThatFinds(), id)
    expect(await stored()).toMatchObject({ state: 'done', verdict: { verdict: 'passed' } })
  })

  it('begins four times at most, then ends as an error of ours', async () => {
    let begun = 0
    const fatal: SubmissionGrader = { grade: () => (begun++, Promise.reject(new Error('killed'))) }
    for (let i = 1; i <= 4; i++) await expect(gradeSubmission(fatal, id)).rejects.toThrow('killed')
    expect(await gradeSubmission(fatal, id)).toMatchObject({ verdict: 'error', reason: 'internal-error' })
    expect(begun).toBe(4)
    expect(await stored()).toMatchObject({ state: 'done', verdict: { verdict: 'error' } })
  })

  it('is not repeated once there is a verdict', async () => {
    await gradeSubmission(graderThatFinds({ score: 4 }), id)
    const never: SubmissionGrader = { grade: () => Promise.reject(new Error('graded again')) }
    expect(await gradeSubmission(never, id)).toBeNull()
  })

  it('is skipped for a submission that was deleted meanwhile', async () => {
    await test.db.submission.delete({ where: { id } })
    expect(await gradeSubmission(graderThatFinds(), id)).toBeNull()
  })

  it('uses the tests that the submission names, also when their files have changed since they were read', async () => {
    const before = await versionOfSubmission()
    content.change()
    await gradeSubmission(graderThatFinds(), id)
    expect(await versionOfSubmission()).toBe(before)
  })

  it('reads the files again when the submission names tests that are newer', async () => {
    content.change()
    const exercise = (await loadCatalogue(exercisesDir())).catalogue.findExercise(EXERCISE)
    if (!exercise) throw new Error('no exercise')
    await keepVersion(test.db, toVersion(exercise))
    await test.db.submission.update({ where: { id }, data: { versionHash: exercise.version } })
    await gradeSubmission(graderThatFinds(), id)
    expect(await stored()).toMatchObject({ verdict: { exerciseVersion: exercise.version } })
  })

  it('uses the present tests when those of the submission are gone, and the verdict names them', async () => {
    const before = await versionOfSubmission()
    content.change()
    await reloadCatalogue()
    await gradeSubmission(graderThatFinds(), id)
    const after = await versionOfSubmission()
    expect(after).not.toBe(before)
    expect(await stored()).toMatchObject({ verdict: { exerciseVersion: after } })
  })

  it('ends as an error of ours when the exercise is gone', async () => {
    content.remove()
    await reloadCatalogue()
    await gradeSubmission(graderThatFinds(), id)
    expect(await stored()).toMatchObject({ state: 'done', verdict: { verdict: 'error', reason: 'internal-error' } })
  })

  it('ends as an error of ours when it is given up', async () => {
    await giveUpSubmission(id)
    expect(await stored()).toMatchObject({ state: 'done', verdict: { verdict: 'error' } })
  })
})
