import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { findAccount, setRole, verifyPassword } from '@/lib/learn/accounts'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'
import { saveClassBoards } from '@/lib/learn/leaderboards/class-choices'
import { classBoard } from '@/lib/learn/leaderboards/class-board'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'
import { changeStanding, getStanding } from '@/lib/learn/leaderboards/standing'
import { deleteAccount } from '@/lib/learn/own-account'
import { changeRole, listPeople } from '@/lib/learn/people'
import { getProfileSettings, saveProfile } from '@/lib/learn/profile'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, newCourse, newPerson, newSet, type Person } from './support/course'
import { newLearner, PASSWORD } from './support/people'
import { emptyQueue, gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

let admin: string
beforeEach(async () => {
  await emptyQueue()
  await test.db.class.deleteMany({})
  await test.db.user.deleteMany({})
  await test.db.board.deleteMany({})
  await followCatalogue()
  admin = await newAdmin()
})

const ALL = { span: 'all', from: 1 } as const
const NONE = { suspended: false, barred: false, reason: '' }
const SUSPENDED = { ...NONE, suspended: true, reason: 'sells solutions' }
const BARRED = { ...NONE, barred: true, reason: 'shares an account' }

async function newAdmin(): Promise<string> {
  const { id } = await newLearner()
  await setRole(id, 'admin')
  return id
}

/** Somebody on the public boards, and in a class whose boards show names. */
async function scorer(handle: string): Promise<Person & { classId: string; instructor: Person }> {
  const person = await newPerson()
  const { id: classId, instructor } = await newCourse()
  await addMember(classId, person.id, 'student')
  await newSet({ id: classId, instructor })
  await saveClassBoards(instructor, classId, { mode: 'names', top: null })
  await saveProfile(person.id, { handle, public: true })
  await chooseOnBoards(person.id, true)
  await submit(person.id, { exercise: EXERCISE, source: `// ${Math.random()}` })
  await gradeNext(graderThatFinds({ score: 4 }))
  return { ...person, classId, instructor }
}

/** How many stand on the public board, and on that of the class. */
async function countShown({ classId, instructor }: { classId: string; instructor: Person }): Promise<[number, number]> {
  return [(await publicBoard(null, ALL)).people, (await classBoard(instructor, classId, ALL)).people]
}

describe('suspending somebody', () => {
  it('ends their sessions, lets nobody sign in as them, and takes them off every leaderboard', async () => {
    const ada = await scorer('ada')
    expect(await countShown(ada)).toEqual([1, 1])
    const before = await findAccount(ada.id)
    expect(await changeStanding(admin, ada.id, SUSPENDED)).toMatchObject({ id: ada.id, suspended: true, barred: false })
    const after = await findAccount(ada.id)
    expect(after?.sessionEpoch).toBe((before?.sessionEpoch ?? 0) + 1)
    await expect(verifyPassword({ email: ada.email, password: PASSWORD })).rejects.toMatchObject({ code: 'account-suspended' })
    expect(await countShown(ada)).toEqual([0, 0])
  })

  it('is undone by lifting it, but the sessions stay ended', async () => {
    const ada = await scorer('ada')
    await changeStanding(admin, ada.id, SUSPENDED)
    expect(await changeStanding(admin, ada.id, NONE)).toMatchObject({ suspended: false })
    expect(await countShown(ada)).toEqual([1, 1])
    expect(await verifyPassword({ email: ada.email, password: PASSWORD })).toMatchObject({ id: ada.id, sessionEpoch: 1 })
  })

  it('lets what they have submitted be graded, without their coming back on a leaderboard', async () => {
    const ada = await scorer('ada')
    const { id } = await submit(ada.id, { exercise: EXERCISE, source: 'better' })
    await changeStanding(admin, ada.id, SUSPENDED)
    await gradeNext(graderThatFinds({ score: 10 }))
    expect(await test.db.submission.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'done' })
    expect(await countShown(ada)).toEqual([0, 0])
    await changeStanding(admin, ada.id, NONE)
    expect((await publicBoard(null, ALL)).rows).toMatchObject([{ name: 'ada', points: 10 }])
  })

  it('is announced with the classes that nobody else leads', async () => {
    const { instructor, classId } = await scorer('ada')
    const led = await newCourse()
    await addMember(led.id, instructor.id, 'instructor')
    expect(await getStanding(instructor.id)).toMatchObject({ leadsAlone: [{ id: classId, name: 'Back ends' }] })
    await changeStanding(admin, led.instructor.id, SUSPENDED)
    expect((await getStanding(instructor.id)).leadsAlone.map(({ id }) => id).toSorted()).toEqual([classId, led.id].toSorted())
    // Still, it is done: whoever has to go must not be able to hide behind a class.
    expect(await changeStanding(admin, instructor.id, SUSPENDED)).toMatchObject({ suspended: true })
  })
})

