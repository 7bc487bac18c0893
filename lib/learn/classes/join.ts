import type { Viewer } from '@/lib/contract/account'
import type { JoinPreview } from '@/lib/contract/class'
import { ProblemError } from '@/lib/contract/problem'
import { hasIdentity } from '@/lib/db/accounts'
import { deleteInvitation, findInvitationTo, type ClassInvitation } from '@/lib/db/class-invitations'
import { holdClassBoards, refreshClassBoards } from '@/lib/db/boards/refresh'
import { addMember, findMember } from '@/lib/db/class-members'
import { findClassByCode, listInstructorNames, lockClass, type ClassRow } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { isUniqueViolation } from '@/lib/db/errors'
import { lockTurns } from '@/lib/db/turns'
import { inTransaction, withDatabase } from '../database'
import { countEvent } from '../rate-limit'
import { refuseCrowd } from './crowd'
import { departureOf } from './departures'
import { normalizeJoinCode } from './join-code'
import { logChange } from './log-change'

/** How often somebody may try codes, here and on the page of a code together. */
export const JOIN_LIMIT = { name: 'class-join', limit: 20, windowSeconds: 600 } as const

export type Joiner = Pick<Viewer, 'id' | 'email'>

/**
 * What somebody who holds a code is told of its class before they join; null when no class takes people by it.
 * @throws ProblemError `too-many-requests`: an answer tells whether a code is right, so it counts as a try
 */
export async function previewJoin(viewer: Joiner, code: string): Promise<JoinPreview | null> {
  const { name, limit, windowSeconds } = JOIN_LIMIT
  const { retryAfterSeconds } = await countEvent(`${name}:user:${viewer.id}`, limit, windowSeconds)
  if (retryAfterSeconds > 0) {
    const message = 'Too many codes were tried. Wait, then try again.'
    throw new ProblemError('too-many-requests', message, { retryAfterSeconds })
  }
  return withDatabase(async (db) => {
    const row = await findClassByCode(db, normalizeJoinCode(code))
    const member = row && (await findMember(db, row.id, viewer.id))
    const isIn = member !== null && member.removedAt === null
    if (!row || !(isIn || isOpen(row))) return null
    if (isIn) return toPreview(db, row, 'member')
    const isOut = member !== null || (await departureOf(db, row.id, viewer.email))?.removed
    return toPreview(db, row, isOut ? 'removed' : 'may-join')
  })
}

/**
 * Makes the viewer a student of the class with this code. A place kept for their address is theirs then, with its name,
 * section and external id; a place as staff only if a provider vouches for the address, since anybody can sign up with
 * any: until then they are a student like others, and the place stays kept. Joining twice changes nothing.
 * @throws ProblemError `join-closed`; `removed-from-class` for those whom staff removed; `class-full`
 */
export async function joinByCode(viewer: Joiner, code: string): Promise<JoinPreview> {
  return inTransactionOnceMore(async (db) => {
    const row = await holdClass(db, normalizeJoinCode(code))
    const member = row && (await findMember(db, row.id, viewer.id))
    if (row && member && !member.removedAt) return toPreview(db, row, 'member')
    if (!row || !isOpen(row)) throw closed()
    if (member) throw removed()
    await holdBoards(db, row.id, viewer.id)
    await takePlace(db, row, viewer, await findInvitationTo(db, row.id, viewer.email))
    await refreshClassBoards(db, row.id)
    return toPreview(db, row, 'member')
  })
}

/** Takes a place twice at the same moment: the second one finds what the first one made. */
export function inTransactionOnceMore<T>(work: (db: Queries) => Promise<T>): Promise<T> {
  return inTransaction(work).catch((error) => (isUniqueViolation(error) ? inTransaction(work) : Promise.reject(error)))
}

/**
 * Makes the viewer a member, with what a place kept for their address says. Hold the class meanwhile.
 * @throws ProblemError `removed-from-class` also when the account that was removed is deleted; `class-full`
 */
export async function takePlace(
  db: Queries, row: ClassRow, viewer: Joiner, kept: ClassInvitation | null,
): Promise<void> {
  if ((await departureOf(db, row.id, viewer.email))?.removed) throw removed()
  const place = kept && (kept.role === 'student' || (await hasIdentity(db, viewer.id))) ? kept : null
  const { role = 'student', name = null, externalId = null, sectionId = null } = place ?? {}
  if (place) await deleteInvitation(db, row.id, place.id)
  await refuseCrowd(db, row.id, 1)
  await addMember(db, { classId: row.id, userId: viewer.id, role, name, externalId, sectionId })
  await logChange(db, { class: row, userId: viewer.id }, 'class.joined', { role, place: place !== null })
}

/**
 * Holds what somebody's place in a class adds to its boards, who is about to get one. A verdict of theirs that does not
 * know of the place yet is waited for, and the next one waits. The class is held before.
 */
export async function holdBoards(db: Queries, classId: string, userId: string): Promise<void> {
  await lockTurns(db, userId)
  await holdClassBoards(db, classId)
}

/** The class with this code, as it is and stays until the transaction ends. */
async function holdClass(db: Queries, code: string): Promise<ClassRow | null> {
  const row = await findClassByCode(db, code)
  if (!row) return null
  await lockClass(db, row.id)
  // While this one waited, the code may have been changed, or the class closed.
  return findClassByCode(db, code)
}

function isOpen({ joinOpen, joinUntil, archivedAt }: ClassRow): boolean {
  return joinOpen && archivedAt === null && (joinUntil === null || Date.now() < joinUntil.getTime())
}

async function toPreview(db: Queries, row: ClassRow, standing: JoinPreview['standing']): Promise<JoinPreview> {
  const instructors = await listInstructorNames(db, row.id)
  return { classId: row.id, name: row.name, term: row.term, instructors, standing }
}

function closed(): ProblemError {
  const message = 'No class takes people by this code, or not any more. Ask for the present one.'
  return new ProblemError('join-closed', message)
}

function removed(): ProblemError {
  return new ProblemError('removed-from-class', 'You were removed from this class. Ask its staff to restore you.')
}
