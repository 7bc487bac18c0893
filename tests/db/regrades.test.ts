import { beforeEach, describe, expect, it } from 'vitest'
import { findProgress } from '@/lib/db/progress'
import { deleteUser, lockUser } from '@/lib/db/users'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { inTransaction } from '@/lib/learn/database'
import { submit } from '@/lib/learn/submit'
import { regradeSubmission } from '@/lib/learn/regrade-submission'
import {
  applyRegrade, continueRegrades, findRegrade, listRegrades, resumeRegrade, startRegrade, stopRegrade,
} from '@/lib/learn/regrades'
import { findSubmission } from '@/lib/learn/submissions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { untilSomebodyWaits } from './support/locks'
import { newLearner } from './support/people'
import { gradeNext, listJobs } from './support/queue'
import { useRegrades } from './support/regrades'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
const content = useContent()
const { learnerWith, changeTests, oracle, regradeJobs, work, regradeAll } = useRegrades(test, content)

let admin: string
beforeEach(async () => {
  admin = (await newLearner()).id
})

const progress = async (userId: string) => {
  const { bestScore, firstPassedAt, bestSubmissionId, attempts } = (await findProgress(test.db, userId, EXERCISE))!
  return { bestScore, passed: firstPassedAt !== null, bestSubmissionId, attempts }
}

it('a regrade and an account that goes at the same moment wait for each other, and both come to their end', async () => {
  const { userId, ids: [, later = ''] } = await learnerWith({ now: 4, then: 10 }, { now: 4, then: 10 })
  await learnerWith({ now: 4, then: 10 })
  await changeTests()
  const started = await inTransaction(async (db) => {
    await lockUser(db, userId)
    await db.submission.delete({ where: { id: later } })
    const starting = startRegrade(admin, EXERCISE)
    await untilSomebodyWaits(test.db)
    await deleteUser(db, userId)
    return { starting }
  })
  expect(await started.starting).toMatchObject({ submissions: { total: 1 } })
})

it('two people who start a regrade of the same exercise at the same moment have one', async () => {
  await learnerWith({ now: 4, then: 10 })
  await changeTests()
  // The version is known already, so nobody waits for anybody to write it down.
  await learnerWith({ now: 4, then: 10 })
  const started = await Promise.allSettled([1, 2, 3].map(() => startRegrade(admin, EXERCISE)))
  expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(started.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : [])))
    .toEqual(['conflict', 'conflict'])
  expect(await listRegrades()).toHaveLength(1)
})

