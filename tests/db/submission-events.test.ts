import { beforeEach, describe, expect, it } from 'vitest'
import type { SubmissionView } from '@/lib/contract/submission'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { submissionEvents } from '@/lib/learn/submission-events'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
useContent()

let userId: string
let id: string
let stop: AbortController
beforeEach(async () => {
  await test.db.submission.deleteMany({})
  userId = (await newLearner()).id
  id = (await submit(userId, { exercise: EXERCISE, source: 'x' })).id
  stop = new AbortController()
})

const events = (of = id, user = userId) => submissionEvents(user, of, 'en', stop.signal)
const next = async (source: AsyncGenerator<SubmissionView>) => (await source.next()).value
const listeners = () => test.db.$queryRaw<{ pid: number }[]>`
  select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%'`

describe('the events of a submission', () => {
  it('tell its present state first, then each change, and end with the verdict', async () => {
    const source = events()
    expect(await next(source)).toMatchObject({ id, state: 'queued', place: 0 })
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const grading = gradeSubmission({ grade: async () => (await held, verdict()) }, id)
    expect(await next(source)).toMatchObject({ state: 'grading', place: null })
    release()
    await grading
    expect(await next(source)).toMatchObject({ state: 'done', verdict: { verdict: 'passed' } })
    expect(await source.next()).toEqual({ value: undefined, done: true })
  })

  it('are one event for a submission that is done', async () => {
    await recordVerdict(id, await verdict())
    const seen = []
    for await (const view of events()) seen.push(view.state)
    expect(seen).toEqual(['done'])
  })

  it('tell how the place in the queue moves', async () => {
    const mine = (await submit(userId, { exercise: EXERCISE, source: 'y' })).id
    const source = events(mine)
    expect(await next(source)).toMatchObject({ state: 'queued', place: 1 })
    await gradeSubmission(graderThatFinds(), id)
    expect(await next(source)).toMatchObject({ state: 'queued', place: 0 })
  })

  it('reach several listeners at once', async () => {
    const sources = [events(), events(), events()]
    for (const source of sources) await next(source)
    await recordVerdict(id, await verdict())
    for (const source of sources) expect(await next(source)).toMatchObject({ state: 'done' })
    expect(await listeners()).toHaveLength(1)
  })

  it('lose nothing that happens while the connection is away', async () => {
    const source = events()
    await next(source)
    for (const { pid } of await listeners()) {
      await test.db.$queryRaw`select pg_terminate_backend(${pid}::int, 5000)`
    }
    await recordVerdict(id, await verdict())
    expect(await next(source)).toMatchObject({ state: 'done' })
  })

  it('end when nobody listens any more', async () => {
    const source = events()
    await next(source)
    const waiting = source.next()
    stop.abort()
    expect(await waiting).toEqual({ value: undefined, done: true })
  })

  it('are not for others', async () => {
    const { id: stranger } = await newLearner()
    await expect(events(id, stranger).next()).rejects.toMatchObject({ code: 'not-found' })
  })
})
