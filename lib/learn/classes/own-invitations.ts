import type { OwnInvitation } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import { hasIdentity } from '@/lib/db/accounts'
import { refreshClassBoards } from '@/lib/db/boards/refresh'
import { deleteInvitation, listInvitationsTo, type ClassInvitation } from '@/lib/db/class-invitations'
import { findMember, updateMember } from '@/lib/db/class-members'
import { lockClass, type ClassRow } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { withDatabase } from '../database'
import { holdBoards, inTransactionOnceMore, takePlace, type Joiner } from './join'
import { logChange } from './log-change'

/**
 * Places that classes keep for the viewer's address. Told and given only to those for whose address a provider vouches:
 * anybody can sign up with any. All others join by code.
 */
export async function listOwnInvitations(viewer: Joiner): Promise<OwnInvitation[]> {
  return withDatabase(async (db) => {
    if (!(await hasIdentity(db, viewer.id))) return []
    const rows = await listInvitationsTo(db, { email: viewer.email, userId: viewer.id })
    return rows.map(({ id, classId, role, class: { name, term } }) => ({ id, classId, className: name, term, role }))
  })
}

/**
 * Takes a place that a class keeps for the viewer's address, also when its code is closed.
 * @returns id of the class
 * @throws ProblemError `not-found` when there is none, or nobody vouches for the address
 */
export async function acceptInvitation(viewer: Joiner, id: string): Promise<string> {
  return inTransactionOnceMore(async (db) => {
    const find = async () => (Id.safeParse(id).success && (await hasIdentity(db, viewer.id))
      ? (await listInvitationsTo(db, { email: viewer.email, userId: viewer.id })).find((each) => each.id === id)
      : undefined)
    const first = await find()
    if (first) await lockClass(db, first.classId)
    // While this one waited, the place may have been given up, or the class archived.
    const place = first && (await find())
    if (!place) throw new ProblemError('not-found', 'There is no such invitation, or not any more.')
    await holdBoards(db, place.classId, viewer.id)
    const member = await findMember(db, place.classId, viewer.id)
    if (member) await promote(db, place, viewer)
    else await takePlace(db, place.class, viewer, place)
    await refreshClassBoards(db, place.classId)
    return place.classId
  })
}

/** Gives a student of the class the place as staff that was kept until a provider vouched for the address. */
async function promote(db: Queries, place: ClassInvitation & { class: ClassRow }, viewer: Joiner): Promise<void> {
  const { id, classId, role, name, externalId } = place
  await deleteInvitation(db, classId, id)
  const known = { ...(name === null ? {} : { name }), ...(externalId === null ? {} : { externalId }) }
  await updateMember(db, classId, viewer.id, { role, sectionId: null, ...known })
  const detail = { user: viewer.id, fields: ['role'], from: 'student', to: role }
  await logChange(db, { class: place.class, userId: viewer.id }, 'class.member-changed', detail)
}
