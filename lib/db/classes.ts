import type { Queries } from './client'
import type { Class, ClassMember, Prisma } from './generated/client'

export type ClassRow = Class

/** What can be said of a class when it is made. */
export type NewClass = Pick<Class, 'name' | 'term' | 'timeZone' | 'graceDays' | 'joinCode'>

/** A class in a list, with what is told of it there. */
export interface ListedClass extends Class {
  /** Present ones. */
  students: number
  instructors: string[]
}

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

/** @throws an error that `isUniqueViolation` recognises when another class has the code */
export function createClass(db: Queries, row: NewClass): Promise<Class> {
  return db.class.create({ data: row })
}

export function updateClass(
  db: Queries, id: string,
  values: Partial<Pick<
    Class, 'name' | 'term' | 'timeZone' | 'graceDays' | 'joinCode' | 'joinOpen' | 'joinUntil' | 'archivedAt'
    | 'boardMode' | 'boardTop'
  >>,
): Promise<Class> {
  return db.class.update({ where: { id }, data: values })
}

/** Holds the class until the transaction ends: who belongs to it, and as what, changes one after the other. */
export async function lockClass(db: Queries, id: string): Promise<void> {
  await db.$queryRaw`select 1 from classes where id = ${id}::uuid for no key update`
}

/** Keeps others from changing the class until the transaction ends; people may join it at the same time. */
export async function shareClass(db: Queries, id: string): Promise<void> {
  await db.$queryRaw`select 1 from classes where id = ${id}::uuid for share`
}

export function findClassByCode(db: Queries, joinCode: string): Promise<Class | null> {
  return db.class.findUnique({ where: { joinCode } })
}

const LISTED = {
  _count: { select: { members: { where: { role: 'student', removedAt: null } } } },
  members: {
    where: { role: 'instructor', removedAt: null },
    orderBy: { joinedAt: 'asc' },
    select: { name: true, user: { select: { name: true } } },
  },
} satisfies Prisma.ClassInclude

type Included = Prisma.ClassGetPayload<{ include: typeof LISTED }>

/** The classes that somebody is in now, with their role, the latest first. */
export async function listClassesOf(
  db: Queries, userId: string,
): Promise<(ListedClass & { role: ClassMember['role'] })[]> {
  const places = await db.classMember.findMany({
    where: { userId, removedAt: null },
    orderBy: { classId: 'desc' },
    select: { role: true, class: { include: LISTED } },
  })
  return places.map(({ role, class: row }) => ({ ...toListed(row), role }))
}

/** Classes that somebody is not in, the latest first. */
export async function listOtherClasses(db: Queries, userId: string, limit: number): Promise<ListedClass[]> {
  const rows = await db.class.findMany({
    where: { members: { none: { userId, removedAt: null } } },
    orderBy: { id: 'desc' },
    take: limit,
    include: LISTED,
  })
  return rows.map(toListed)
}

/** Names of those who lead a class, in the order in which they came. */
export async function listInstructorNames(db: Queries, classId: string): Promise<string[]> {
  const rows = await db.classMember.findMany({ ...LISTED.members, where: { ...LISTED.members.where, classId } })
  return rows.map(nameOf)
}

function toListed({ members, _count, ...row }: Included): ListedClass {
  return { ...row, students: _count.members, instructors: members.map(nameOf) }
}

function nameOf({ name, user }: { name: string | null; user: { name: string } }): string {
  return name ?? user.name
}
