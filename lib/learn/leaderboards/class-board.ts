import type { Viewer } from '@/lib/contract/account'
import type { BoardRowDetail, BoardView, ClassBoardQuery, ClassBoards, ClassBoardsBody } from '@/lib/contract/leaderboard'
import { ProblemError } from '@/lib/contract/problem'
import type { BoardKey } from '@/lib/db/boards/boards'
import { hasSetsToFollow, holdClassBoards, refreshClassBoards } from '@/lib/db/boards/refresh'
import { findStudentByAlias, listBoardStudents, type BoardStudent } from '@/lib/db/boards/rows'
import { findMember } from '@/lib/db/class-members'
import { listSections } from '@/lib/db/class-sections'
import type { Queries } from '@/lib/db/client'
import { listSetRows } from '@/lib/db/problem-sets'
import { enterClass, type Entry } from '../classes/enter-class'
import { inTransaction } from '../database'
import { findRow, viewBoard, type RowName, type SeenBoard } from './board-view'
import { describeRow } from './row-detail'
import { spanAround, type Span } from './spans'

type Person = Pick<Viewer, 'id' | 'role'>

/** What students see of each other on the boards of a class, if it has any. */
export function boardSettings(viewer: Person, classId: string): Promise<ClassBoardsBody> {
  return enterClass(viewer, classId, 'boards.view', async (_, { class: { boardMode: mode, boardTop: top } }) => {
    return { mode, top }
  })
}

/** What boards a class has for the viewer, and what is shown on them. */
export function classBoards(viewer: Person, classId: string): Promise<ClassBoards> {
  return enterClass(viewer, classId, 'boards.view', async (db, entry) => {
    const { class: { boardMode: mode, boardTop: top }, role, sectionId } = entry
    const member = role === 'student' ? await findMember(db, classId, entry.userId) : null
    const sections = (await listSections(db, classId)).filter(({ id }) => role !== 'student' || id === sectionId)
    const sets = await listOpenSets(db, entry)
    return {
      mode, top,
      own: member && { alias: member.alias, aliasOnly: member.aliasOnly, offBoards: member.offBoards },
      sections: sections.map(({ id, name }) => ({ id, name })),
      sets: sets.map(({ id, title }) => ({ id, title })),
    }
  })
}

/**
 * The board of a class, or of one of its sections or sets. Students see what the class lets them see: names or
 * pseudonyms, all places or the first ones, and of sections their own; staff sees all of it.
 * @throws ProblemError `not-found` also while the class has no boards
 */
export async function classBoard(
  viewer: Person, classId: string, query: ClassBoardQuery, now = Date.now(),
): Promise<BoardView> {
  return (await lookAtClassBoard(viewer, classId, query, now)).view
}

/** The same with the id of the board. */
export async function lookAtClassBoard(
  viewer: Person, classId: string, query: ClassBoardQuery, now = Date.now(),
): Promise<SeenBoard> {
  return enterBoards(viewer, classId, async (db, entry) => {
    const { key, span } = await find(db, entry, query, now)
    const top = entry.role === 'student' ? entry.class.boardTop : null
    const namesOf = async (db: Queries, userIds: readonly string[]) => {
      const students = userIds.length === 0 ? [] : await listBoardStudents(db, classId, userIds)
      const names = new Map(students.map((student) => [student.userId, toName(student, entry)]))
      return { names, daysOnly: [...names.values()].some(({ name }) => name === null) }
    }
    return viewBoard(db, { key, span, from: query.from, viewerId: entry.userId, top, namesOf })
  })
}

/** What the row of the student with a pseudonym rests on; null when there is none that the viewer may see. */
export async function classBoardRow(
  viewer: Person, classId: string, query: ClassBoardQuery, alias: number, now = Date.now(),
): Promise<BoardRowDetail | null> {
  return enterBoards(viewer, classId, async (db, entry) => {
    const { key, span: { timeZone } } = await find(db, entry, query, now)
    const userId = await findStudentByAlias(db, classId, alias)
    const [student] = userId === null ? [] : await listBoardStudents(db, classId, [userId])
    if (!student) return null
    const name = toName(student, entry)
    const isViewer = student.userId === entry.userId
    const look = { isViewer, daysOnly: name.name === null && !isViewer, timeZone }
    const row = await findRow(db, key, student.userId, name, look)
    const top = entry.role === 'student' ? entry.class.boardTop : null
    if (!row || (top !== null && row.rank > top && !isViewer)) return null
    return describeRow(db, row, student.userId, { key, classId, ...look })
  })
}

/** The sets that count on boards, as far as the viewer may know of them. */
async function listOpenSets(db: Queries, { class: { id } }: Entry) {
  const rows = await listSetRows(db, id, { published: true })
  return rows.filter(({ onBoards }) => onBoards).sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime())
}

/**
 * Runs `work` in a class with boards, on which all sets count that have opened since somebody last looked: nothing happens
 * when they open but that time goes by.
 * @throws ProblemError `not-found` also while the class has no boards
 */
async function enterBoards<T>(
  viewer: Person, classId: string, work: (db: Queries, entry: Entry) => Promise<T>,
): Promise<T> {
  const enter = <R>(inside: (db: Queries, entry: Entry) => Promise<R>): Promise<R> => {
    return enterClass(viewer, classId, 'boards.view', (db, entry) => {
      if (entry.class.boardMode === 'off') throw missing('Leaderboards are not switched on in this class.')
      return inside(db, entry)
    })
  }
  const seen = await enter(async (db, entry) => {
    return (await hasSetsToFollow(db, classId)) ? null : { result: await work(db, entry) }
  })
  if (seen) return seen.result
  await inTransaction(async (db) => {
    await holdClassBoards(db, classId)
    // Many look when a set opens; those who waited for the first of them find it done.
    if (await hasSetsToFollow(db, classId)) await refreshClassBoards(db, classId)
  })
  return enter(work)
}

async function find(
  db: Queries, entry: Entry, { section, set, span, day }: ClassBoardQuery, now: number,
): Promise<{ key: BoardKey; span: Span }> {
  const { id, timeZone } = entry.class
  const found = spanAround(span, day, timeZone, now)
  const scope = set ? await setScope(db, entry, set) : section ? await sectionScope(db, entry, section) : { scope: 'class' as const, of: id }
  return { key: { ...scope, span, starts: found.firstDay }, span: found }
}

async function setScope(db: Queries, entry: Entry, of: string) {
  if (!(await listOpenSets(db, entry)).some(({ id }) => id === of)) throw missing('There is no such problem set here.')
  return { scope: 'set' as const, of }
}

async function sectionScope(db: Queries, { class: { id }, role, sectionId }: Entry, of: string) {
  const isTheirs = role === 'student' ? of === sectionId : (await listSections(db, id)).some((each) => each.id === of)
  if (!isTheirs) throw missing('There is no such section here.')
  return { scope: 'section' as const, of }
}

function missing(message: string): ProblemError {
  return new ProblemError('not-found', message)
}

function toName({ userId, name, alias, aliasOnly }: BoardStudent, { class: { boardMode }, role, userId: viewerId }: Entry): RowName {
  const isHidden = boardMode === 'pseudonyms' || aliasOnly
  const mayName = role !== 'student' || userId === viewerId
  return {
    id: String(alias), hasProfile: false,
    name: isHidden && !mayName ? null : name,
    alias: isHidden ? alias : null,
  }
}