describe('keeping somebody off leaderboards', () => {
  it('hides them on all of them, whatever they choose, and is told to them alone', async () => {
    const ada = await scorer('ada')
    await changeStanding(admin, ada.id, BARRED)
    expect(await countShown(ada)).toEqual([0, 0])
    await chooseOnBoards(ada.id, false)
    await chooseOnBoards(ada.id, true)
    expect(await countShown(ada)).toEqual([0, 0])
    expect(await getProfileSettings(ada.id)).toMatchObject({ barred: true, onBoards: true })
    expect((await publicBoard(ada.id, ALL)).own).toMatchObject({ points: 4, shown: false })
    expect(await verifyPassword({ email: ada.email, password: PASSWORD })).toMatchObject({ sessionEpoch: 0 })
    await changeStanding(admin, ada.id, NONE)
    expect(await countShown(ada)).toEqual([1, 1])
  })
})

describe('the log of somebody\'s standing', () => {
  it('says what was done, by whom and why, and nothing of what changed nothing', async () => {
    const ada = await newPerson()
    await changeStanding(admin, ada.id, NONE)
    await changeStanding(admin, ada.id, SUSPENDED)
    await changeStanding(admin, ada.id, { ...SUSPENDED, reason: 'again' })
    await changeStanding(admin, ada.id, { ...BARRED, reason: 'came to an agreement' })
    await changeStanding(admin, ada.id, NONE)
    const { history, person } = await getStanding(ada.id)
    expect(history.map(({ action, actor, reason }) => [action, actor, reason])).toEqual([
      ['person.unbarred', 'Ada', ''],
      ['person.barred', 'Ada', 'came to an agreement'],
      ['person.readmitted', 'Ada', 'came to an agreement'],
      ['person.suspended', 'Ada', 'sells solutions'],
    ])
    expect(person).toMatchObject({ suspended: false, barred: false })
    expect((await getStanding(admin)).history).toEqual([])
  })

  it('keeps when somebody was suspended first, and shows both to admins', async () => {
    const ada = await newPerson()
    await changeStanding(admin, ada.id, SUSPENDED)
    const { suspendedAt } = await test.db.user.findUniqueOrThrow({ where: { id: ada.id } })
    await changeStanding(admin, ada.id, { ...SUSPENDED, barred: true })
    expect(await test.db.user.findUniqueOrThrow({ where: { id: ada.id } })).toMatchObject({ suspendedAt, sessionEpoch: 1 })
    expect((await listPeople({})).find(({ id }) => id === ada.id)).toMatchObject({ suspended: true, barred: true })
  })
})

describe('a standing', () => {
  it.each(['nobody', randomUUID()])('cannot be given to %s', async (id) => {
    await expect(changeStanding(admin, id, SUSPENDED)).rejects.toMatchObject({ code: 'not-found' })
    await expect(getStanding(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is not changed by its owner, nor by who is no admin', async () => {
    const [ada, ben] = [await newPerson(), await newPerson()]
    await expect(changeStanding(admin, admin, SUSPENDED)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changeStanding(ben.id, ada.id, SUSPENDED)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await getStanding(ada.id)).toMatchObject({ person: { suspended: false }, history: [] })
  })

  it('leaves the site an admin who can sign in, also when admins turn on each other at the same moment', async () => {
    for (const attack of [
      (one: string, other: string) => changeStanding(one, other, SUSPENDED),
      (one: string, other: string) => changeRole(one, other, 'learner'),
    ]) {
      await test.db.user.deleteMany({})
      const [one, other] = [await newAdmin(), await newAdmin()]
      const results = await Promise.allSettled([changeStanding(one, other, SUSPENDED), attack(other, one)])
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await test.db.user.count({ where: { role: 'admin', suspendedAt: null } })).toBe(1)
    }
  })

  it('of all other admins makes the last one stay', async () => {
    const other = await newLearner()
    await setRole(other.id, 'admin')
    await changeStanding(other.id, admin, SUSPENDED)
    await expect(deleteAccount(other.id, { email: other.email, password: PASSWORD })).rejects.toMatchObject({ code: 'last-admin' })
  })
})
