import type { Queries } from './client'
import type { Prisma } from './generated/client'

/* Cells of the gradebook: students of a class and the exercises of its published sets. */

const STUDENT = {
  user: { select: { id: true, name: true, email: true } },
  section: { select: { id: true, name: true } },
} satisfies Prisma.ClassMemberInclude

/** A student with account and section. */
export type StudentRow = Prisma.ClassMemberGetPayload<{ include: typeof STUDENT }>

/** The students of a class who were not removed, in no order; with `userIds`, only those of them. */
export function listStudents(db: Queries, classId: string, userIds?: readonly string[]): Promise<StudentRow[]> {
  const among = userIds && { userId: { in: [...userIds] } }
  return db.classMember.findMany({ where: { classId, role: 'student', removedAt: null, ...among }, include: STUDENT })
}

/** One student of a class, unless they were removed. */
export function findStudent(db: Queries, classId: string, userId: string): Promise<StudentRow | null> {
  return db.classMember.findFirst({ where: { classId, userId, role: 'student', removedAt: null }, include: STUDENT })
}

/** Locks a student's place in a class until the transaction ends: their marks change one after the other. */
export async function lockStudent(db: Queries, classId: string, userId: string): Promise<void> {
  await db.$queryRaw`
    select 1 as locked from class_members
    where class_id = ${classId}::uuid and user_id = ${userId}::uuid for no key update`
}

/** An exercise of a published set of a class, with the opening of the set. */
export async function findPublishedItem(
  db: Queries, classId: string, itemId: string,
): Promise<{ exercise: string; opensAt: Date } | null> {
  const item = await db.problemSetItem.findFirst({
    where: { id: itemId, set: { classId, publishedAt: { not: null } } },
    select: { exercise: true, set: { select: { opensAt: true } } },
  })
  return item && { exercise: item.exercise, opensAt: item.set.opensAt }
}

/**
 * Whether the class has such an exercise in a published set, which nobody takes out of it until the transaction ends.
 */
export async function holdPublishedItem(db: Queries, classId: string, itemId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 as held from problem_set_items i join problem_sets p on p.id = i.set_id
    where i.id = ${itemId}::uuid and p.class_id = ${classId}::uuid and p.published_at is not null
    for key share of i`
  return rows.length > 0
}

/**
 * A submission by a present student of a class for an exercise of one of its published sets, made since that opened;
 * null for all others. Nobody deletes it until the transaction ends.
 */
export async function findClassSubmission(
  db: Queries, classId: string, submissionId: string,
): Promise<{ id: string; userId: string; exercise: string; source: string } | null> {
  const [row] = await db.$queryRaw<{ id: string; userId: string; exercise: string; source: string }[]>`
    select s.id::text, s.user_id::text as "userId", s.exercise, s.source from submissions s
    join class_members m on m.user_id = s.user_id and m.class_id = ${classId}::uuid
      and m.role = 'student' and m.removed_at is null
    where s.id = ${submissionId}::uuid and exists (
      select from problem_set_items i join problem_sets p on p.id = i.set_id
      where p.class_id = m.class_id and p.published_at is not null and i.exercise = s.exercise
        and p.opens_at <= s.submitted_at)
    for key share of s`
  return row ?? null
}
