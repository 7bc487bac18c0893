import { beforeEach, describe, expect, it } from 'vitest'
import { BoardQuery, BoardView, ClassBoardQuery, OWN_ROW } from '@/lib/contract/leaderboard'
import { refreshBoardsOf, refreshClassBoards } from '@/lib/db/boards/refresh'
import { lockClass } from '@/lib/db/classes'
import { lockUsers } from '@/lib/db/users'
import { classBoard, classBoardRow, classBoards } from '@/lib/learn/leaderboards/class-board'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { publicBoard, publicBoardRow } from '@/lib/learn/leaderboards/public-board'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { DAY, HOUR, at, newCourse, newPerson, newSection, newSet, newStudent, type Person } from './support/course'
import { untilSomebodyWaits } from './support/locks'
import { gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()

beforeEach(async () => {
  await test.db.user.deleteMany({})
  await test.db.board.deleteMany({})
  await followCatalogue()
})

const ALL = BoardQuery.parse({})
const OF_CLASS = ClassBoardQuery.parse({})

async function scores(person: Person, score: number): Promise<Person> {
  await submit(person.id, { exercise: EXERCISE, source: `${score} // ${Math.random()}` })
  await gradeNext(graderThatFinds({ score }))
  return person
}

async function change(userId: string, data: Parameters<typeof test.db.user.update>[0]['data']): Promise<void> {
  await test.db.$transaction(async (db) => {
    await lockUsers(db, [userId])
    await db.user.update({ where: { id: userId }, data })
    await refreshBoardsOf(db, [userId])
  })
}

const shown = async (handle: string, score: number): Promise<Person> => {
  const person = await newPerson()
  await test.db.user.update({ where: { id: person.id }, data: { handle, onBoards: true } })
  return scores(person, score)
}

const names = ({ rows }: BoardView) => rows.map(({ rank, name, alias }) => [rank, name ?? `#${alias}`])

describe('the board of everybody', () => {
  it('has nobody at first', async () => {
    expect(await publicBoard(null, ALL)).toMatchObject({ people: 0, rows: [], own: null, distribution: [] })
  })

  it('lists those who chose to be on it, under their handles', async () => {
    const ada = await shown('ada', 10)
    await scores(await newPerson(), 10)
    const bob = await shown('bob', 4)
    const view = await publicBoard(bob.id, ALL)
    expect(names(view)).toEqual([[1, 'ada'], [2, 'bob']])
    expect(view.rows.map(({ isViewer, hasProfile }) => [isViewer, hasProfile])).toEqual([[false, false], [true, false]])
    expect(view).toMatchObject({ people: 2, own: { rank: 2, points: 4, shown: true } })
    expect(JSON.stringify(view)).not.toContain(ada.email)
  })

  it('tells those who are not on it where they would stand, and nobody else', async () => {
    await shown('ada', 10)
    await shown('bob', 4)
    const hidden = await scores(await newPerson(), 6)
    expect(await publicBoard(hidden.id, ALL)).toMatchObject({ people: 2, own: { rank: 2, points: 6, shown: false } })
    expect(names(await publicBoard(hidden.id, ALL))).toEqual([[1, 'ada'], [2, 'bob']])
  })

  it.each(['suspendedAt', 'barredAt'] as const)('closes up when somebody drops out (%s), and opens when they are back', async (field) => {
    const ada = await shown('ada', 10)
    await shown('bob', 4)
    await change(ada.id, { [field]: new Date() })
    expect(names(await publicBoard(null, ALL))).toEqual([[1, 'bob']])
    await change(ada.id, { [field]: null })
    expect(names(await publicBoard(null, ALL))).toEqual([[1, 'ada'], [2, 'bob']])
  })

  it('is also there for a topic, and for no other topic', async () => {
    await shown('ada', 10)
    expect(names(await publicBoard(null, { ...ALL, topic: 'sums' }))).toEqual([[1, 'ada']])
    await expect(publicBoard(null, { ...ALL, topic: 'products' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('counts in a week what was submitted in it', async () => {
    await shown('ada', 10)
    const week = { ...ALL, span: 'week' as const }
    const now = await publicBoard(null, week)
    expect(now).toMatchObject({ people: 1, isPresent: true, timeZone: 'UTC', earlier: null })
    const before = new Date(Date.parse(now.from ?? '') - DAY).toISOString().slice(0, 10)
    expect(await publicBoard(null, { ...week, day: before })).toMatchObject({ people: 0, isPresent: false, later: now.starts })
  })

  it.each(['1970-01-01', '2024-02-29', '2026-12-31', '9998-12-31'])('can be asked for the week and the month of %s', async (day) => {
    for (const span of ['week', 'month'] as const) {
      const view = await publicBoard(null, BoardQuery.parse({ span, day }))
      expect(BoardView.parse(view)).toMatchObject({ people: 0, span })
      expect([view.from && view.from.slice(0, 10) <= day, view.until && view.until.slice(0, 10) > day]).toEqual([true, true])
    }
  })

  it.each(['0000-01-01', '1969-12-31', '9999-01-01', '9999-12-31', '2026-02-29'])('cannot be asked for the day %s', (day) => {
    expect(BoardQuery.safeParse({ span: 'week', day }).success).toBe(false)
  })

  it('draws how points are spread', async () => {
    await shown('ada', 10)
    await shown('bob', 4)
    await shown('cid', 4)
    const { distribution } = await publicBoard(null, ALL)
    expect(distribution.filter(({ people }) => people > 0)).toEqual([
      { from: 4, to: 4, people: 2 }, { from: 10, to: 10, people: 1 },
    ])
  })

  it('goes on at any position', async () => {
    for (const [handle, score] of [['ada', 10], ['bob', 6], ['cid', 4]] as const) await shown(handle, score)
    expect(names(await publicBoard(null, { ...ALL, from: 2 }))).toEqual([[2, 'bob'], [3, 'cid']])
    expect(names(await publicBoard(null, { ...ALL, from: 4 }))).toEqual([])
  })

  it('says what a row rests on', async () => {
    await shown('ada', 10)
    const detail = await publicBoardRow(null, ALL, 'ADA')
    expect(detail).toMatchObject({ row: { rank: 1, name: 'ada', points: 10 }, exercises: [{ exercise: EXERCISE, points: 10, maxPoints: 10 }] })
    expect(detail?.exercises[0]?.version).toMatch(/^[0-9a-f]{64}$/)
  })

  it('tells nobody but themselves what the place of a hidden person rests on', async () => {
    const hidden = await scores(await newPerson(), 10)
    await test.db.user.update({ where: { id: hidden.id }, data: { handle: 'hidden' } })
    expect(await publicBoardRow(null, ALL, 'hidden')).toBeNull()
    expect(await publicBoardRow((await newPerson()).id, ALL, 'hidden')).toBeNull()
    expect(await publicBoardRow(null, ALL, OWN_ROW)).toBeNull()
    expect(await publicBoardRow(hidden.id, ALL, OWN_ROW)).toMatchObject({ row: { points: 10, isViewer: true } })
  })
})

describe('the boards of a class', () => {
  async function classWith(boardMode: 'names' | 'pseudonyms', boardTop: number | null = null) {
    const course = await newCourse()
    await test.db.class.update({ where: { id: course.id }, data: { boardMode, boardTop } })
    const section = await newSection(course.id, 'North')
    const set = await newSet(course)
    const ann = await scores(await newStudent(course.id, { name: 'Ann', sectionId: section }), 10)
    const ben = await scores(await newStudent(course.id, { name: 'Ben' }), 4)
    await test.db.$transaction((db) => refreshClassBoards(db, course.id))
    return { ...course, section, set, ann, ben }
  }

  it('are there when the instructor has switched them on', async () => {
    const { id, ann, instructor } = await classWith('names')
    expect(names(await classBoard(ann, id, OF_CLASS))).toEqual([[1, 'Ann'], [2, 'Ben']])
    await test.db.class.update({ where: { id }, data: { boardMode: 'off' } })
    for (const viewer of [ann, instructor]) {
      expect(await classBoards(viewer, id)).toMatchObject({ mode: 'off' })
      await expect(classBoard(viewer, id, OF_CLASS)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('do not exist for those who are not in it', async () => {
    const { id } = await classWith('names')
    await expect(classBoard(await newPerson(), id, OF_CLASS)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('show students pseudonyms of the others, and staff names too', async () => {
    const { id, ann, ben, instructor } = await classWith('pseudonyms')
    const seen = await classBoard(ben, id, OF_CLASS)
    expect(seen.rows.map(({ name }) => name)).toEqual([null, 'Ben'])
    expect(JSON.stringify(seen)).not.toContain('Ann')
    expect(JSON.stringify(seen)).not.toContain(ann.id)
    const { rows } = await classBoard(instructor, id, OF_CLASS)
    expect(rows.map(({ name }) => name)).toEqual(['Ann', 'Ben'])
    expect(rows.map(({ alias }) => alias)).toEqual(seen.rows.map(({ alias }) => alias))
    expect(new Set(rows.map(({ alias }) => alias)).size).toBe(2)
  })

  it('tell students days, not times, where times would tell who it is', async () => {
    const { id, ben, instructor } = await classWith('pseudonyms')
    const { rows: [ann], daysOnly } = await classBoard(ben, id, OF_CLASS)
    expect(daysOnly).toBe(true)
    expect(ann?.reachedAt).toMatch(/T00:00:00/)
    const detail = await classBoardRow(ben, id, OF_CLASS, Number(ann?.id))
    expect(detail?.exercises.map((each) => each.at)).toEqual([ann?.reachedAt])
    expect((await classBoard(instructor, id, OF_CLASS)).daysOnly).toBe(false)
  })

  it('show no name of a student who wants none', async () => {
    const { id, ann, ben } = await classWith('names')
    await test.db.classMember.updateMany({ where: { classId: id, userId: ann.id }, data: { aliasOnly: true } })
    expect((await classBoard(ben, id, OF_CLASS)).rows.map(({ name }) => name)).toEqual([null, 'Ben'])
    expect((await classBoard(ann, id, OF_CLASS)).rows.map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  })

  it('show students the first places and their own, where the class wants it so', async () => {
    const { id, ben, ann, instructor } = await classWith('names', 1)
    const view = await classBoard(ben, id, OF_CLASS)
    expect(names(view)).toEqual([[1, 'Ann']])
    expect(view).toMatchObject({ top: 1, people: 2, own: { rank: 2, points: 4, shown: true } })
    expect((await classBoard(ben, id, { ...OF_CLASS, from: 2 })).rows).toEqual([])
    expect(names(await classBoard(instructor, id, OF_CLASS))).toHaveLength(2)
    const bens = String((await classBoards(ben, id)).own?.alias)
    expect(await classBoardRow(ann, id, OF_CLASS, Number(bens))).toBeNull()
    expect(await classBoardRow(ben, id, OF_CLASS, Number(bens))).toMatchObject({ row: { points: 4 } })
  })

  it('let students see their own section and no other', async () => {
    const { id, section, ann, ben, instructor } = await classWith('names')
    expect(names(await classBoard(ann, id, { ...OF_CLASS, section }))).toEqual([[1, 'Ann']])
    expect(names(await classBoard(instructor, id, { ...OF_CLASS, section }))).toEqual([[1, 'Ann']])
    await expect(classBoard(ben, id, { ...OF_CLASS, section })).rejects.toMatchObject({ code: 'not-found' })
    expect((await classBoards(ben, id)).sections).toEqual([])
  })

  it('name no set that has not opened, and count its exercises from then on', async () => {
    const { id, set, ann, ...course } = await classWith('names')
    await test.db.problemSet.update({ where: { id: set }, data: { opensAt: new Date(Date.now() + HOUR) } })
    expect(await classBoard(ann, id, OF_CLASS)).toMatchObject({ people: 0 })
    const later = await newSet({ id, ...course }, { opensAt: at(HOUR), title: 'Secret' })
    expect((await classBoards(ann, id)).sets).toEqual([])
    await expect(classBoard(ann, id, { ...OF_CLASS, set: later })).rejects.toMatchObject({ code: 'not-found' })
    await test.db.problemSet.update({ where: { id: later }, data: { opensAt: new Date(Date.now() - HOUR) } })
    expect(await classBoard(ann, id, { ...OF_CLASS, set: later }).catch(() => null)).toMatchObject({ people: 2 })
    expect((await classBoards(ann, id)).sets).toEqual([{ id: later, title: 'Secret' }])
  })

  it('follow a set that has opened once, however many look at that moment', async () => {
    const { id, set, ann, ben } = await classWith('names')
    await test.db.problemSet.update({ where: { id: set }, data: { onBoards: false } })
    const boards = { class: { is: { id } } }
    const before = await test.db.boardEntry.count({ where: { board: boards } })
    expect(before).toBeGreaterThan(0)
    const looks = await test.db.$transaction(async (db) => {
      await lockClass(db, id)
      const looks = [ann, ben].map((viewer) => classBoard(viewer, id, OF_CLASS))
      await untilSomebodyWaits(test.db)
      // As another one who looked has done it, but for the entries: whoever writes them does it all over again.
      await db.problemSet.update({ where: { id: set }, data: { onBoards: true } })
      await db.boardEntry.deleteMany({ where: { board: boards } })
      return looks
    }, { timeout: 20_000 })
    await Promise.all(looks)
    expect(await test.db.boardEntry.count({ where: { board: boards } })).toBe(0)
  })
})
