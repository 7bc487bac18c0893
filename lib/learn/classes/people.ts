import type { Viewer } from '@/lib/contract/account'
import type { AssignBody, ClassPeople, MemberBody, MemberView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import { listDepartures, type ClassDeparture } from '@/lib/db/class-departures'
import { deleteInvitationTo, listInvitations } from '@/lib/db/class-invitations'
import * as members from '@/lib/db/class-members'
import { listSections } from '@/lib/db/class-sections'
import { lockClass } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { refuseCrowd } from './crowd'
import { departureOf, matchDepartures, toDepartureView } from './departures'
import { changeClass, enterClass } from './enter-class'
import { refuseTakenId } from './external-ids'
import { toInvitationView } from './invitations'
import { logChange } from './log-change'
import { getSection } from './sections'
import { nameOf } from './students'

type Person = Pick<Viewer, 'id' | 'role'>

/** Everybody who is or was in the class, its sections, and the places that it keeps; for staff. */
export function listPeople(viewer: Person, classId: string): Promise<ClassPeople> {
  return enterClass(viewer, classId, 'people.view', async (db) => {
    const [people, sections, invitations, departures] = await Promise.all([
      members.listMembers(db, classId), listSections(db, classId), listInvitations(db, classId),
      listDepartures(db, classId),
    ])
    const { returned, gone } = matchDepartures(classId, departures, people)
    return {
      members: people.map((row) => toMemberView(row, returned.get(row.userId) ?? null)),
      sections: sections.map(({ id, name, students }) => ({ id, name, students })),
      invitations: invitations.map(toInvitationView),
      departures: gone.map(toDepartureView),
    }
  })
}

/**
 * Changes role, roster name, external id or section of somebody who is in the class. Staff has no section.
 * @throws ProblemError `not-found`; `last-instructor`; `conflict` when somebody else has the external id
 */
export function changeMember(viewer: Person, classId: string, userId: string, body: MemberBody): Promise<MemberView> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const before = await getMember(db, classId, userId)
    if (before.removedAt) throw new ProblemError('conflict', 'They were removed from the class. Restore them first.')
    const role = body.role ?? before.role
    if (before.role === 'instructor' && role !== 'instructor') await refuseLast(db, classId, userId)
    if (body.externalId) await refuseTakenId(db, classId, body.externalId, { userId })
    if (body.sectionId) await getSection(db, classId, body.sectionId)
    const after = {
      role,
      name: body.name === undefined ? before.name : body.name,
      externalId: body.externalId === undefined ? before.externalId : body.externalId,
      sectionId: role !== 'student' ? null : body.sectionId === undefined ? before.sectionId : body.sectionId,
    }
    const fields = (['role', 'name', 'externalId', 'sectionId'] as const)
      .filter((field) => before[field] !== after[field])
    if (fields.length === 0) return viewOf(db, before)
    await members.updateMember(db, classId, userId, after)
    // The place as staff that was kept for them has served.
    if (role !== 'student') await deleteInvitationTo(db, classId, before.user.email)
    const roles = before.role === role ? {} : { from: before.role, to: role }
    await logChange(db, entry, 'class.member-changed', { user: userId, fields, ...roles })
    return viewOf(db, { ...before, ...after })
  })
}

/**
 * Removes somebody: the class does not exist for them any more, and their marks stay for when they are restored. Or
 * restores them as what they were.
 * @throws ProblemError `not-found`; `last-instructor`; `class-full`
 */
export function setRemoved(viewer: Person, classId: string, userId: string, removed: boolean): Promise<MemberView> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const before = await getMember(db, classId, userId)
    if ((before.removedAt !== null) === removed) return viewOf(db, before)
    if (removed && before.role === 'instructor') await refuseLast(db, classId, userId)
    if (!removed) await refuseCrowd(db, classId, 1)
    const removedAt = removed ? new Date() : null
    await members.updateMember(db, classId, userId, { removedAt })
    // A place as staff may still be kept for them, until a provider vouches for the address.
    if (removed) await deleteInvitationTo(db, classId, before.user.email)
    await logChange(db, entry, removed ? 'class.member-removed' : 'class.member-restored', { user: userId })
    return viewOf(db, { ...before, removedAt })
  })
}

/**
 * Puts students into a section, or into none. Staff and those who are not in the class are passed over.
 * @returns how many were put there
 */
export function assignSection(
  viewer: Person, classId: string, { userIds, sectionId }: AssignBody,
): Promise<{ assigned: number }> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    if (sectionId) await getSection(db, classId, sectionId)
    const assigned = await members.assignSection(db, classId, userIds, sectionId)
    await logChange(db, entry, 'class.section-assigned', { section: sectionId, users: userIds, assigned })
    return { assigned }
  })
}

async function getMember(db: Queries, classId: string, userId: string): Promise<members.MemberRow> {
  const member = Id.safeParse(userId).success ? await members.findMember(db, classId, userId) : null
  if (!member) throw new ProblemError('not-found', 'There is nobody like that in the class.')
  return member
}

async function refuseLast(db: Queries, classId: string, userId: string): Promise<void> {
  if (await members.hasOtherInstructor(db, classId, userId)) return
  throw new ProblemError('last-instructor', 'This is the only instructor of the class. Make somebody else one first.')
}

async function viewOf(db: Queries, row: members.MemberRow): Promise<MemberView> {
  return toMemberView(row, await departureOf(db, row.classId, row.user.email))
}

function toMemberView(row: members.MemberRow, before: ClassDeparture | null): MemberView {
  const { userId, name, user, role, externalId, sectionId, joinedAt, removedAt } = row
  return {
    userId, role, externalId, sectionId,
    name: nameOf(row),
    accountName: name === null || name === user.name ? null : user.name,
    email: user.email,
    joinedAt: joinedAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
    vouched: user.accounts.length > 0,
    offBoards: row.offBoards,
    before: before && { leftAt: before.leftAt.toISOString(), externalId: before.externalId },
  }
}
