import type { Queries } from './client'
import type { Prisma } from './generated/client'

const WITH_AUTHOR = { author: { select: { id: true, name: true } } } satisfies Prisma.CommentInclude

export type CommentRow = Prisma.CommentGetPayload<{ include: typeof WITH_AUTHOR }>

export function addComment(
  db: Queries,
  comment: { classId: string; submissionId: string; authorId: string; line: number | null; body: string },
): Promise<CommentRow> {
  return db.comment.create({ data: comment, include: WITH_AUTHOR })
}

/** One comment, if it was made in this class. */
export function findComment(db: Queries, classId: string, id: string): Promise<CommentRow | null> {
  return db.comment.findFirst({ where: { id, classId }, include: WITH_AUTHOR })
}

export function editComment(db: Queries, id: string, body: string): Promise<CommentRow> {
  return db.comment.update({ where: { id }, data: { body, editedAt: new Date() }, include: WITH_AUTHOR })
}

/** Does nothing where it is gone already. */
export async function deleteComment(db: Queries, id: string): Promise<void> {
  await db.comment.deleteMany({ where: { id } })
}

/** What was said in a class of one submission, the earliest first. */
export function listComments(db: Queries, classId: string, submissionId: string): Promise<CommentRow[]> {
  return db.comment.findMany({ where: { classId, submissionId }, orderBy: { id: 'asc' }, include: WITH_AUTHOR })
}

/** How many comments each of these submissions has in a class; those without any are left out. */
export async function countComments(
  db: Queries, classId: string, submissionIds: string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.comment.groupBy({
    by: ['submissionId'], where: { classId, submissionId: { in: submissionIds } }, _count: true,
  })
  return new Map(rows.map(({ submissionId, _count }) => [submissionId, _count]))
}

/** What all classes in which the author of a submission still is say of it, the earliest first. */
export function listReceivedComments(db: Queries, userId: string, submissionId: string) {
  return db.comment.findMany({
    where: { submissionId, submission: { userId }, class: { members: { some: { userId, removedAt: null } } } },
    orderBy: { id: 'asc' },
    include: { ...WITH_AUTHOR, class: { select: { name: true } } },
  })
}
