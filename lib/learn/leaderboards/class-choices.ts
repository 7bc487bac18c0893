import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import type { ClassBoardsBody } from '@/lib/contract/leaderboard'
import { ProblemError } from '@/lib/contract/problem'
import { redrawAliases } from '@/lib/db/boards/aliases'
import { notifyClassBoards } from '@/lib/db/boards/boards'
import { findMember, updateMember, type MemberRow } from '@/lib/db/class-members'
import { findMembership, lockClass, updateClass } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { changeClass } from '../classes/enter-class'
import { logChange } from '../classes/log-change'

type Person = Pick<Viewer, 'id' | 'role'>

/**
 * Chooses what students see of each other on the leaderboards of the class. Whenever they come to see names or
 * pseudonyms, all pseudonyms are drawn anew: those of before may have been seen beside the names.
 */
export function saveClassBoards(viewer: Person, classId: string, body: ClassBoardsBody): Promise<ClassBoardsBody> {
  return changeClass(viewer, classId, 'class.settings', async (db, entry) => {
    await lockClass(db, classId)
    const { boardMode, boardTop } = entry.class
    if (boardMode === body.mode && boardTop === body.top) return body
    await updateClass(db, classId, { boardMode: body.mode, boardTop: body.top })
    if (boardMode !== body.mode && body.mode !== 'off') await redrawAliases(db, classId)
    await notifyClassBoards(db, classId)
    await logChange(db, entry, 'class.boards-changed', {
      ...(boardMode === body.mode ? {} : { mode: { from: boardMode, to: body.mode } }),
      ...(boardTop === body.top ? {} : { top: { from: boardTop, to: body.top } }),
    })
    return body
  })
}

/**
 * A student chooses to have a pseudonym where the class shows names. Nobody's place changes, and staff sees the name all
 * the same; so this is the student's own affair, which no log tells and an archived class leaves open. The pseudonym is one
 * that nobody has seen beside the name.
 */
export function chooseAliasOnly(
  viewer: Person, classId: string, aliasOnly: boolean,
): Promise<{ aliasOnly: boolean }> {
  return changeClass(viewer, classId, 'boards.choose', async (db, { userId }) => {
    await lockClass(db, classId)
    const found = await findMembership(db, classId, userId)
    const { aliasOnly: before } = await getStudent(db, classId, userId)
    if (before === aliasOnly) return { aliasOnly }
    await updateMember(db, classId, userId, { aliasOnly })
    // Where no names are shown, saveClassBoards draws anew before they are.
    if (found?.class.boardMode === 'names') await redrawAliases(db, classId, userId)
    await notifyClassBoards(db, classId)
    return { aliasOnly }
  })
}

/**
 * Keeps a student off the leaderboards of the class, where they see their own place only, or lets them back on.
 * @throws ProblemError `not-found` for anybody but a student of the class
 */
export function setOffBoards(
  viewer: Person, classId: string, userId: string, offBoards: boolean,
): Promise<{ offBoards: boolean }> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const { offBoards: before } = await getStudent(db, classId, userId)
    if (before === offBoards) return { offBoards }
    await updateMember(db, classId, userId, { offBoards })
    await logChange(db, entry, offBoards ? 'class.member-off-boards' : 'class.member-on-boards', { user: userId })
    return { offBoards }
  })
}

async function getStudent(db: Queries, classId: string, userId: string): Promise<MemberRow> {
  const member = Id.safeParse(userId).success ? await findMember(db, classId, userId) : null
  if (!member || member.removedAt || member.role !== 'student') {
    throw new ProblemError('not-found', 'There is no such student in the class.')
  }
  return member
}
