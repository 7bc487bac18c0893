import type { Queries } from './client'
import type { Class, ClassMember } from './generated/client'

export type ClassRow = Class

/** A class and somebody's place in it; null when there is no such class. Removed members have no place. */
export async function findMembership(
  db: Queries, classId: string, userId: string,
): Promise<{ class: Class; membership: ClassMember | null } | null> {
  const found = await db.class.findUnique({
    where: { id: classId },
    include: { members: { where: { userId, removedAt: null } } },
  })
  if (!found) return null
  const { members, ...row } = found
  return { class: row, membership: members[0] ?? null }
}
