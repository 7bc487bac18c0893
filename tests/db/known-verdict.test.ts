import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, testTimeout } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { DEAD_AFTER_MS } from '@/lib/db/graders'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { reportGrader } from '@/lib/learn/grader-presence'
import { progressOf } from '@/lib/learn/progress'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { emptyQueue, gradeNext, listJobs } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
const content = useContent()

let userId: string
let source: string
beforeEach(async () => {
  await emptyQueue()
  await test.db.grader.deleteMany({})
  await newGrader('test')
  userId = (await newLearner()).id
  source = `export const id = '${randomUUID()}'`
})
afterEach(() => content.restore())

const newGrader = (runtimeVersion: string) => reportGrader({
  id: randomUUID(), host: 'here', pid: 1, concurrency: 1, runtimeVersion, layers: {}, workerIds: [],
})
const send = (userId: string, text = source, locale: 'en' | 'zh' = 'en') =>
  submit(userId, { exercise: EXERCISE, source: text }, locale)
/** Somebody else's submission of the same source, graded. */
const gradeBefore = async (found: Partial<Verdict> = {}) => {
  const { id } = await send((await newLearner()).id)
  // An error is believed when it comes twice.
  await gradeNext(graderThatFinds(found)).catch(() => gradeNext(graderThatFinds(found)))
  return id
}

/** Row F7 of the list of attacks (docs/attacks.md). */
describe('a source that was graded before', () => {
  it('has its verdict at once, as a row of its own that counts, and is not queued', async () => {
    const before = await gradeBefore({ score: 4, seed: 77 })
    const view = await send(userId)
    expect(view).toMatchObject({ state: 'done', place: null, verdict: { verdict: 'failed', score: 4 } })
    expect(await listJobs()).toEqual([])
    const rows = await test.db.verdict.findMany({ where: { submissionId: { in: [before, view.id] } } })
    expect(rows).toHaveLength(2)
    expect(rows[0]?.detail).toEqual(rows[1]?.detail)
    expect(await progressOf(userId)).toMatchObject([{ state: 'tried', bestScore: 4, attempts: 1 }])
    expect(await test.db.progress.findMany({ where: { userId } })).toMatchObject([{ bestSubmissionId: view.id }])
  })

  it('passes as it did', async () => {
    await gradeBefore()
    expect(await send(userId)).toMatchObject({ state: 'done', verdict: { verdict: 'passed', score: 10 } })
    expect(await progressOf(userId)).toMatchObject([{ state: 'passed', firstPassedAt: expect.any(String) }])
  })

  it('brings its hint in the language of whoever submits now', async () => {
    await gradeBefore({ score: 0, misconception: 'minus.ts' })
    expect(await send(userId, source, 'zh')).toMatchObject({ hint: '这是 minus 吗？' })
  })

  it('needs no room in a queue that is full', async () => {
    await gradeBefore()
    for (let each = 0; each < 5; each++) await send(userId, `${source} // ${each}`)
    await expect(send(userId, `${source} // more`)).rejects.toMatchObject({ code: 'too-many-waiting' })
    expect(await send(userId)).toMatchObject({ state: 'done' })
  })

  it('is graded again when one of its tests met its time limit: the machine may have had a part in it', async () => {
    const tests = (durationMs: number): Partial<Verdict> => ({
      score: 4, tests: [{ name: 'adds', group: 'small', state: 'failed', durationMs }],
    })
    await gradeBefore(tests(testTimeout(DEFAULT_LIMITS)))
    expect(await send(userId)).toMatchObject({ state: 'queued', verdict: null })
    await gradeNext(graderThatFinds(tests(testTimeout(DEFAULT_LIMITS) - 1)))
    expect(await send((await newLearner()).id)).toMatchObject({ state: 'done', verdict: { score: 4 } })
  })

  it('is graded again when it differs in as little as a space', async () => {
    await gradeBefore()
    expect(await send(userId, `${source} `)).toMatchObject({ state: 'queued' })
  })

  it('is graded again when the tests have changed', async () => {
    await gradeBefore()
    content.change()
    await reloadCatalogue()
    expect(await send(userId)).toMatchObject({ state: 'queued' })
  })

  it.each([
    ['an error of ours', { verdict: 'error', reason: 'internal-error', score: 0 }],
    ['the time limit, which may be the machine\'s mood', { verdict: 'failed', reason: 'time-limit', score: 0 }],
    ['another runtime than graders have now', { runtimeVersion: 'older' }],
  ] as const)('is graded again when the verdict was %s', async (_, found) => {
    await gradeBefore(found)
    expect(await send(userId)).toMatchObject({ state: 'queued' })
  })

  it('is graded again when no grader with that runtime is alive', async () => {
    await gradeBefore()
    await test.db.grader.updateMany({ data: { seenAt: new Date(Date.now() - DEAD_AFTER_MS - 1_000) } })
    await newGrader('newer')
    expect(await send(userId)).toMatchObject({ state: 'queued' })
  })
})
