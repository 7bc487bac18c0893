import { beforeEach, describe, expect, it } from 'vitest'
import { findGradedSubmission, listGradedSubmissions } from '@/lib/learn/graded-submissions'
import { MAX_GRADINGS } from '@/lib/learn/grade-submission'
import { progressOf } from '@/lib/learn/progress'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { emptyQueue, gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

beforeEach(async () => {
  await emptyQueue()
  await test.db.submission.deleteMany({})
})

const fatal = { grade: () => Promise.reject(new Error('killed')) }

/** Sends a submission on which every grader dies. */
async function sendDeadly() {
  const { id: userId } = await newLearner()
  const { id } = await submit(userId, { exercise: EXERCISE, source: 'deadly' })
  for (let begun = 0; begun < MAX_GRADINGS; begun++) await gradeNext(fatal).catch(() => {})
  await gradeNext(fatal)
  return { userId, id }
}

describe('a submission on which graders die', () => {
  it('is kept for a person with its source, its author and how often it was tried', async () => {
    const { userId, id } = await sendDeadly()
    const entry = {
      id, exercise: EXERCISE, author: { id: userId, name: 'Ada' }, verdict: 'error', reason: 'internal-error',
      gradings: MAX_GRADINGS + 1,
    }
    expect(await listGradedSubmissions({ verdict: 'error' })).toMatchObject([entry])
    expect(await findGradedSubmission(id)).toMatchObject({ ...entry, source: 'deadly' })
  })

  it('costs its author nothing, and leaves the place in the queue to the next', async () => {
    const { userId } = await sendDeadly()
    expect(await progressOf(userId)).toMatchObject([{ state: 'untouched', attempts: 0 }])
    const { id } = await submit(userId, { exercise: EXERCISE, source: 'better' })
    expect(await gradeNext(graderThatFinds())).toBe(id)
    expect(await progressOf(userId)).toMatchObject([{ state: 'passed', attempts: 1 }])
  })
})

describe('the list of graded submissions', () => {
  it('holds those of one verdict, latest first and page by page', async () => {
    const { id: userId } = await newLearner()
    const failed = []
    for (const score of [0, 10, 4, 5]) {
      const { id } = await submit(userId, { exercise: EXERCISE, source: `${score}` })
      await gradeNext(graderThatFinds({ score }))
      if (score !== 10) failed.unshift(id)
    }
    const list = async (query: { before?: string; limit?: number }) =>
      (await listGradedSubmissions({ verdict: 'failed', ...query })).map(({ id }) => id)
    expect(await list({})).toEqual(failed)
    expect(await list({ limit: 2 })).toEqual(failed.slice(0, 2))
    expect(await list({ limit: 2, before: failed[1] })).toEqual(failed.slice(2))
    expect(await listGradedSubmissions({ verdict: 'passed' })).toHaveLength(1)
  })

  it('does not hold one that still waits', async () => {
    const { id } = await submit((await newLearner()).id, { exercise: EXERCISE, source: 'x' })
    expect(await findGradedSubmission(id)).toBeNull()
    expect(await findGradedSubmission('no id')).toBeNull()
  })
})
