import type { Queries } from './client'
import type { ClassMember, Prisma } from './generated/client'

export type { ClassMember }

/** A member with the account's own name and address, and a sign-in by which a provider vouches for that, if any. */
export type MemberRow = Prisma.ClassMemberGetPayload<{ include: typeof ACCOUNT }>

const ACCOUNT = {
  user: { select: { name: true, email: true, accounts: { select: { userId: true }, take: 1 } } },
} satisfies Prisma.ClassMemberInclude

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

/** How many are in a class or awaited by it. */
export async function countPeople(db: Queries, classId: string): Promise<number> {
  const [members, awaited] = await Promise.all([
    db.classMember.count({ where: { classId, removedAt: null } }), db.classInvitation.count({ where: { classId } }),
  ])
  return members + awaited
}

/** Whoever has or had a place in a class under this address, in lower case. */
export function findMemberByEmail(db: Queries, classId: string, email: string): Promise<MemberRow | null> {
  return db.classMember.findFirst({ where: { classId, user: { email } }, include: ACCOUNT })
}

/** Somebody's places in all classes, also those from which they were removed. */
export function listMembershipsOf(db: Queries, userId: string): Promise<ClassMember[]> {
  return db.classMember.findMany({ where: { userId }, orderBy: { classId: 'asc' } })
}

/** Everybody who is or was in a class. */
export function listMembers(db: Queries, classId: string): Promise<MemberRow[]> {
  return db.classMember.findMany({ where: { classId }, include: ACCOUNT, orderBy: { joinedAt: 'asc' } })
}

export async function updateMember(
  db: Queries, classId: string, userId: string,
  values: Partial<Pick<
    ClassMember, 'role' | 'name' | 'externalId' | 'sectionId' | 'removedAt' | 'aliasOnly' | 'offBoards'
  >>,
): Promise<void> {
  await db.classMember.update({ where: { classId_userId: { classId, userId } }, data: values })
}

/** Whether somebody other than `userId` leads the class and can sign in. Hold the class while the answer matters. */
export async function hasOtherInstructor(db: Queries, classId: string, userId: string): Promise<boolean> {
  const where = {
    classId, role: 'instructor', removedAt: null, userId: { not: userId }, user: { suspendedAt: null },
  } as const
  return (await db.classMember.findFirst({ where, select: { userId: true } })) !== null
}

/** Holds all classes that somebody is or was in until the transaction ends. */
export async function lockClassesOf(db: Queries, userId: string): Promise<void> {
  await db.$queryRaw`
    select 1 from classes c where exists (select 1 from class_members m
      where m.class_id = c.id and m.user_id = ${userId}::uuid)
    order by c.id for no key update of c`
}

/** Classes, other than archived ones, that nobody but this person leads now and can sign in. Hold them. */
export function listClassesLedOnlyBy(db: Queries, userId: string): Promise<{ id: string; name: string }[]> {
  const leads = { role: 'instructor', removedAt: null } as const
  return db.class.findMany({
    where: {
      archivedAt: null,
      AND: [
        { members: { some: { ...leads, userId } } },
        { members: { none: { ...leads, userId: { not: userId }, user: { suspendedAt: null } } } },
      ],
    },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  })
}

/** Puts students who are in the class now into a section of it. @returns how many */
export async function assignSection(
  db: Queries, classId: string, userIds: readonly string[], sectionId: string | null,
): Promise<number> {
  const where: Prisma.ClassMemberWhereInput = {
    classId, userId: { in: [...userIds] }, role: 'student', removedAt: null,
  }
  return (await db.classMember.updateMany({ where, data: { sectionId } })).count
}
