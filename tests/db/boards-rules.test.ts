import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeListener } from '@/lib/db/change-listener'
import { FIRST_DAY, findBoard, type BoardKey } from '@/lib/db/boards/boards'
import { findEntry, listEntries, rankOf } from '@/lib/db/boards/ranks'
import { listCountedExercises } from '@/lib/db/boards/rows'
import { readStanding } from '@/lib/db/boards/standing'
import { keepVersion } from '@/lib/db/versions'
import { changeSettings } from '@/lib/learn/classes/settings'
import { grantException, removeException } from '@/lib/learn/classes/exceptions'
import { createSet, publishSet } from '@/lib/learn/classes/set-changes'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'
import { classBoard } from '@/lib/learn/leaderboards/class-board'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { changeStanding } from '@/lib/learn/leaderboards/standing'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { applyRegrade } from '@/lib/learn/regrades'
import { useDatabase } from '../support/database'
import { LAYOUT, useTopics } from './support/boards-content'
import { newWorld, type World } from './support/boards-world'
import { regraded, submitted, verdictOf } from './support/boards-learner-steps'

const test = useDatabase()
const content = useTopics()

const SUNDAY = Date.parse('2026-03-08T12:00:00Z')
const HOUR = 3_600_000
const EVERYONE: BoardKey = { scope: 'everyone', of: '', span: 'all', starts: FIRST_DAY }

let world: World
let people: string[]
beforeEach(async () => {
  await content.change(LAYOUT)
  world = await newWorld(test.db, content, { users: 5, classes: 1 })
  await followCatalogue()
  people = world.users
  for (const id of people) await chooseOnBoards(id, true)
})

/** A graded submission. @returns its id */
async function scored(userId: string, score: number | null, at = SUNDAY, exercise = 'lru'): Promise<string> {
  const id = await submitted(world, userId, exercise, new Date(at))
  const { versionHash } = await test.db.submission.findUniqueOrThrow({ where: { id } })
  await recordVerdict(id, verdictOf(score, versionHash))
  return id
}

/** The shown ones of a board: rank, who and points. */
async function standings(key: BoardKey = EVERYONE): Promise<[number, string, number][]> {
  const board = await findBoard(test.db, key)
  const rows = board === null ? [] : await listEntries(test.db, board, { position: 1, limit: 100 })
  return rows.map(({ rank, userId, standing }) => [rank, userId, readStanding(standing).points])
}

async function placeOf(userId: string): Promise<{ rank: number; shown: boolean } | null> {
  const board = (await findBoard(test.db, EVERYONE))!
  const entry = await findEntry(test.db, board, userId)
  return entry && { rank: await rankOf(test.db, board, entry.standing), shown: entry.shown }
}

