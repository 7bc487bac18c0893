import { OWN_ROW, type BoardQuery, type BoardRow, type BoardRowDetail, type BoardView } from '@/lib/contract/leaderboard'
import { ProblemError } from '@/lib/contract/problem'
import { Handle } from '@/lib/contract/profile'
import { PUBLIC_ZONE, type BoardKey } from '@/lib/db/boards/boards'
import { listBoardPeople, type BoardPerson } from '@/lib/db/boards/rows'
import type { Queries } from '@/lib/db/client'
import { findProfileByHandle } from '@/lib/db/profiles'
import { catalogue } from '../catalogue'
import { withDatabase } from '../database'
import { findRow, viewBoard, type RowName, type SeenBoard } from './board-view'
import { describeRow } from './row-detail'
import { spanAround, type Span } from './spans'

/**
 * Everybody's board, or that of a topic. On it stand those who chose to, under their handles; the viewer's own place is
 * told also when others do not see it.
 * @throws ProblemError `not-found` for a topic that does not exist
 */
export async function publicBoard(viewerId: string | null, query: BoardQuery, now = Date.now()): Promise<BoardView> {
  return (await lookAtPublicBoard(viewerId, query, now)).view
}

/** The same with the id of the board. */
export async function lookAtPublicBoard(
  viewerId: string | null, query: BoardQuery, now = Date.now(),
): Promise<SeenBoard> {
  const { key, span } = await find(query, now)
  const look = { key, span, from: query.from, viewerId, top: null, namesOf }
  return withDatabase((db) => viewBoard(db, look))
}

/** What the row under a handle rests on; null when there is none that the viewer may see. */
export async function publicBoardRow(
  viewerId: string | null, query: BoardQuery, id: string, now = Date.now(),
): Promise<BoardRowDetail | null> {
  const { key, span: { timeZone } } = await find(query, now)
  return withDatabase(async (db) => {
    const found = await findPublicRow(db, key, viewerId, id)
    return found && describeRow(db, found.row, found.userId, { key, classId: null, daysOnly: false, timeZone })
  })
}

/** The same row without what it rests on. */
export async function publicBoardPlace(
  viewerId: string | null, query: BoardQuery, id: string, now = Date.now(),
): Promise<BoardRow | null> {
  const { key } = await find(query, now)
  return withDatabase(async (db) => (await findPublicRow(db, key, viewerId, id))?.row ?? null)
}

async function findPublicRow(db: Queries, key: BoardKey, viewerId: string | null, id: string) {
  const userId = id === OWN_ROW ? viewerId : await findByHandle(db, id)
  const [person] = userId === null ? [] : await listBoardPeople(db, [userId])
  if (!person) return null
  const look = { isViewer: person.userId === viewerId, daysOnly: false, timeZone: PUBLIC_ZONE }
  const row = await findRow(db, key, person.userId, toName(person), look)
  return row && { row, userId: person.userId }
}

async function find({ topic, span, day }: BoardQuery, now: number): Promise<{ key: BoardKey; span: Span }> {
  if (topic !== undefined && !(await catalogue()).findTopic(topic)) {
    throw new ProblemError('not-found', `There is no topic "${topic}".`)
  }
  const found = spanAround(span, day, PUBLIC_ZONE, now)
  const scope = topic === undefined ? { scope: 'everyone' as const, of: '' } : { scope: 'topic' as const, of: topic }
  return { key: { ...scope, span, starts: found.firstDay }, span: found }
}

async function findByHandle(db: Queries, text: string): Promise<string | null> {
  const handle = Handle.safeParse(text)
  return handle.success ? ((await findProfileByHandle(db, handle.data))?.id ?? null) : null
}

async function namesOf(db: Queries, userIds: readonly string[]) {
  const people = userIds.length === 0 ? [] : await listBoardPeople(db, userIds)
  return { names: new Map(people.map((person) => [person.userId, toName(person)])), daysOnly: false }
}

function toName({ handle, profilePublic }: BoardPerson): RowName {
  return { id: handle ?? OWN_ROW, name: handle, alias: null, hasProfile: profilePublic }
}
