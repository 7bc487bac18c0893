import { beforeEach, describe, expect, it } from 'vitest'
import type { ClassBoardsBody } from '@/lib/contract/leaderboard'
import { listClassLog } from '@/lib/learn/classes/class-log'
import { listPeople, setRemoved } from '@/lib/learn/classes/people'
import { archiveClass } from '@/lib/learn/classes/settings'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'
import { chooseAliasOnly, saveClassBoards, setOffBoards } from '@/lib/learn/leaderboards/class-choices'
import { classBoard, classBoardRow, classBoards } from '@/lib/learn/leaderboards/class-board'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'
import { getProfileSettings, saveProfile } from '@/lib/learn/profile'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { siteAdmin } from './support/classes'
import { EXERCISE, useContent } from './support/content'
import { newCourse, newPerson, newSet, newStudent, type Person } from './support/course'
import { emptyQueue, gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()
beforeEach(async () => {
  await emptyQueue()
  await test.db.class.deleteMany({})
  await test.db.user.deleteMany({})
  await test.db.board.deleteMany({})
  await followCatalogue()
})

const ALL = { span: 'all', from: 1 } as const
const NAMES: ClassBoardsBody = { mode: 'names', top: null }

async function score(userId: string, points: number): Promise<void> {
  await submit(userId, { exercise: EXERCISE, source: `${points} // ${Math.random()}` })
  await gradeNext(graderThatFinds({ score: points }))
}

async function scorer(handle: string | null, points = 4): Promise<Person> {
  const person = await newPerson()
  if (handle !== null) await saveProfile(person.id, { handle, public: false })
  await score(person.id, points)
  return person
}

const shownNames = async () => (await publicBoard(null, ALL)).rows.map(({ name }) => name)

describe('the public leaderboards', () => {
  it('show nobody who did not choose it, and everybody who did, from that moment on', async () => {
    const ada = await scorer('ada')
    expect(await shownNames()).toEqual([])
    expect((await publicBoard(ada.id, ALL)).own).toMatchObject({ rank: 1, points: 4, shown: false })
    await chooseOnBoards(ada.id, true)
    expect(await shownNames()).toEqual(['ada'])
    expect((await publicBoard(ada.id, ALL)).own).toMatchObject({ shown: true })
    await chooseOnBoards(ada.id, false)
    expect(await shownNames()).toEqual([])
  })

  it('are chosen under a handle only, and nothing changes without one', async () => {
    const { id } = await scorer(null)
    await expect(chooseOnBoards(id, true)).rejects.toMatchObject({
      code: 'bad-request', details: { issues: [{ path: 'handle', rule: 'missing' }] },
    })
    expect(await getProfileSettings(id)).toMatchObject({ onBoards: false })
    expect(await chooseOnBoards(id, false)).toEqual({ onBoards: false })
  })

  it('are left with the handle, and not joined again with the next one', async () => {
    const ada = await scorer('ada')
    await chooseOnBoards(ada.id, true)
    expect(await saveProfile(ada.id, { handle: null, public: false })).toMatchObject({ handle: null, onBoards: false })
    expect((await publicBoard(null, ALL)).people).toBe(0)
    expect(await saveProfile(ada.id, { handle: 'lovelace', public: false })).toMatchObject({ onBoards: false })
    expect(await shownNames()).toEqual([])
  })

  it('show the handle of now', async () => {
    const ada = await scorer('ada')
    await chooseOnBoards(ada.id, true)
    await saveProfile(ada.id, { handle: 'lovelace', public: true })
    expect(await shownNames()).toEqual(['lovelace'])
  })

  it('are left by whoever gives the handle up, also when they choose them at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await scorer(`ada-${round}`)
      const [gaveUp] = await Promise.allSettled([
        saveProfile(ada.id, { handle: null, public: false }), chooseOnBoards(ada.id, true),
      ])
      expect(gaveUp.status).toBe('fulfilled')
      expect(await getProfileSettings(ada.id)).toMatchObject({ handle: null, onBoards: false })
    }
    expect(await shownNames()).toEqual([])
  })

  it('are not chosen for an account that is gone', async () => {
    const { id } = await newPerson()
    await test.db.user.delete({ where: { id } })
    await expect(chooseOnBoards(id, true)).rejects.toMatchObject({ code: 'not-found' })
  })
})

