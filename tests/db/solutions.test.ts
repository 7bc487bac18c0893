import { beforeEach, describe, expect, it } from 'vitest'
import type { ProgramQuery } from '@/lib/contract/shared-solution'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { deleteAccount } from '@/lib/learn/own-account'
import { listSharedPrograms } from '@/lib/learn/solutions/programs'
import { findSharingChoices, shareSolution, stopSharing } from '@/lib/learn/solutions/sharing'
import { takeVoteBack, voteForProgram } from '@/lib/learn/solutions/votes'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSet } from './support/course'
import { PASSWORD } from './support/people'
import { emptyQueue } from './support/queue'
import { graded, passer } from './support/solutions'

const test = useDatabase()
const content = useContent()
beforeEach(async () => {
  await emptyQueue()
  await test.db.user.deleteMany({})
  await test.db.rateLimit.deleteMany({})
})

const SUM = 'export const add = (a: number, b: number) => a + b\n'
const SAME_SUM = '// adds\nexport const add = (one, two) => one + two;'
const LONG_SUM = 'export function add(a, b) { let sum = a; for (let i = 0; i < b; i++) sum += 1; return sum }'

const list = (userId: string, query: Partial<ProgramQuery> = {}) =>
  listSharedPrograms(userId, EXERCISE, { sort: 'newest', page: 1, ...query })
const sources = async (userId: string, query?: Partial<ProgramQuery>) =>
  (await list(userId, query)).programs.map(({ source }) => source)

