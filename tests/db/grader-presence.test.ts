import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { DEAD_AFTER_MS } from '@/lib/db/graders'
import { dismissGrader, recoverLostWork, reportGrader, type Heartbeat } from '@/lib/learn/grader-presence'
import { health } from '@/lib/learn/health'
import { submit } from '@/lib/learn/submit'
import { findSubmission } from '@/lib/learn/submissions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'

const test = useDatabase()
useContent()

let userId: string
beforeEach(async () => {
  await test.db.grader.deleteMany({})
  await test.db.submission.deleteMany({})
  await test.db.$executeRaw`delete from graphile_worker._private_jobs`
})

const nobodyIsGone = () => false
/** Of a learner of its own: the second one of the same learner would have no job yet. */
const newSubmission = async () => {
  userId = (await newLearner()).id
  return (await submit(userId, { exercise: EXERCISE, source: 'x' })).id
}

const newGrader = async (workerId: string, more: Partial<Heartbeat> = {}): Promise<Heartbeat> => {
  const heartbeat: Heartbeat = {
    id: randomUUID(), host: 'here', pid: 1, concurrency: 2, runtimeVersion: 'test', layers: { 'own-uid': true },
    workerIds: [workerId], ...more,
  }
  await reportGrader(heartbeat)
  return heartbeat
}

/** Lets a worker take a job, as long ago as told. */
const lock = (submissionId: string, workerId: string, secondsAgo = 0) => test.db.$executeRaw`
  update graphile_worker._private_jobs
  set locked_by = ${workerId}, locked_at = now() - ${secondsAgo}::int * interval '1 second', attempts = attempts + 1
  where key = ${submissionId}`

const lockedBy = async (submissionId: string) => {
  const [job] = await test.db.$queryRaw<{ locked_by: string | null }[]>`
    select locked_by from graphile_worker.jobs where key = ${submissionId}`
  return job?.locked_by
}
const silence = (id: string) =>
  test.db.grader.update({ where: { id }, data: { seenAt: new Date(Date.now() - DEAD_AFTER_MS - 1_000) } })

describe('the work of a grader', () => {
  it('is left alone while it gives signs of life, however long it takes', async () => {
    const id = await newSubmission()
    await newGrader('w1')
    await lock(id, 'w1', 3600)
    expect(await recoverLostWork(nobodyIsGone)).toMatchObject({ gradersLost: 0 })
    expect(await lockedBy(id)).toBe('w1')
  })

  it('is freed when the grader has been silent for too long', async () => {
    const id = await newSubmission()
    const { id: grader } = await newGrader('w1')
    await lock(id, 'w1')
    await silence(grader)
    expect(await recoverLostWork(nobodyIsGone)).toMatchObject({ gradersLost: 1 })
    expect(await lockedBy(id)).toBeNull()
  })

  it('is freed at once when its process is known to be gone', async () => {
    const [mine, others] = [await newSubmission(), await newSubmission()]
    await newGrader('w1', { pid: 4 })
    await newGrader('w2', { pid: 5 })
    await lock(mine, 'w1')
    await lock(others, 'w2')
    await recoverLostWork(({ pid }) => pid === 4)
    expect([await lockedBy(mine), await lockedBy(others)]).toEqual([null, 'w2'])
  })

  it('is freed when the grader died before it ever reported', async () => {
    const [old, young] = [await newSubmission(), await newSubmission()]
    await lock(old, 'w1', DEAD_AFTER_MS / 1000 + 1)
    await lock(young, 'w2', 1)
    await recoverLostWork(nobodyIsGone)
    expect([await lockedBy(old), await lockedBy(young)]).toEqual([null, 'w2'])
  })

  it('is freed when the grader died and the clock of the database was set back', async () => {
    const [reported, stray] = [await newSubmission(), await newSubmission()]
    const { id: grader } = await newGrader('w1')
    await lock(reported, 'w1', -3600)
    await lock(stray, 'w2', -3600)
    await test.db.grader.update({ where: { id: grader }, data: { seenAt: new Date(Date.now() + 3_600_000) } })
    expect(await health()).toMatchObject({ status: 'degraded', graders: [{ alive: false }] })
    expect(await recoverLostWork(nobodyIsGone)).toMatchObject({ gradersLost: 1 })
    expect([await lockedBy(reported), await lockedBy(stray)]).toEqual([null, null])
  })

  it('is given back when it stops', async () => {
    const id = await newSubmission()
    const grader = await newGrader('w1')
    await lock(id, 'w1')
    await dismissGrader(grader)
    expect(await lockedBy(id)).toBeNull()
    expect(await test.db.grader.count()).toBe(0)
  })
})

describe('a submission whose job was taken up far too often', () => {
  it('ends as an error of ours and leaves the queue', async () => {
    const id = await newSubmission()
    await test.db.$executeRaw`update graphile_worker._private_jobs set attempts = max_attempts - 1 where key = ${id}`
    await recoverLostWork(nobodyIsGone)
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ state: 'queued' })
    await lock(id, 'w1', 3600)
    await recoverLostWork(nobodyIsGone)
    expect(await recoverLostWork(nobodyIsGone)).toMatchObject({ submissionsGivenUp: [] })
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ state: 'done', verdict: { verdict: 'error' } })
    expect(await lockedBy(id)).toBeUndefined()
  })
})

describe('the health check', () => {
  it('is degraded without a grader, and tells of the queue', async () => {
    await newSubmission()
    expect(await health()).toMatchObject({
      status: 'degraded',
      database: { reachable: true },
      migrations: { upToDate: true, pending: [] },
      graders: [],
      queue: { queued: 1, grading: 0, oldestSeconds: expect.any(Number) },
    })
  })

  it('is well with a grader that gives signs of life', async () => {
    await newGrader('w1')
    expect(await health()).toMatchObject({
      status: 'ok',
      graders: [{ concurrency: 2, alive: true, layers: { 'own-uid': true } }],
      queue: { queued: 0, oldestSeconds: null },
    })
  })

  it('does not count a silent grader', async () => {
    await silence((await newGrader('w1')).id)
    expect(await health()).toMatchObject({ status: 'degraded', graders: [{ alive: false }] })
  })

  it('is down while a migration has not run', async () => {
    await test.db.$executeRaw`delete from _prisma_migrations where migration_name like '%_checks'`
    expect(await health()).toMatchObject({ status: 'down', migrations: { upToDate: false, pending: [expect.stringMatching(/_checks$/)] } })
  })
})