/** A class with a set that is open, and two students with 10 and 4 points. */
async function course(body: ClassBoardsBody | null = NAMES) {
  const { id, instructor } = await newCourse()
  const [ada, ben] = [await newStudent(id, { name: 'Ada L.' }), await newStudent(id, { name: 'Ben' })]
  await newSet({ id, instructor })
  await score(ada.id, 10)
  await score(ben.id, 4)
  if (body) await saveClassBoards(instructor, id, body)
  return { id, instructor, ada, ben }
}

const rowsFor = async (viewer: Person, classId: string) => (await classBoard(viewer, classId, ALL)).rows
const namesFor = async (viewer: Person, classId: string) => (await rowsFor(viewer, classId)).map(({ name }) => name)

describe('the leaderboards of a class', () => {
  it('are off until an instructor switches them on, and then count what was submitted before', async () => {
    const { id, instructor, ada } = await course(null)
    await expect(classBoard(instructor, id, ALL)).rejects.toMatchObject({ code: 'not-found' })
    expect(await saveClassBoards(instructor, id, NAMES)).toEqual(NAMES)
    expect(await namesFor(ada, id)).toEqual(['Ada L.', 'Ben'])
    await saveClassBoards(instructor, id, { mode: 'off', top: null })
    await expect(classBoard(ada, id, ALL)).rejects.toMatchObject({ code: 'not-found' })
    expect(await test.db.boardEntry.count({ where: { board: { classId: id } } })).toBe(0)
  })

  it('show students names or pseudonyms, and as many places as the instructor wants', async () => {
    const { id, instructor, ben } = await course({ mode: 'pseudonyms', top: 1 })
    expect(await classBoards(ben, id)).toMatchObject({ mode: 'pseudonyms', top: 1 })
    expect(await namesFor(ben, id)).toEqual([null])
    expect(await namesFor(instructor, id)).toEqual(['Ada L.', 'Ben'])
    await saveClassBoards(instructor, id, NAMES)
    expect(await namesFor(ben, id)).toEqual(['Ada L.', 'Ben'])
  })

  it('write every change into the log once', async () => {
    const { id, instructor } = await course()
    await saveClassBoards(instructor, id, NAMES)
    await saveClassBoards(instructor, id, { mode: 'names', top: 3 })
    const { entries } = await listClassLog(instructor, id, { kind: 'settings' })
    expect(entries.filter(({ action }) => action === 'class.boards-changed').map(({ detail }) => detail)).toEqual([
      { top: { from: null, to: 3 } }, { mode: { from: 'off', to: 'names' } },
    ])
  })

  it('show a pseudonym of whoever wants no name, to students alone, and archived as well', async () => {
    const { id, instructor, ada, ben } = await course()
    expect(await chooseAliasOnly(ada, id, true)).toEqual({ aliasOnly: true })
    const [first] = await rowsFor(ben, id)
    expect(first).toMatchObject({ rank: 1, name: null, points: 10 })
    expect(first?.alias).toEqual(expect.any(Number))
    expect(await namesFor(instructor, id)).toEqual(['Ada L.', 'Ben'])
    expect((await classBoards(ada, id)).own).toMatchObject({ aliasOnly: true, alias: first?.alias })
    expect((await classBoards(ben, id)).own).toMatchObject({ aliasOnly: false })
    await archiveClass(instructor, id, true)
    await chooseAliasOnly(ben, id, true)
    expect(await namesFor(ada, id)).toEqual(['Ada L.', null])
    const { entries } = await listClassLog(instructor, id, {})
    expect(entries.filter(({ actor, action }) => actor !== null && action.includes('alias'))).toEqual([])
  })

  it('give whoever wants no name a pseudonym that nobody has seen beside the name', async () => {
    const { id, ada, ben } = await course()
    const [asNamed] = await rowsFor(ben, id)
    await chooseAliasOnly(ada, id, true)
    const [hidden] = await rowsFor(ben, id)
    expect(hidden?.id).not.toBe(asNamed?.id)
    expect(await classBoardRow(ben, id, ALL, Number(asNamed?.id))).toBeNull()
    await chooseAliasOnly(ada, id, true)
    expect((await rowsFor(ben, id))[0]?.id).toBe(hidden?.id)
    await chooseAliasOnly(ada, id, false)
    const [named] = await rowsFor(ben, id)
    expect(named?.name).toBe('Ada L.')
    expect(named?.id).not.toBe(hidden?.id)
  })

  it('give everybody a pseudonym that nobody has seen beside a name, when the class shows names no more', async () => {
    const { id, instructor, ben } = await course()
    const named = (await rowsFor(ben, id)).map((row) => row.id)
    await saveClassBoards(instructor, id, { mode: 'off', top: null })
    await saveClassBoards(instructor, id, { mode: 'pseudonyms', top: null })
    const hidden = (await rowsFor(ben, id)).map((row) => row.id)
    expect(new Set([...named, ...hidden]).size).toBe(4)
    await saveClassBoards(instructor, id, { mode: 'pseudonyms', top: 3 })
    expect((await rowsFor(ben, id)).map((row) => row.id)).toEqual(hidden)
  })

  it('leave that choice to students of the class', async () => {
    const { id, instructor, ada } = await course()
    await expect(chooseAliasOnly(instructor, id, true)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(chooseAliasOnly(await siteAdmin(), id, true)).rejects.toMatchObject({ code: 'forbidden' })
    await setRemoved(instructor, id, ada.id, true)
    await expect(chooseAliasOnly(ada, id, true)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('do without whom an instructor keeps off, who sees only the own place', async () => {
    const { id, instructor, ada, ben } = await course()
    expect(await setOffBoards(instructor, id, ada.id, true)).toEqual({ offBoards: true })
    expect(await rowsFor(ben, id)).toMatchObject([{ name: 'Ben', rank: 1 }])
    expect((await classBoard(ada, id, ALL)).own).toMatchObject({ rank: 1, points: 10, shown: false })
    const { members } = await listPeople(instructor, id)
    expect(members.filter(({ offBoards }) => offBoards).map(({ userId }) => userId)).toEqual([ada.id])
    await setOffBoards(instructor, id, ada.id, false)
    await setOffBoards(instructor, id, ada.id, false)
    expect(await namesFor(ben, id)).toEqual(['Ada L.', 'Ben'])
    const { entries } = await listClassLog(instructor, id, { kind: 'people' })
    expect(entries.map(({ action, person }) => [action, person])).toEqual([
      ['class.member-on-boards', 'Ada L.'], ['class.member-off-boards', 'Ada L.'],
    ])
  })

  it('are nobody else\'s to change', async () => {
    const { id, instructor, ada, ben } = await course()
    await expect(saveClassBoards(ada, id, NAMES)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setOffBoards(ada, id, ben.id, true)).rejects.toMatchObject({ code: 'forbidden' })
    const other = await newCourse()
    await expect(setOffBoards(other.instructor, other.id, ada.id, true)).rejects.toMatchObject({ code: 'not-found' })
    await expect(setOffBoards(instructor, id, instructor.id, true)).rejects.toMatchObject({ code: 'not-found' })
    await archiveClass(instructor, id, true)
    await expect(saveClassBoards(instructor, id, NAMES)).rejects.toMatchObject({ code: 'class-archived' })
    await expect(setOffBoards(instructor, id, ada.id, true)).rejects.toMatchObject({ code: 'class-archived' })
  })
})