describe('places', () => {
  it('are shared by those who have the same points since the same moment, and the next rank is left out', async () => {
    const [a, b, c, d] = people as [string, string, string, string]
    await scored(a, 9)
    for (const id of [b, c]) await scored(id, 4)
    await scored(d, 3)
    expect(await standings()).toEqual([[1, a, 9], ...[b, c].sort().map((id) => [2, id, 4]), [4, d, 3]])
  })

  it('go by when the total was reached, whatever the order of grading', async () => {
    const [a, b] = people as [string, string]
    await scored(a, 4, SUNDAY + 2 * HOUR)
    await scored(b, 4, SUNDAY + HOUR)
    expect(await standings()).toEqual([[1, b, 4], [2, a, 4]])
    // An earlier submission, graded late, is the one that brought the points.
    await scored(a, 4, SUNDAY)
    expect(await standings()).toEqual([[1, a, 4], [2, b, 4]])
  })

  it('rise and fall with a regrade, and keep what one would take away unless it lowers', async () => {
    const [a, b] = people as [string, string]
    const best = await scored(a, 6)
    const error = await scored(b, null)
    const again = await regraded(world, 'lru', new Map([[best, 3], [error, 4]]))
    await applyRegrade(world.adminId, again, false)
    expect(await standings()).toEqual([[1, a, 6], [2, b, 4]])
    await applyRegrade(world.adminId, again, true)
    expect(await standings()).toEqual([[1, b, 4], [2, a, 3]])
  })

  it('name the version of the exercise whose tests gave the points', async () => {
    const [a, b] = people as [string, string]
    const [kept, raised] = [await scored(a, 6), await scored(b, 4)]
    await keepVersion(test.db, { hash: 'old', exercise: 'lru', title: { en: '', zh: '' }, difficulty: 'easy', maxScore: 10 })
    await test.db.submission.updateMany({ data: { versionHash: 'old' } })
    const again = await regraded(world, 'lru', new Map([[kept, 3], [raised, 9]]))
    const { versionHash: present } = await test.db.regrade.findUniqueOrThrow({ where: { id: again } })
    await applyRegrade(world.adminId, again, false)
    const versions = async (userId: string) => {
      return (await listCountedExercises(test.db, EVERYONE, userId, null)).map(({ points, version }) => [points, version])
    }
    expect([await versions(a), await versions(b)]).toEqual([[[6, 'old']], [[9, present]]])
    await applyRegrade(world.adminId, again, true)
    expect([await versions(a), await versions(b)]).toEqual([[[3, present]], [[9, present]]])
  })

  it('lose what an exercise gave that leaves the catalogue, and have it back with the exercise', async () => {
    const [a, b] = people as [string, string]
    await scored(a, 9)
    await scored(b, 4, SUNDAY, 'fifo')
    const { lru: _, ...others } = LAYOUT
    await content.change(others)
    await followCatalogue()
    expect(await standings()).toEqual([[1, b, 4]])
    expect(await standings({ ...EVERYONE, scope: 'topic', of: 'caches' })).toEqual([])
    await content.change({ ...others, lru: 'queues' })
    await followCatalogue()
    expect(await standings()).toEqual([[1, a, 9], [2, b, 4]])
    expect(await standings({ ...EVERYONE, scope: 'topic', of: 'queues' })).toEqual([[1, a, 9], [2, b, 4]])
  })

  it('close up when somebody is suspended or barred, who comes back to the same place', async () => {
    const [a, b, c] = people as [string, string, string]
    for (const [id, score] of [[a, 9], [b, 6], [c, 4]] as const) await scored(id, score)
    for (const change of [{ suspended: true, barred: false }, { suspended: false, barred: true }]) {
      await changeStanding(world.adminId, b, { ...change, reason: 'copied' })
      expect(await standings()).toEqual([[1, a, 9], [2, c, 4]])
      await changeStanding(world.adminId, b, { suspended: false, barred: false, reason: 'did not' })
      expect(await standings()).toEqual([[1, a, 9], [2, b, 6], [3, c, 4]])
    }
  })

  it('are told to those who are not shown, and do not move the others', async () => {
    const [a, b, c] = people as [string, string, string]
    for (const [id, score] of [[a, 9], [b, 6], [c, 4]] as const) await scored(id, score)
    await chooseOnBoards(b, false)
    expect(await standings()).toEqual([[1, a, 9], [2, c, 4]])
    expect(await placeOf(b)).toEqual({ rank: 2, shown: false })
    expect(await placeOf(c)).toEqual({ rank: 2, shown: true })
  })

  it('of a week hold what its submissions raised best scores by, and no more', async () => {
    const [a] = people as [string]
    const monday = SUNDAY + 12 * HOUR
    await scored(a, 4, monday - 1)
    await scored(a, 9, monday)
    await scored(a, 6, monday + HOUR)
    const week = (starts: string) => standings({ ...EVERYONE, span: 'week', starts })
    expect([await week('2026-03-02'), await week('2026-03-09')]).toEqual([[[1, a, 4]], [[1, a, 5]]])
  })
})