describe('a dry run', () => {
  it('tells who would gain and who would lose, and changes nothing', async () => {
    const gains = await learnerWith({ now: 4, then: 10 })
    const loses = await learnerWith({ now: 10, then: 6 })
    const keeps = await learnerWith({ now: 4, then: 4 }, { now: 4, then: 3 })
    const before = await Promise.all([gains, loses, keeps].map(({ userId }) => progress(userId)))
    await changeTests()
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({
      state: 'graded', gains: 1, losses: 1, submissions: { total: 4, graded: 4, failed: 0 },
      changes: [
        { change: 'loss', learner: { id: loses.userId }, before: { score: 10, passed: true }, after: { score: 6, passed: false } },
        { change: 'gain', learner: { id: gains.userId }, before: { score: 4, passed: false }, after: { score: 10, passed: true } },
      ],
    })
    expect(await Promise.all([gains, loses, keeps].map(({ userId }) => progress(userId)))).toEqual(before)
  })

  it('leaves the old verdicts as they were', async () => {
    const { userId, ids: [id = ''] } = await learnerWith({ now: 4, then: 10 })
    const before = await findSubmission(userId, id, 'en')
    await changeTests()
    await applyRegrade(admin, await regradeAll(admin), true)
    expect(await findSubmission(userId, id, 'en')).toEqual({ ...before, regrades: expect.anything() })
    await expect(test.db.$executeRaw`update verdicts set score = 0 where submission_id = ${id}::uuid`).rejects.toThrow(/never changed/)
    await expect(test.db.$executeRaw`update regrade_results set score = 0`).rejects.toThrow(/never changed/)
  })

  it('leaves out what has a verdict of the present version', async () => {
    await learnerWith({ now: 4, then: 10 })
    await changeTests()
    const { ids } = await learnerWith({ now: 4, then: 10 })
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({ submissions: { total: 1 } })
    expect(await test.db.regradeResult.count({ where: { submissionId: ids[0]! } })).toBe(0)
  })

  it('is refused when nothing is to be graded again, or another one of the exercise goes on', async () => {
    await expect(startRegrade(admin, EXERCISE)).rejects.toMatchObject({ code: 'nothing-to-regrade' })
    await expect(startRegrade(admin, 'nothing')).rejects.toMatchObject({ code: 'not-found' })
    await learnerWith({ now: 4, then: 10 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    await expect(startRegrade(admin, EXERCISE)).rejects.toMatchObject({ code: 'conflict' })
    expect((await listRegrades()).map((each) => each.id)).toEqual([id])
  })

  it('comes after every submission that somebody waits for', async () => {
    await learnerWith({ now: 4, then: 10 })
    await changeTests()
    await startRegrade(admin, EXERCISE)
    const { id } = await submit(admin, { exercise: EXERCISE, source: 'later' })
    const [first] = await test.db.$queryRaw<{ key: string }[]>`
      select key from graphile_worker.jobs order by priority, run_at limit 1`
    expect(first).toEqual({ key: id })
    expect(await listJobs()).toEqual([id])
  })
})

describe('a regrade that is applied', () => {
  it('raises scores, and lowers none unless it is told to', async () => {
    const gains = await learnerWith({ now: 4, then: 10 })
    const loses = await learnerWith({ now: 10, then: 6 })
    await changeTests()
    const id = await regradeAll(admin)
    await applyRegrade(admin, id, false)
    expect(await progress(gains.userId)).toEqual({ bestScore: 10, passed: true, bestSubmissionId: gains.ids[0], attempts: 1 })
    expect(await progress(loses.userId)).toEqual({ bestScore: 10, passed: true, bestSubmissionId: loses.ids[0], attempts: 1 })
    expect(await findRegrade(id)).toMatchObject({ state: 'applied', lowered: false, gains: 0, losses: 1 })
    await applyRegrade(admin, id, true)
    expect(await progress(loses.userId)).toEqual({ bestScore: 6, passed: false, bestSubmissionId: loses.ids[0], attempts: 1 })
    expect(await progress(gains.userId)).toMatchObject({ bestScore: 10 })
    expect(await findRegrade(id)).toMatchObject({ lowered: true, gains: 0, losses: 0, changes: [] })
  })

  it('is the same when it is applied twice', async () => {
    const { userId } = await learnerWith({ now: 4, then: 10 })
    await changeTests()
    const id = await regradeAll(admin)
    await applyRegrade(admin, id, true)
    const once = await test.db.progress.findMany({ where: { userId }, omit: { updatedAt: true } })
    await applyRegrade(admin, id, true)
    expect(await test.db.progress.findMany({ where: { userId }, omit: { updatedAt: true } })).toEqual(once)
  })

  it('takes the best of all attempts, and dates the pass by the first that passes now', async () => {
    const { userId, ids } = await learnerWith({ now: 10, then: 3 }, { now: 2, then: 10 }, { now: 10, then: 10 })
    await changeTests()
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({ gains: 0, losses: 0 })
    await applyRegrade(admin, id, true)
    expect(await progress(userId)).toMatchObject({ bestScore: 10, bestSubmissionId: ids[0] })
  })

  it('lowers nobody who has earned the score since, against the present tests', async () => {
    const { userId } = await learnerWith({ now: 10, then: 3 })
    await changeTests()
    const id = await regradeAll(admin)
    await submit(userId, { exercise: EXERCISE, source: 'better' })
    await gradeNext(graderThatFinds({ score: 10 }))
    expect(await findRegrade(id)).toMatchObject({ losses: 0 })
    await applyRegrade(admin, id, true)
    expect(await progress(userId)).toMatchObject({ bestScore: 10, passed: true, attempts: 2 })
  })

  it('takes nothing from anybody for an error of ours', async () => {
    const { userId } = await learnerWith({ now: 10, then: 'error' }, { now: 4, then: 3 })
    await changeTests()
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({ losses: 0, submissions: { failed: 1 } })
    await applyRegrade(admin, id, true)
    expect(await progress(userId)).toMatchObject({ bestScore: 10, passed: true })
  })

  it('takes nothing that rests on a submission which was not graded again', async () => {
    const { userId, ids } = await learnerWith({ now: 10, then: 10 }, { now: 4, then: 3 })
    await test.db.submission.delete({ where: { id: ids[0] } })
    await changeTests()
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({ losses: 0 })
    await applyRegrade(admin, id, true)
    expect(await progress(userId)).toMatchObject({ bestScore: 10, passed: true })
  })

  it('gives those their due whose submission ended as an error of ours before', async () => {
    const { userId, ids } = await learnerWith({ now: 0, then: 10, verdict: { verdict: 'error', reason: 'internal-error' } })
    expect(await findProgress(test.db, userId, EXERCISE)).toBeNull()
    const id = await regradeAll(admin)
    expect(await findRegrade(id)).toMatchObject({ gains: 1, changes: [{ before: null, after: { score: 10, passed: true } }] })
    await applyRegrade(admin, id, false)
    expect(await progress(userId)).toEqual({ bestScore: 10, passed: true, bestSubmissionId: ids[0], attempts: 1 })
  })

  it('counts on when the tests change again and the next regrade cannot grade', async () => {
    const { userId } = await learnerWith({ now: 4, then: 8 })
    await changeTests()
    await applyRegrade(admin, await regradeAll(admin), false)
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    const [job] = await regradeJobs()
    const failing = { grade: () => verdict({ verdict: 'error', reason: 'internal-error', score: 0 }) }
    await regradeSubmission(failing, job!.payload).catch(() => regradeSubmission(failing, job!.payload))
    await applyRegrade(admin, id, true)
    expect(await progress(userId)).toMatchObject({ bestScore: 8 })
  })

  it('is refused before every submission has its result, and when the exercise has changed since', async () => {
    await learnerWith({ now: 4, then: 10 }, { now: 4, then: 4 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    await work(1)
    await expect(applyRegrade(admin, id, false)).rejects.toMatchObject({ code: 'conflict', message: /Let the regrade end/ })
    await work()
    content.change()
    await expect(applyRegrade(admin, id, false)).rejects.toMatchObject({ code: 'conflict', message: /has changed since/ })
  })
})

describe('a regrade that is interrupted', () => {
  it('keeps the results that it has, and goes on where it stopped', async () => {
    await learnerWith({ now: 4, then: 10 }, { now: 4, then: 4 }, { now: 4, then: 6 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    await work(1)
    await stopRegrade(admin, id)
    await work()
    expect(oracle.graded).toHaveLength(1)
    await continueRegrades()
    expect(await regradeJobs()).toEqual([])
    expect(await findRegrade(id)).toMatchObject({ state: 'stopped', submissions: { total: 3, graded: 1 } })
    await resumeRegrade(admin, id)
    await work()
    expect(oracle.graded).toHaveLength(3)
    expect(await findRegrade(id)).toMatchObject({ state: 'graded', submissions: { graded: 3 } })
  })

  it('by the loss of its jobs gets them back, each one once', async () => {
    await learnerWith({ now: 4, then: 10 }, { now: 4, then: 4 })
    await changeTests()
    await startRegrade(admin, EXERCISE)
    await test.db.$executeRaw`delete from graphile_worker._private_jobs`
    await Promise.all([continueRegrades(), continueRegrades()])
    expect(await regradeJobs()).toHaveLength(2)
  })

  it('by a change of the exercise stops', async () => {
    await learnerWith({ now: 4, then: 10 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    content.change()
    await reloadCatalogue()
    await work()
    expect(await findRegrade(id)).toMatchObject({ state: 'stopped', log: [{ action: 'regrade.stopped', actor: null }, {}] })
    expect(oracle.graded).toEqual([])
    await expect(resumeRegrade(admin, id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('by graders that die of a submission ends that one as an error of ours', async () => {
    await learnerWith({ now: 10, then: 10 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    const [job] = await regradeJobs()
    const fatal = { grade: () => Promise.reject(new Error('killed')) }
    for (let begun = 0; begun < 4; begun++) await expect(regradeSubmission(fatal, job!.payload)).rejects.toThrow('killed')
    await regradeSubmission(fatal, job!.payload)
    expect(await findRegrade(id)).toMatchObject({ state: 'graded', losses: 0, submissions: { failed: 1 } })
  })
})

describe('the log of a regrade', () => {
  it('says who did what, and cannot be changed', async () => {
    await learnerWith({ now: 4, then: 10 }, { now: 4, then: 4 })
    const other = (await newLearner()).id
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    await stopRegrade(other, id)
    await resumeRegrade(admin, id)
    await work()
    await applyRegrade(admin, id, false)
    expect((await findRegrade(id))?.log).toMatchObject([
      { action: 'regrade.applied', actor: 'Ada', detail: { lower: false, raised: 1, lowered: 0, kept: 0 } },
      { action: 'regrade.resumed' },
      { action: 'regrade.stopped' },
      { action: 'regrade.started', detail: { exercise: EXERCISE, total: 2 } },
    ])
    expect(await test.db.auditEntry.count({ where: { subject: id, actorId: other } })).toBe(1)
    await expect(test.db.$executeRaw`update audit_log set action = 'nothing'`).rejects.toThrow(/never changed/)
  })

  it('and the regrade outlive the account of who did it', async () => {
    await learnerWith({ now: 4, then: 10 })
    await changeTests()
    const id = await regradeAll(admin)
    await test.db.user.delete({ where: { id: admin } })
    expect(await findRegrade(id)).toMatchObject({ startedBy: null, log: [{ action: 'regrade.started', actor: null }] })
  })
})
