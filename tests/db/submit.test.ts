import { describe, expect, it } from 'vitest'
import { MAX_SOURCE_BYTES } from '@/lib/contract/submission'
import { database } from '@/lib/db/client'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { submit } from '@/lib/learn/submit'
import { findSubmission, listSubmissions } from '@/lib/learn/submissions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

const jobsOf = (id: string) => database().$queryRaw`select task_identifier from graphile_worker.jobs where key = ${id}`

describe('submit', () => {
  it('stores the source and queues its grading', async () => {
    const { id: userId } = await newLearner()
    const view = await submit(userId, { exercise: EXERCISE, source: 'export const x = 1' })
    expect(view).toMatchObject({ exercise: EXERCISE, state: 'queued', verdict: null, hint: null })
    expect(await findSubmission(userId, view.id, 'en')).toMatchObject({ id: view.id, source: 'export const x = 1' })
    expect(await jobsOf(view.id)).toEqual([{ task_identifier: 'grade' }])
  })

  it('writes down the version of the exercise once', async () => {
    const { id: userId } = await newLearner()
    await Promise.all([1, 2, 3].map(() => submit(userId, { exercise: EXERCISE, source: 'x' })))
    expect(await test.db.exerciseVersion.findMany()).toMatchObject([{ exercise: EXERCISE, maxScore: 10, difficulty: 'easy' }])
  })

  it('refuses a source of more than 64 KiB, naming its size, and stores nothing', async () => {
    const { id: userId } = await newLearner()
    const source = 'é'.repeat(MAX_SOURCE_BYTES / 2) + '!'
    await expect(submit(userId, { exercise: EXERCISE, source })).rejects.toMatchObject({
      code: 'source-too-large',
      message: 'The source has 64.1 KiB; at most 64 KiB are accepted. Shorten it and try again.',
    })
    expect(await listSubmissions(userId, {}, 'en')).toEqual([])
  })

  it('takes a source of 64 KiB', async () => {
    const { id: userId } = await newLearner()
    const view = await submit(userId, { exercise: EXERCISE, source: 'é'.repeat(MAX_SOURCE_BYTES / 2) })
    expect(view.state).toBe('queued')
  })

  it('refuses a NUL character, which the database cannot hold', async () => {
    const { id: userId } = await newLearner()
    await expect(submit(userId, { exercise: EXERCISE, source: 'a\0b' })).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('refuses an exercise that does not exist', async () => {
    const { id: userId } = await newLearner()
    await expect(submit(userId, { exercise: 'nothing', source: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('stores nothing when the job cannot be added', async () => {
    const { id: userId } = await newLearner()
    await test.db.$executeRaw`alter function graphile_worker.add_job rename to add_job_away`
    try {
      await expect(submit(userId, { exercise: EXERCISE, source: 'x' })).rejects.toThrow()
    } finally {
      await test.db.$executeRaw`alter function graphile_worker.add_job_away rename to add_job`
    }
    expect(await listSubmissions(userId, {}, 'en')).toEqual([])
  })

  it('works on a database that has forgotten the version', async () => {
    const { id: userId } = await newLearner()
    await submit(userId, { exercise: EXERCISE, source: 'x' })
    await test.db.submission.deleteMany({})
    await test.db.exerciseVersion.deleteMany({})
    await expect(submit(userId, { exercise: EXERCISE, source: 'x' })).resolves.toMatchObject({ state: 'queued' })
  })

  it('tells how many submissions are ahead', async () => {
    await test.db.submission.deleteMany({})
    const { id: userId } = await newLearner()
    const views = []
    for (let i = 0; i < 3; i++) views.push(await submit(userId, { exercise: EXERCISE, source: `${i}` }))
    expect(views.map(({ place }) => place)).toEqual([0, 1, 2])
    await gradeSubmission(graderThatFinds(), views[0]?.id ?? '')
    expect(await findSubmission(userId, views[2]?.id ?? '', 'en')).toMatchObject({ place: 1 })
  })
})

describe('submissions', () => {
  it('are shown to their owner alone', async () => {
    const [{ id: owner }, { id: other }] = [await newLearner(), await newLearner()]
    const { id } = await submit(owner, { exercise: EXERCISE, source: 'x' })
    expect(await findSubmission(other, id, 'en')).toBeNull()
    expect(await listSubmissions(other, {}, 'en')).toEqual([])
  })

  it('with an id that is none are not found', async () => {
    const { id } = await newLearner()
    expect(await findSubmission(id, "' or 1 = 1", 'en')).toBeNull()
  })

  it('are listed latest first, by exercise and by page', async () => {
    const { id: userId } = await newLearner()
    const made = []
    for (let i = 0; i < 5; i++) made.unshift((await submit(userId, { exercise: EXERCISE, source: `${i}` })).id)
    const ids = async (query: Parameters<typeof listSubmissions>[1]) =>
      (await listSubmissions(userId, query, 'en')).map(({ id }) => id)
    expect(await ids({})).toEqual(made)
    expect(await ids({ limit: 2 })).toEqual(made.slice(0, 2))
    expect(await ids({ limit: 2, before: made[1] })).toEqual(made.slice(2, 4))
    expect(await ids({ exercise: EXERCISE })).toEqual(made)
    expect(await ids({ exercise: 'other' })).toEqual([])
  })
})