describe('places in a class', () => {
  const group = () => world.classes[0]!
  const ofClass = (more: Partial<BoardKey> = {}) => standings({ ...EVERYONE, scope: 'class', of: group().id, ...more })
  const at = (ms: number) => new Date(ms).toISOString()

  async function newSet({ opensAt = SUNDAY - 24 * HOUR, closesAt = SUNDAY + 24 * HOUR } = {}): Promise<string> {
    const { id, instructor } = group()
    const set = await createSet(instructor, id, {
      title: 'Week', intro: '', opensAt: at(opensAt), dueAt: at(closesAt), closesAt: at(closesAt), latePolicy: { kind: 'none' },
      attemptLimit: null, coolDownSeconds: 0, reveal: 'now', pickCount: 0, items: [{ exercise: 'lru', points: 5, kind: 'required' }],
    })
    await publishSet(instructor, id, set.id)
    return set.id
  }

  it('rest on what was handed in until the set closes for the student', async () => {
    const [a, b] = people as [string, string]
    const set = await newSet({ closesAt: SUNDAY })
    for (const id of [a, b]) {
      await scored(id, 4, SUNDAY)
      await scored(id, 9, SUNDAY + 1)
    }
    expect(await ofClass()).toEqual([a, b].sort().map((id) => [1, id, 4]))
    await grantException(group().instructor, group().id, set, {
      for: { kind: 'student', id: b }, dueAt: null, closesAt: at(SUNDAY + HOUR), attemptLimit: null, exempt: false, reason: '',
    })
    expect(await ofClass()).toEqual([[1, b, 9], [2, a, 4]])
  })

  it('are not given to those who are exempt, until that is taken back', async () => {
    const [a, b] = people as [string, string]
    const set = await newSet()
    await scored(a, 4)
    await scored(b, 9)
    await grantException(group().instructor, group().id, set, {
      for: { kind: 'student', id: b }, dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: '',
    })
    expect(await ofClass()).toEqual([[1, a, 4]])
    const { id } = await test.db.setException.findFirstOrThrow({ where: { setId: set } })
    await removeException(group().instructor, group().id, set, id)
    expect(await ofClass()).toEqual([[1, b, 9], [2, a, 4]])
  })

  it('count the exercises of a set from when it opens, which somebody who looks finds out', async () => {
    const [a] = people as [string]
    const future = Date.now() + 24 * HOUR
    const set = await newSet({ opensAt: future, closesAt: future })
    await scored(a, 4)
    expect(await ofClass()).toEqual([])
    await test.db.problemSet.update({ where: { id: set }, data: { opensAt: new Date(SUNDAY - HOUR) } })
    const { rows } = await classBoard(group().instructor, group().id, { span: 'all', from: 1 })
    expect(rows.map(({ points }) => points)).toEqual([4])
    expect(await ofClass()).toEqual([[1, a, 4]])
  })

  it('belong to the week that clocks of the class show, and on the board of everyone to that of UTC', async () => {
    const [a] = people as [string]
    await newSet()
    const { id, instructor } = group()
    // A quarter past midnight on Monday in Shanghai.
    await scored(a, 4, Date.parse('2026-03-08T16:15:00Z'))
    const weeks = async (key: Partial<BoardKey>) => [
      await standings({ ...EVERYONE, ...key, span: 'week', starts: '2026-03-02' }),
      await standings({ ...EVERYONE, ...key, span: 'week', starts: '2026-03-09' }),
    ]
    expect(await weeks({ scope: 'class', of: id })).toEqual([[[1, a, 4]], []])
    await changeSettings(instructor, id, { name: 'Back ends', term: '', timeZone: 'Asia/Shanghai', graceDays: 0 })
    expect(await weeks({ scope: 'class', of: id })).toEqual([[], [[1, a, 4]]])
    expect(await weeks({})).toEqual([[[1, a, 4]], []])
  })
})

describe('a change of boards', () => {
  it('is told once, with the ids of the boards, when it is committed', async () => {
    const told: number[][] = []
    const unsubscribe = await changeListener().subscribe({ onBoards: (ids) => void told.push(ids), onReset: () => {} })
    try {
      await scored(people[0]!, 4)
      await vi.waitFor(() => expect(told.length).toBeGreaterThan(0))
      const boards = await test.db.board.findMany({ where: { entries: { some: {} } }, orderBy: { id: 'asc' } })
      expect(boards).toHaveLength(6)
      // What does not change a board says nothing: the next word is of another one.
      await scored(people[0]!, 4)
      await scored(people[0]!, 4, SUNDAY, 'fifo')
      await vi.waitFor(() => expect(told.length).toBeGreaterThan(1))
      const everyone = boards.filter(({ scope }) => scope === 'everyone').map(({ id }) => id)
      expect(told[0]!.toSorted((x, y) => x - y)).toEqual(boards.map(({ id }) => id))
      expect(told[1]).toEqual(expect.arrayContaining(everyone))
      expect(told).toHaveLength(2)
      expect(told[1]).toHaveLength(6)
    } finally {
      unsubscribe()
    }
  })
})
