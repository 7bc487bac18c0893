import type { Viewer } from '@/lib/contract/account'
import type { ClassRole } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import type { CommentBody, CommentEditBody, CommentView, ReceivedComment } from '@/lib/contract/marking'
import { ProblemError } from '@/lib/contract/problem'
import { findClassSubmission } from '@/lib/db/cells'
import type { Queries } from '@/lib/db/client'
import * as comments from '@/lib/db/comments'
import { withDatabase } from '../database'
import { changeClass, type Entry } from './enter-class'
import { logChange } from './log-change'
import { roleHas } from './rights'

type Asker = Pick<Viewer, 'id' | 'role'>

interface Reader {
  userId: string
  role: ClassRole | null
}

/**
 * Says something of a student's submission, to its author.
 * @throws ProblemError `not-found` for a submission that is none of the class's work, `bad-request` for a line that it
 * does not have
 */
export function addComment(
  viewer: Asker, classId: string, { submission, line, body }: CommentBody,
): Promise<CommentView> {
  return changeClass(viewer, classId, 'comments.write', async (db, entry) => {
    const found = await findClassSubmission(db, entry.class.id, submission)
    if (!found) throw new ProblemError('not-found', 'This class has no such submission.')
    const lines = countLines(found.source)
    if (line !== null && line > lines) throw new ProblemError('bad-request', `The submission has ${lines} lines.`)
    const row = await comments.addComment(db, {
      classId: entry.class.id, submissionId: found.id, authorId: entry.userId, line, body,
    })
    return toComment(row, entry)
  })
}

/** Rewords a comment of one's own. @throws ProblemError `not-found`, or `forbidden` for those of others */
export function editComment(
  viewer: Asker, classId: string, commentId: string, { body }: CommentEditBody,
): Promise<CommentView> {
  return changeClass(viewer, classId, 'comments.write', async (db, entry) => {
    const { id, authorId } = await getComment(db, entry, commentId)
    if (authorId !== entry.userId) throw new ProblemError('forbidden', 'Only its author changes a comment.')
    return toComment(await comments.editComment(db, id, body), entry)
  })
}

/**
 * Takes a comment of one's own away; instructors also those of authors whose account is gone, which nobody else could.
 * @throws ProblemError `not-found`, or `forbidden` for those of others
 */
export function deleteComment(viewer: Asker, classId: string, commentId: string): Promise<void> {
  return changeClass(viewer, classId, 'comments.write', async (db, entry) => {
    const row = await getComment(db, entry, commentId)
    if (row.authorId !== entry.userId && !isClearable(row, entry)) {
      throw new ProblemError('forbidden', 'Only its author takes a comment away.')
    }
    await comments.deleteComment(db, row.id)
    if (row.authorId === null) await logChange(db, entry, 'class.comment-cleared', { submission: row.submissionId })
  })
}

/** What was said of a submission of one's own, in all classes that the author is in; the earliest first. */
export async function listReceivedComments(userId: string, submissionId: string): Promise<ReceivedComment[]> {
  if (!Id.safeParse(submissionId).success) return []
  const rows = await withDatabase((db) => comments.listReceivedComments(db, userId, submissionId))
  return rows.map((row) => ({ ...toComment(row, { userId, role: null }), className: row.class.name }))
}

/** @param reader with the role in the class, null for the author of the submission */
export function toComment(row: comments.CommentRow, reader: Reader): CommentView {
  return {
    id: row.id,
    submission: row.submissionId,
    line: row.line,
    body: row.body,
    author: row.author,
    own: row.authorId === reader.userId,
    clearable: isClearable(row, reader),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
  }
}

function isClearable({ authorId }: comments.CommentRow, { role }: Reader): boolean {
  return authorId === null && role !== null && roleHas(role, 'comments.clear')
}

async function getComment(db: Queries, entry: Entry, commentId: string): Promise<comments.CommentRow> {
  const row = Id.safeParse(commentId).success ? await comments.findComment(db, entry.class.id, commentId) : null
  if (!row) throw new ProblemError('not-found', 'There is no such comment in this class.')
  return row
}

/** As the page numbers them: a line break at the very end begins no line. */
function countLines(source: string): number {
  return source.replace(/\n$/, '').split('\n').length
}