describe('solutions of others', () => {
  it('are for those who have passed the exercise', async () => {
    await passer(SUM)
    const { id } = await newPerson()
    await expect(list(id)).rejects.toMatchObject({ code: 'forbidden' })
    await graded(id, 'x', 4)
    await expect(list(id)).rejects.toMatchObject({ code: 'forbidden' })
    await graded(id, 'y')
    expect(await sources(id)).toEqual([SUM])
  })

  it('are kept back while a set with the exercise is open for the viewer, or yet to open, and not from its staff', async () => {
    await passer(SUM)
    const viewer = await passer(LONG_SUM, { share: false })
    const course = await newCourse()
    await addMember(course.id, viewer.id, 'student')
    await graded(course.instructor.id, 'z')
    const set = await newSet(course)
    await expect(list(viewer.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await sources(course.instructor.id)).toEqual([SUM])
    await test.db.problemSet.update({ where: { id: set }, data: { opensAt: at(DAY), dueAt: at(2 * DAY), closesAt: at(3 * DAY) } })
    await expect(list(viewer.id)).rejects.toMatchObject({ code: 'forbidden' })
    await test.db.problemSet.update({ where: { id: set }, data: { opensAt: at(-2 * DAY), dueAt: at(-DAY), closesAt: at(-HOUR) } })
    expect(await sources(viewer.id)).toEqual([SUM])
  })

  it('are those that their authors chose to share, and only as long as they do', async () => {
    const author = await passer(SUM, { share: false })
    const viewer = await passer('other()', { share: false })
    expect(await sources(viewer.id)).toEqual([])
    await shareSolution(author.id, EXERCISE, { submission: author.submission, signed: false })
    expect(await sources(viewer.id)).toEqual([SUM])
    await stopSharing(author.id, EXERCISE)
    expect(await sources(viewer.id)).toEqual([])
  })

  it('are one entry when they are the same program, shown as it was shared first', async () => {
    const now = Date.now()
    const viewer = await passer('other()', { share: false })
    const second = await passer(SAME_SUM, { at: now - HOUR })
    const first = await passer(SUM, { at: now - DAY })
    await passer(LONG_SUM)
    expect(second.program).toBe(first.program)
    const { programs, total } = await list(viewer.id, { sort: 'oldest' })
    expect(total).toBe(2)
    expect(programs[0]).toMatchObject({ source: SUM, people: 2, length: 12, own: false, earlierVersion: false })
    const day = (at: number) => new Date(at).toISOString().slice(0, 10)
    expect(programs[0]).toMatchObject({ firstOn: day(now - DAY), latestOn: day(now - HOUR) })
    expect((await list(second.id)).programs.map(({ own }) => own)).toEqual([false, true])
  })

  it('tell days and no moments, which would tell who shared without a name soon after a submission that others see', async () => {
    await passer(SUM, { at: Date.now() - HOUR })
    const viewer = await passer('other()', { share: false })
    const { own, ...told } = await list(viewer.id)
    expect(own).toBeNull()
    expect(told.total).toBe(1)
    expect(JSON.stringify(told)).not.toMatch(/\d\d:\d\d/)
  })

  it('come in every order that can be asked for', async () => {
    const now = Date.now()
    const middle = await passer('f(1, 2, 3)', { at: now - 3 * HOUR })
    await passer('f(1)', { at: now - 2 * HOUR })
    await passer('f(1, 2)', { at: now - HOUR })
    await voteForProgram((await passer('x', { share: false })).id, EXERCISE, middle.program)
    const { id } = await passer('y', { share: false })
    expect(await sources(id, { sort: 'newest' })).toEqual(['f(1, 2)', 'f(1)', 'f(1, 2, 3)'])
    expect(await sources(id, { sort: 'oldest' })).toEqual(['f(1, 2, 3)', 'f(1)', 'f(1, 2)'])
    expect(await sources(id, { sort: 'shortest' })).toEqual(['f(1)', 'f(1, 2)', 'f(1, 2, 3)'])
    expect(await sources(id, { sort: 'longest' })).toEqual(['f(1, 2, 3)', 'f(1, 2)', 'f(1)'])
    expect(await sources(id, { sort: 'votes' })).toEqual(['f(1, 2, 3)', 'f(1, 2)', 'f(1)'])
  })

  it('come in pages of ten', async () => {
    const { id } = await passer('viewer()', { share: false })
    for (let n = 0; n < 11; n++) await passer(`f(${n})`, { at: Date.now() - n * HOUR })
    expect(await list(id)).toMatchObject({ total: 11, pages: 2 })
    expect((await sources(id)).length).toBe(10)
    expect(await sources(id, { page: 2 })).toEqual(['f(10)'])
    expect(await sources(id, { page: 3 })).toEqual([])
  })

  it('name nobody but who signed, and tell nothing else of them', async () => {
    const viewer = await passer('other()', { share: false })
    const signed = await passer(SUM, { handle: 'signer', signed: true, at: Date.now() - HOUR })
    const silent = await passer(SAME_SUM, { handle: 'silent' })
    await test.db.user.update({ where: { id: signed.id }, data: { profilePublic: true } })
    const answer = await list(viewer.id)
    expect(answer.programs[0]).toMatchObject({ people: 2, authors: [{ handle: 'signer', public: true }] })
    const text = JSON.stringify(answer)
    for (const secret of [signed.id, signed.submission, silent.id, silent.submission, 'silent', '@', 'Ada']) expect(text).not.toContain(secret)
    await test.db.user.update({ where: { id: signed.id }, data: { handle: null, profilePublic: false } })
    expect((await list(viewer.id)).programs[0]?.authors).toEqual([])
  })

  it('leave out whoever is suspended or kept off the boards, and whoever is gone', async () => {
    const viewer = await passer('other()', { share: false })
    const [one, two, three] = [await passer('f(1)'), await passer('f(2)'), await passer('f(3)')]
    await test.db.user.update({ where: { id: one.id }, data: { suspendedAt: new Date() } })
    await test.db.user.update({ where: { id: two.id }, data: { barredAt: new Date() } })
    expect(await sources(viewer.id)).toEqual(['f(3)'])
    const { email } = await test.db.user.findUniqueOrThrow({ where: { id: three.id } })
    await deleteAccount(three.id, { email, password: PASSWORD })
    expect(await sources(viewer.id)).toEqual([])
    expect(await test.db.sharedSolution.count({ where: { userId: three.id } })).toBe(0)
  })

  it('say when they passed an earlier version of the exercise', async () => {
    const { id } = await passer(SUM)
    content.change()
    await reloadCatalogue()
    expect((await list(id)).programs[0]).toMatchObject({ earlierVersion: true })
    await passer(SAME_SUM)
    expect((await list(id)).programs[0]).toMatchObject({ earlierVersion: false, source: SUM })
    await content.restore()
  })

  it('are gone with the exercise', async () => {
    const { id } = await passer(SUM)
    content.remove()
    await reloadCatalogue()
    await expect(list(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await findSharingChoices(id, EXERCISE)).toMatchObject({ own: { listed: false }, submission: null })
    await stopSharing(id, EXERCISE)
    expect(await test.db.sharedSolution.count()).toBe(0)
    await content.restore()
  })
})

describe('sharing', () => {
  it('takes only submissions of the exercise that are the author\'s own and count as passed', async () => {
    const author = await passer(SUM, { share: false })
    const other = await passer(LONG_SUM, { share: false })
    const failed = await graded(author.id, 'half', 4)
    const share = (submission: string, signed = false) => shareSolution(author.id, EXERCISE, { submission, signed })
    await expect(share(other.submission)).rejects.toMatchObject({ code: 'not-found' })
    await expect(share(failed)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(share(author.submission, true)).rejects.toMatchObject({ code: 'bad-request' })
    await expect(shareSolution(author.id, 'no-such', { submission: author.submission, signed: false })).rejects.toMatchObject({ code: 'not-found' })
    expect(await share(author.submission)).toMatchObject({ submission: author.submission, signed: false, listed: true })
  })

  it('keeps one for each exercise, and its date while only the signature changes', async () => {
    const author = await passer(SUM, { handle: 'author', at: Date.now() - DAY })
    const before = (await list(author.id)).own
    const signed = await shareSolution(author.id, EXERCISE, { submission: author.submission, signed: true })
    expect(signed).toEqual({ ...before, signed: true })
    const better = await graded(author.id, LONG_SUM)
    const after = await shareSolution(author.id, EXERCISE, { submission: better, signed: false })
    expect(Date.parse(after.sharedAt)).toBeGreaterThan(Date.parse(signed.sharedAt))
    expect(await sources(author.id)).toEqual([LONG_SUM])
  })

  it('can be chosen for the latest submission that passed, and for none before the first', async () => {
    const { id } = await newPerson()
    await graded(id, 'half', 4)
    expect(await findSharingChoices(id, EXERCISE)).toBeNull()
    const first = await graded(id, SUM)
    const latest = await graded(id, LONG_SUM)
    await graded(id, 'broken again', 0)
    expect(await findSharingChoices(id, EXERCISE)).toEqual({ own: null, submission: latest, handle: null, isPublic: false })
    expect(await findSharingChoices(id, EXERCISE, first)).toMatchObject({ submission: first })
    const other = await passer(SUM)
    expect(await findSharingChoices(id, EXERCISE, other.submission)).toBeNull()
    expect(await findSharingChoices(id, EXERCISE, 'no id')).toBeNull()
  })

  it('ends for others when a regrade takes the pass back, and comes again with a later one', async () => {
    const author = await passer(SUM)
    const viewer = await passer('other()', { share: false })
    const regrade = async (verdict: 'passed' | 'failed', score: number, lowered: boolean) => {
      const { versionHash } = await test.db.submission.findUniqueOrThrow({ where: { id: author.submission } })
      const { id } = await test.db.regrade.create({ data: { exercise: EXERCISE, versionHash, appliedAt: new Date(), lowered } })
      await test.db.regradeResult.create({
        data: { regradeId: id, submissionId: author.submission, verdict, score, maxScore: 10, detail: {}, gradedAt: new Date() },
      })
    }
    await regrade('failed', 4, false)
    expect(await sources(viewer.id)).toEqual([SUM])
    await regrade('failed', 4, true)
    expect(await sources(viewer.id)).toEqual([])
    expect((await findSharingChoices(author.id, EXERCISE))?.own).toMatchObject({ listed: false })
    await expect(shareSolution(author.id, EXERCISE, { submission: author.submission, signed: false })).rejects.toMatchObject({ code: 'forbidden' })
    await regrade('passed', 10, false)
    expect(await sources(viewer.id)).toEqual([SUM])
  })

  it('stands while an own set is open, and others see it', async () => {
    const author = await passer(SUM, { share: false })
    const course = await newCourse()
    await addMember(course.id, author.id, 'student')
    await newSet(course)
    await shareSolution(author.id, EXERCISE, { submission: author.submission, signed: false })
    await expect(list(author.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await sources((await passer('other()', { share: false })).id)).toEqual([SUM])
  })
})

describe('votes', () => {
  const votesOf = async (userId: string) => (await list(userId)).programs.map(({ votes, voted }) => ({ votes, voted }))

  it('count once for each person, for all who share the program, and can be taken back', async () => {
    const { program } = await passer(SUM)
    await passer(SAME_SUM)
    const [one, two] = [await passer('f(1)', { share: false }), await passer('f(2)', { share: false })]
    await Promise.all([voteForProgram(one.id, EXERCISE, program), voteForProgram(one.id, EXERCISE, program)])
    await voteForProgram(two.id, EXERCISE, program)
    expect(await votesOf(one.id)).toEqual([{ votes: 2, voted: true }])
    await takeVoteBack(one.id, EXERCISE, program)
    expect(await votesOf(one.id)).toEqual([{ votes: 1, voted: false }])
  })

  it('are for those who may look, for programs that are shared, and not for one\'s own', async () => {
    const { id, program } = await passer(SUM)
    const stranger = await newPerson()
    await expect(voteForProgram(stranger.id, EXERCISE, program)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(voteForProgram(id, EXERCISE, program)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(voteForProgram(id, EXERCISE, '0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
    expect(await test.db.solutionVote.count()).toBe(0)
  })

  it('of people who are suspended, or who share the program by now, do not count', async () => {
    const { id, program } = await passer(SUM)
    const [one, two] = [await passer('f(1)', { share: false }), await passer('f(2)', { share: false })]
    for (const voter of [one, two]) await voteForProgram(voter.id, EXERCISE, program)
    await test.db.user.update({ where: { id: one.id }, data: { suspendedAt: new Date() } })
    expect((await votesOf(id))[0]?.votes).toBe(1)
    await shareSolution(two.id, EXERCISE, { submission: await graded(two.id, SAME_SUM), signed: false })
    expect((await votesOf(id))[0]?.votes).toBe(0)
  })
})
