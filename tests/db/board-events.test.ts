import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BoardQuery, ClassBoardQuery, type BoardView } from '@/lib/contract/leaderboard'
import { endSessions } from '@/lib/learn/accounts'
import { classBoardEvents, publicBoardEvents } from '@/lib/learn/leaderboards/board-events'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'
import { chooseAliasOnly, saveClassBoards } from '@/lib/learn/leaderboards/class-choices'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { changeStanding } from '@/lib/learn/leaderboards/standing'
import { saveProfile } from '@/lib/learn/profile'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { siteAdmin } from './support/classes'
import { EXERCISE, useContent } from './support/content'
import { newCourse, newPerson, newSet, newStudent, type Person } from './support/course'
import { emptyQueue, gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

let stop: AbortController
beforeEach(async () => {
  stop = new AbortController()
  await emptyQueue()
  await test.db.class.deleteMany({})
  await test.db.user.deleteMany({})
  await test.db.board.deleteMany({})
  await followCatalogue()
})
afterEach(() => stop.abort())

const ALL = BoardQuery.parse({})

async function score(person: Person, points: number): Promise<void> {
  await submit(person.id, { exercise: EXERCISE, source: `${points} // ${Math.random()}` })
  await gradeNext(graderThatFinds({ score: points }))
}

/** Somebody on everybody's board. */
async function shown(handle: string, points: number): Promise<Person> {
  const person = await newPerson()
  await saveProfile(person.id, { handle, public: true })
  await chooseOnBoards(person.id, true)
  await score(person, points)
  return person
}

/** A class whose board shows names, and two students of it. */
async function course() {
  const { id, instructor } = await newCourse()
  const [ada, ben] = [await newStudent(id, { name: 'Ada' }), await newStudent(id, { name: 'Ben' })]
  await newSet({ id, instructor })
  await saveClassBoards(instructor, id, { mode: 'names', top: null })
  await score(ada, 10)
  return { id, ada, ben }
}

const look = (viewer: Person | null) => publicBoardEvents(viewer?.id ?? null, ALL, stop.signal)
const rows = ({ value }: IteratorResult<BoardView, void>) => value && value.rows.map(({ name, points, hasProfile }) => [name, points, hasProfile])
const ENDED = { done: true, value: undefined }

describe('the events of a board', () => {
  it('tell how it is, then each change', async () => {
    const ada = await shown('ada', 4)
    const events = look(null)
    expect(rows(await events.next())).toEqual([['ada', 4, true]])
    const next = events.next()
    await score(ada, 10)
    expect(rows(await next)).toEqual([['ada', 10, true]])
  })

  it('tell a new handle, and a profile that became private, though nobody has moved', async () => {
    const ada = await shown('ada', 4)
    const events = look(null)
    await events.next()
    const renamed = events.next()
    await saveProfile(ada.id, { handle: 'lovelace', public: true })
    expect(rows(await renamed)).toEqual([['lovelace', 4, true]])
    const closed = events.next()
    await saveProfile(ada.id, { handle: 'lovelace', public: false })
    expect(rows(await closed)).toEqual([['lovelace', 4, false]])
  })

  it('tell a pseudonym that somebody has chosen in place of the name', async () => {
    const { id, ada, ben } = await course()
    const events = classBoardEvents({ id: ben.id, role: 'learner' }, id, ClassBoardQuery.parse({}), stop.signal)
    expect(rows(await events.next())).toEqual([['Ada', 10, false]])
    const next = events.next()
    await chooseAliasOnly(ada, id, true)
    expect(rows(await next)).toEqual([[null, 10, false]])
  })

  it.each([
    ['is suspended', async (id: string) => {
      await changeStanding((await siteAdmin()).id, id, { suspended: true, barred: false, reason: '' })
    }],
    ['is signed out everywhere', async (id: string) => void (await endSessions(id))],
    ['has no account any more', async (id: string) => void (await test.db.user.delete({ where: { id } }))],
  ])('end for somebody who %s', async (_, leave) => {
    const { id, ada, ben } = await course()
    const streams = [
      look(ben), classBoardEvents({ id: ben.id, role: 'learner' }, id, ClassBoardQuery.parse({}), stop.signal),
    ]
    for (const events of streams) expect(await events.next()).toMatchObject({ done: false })
    await leave(ben.id)
    const next = streams.map((events) => events.next())
    await test.db.user.update({ where: { id: ada.id }, data: { handle: 'ada' } })
    await chooseOnBoards(ada.id, true)
    await chooseAliasOnly(ada, id, true)
    expect(await Promise.all(next)).toEqual([ENDED, ENDED])
  })
})
