import type { Queries } from './client'
import type { Class, ClassInvitation } from './generated/client'

export type { ClassInvitation }

export type NewInvitation = Pick<
  ClassInvitation, 'classId' | 'email' | 'name' | 'role' | 'externalId' | 'sectionId' | 'invitedBy'
>

/** Places kept in a class, by address. */
export function listInvitations(db: Queries, classId: string): Promise<ClassInvitation[]> {
  return db.classInvitation.findMany({ where: { classId }, orderBy: { email: 'asc' } })
}

/**
 * Places kept for an address in classes that are not archived and in which the user has never been; or is a student,
 * while the place is one of staff.
 */
export function listInvitationsTo(
  db: Queries, { email, userId }: { email: string; userId: string },
): Promise<(ClassInvitation & { class: Class })[]> {
  return db.classInvitation.findMany({
    where: {
      email,
      class: { archivedAt: null },
      OR: [
        { class: { members: { none: { userId } } } },
        { role: { not: 'student' }, class: { members: { some: { userId, role: 'student', removedAt: null } } } },
      ],
    },
    include: { class: true },
    orderBy: { createdAt: 'desc' },
  })
}

/** @param email in lower case */
export function findInvitationTo(db: Queries, classId: string, email: string): Promise<ClassInvitation | null> {
  return db.classInvitation.findUnique({ where: { classId_email: { classId, email } } })
}

export function createInvitation(db: Queries, invitation: NewInvitation): Promise<ClassInvitation> {
  return db.classInvitation.create({ data: invitation })
}

/** Does nothing where none is kept. @param email in lower case */
export async function deleteInvitationTo(db: Queries, classId: string, email: string): Promise<void> {
  await db.classInvitation.deleteMany({ where: { classId, email } })
}

/** @returns whether there was such an invitation */
export async function deleteInvitation(db: Queries, classId: string, id: string): Promise<boolean> {
  return (await db.classInvitation.deleteMany({ where: { id, classId } })).count > 0
}
