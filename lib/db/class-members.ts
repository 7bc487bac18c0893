import type { Queries } from './client'
import type { ClassMember, Prisma } from './generated/client'

export type { ClassMember }

/** A member with the account's own name and address. */
export type MemberRow = Prisma.ClassMemberGetPayload<{ include: typeof ACCOUNT }>

const ACCOUNT = { user: { select: { name: true, email: true } } } satisfies Prisma.ClassMemberInclude

export type NewMember = Pick<ClassMember, 'classId' | 'userId' | 'role'>
  & Partial<Pick<ClassMember, 'name' | 'externalId' | 'sectionId'>>

/** @throws an error that `isUniqueViolation` recognises when they have a place in it, or another has the external id */
export async function addMember(db: Queries, member: NewMember): Promise<void> {
  await db.classMember.create({ data: member })
}

/** Somebody's place in a class, also when they were removed. */
export function findMember(db: Queries, classId: string, userId: string): Promise<MemberRow | null> {
  return db.classMember.findUnique({ where: { classId_userId: { classId, userId } }, include: ACCOUNT })
}

/** Whoever has or had a place in a class under this address, in lower case. */
export function findMemberByEmail(db: Queries, classId: string, email: string): Promise<MemberRow | null> {
  return db.classMember.findFirst({ where: { classId, user: { email } }, include: ACCOUNT })
}

/** Everybody who is or was in a class. */
export function listMembers(db: Queries, classId: string): Promise<MemberRow[]> {
  return db.classMember.findMany({ where: { classId }, include: ACCOUNT, orderBy: { joinedAt: 'asc' } })
}

export async function updateMember(
  db: Queries, classId: string, userId: string,
  values: Partial<Pick<ClassMember, 'role' | 'name' | 'externalId' | 'sectionId' | 'removedAt'>>,
): Promise<void> {
  await db.classMember.update({ where: { classId_userId: { classId, userId } }, data: values })
}

/** Whether somebody other than `userId` leads the class now. Hold the class while the answer matters. */
export async function hasOtherInstructor(db: Queries, classId: string, userId: string): Promise<boolean> {
  const where = { classId, role: 'instructor', removedAt: null, userId: { not: userId } } as const
  return (await db.classMember.findFirst({ where, select: { userId: true } })) !== null
}

/** Classes, other than archived ones, that only this person leads now. They are held until the transaction ends. */
export async function lockClassesLedOnlyBy(db: Queries, userId: string): Promise<string[]> {
  await db.$queryRaw`
    select 1 from classes c where c.archived_at is null and exists (select 1 from class_members m
      where m.class_id = c.id and m.user_id = ${userId}::uuid and m.role = 'instructor' and m.removed_at is null)
    order by c.id for update of c`
  const rows = await db.$queryRaw<{ id: string }[]>`
    select c.id::text from classes c join class_members m on m.class_id = c.id
    where c.archived_at is null and m.role = 'instructor' and m.removed_at is null
    group by c.id having count(*) = 1 and bool_and(m.user_id = ${userId}::uuid)`
  return rows.map(({ id }) => id)
}

/** Puts students who are in the class now into a section of it. @returns how many */
export async function assignSection(
  db: Queries, classId: string, userIds: readonly string[], sectionId: string | null,
): Promise<number> {
  const where: Prisma.ClassMemberWhereInput = { classId, userId: { in: [...userIds] }, role: 'student', removedAt: null }
  return (await db.classMember.updateMany({ where, data: { sectionId } })).count
}
