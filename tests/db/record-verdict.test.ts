import { beforeEach, describe, expect, it } from 'vitest'
import { findProgress } from '@/lib/db/progress'
import { progressOf } from '@/lib/learn/progress'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { submit } from '@/lib/learn/submit'
import { findSubmission } from '@/lib/learn/submissions'
import { findEditorial } from '@/lib/learn/topics'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { verdict } from './support/verdicts'

const test = useDatabase()
useContent()
process.env.QUEUE_LIMIT_PER_USER = '100'

let userId: string
beforeEach(async () => {
  ;({ id: userId } = await newLearner())
})

const newSubmission = async () => (await submit(userId, { exercise: EXERCISE, source: 'x' })).id
const score = async (points: number, id?: string) => recordVerdict(id ?? (await newSubmission()), await verdict({ score: points }))
const progress = () => findProgress(test.db, userId, EXERCISE)

/** Row F11 of the list of attacks (docs/attacks.md). */
describe('a verdict', () => {
  it('is stored with the state and the progress that follow from it', async () => {
    const id = await newSubmission()
    expect(await recordVerdict(id, await verdict())).toBe(true)
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ state: 'done', place: null, verdict: { score: 10 } })
    expect(await progressOf(userId)).toEqual([{
      exercise: EXERCISE, state: 'passed', bestScore: 10, maxScore: 10, attempts: 1, firstPassedAt: expect.any(String),
    }])
  })

  it('is written once: a second one changes nothing', async () => {
    const id = await newSubmission()
    await recordVerdict(id, await verdict({ score: 4 }))
    expect(await recordVerdict(id, await verdict({ score: 10 }))).toBe(false)
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ verdict: { score: 4 } })
    expect(await progress()).toMatchObject({ bestScore: 4, attempts: 1, firstPassedAt: null })
  })

  it('is written once when several graders come with it at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await newSubmission()
      const stored = await Promise.all(Array.from({ length: 8 }, (_, points) => score(points, id)))
      expect(stored.filter(Boolean)).toHaveLength(1)
      const { verdict: kept } = (await findSubmission(userId, id, 'en')) ?? {}
      expect(stored[kept?.score ?? -1]).toBe(true)
    }
    expect(await progress()).toMatchObject({ attempts: 10 })
  })

  it('leaves no trace when any part of it cannot be written', async () => {
    const id = await newSubmission()
    await expect(recordVerdict(id, await verdict({ exerciseVersion: 'unknown' }))).rejects.toThrow()
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ state: 'queued', verdict: null })
    expect(await progress()).toBeNull()
  })

  it('of error ends the submission and costs the learner nothing', async () => {
    const id = await newSubmission()
    await recordVerdict(id, await verdict({ verdict: 'error', reason: 'internal-error', score: 0 }))
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ state: 'done', verdict: { verdict: 'error' } })
    expect(await progress()).toBeNull()
    expect(await progressOf(userId)).toMatchObject([{ state: 'untouched', attempts: 0 }])
  })
})

describe('progress', () => {
  it('adds up when many verdicts of one learner come at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, newSubmission))
    await Promise.all(ids.map((id, points) => score(points, id)))
    expect(await progress()).toMatchObject({ attempts: 9, bestScore: 8, bestSubmissionId: ids[8] })
  })

  it('keeps the best score, and of equal ones the first', async () => {
    const [first, better, equal, worse] = [await newSubmission(), await newSubmission(), await newSubmission(), await newSubmission()]
    await score(3, first)
    await score(7, better)
    await score(7, equal)
    await score(2, worse)
    expect(await progress()).toMatchObject({ attempts: 4, bestScore: 7, bestSubmissionId: better })
  })

  it('dates the first pass by submission, whatever the order of grading', async () => {
    const [first, second] = [await newSubmission(), await newSubmission()]
    await score(10, second)
    await score(10, first)
    const earlier = await test.db.submission.findUniqueOrThrow({ where: { id: first } })
    expect((await progress())?.firstPassedAt).toEqual(earlier.submittedAt)
  })

  it('stays passed after a later failure', async () => {
    await score(10)
    await score(0)
    expect(await progressOf(userId)).toMatchObject([{ state: 'passed', bestScore: 10, attempts: 2 }])
  })

  it('outlives the submission that it rests on', async () => {
    const id = await newSubmission()
    await score(10, id)
    await test.db.submission.delete({ where: { id } })
    expect(await progress()).toMatchObject({ bestScore: 10, bestSubmissionId: null })
  })
})

describe('a hint', () => {
  it('is shown in the language of the reader when a misconception was recognised', async () => {
    const id = await newSubmission()
    await recordVerdict(id, await verdict({ score: 0, misconception: 'minus.ts' }))
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ hint: 'Is this minus?' })
    expect(await findSubmission(userId, id, 'zh')).toMatchObject({ hint: '这是 minus 吗？' })
  })
})

describe('the editorial', () => {
  it('is shown after a pass, and not before', async () => {
    expect(await findEditorial(userId, EXERCISE)).toBeNull()
    await score(9)
    expect(await findEditorial(userId, EXERCISE)).toBeNull()
    await score(10)
    expect(await findEditorial(userId, EXERCISE)).toMatchObject({ en: expect.stringContaining('How to add (en).') })
  })

  it('is not shown to another learner', async () => {
    await score(10)
    expect(await findEditorial((await newLearner()).id, EXERCISE)).toBeNull()
  })
})
