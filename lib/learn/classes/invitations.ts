import type { Viewer } from '@/lib/contract/account'
import type { InvitationBody, InvitationView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import { forgiveDeparture } from '@/lib/db/class-departures'
import * as invitations from '@/lib/db/class-invitations'
import { findMemberByEmail } from '@/lib/db/class-members'
import { lockClass } from '@/lib/db/classes'
import { refuseCrowd } from './crowd'
import { departureOf } from './departures'
import { changeClass } from './enter-class'
import { refuseTakenId } from './external-ids'
import { logChange } from './log-change'
import { getSection } from './sections'

type Person = Pick<Viewer, 'id' | 'role'>

/**
 * Keeps a place for an address. It sends nothing and opens no door: the person joins by code, or accepts it under an
 * account whose address a provider vouches for.
 * @throws ProblemError `conflict` when the address is in the class, was removed from it or has a place already, or
 * the external id is somebody else's; `class-full`
 */
export function invite(viewer: Person, classId: string, body: InvitationBody): Promise<InvitationView> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const { readmit, ...place } = body
    const member = await findMemberByEmail(db, classId, body.email)
    if (member?.removedAt) throw conflict('was-removed', 'They were removed from the class. Restore them instead.')
    if (member) throw conflict('in-class', 'Somebody with this address is in the class.')
    if (await invitations.findInvitationTo(db, classId, body.email)) {
      throw conflict('awaited', 'The class keeps a place for this address already.')
    }
    const departure = await departureOf(db, classId, body.email)
    if (departure?.removed && !readmit) {
      throw conflict('was-removed-and-left', 'They were removed, and have deleted their account since. To let them in '
        + 'again, send "readmit": true.')
    }
    await refuseCrowd(db, classId, 1)
    if (body.externalId) await refuseTakenId(db, classId, body.externalId, null)
    const sectionId = body.role === 'student' ? body.sectionId : null
    if (sectionId) await getSection(db, classId, sectionId)
    const row = await invitations.createInvitation(db, { ...place, sectionId, classId, invitedBy: entry.userId })
    if (departure?.removed) await forgiveDeparture(db, departure.id)
    const readmitted = departure?.removed === true
    await logChange(db, entry, 'class.invited', { invitation: row.id, role: row.role, readmitted })
    return toInvitationView(row)
  })
}

/** Gives up a place that was kept. @throws ProblemError `not-found` */
export function withdrawInvitation(viewer: Person, classId: string, id: string): Promise<void> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    if (!Id.safeParse(id).success || !(await invitations.deleteInvitation(db, classId, id))) {
      throw new ProblemError('not-found', 'There is no such invitation, or not any more.')
    }
    await logChange(db, entry, 'class.invitation-withdrawn', { invitation: id })
  })
}

export function toInvitationView(row: invitations.ClassInvitation): InvitationView {
  const { id, email, name, role, externalId, sectionId, createdAt } = row
  return { id, email, name, role, externalId, sectionId, createdAt: createdAt.toISOString() }
}

function conflict(rule: string, message: string): ProblemError {
  return new ProblemError('conflict', message, { issues: [{ path: 'email', rule, message }] })
}
