import { beforeEach, describe, expect, it } from 'vitest'
import type { ProfileBody } from '@/lib/contract/profile'
import { findProfile, getProfileSettings, ownProfile, saveProfile } from '@/lib/learn/profile'
import { applyRegrade } from '@/lib/learn/regrades'
import { setRole } from '@/lib/learn/accounts'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { useRegrades } from './support/regrades'

const test = useDatabase()
const content = useContent()
const { learnerWith, changeTests, regradeAll } = useRegrades(test, content)
beforeEach(() => test.db.user.deleteMany({}))

const choose = (userId: string, handle: string | null, isPublic = false) => {
  return saveProfile(userId, { handle, public: isPublic } satisfies ProfileBody)
}
const kinds = async (userId: string) => (await ownProfile(userId)).badges.map(({ kind }) => kind)

describe('a profile', () => {
  it('is private until its owner says otherwise', async () => {
    const ada = await newLearner()
    const ben = await newLearner()
    expect(await getProfileSettings(ada.id)).toEqual({
      handle: null, public: false, timeZone: null, onBoards: false, barred: false,
    })
    await choose(ada.id, 'ada')
    expect(await findProfile('ada', null)).toBeNull()
    expect(await findProfile('ada', ben.id)).toBeNull()
    expect(await findProfile('ada', ada.id)).toMatchObject({ handle: 'ada', public: false })
    await choose(ada.id, 'ada', true)
    expect(await findProfile('ada', null)).toMatchObject({ handle: 'ada', public: true })
    await choose(ada.id, 'ada', false)
    expect(await findProfile('ada', null)).toBeNull()
  })

  it('is found in any case, and under nothing else', async () => {
    const ada = await newLearner()
    await choose(ada.id, 'ada', true)
    expect(await findProfile('ADA', null)).not.toBeNull()
    for (const handle of ['ada%', 'a_a', '', 'no-such', ada.id]) expect(await findProfile(handle, null)).toBeNull()
  })

  it('tells nothing of the name or the address', async () => {
    const ada = await newLearner()
    await choose(ada.id, 'somebody', true)
    const text = JSON.stringify(await findProfile('somebody', null))
    for (const secret of [ada.id, ada.email, ada.name]) expect(text).not.toContain(secret)
  })

  it('is gone while its account is suspended', async () => {
    const ada = await newLearner()
    await choose(ada.id, 'ada', true)
    await test.db.user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } })
    expect(await findProfile('ada', null)).toBeNull()
  })
})

describe('a handle', () => {
  it('is had by one person at a time, in whatever case', async () => {
    const [ada, ben] = [await newLearner(), await newLearner()]
    await choose(ada.id, 'ada')
    await expect(choose(ben.id, 'ada')).rejects.toMatchObject({ code: 'handle-taken' })
    await expect(test.db.user.update({ where: { id: ben.id }, data: { handle: 'ADA' } })).rejects.toThrow()
    await choose(ada.id, 'lovelace')
    expect(await choose(ben.id, 'ada')).toMatchObject({ handle: 'ada' })
  })

  it('is had by one of two who ask at the same moment', async () => {
    const people = [await newLearner(), await newLearner()]
    const answers = await Promise.allSettled(people.map(({ id }) => choose(id, 'ada')))
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('cannot be missing from a public profile, whatever the program does', async () => {
    const ada = await newLearner()
    await expect(test.db.user.update({ where: { id: ada.id }, data: { profilePublic: true } }))
      .rejects.toThrow('users_public_under_a_handle')
    for (const handle of ['ab', 'a b c', '-ada', 'a--b', 'x'.repeat(31)]) {
      await expect(test.db.user.update({ where: { id: ada.id }, data: { handle } })).rejects.toThrow('users_handle_well_formed')
    }
  })
})

describe('what a profile shows', () => {
  it('is nothing at first', async () => {
    const { id } = await newLearner()
    expect(await ownProfile(id)).toMatchObject({
      days: [], badges: [], recent: [], streaks: { current: 0, best: 0 },
      difficulties: [{ difficulty: 'easy', passed: 0, total: 1 }, {}, {}, {}],
      topics: [{ topic: 'sums', passed: [], total: 1, firstPassAt: null, completeAt: null }],
    })
  })

  it('rests on passes, with the date of the submission that passed first', async () => {
    const { userId, ids } = await learnerWith({ now: 4, then: 4 }, { now: 10, then: 10 }, { now: 10, then: 10 })
    const second = await test.db.submission.findUniqueOrThrow({ where: { id: ids[1] ?? '' } })
    const passedAt = second.submittedAt.toISOString()
    expect(await ownProfile(userId)).toMatchObject({
      difficulties: [{ difficulty: 'easy', passed: 1, total: 1 }, {}, {}, {}],
      topics: [{ passed: [EXERCISE], firstPassAt: passedAt, completeAt: passedAt }],
      recent: [{ exercise: EXERCISE, passedAt }],
      badges: [
        { kind: 'first-pass', earnedAt: passedAt, exercise: EXERCISE },
        { kind: 'every-topic', earnedAt: passedAt },
        { kind: 'everything', earnedAt: passedAt },
      ],
    })
  })

  it('counts graded submissions before the pass, and no errors of ours', async () => {
    const failed = { now: 4, then: 4 }
    const ours = { now: 0, then: 'error', verdict: { verdict: 'error', reason: 'internal-error' } } as const
    const stubborn = await learnerWith(failed, failed, failed, failed, failed, { now: 10, then: 10 })
    expect(await kinds(stubborn.userId)).toContain('persistence')
    const unlucky = await learnerWith(failed, ours, failed, failed, failed, { now: 10, then: 10 }, failed)
    expect(await kinds(unlucky.userId)).not.toContain('persistence')
  })

  it('is taken away by a regrade that takes the pass away, and only if it is applied so', async () => {
    const admin = await newLearner()
    await setRole(admin.id, 'admin')
    const { userId } = await learnerWith({ now: 10, then: 4 })
    await changeTests()
    const regrade = await regradeAll(admin.id)
    await applyRegrade(admin.id, regrade, false)
    expect(await kinds(userId)).toContain('everything')
    await applyRegrade(admin.id, regrade, true)
    expect(await ownProfile(userId)).toMatchObject({ badges: [], recent: [], topics: [{ passed: [] }] })
    // The day was active all the same.
    expect((await ownProfile(userId)).days.length).toBe(1)
  })
})
