import { beforeEach, describe, expect, it } from 'vitest'
import { applyRegrade, startRegrade, stopRegrade } from '@/lib/learn/regrades'
import { findSubmission, listSubmissions } from '@/lib/learn/submissions'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { gradeNext } from './support/queue'
import { useRegrades } from './support/regrades'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
const content = useContent()
const { learnerWith, changeTests, work, regradeAll } = useRegrades(test, content)

let admin: string
beforeEach(async () => {
  admin = (await newLearner()).id
})

const told = async ({ userId, ids }: { userId: string; ids: string[] }, index = 0) => {
  return (await findSubmission(userId, ids[index] ?? '', 'en'))?.regrades
}
const marks = async (userId: string) => (await listSubmissions(userId, {}, 'en')).map(({ regraded }) => regraded)
const versionOf = async (id: string) => (await test.db.regrade.findUniqueOrThrow({ where: { id } })).versionHash

/** Changes the tests, grades everything again and applies it. */
async function regrade({ lower }: { lower: boolean }): Promise<string> {
  await changeTests()
  const id = await regradeAll(admin)
  await applyRegrade(admin, id, lower)
  return id
}

describe('a regrade that is applied', () => {
  it('is told to the author with its result and version, beside the verdict, which keeps its own', async () => {
    const learner = await learnerWith({ now: 4, then: 10 })
    const before = await findSubmission(learner.userId, learner.ids[0]!, 'en')
    const id = await regrade({ lower: false })
    expect(await findSubmission(learner.userId, learner.ids[0]!, 'en')).toEqual({
      ...before,
      regrades: {
        results: [{
          gradedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          verdict: expect.objectContaining({ verdict: 'passed', score: 10, maxScore: 10, exerciseVersion: await versionOf(id) }),
        }],
        best: { effect: 'raised', score: 10, maxScore: 10, passLost: false },
      },
    })
    expect(before).toMatchObject({ regrades: null, verdict: { score: 4 } })
    expect(before?.verdict?.exerciseVersion).not.toBe(await versionOf(id))
  })

  it('tells no more of its verdict than of any', async () => {
    const learner = await learnerWith({ now: 4, then: 10 })
    await regrade({ lower: false })
    const [result] = (await told(learner))?.results ?? []
    expect(Object.keys(result!.verdict)).toEqual(expect.not.arrayContaining(['seed', 'misconception']))
    expect(result!.verdict.tests[0]).not.toHaveProperty('durationMs')
  })

  it('is told to nobody but the author', async () => {
    const learner = await learnerWith({ now: 4, then: 10 })
    const other = await learnerWith({ now: 4, then: 4 })
    await regrade({ lower: false })
    expect(await told({ userId: other.userId, ids: learner.ids })).toBeUndefined()
    expect(await told({ userId: admin, ids: learner.ids })).toBeUndefined()
    expect(await told(other)).toMatchObject({ results: [{ verdict: { score: 4 } }], best: { effect: 'unchanged' } })
  })

  it('is marked in the list of submissions, where it concerns them', async () => {
    const { userId } = await learnerWith({ now: 4, then: 10 }, { now: 4, then: 'error' })
    await regrade({ lower: false })
    await submit(userId, { exercise: EXERCISE, source: '10 // later' })
    expect(await marks(userId)).toEqual([false, false, true])
  })

  it('once more is told first, with the one before', async () => {
    const learner = await learnerWith({ now: 4, then: 10 })
    const first = await regrade({ lower: false })
    const second = await regrade({ lower: false })
    const versions = (await told(learner))?.results.map(({ verdict }) => verdict.exerciseVersion)
    expect(versions).toEqual([await versionOf(second), await versionOf(first)])
  })
})

describe('nothing is told', () => {
  it('of a dry run, nor of one that was stopped', async () => {
    const learner = await learnerWith({ now: 4, then: 10 }, { now: 4, then: 8 })
    await changeTests()
    const { id } = await startRegrade(admin, EXERCISE)
    await work(1)
    await stopRegrade(admin, id)
    expect(await test.db.regradeResult.count({ where: { verdict: 'passed' } })).toBe(1)
    expect(await told(learner)).toBeNull()
    expect(await marks(learner.userId)).toEqual([false, false])
    await changeTests()
    await regradeAll(admin)
    expect(await told(learner)).toBeNull()
    expect(await marks(learner.userId)).toEqual([false, false])
  })

  it('of a result that is an error of ours, applied or not', async () => {
    const learner = await learnerWith({ now: 10, then: 'error' })
    await regrade({ lower: true })
    expect(await told(learner)).toBeNull()
  })
})

describe('what it did to the best score', () => {
  it('is nothing where a score that was reached is kept, until it is applied with lowering', async () => {
    const learner = await learnerWith({ now: 10, then: 6 })
    const id = await regrade({ lower: false })
    expect((await told(learner))?.best).toEqual({ effect: 'kept', score: 10, maxScore: 10, passLost: false })
    await applyRegrade(admin, id, true)
    expect((await told(learner))?.best).toEqual({ effect: 'lowered', score: 6, maxScore: 10, passLost: true })
  })

  it('is lowering, too, where another submission is the best afterwards', async () => {
    const learner = await learnerWith({ now: 10, then: 3 }, { now: 4, then: 6 })
    await regrade({ lower: true })
    const lowered = { effect: 'lowered', score: 6, maxScore: 10, passLost: true }
    expect((await told(learner))?.best).toEqual(lowered)
    expect((await told(learner, 1))?.best).toEqual(lowered)
  })

  it('is nothing where it finds the same', async () => {
    const learner = await learnerWith({ now: 4, then: 4 })
    await regrade({ lower: true })
    expect((await told(learner))?.best).toMatchObject({ effect: 'unchanged', score: 4 })
  })

  it('is nothing where another submission is better', async () => {
    const learner = await learnerWith({ now: 8, then: 8 }, { now: 2, then: 6 })
    await regrade({ lower: true })
    expect((await told(learner, 1))?.best).toMatchObject({ effect: 'elsewhere', score: 8 })
  })

  it('is told as it is now when the author has done better since', async () => {
    const learner = await learnerWith({ now: 4, then: 8 })
    await regrade({ lower: false })
    await submit(learner.userId, { exercise: EXERCISE, source: 'better' })
    await gradeNext(graderThatFinds({ score: 10 }))
    expect((await told(learner))?.best).toMatchObject({ effect: 'elsewhere', score: 10 })
  })

  it('is a first score where the verdict was an error of ours', async () => {
    const learner = await learnerWith({ now: 0, then: 10, verdict: { verdict: 'error', reason: 'internal-error' } })
    await applyRegrade(admin, await regradeAll(admin), false)
    expect((await told(learner))?.best).toMatchObject({ effect: 'raised', score: 10 })
  })

  it('is raising where the same points are a pass now', async () => {
    const learner = await learnerWith({ now: 10, then: 10, verdict: { verdict: 'failed', maxScore: 12 } })
    await regrade({ lower: false })
    expect((await told(learner))?.best).toEqual({ effect: 'raised', score: 10, maxScore: 10, passLost: false })
  })

  it('is unknown for somebody without any score', async () => {
    const learner = await learnerWith({ now: 0, then: 0, verdict: { verdict: 'error', reason: 'internal-error' } })
    await applyRegrade(admin, await regradeAll(admin), false)
    expect(await told(learner)).toMatchObject({ results: [{ verdict: { score: 0 } }], best: null })
  })
})
