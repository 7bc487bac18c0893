import type { Queries } from './client'
import type { ClassDeparture } from './generated/client'

export type { ClassDeparture }

export type NewDeparture = Pick<
  ClassDeparture, 'classId' | 'addressHash' | 'role' | 'externalId' | 'sectionId' | 'removed'
>

/** Writes down that a member left by deleting the account, in the place of what was known of the same address. */
export async function recordDeparture(db: Queries, { classId, addressHash, ...values }: NewDeparture): Promise<void> {
  await db.classDeparture.upsert({
    where: { classId_addressHash: { classId, addressHash } },
    create: { classId, addressHash, ...values },
    update: { ...values, leftAt: new Date() },
  })
}

export function findDeparture(db: Queries, classId: string, addressHash: string): Promise<ClassDeparture | null> {
  return db.classDeparture.findUnique({ where: { classId_addressHash: { classId, addressHash } } })
}

/** Everybody who deleted an account that was in the class, the latest first. */
export function listDepartures(db: Queries, classId: string): Promise<ClassDeparture[]> {
  return db.classDeparture.findMany({ where: { classId }, orderBy: { leftAt: 'desc' } })
}

/** Lets the address in again. */
export async function forgiveDeparture(db: Queries, id: string): Promise<void> {
  await db.classDeparture.update({ where: { id }, data: { removed: false } })
}
