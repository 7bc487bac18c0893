import type { DepartureView } from '@/lib/contract/class'
import { writeAudit } from '@/lib/db/audit'
import { findDeparture, recordDeparture, type ClassDeparture } from '@/lib/db/class-departures'
import { listMembershipsOf, type MemberRow } from '@/lib/db/class-members'
import type { Queries } from '@/lib/db/client'
import { addressHash } from './address-hash'

/**
 * Before an account is deleted: its classes write down that the address was theirs, and whether staff had removed it,
 * so that an account made anew under the address is no way around a removal, nor a new start that staff cannot see.
 */
export async function leaveClasses(db: Queries, { id, email }: { id: string; email: string }): Promise<void> {
  for (const { classId, role, externalId, sectionId, removedAt } of await listMembershipsOf(db, id)) {
    const removed = removedAt !== null
    const hash = addressHash(classId, email)
    await recordDeparture(db, { classId, addressHash: hash, role, externalId, sectionId, removed })
    await writeAudit(db, {
      actorId: null, action: 'class.member-deleted-account', subject: classId, classId,
      detail: { role, externalId, section: sectionId, removed },
    })
  }
}

/** What the class knows of an address under which an account in it was deleted. @param email in lower case */
export function departureOf(db: Queries, classId: string, email: string): Promise<ClassDeparture | null> {
  return findDeparture(db, classId, addressHash(classId, email))
}

/** The departures of members who are in the class again, by their users, and those of the others. */
export function matchDepartures(
  classId: string, departures: readonly ClassDeparture[], members: readonly MemberRow[],
): { returned: ReadonlyMap<string, ClassDeparture>; gone: ClassDeparture[] } {
  const byHash = new Map(departures.map((each) => [each.addressHash, each]))
  const returned = new Map<string, ClassDeparture>()
  if (byHash.size === 0) return { returned, gone: [] }
  for (const { userId, user } of members) {
    const departure = byHash.get(addressHash(classId, user.email))
    if (departure) returned.set(userId, departure)
  }
  const found = new Set(returned.values())
  return { returned, gone: departures.filter((each) => !found.has(each)) }
}

export function toDepartureView({ id, role, externalId, sectionId, removed, leftAt }: ClassDeparture): DepartureView {
  return { id, role, externalId, sectionId, removed, leftAt: leftAt.toISOString() }
}
