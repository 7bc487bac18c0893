import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { CommentEditBody, CommentView } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { deleteComment, editComment } from '@/lib/learn/classes/comments'

const params = z.object({ class: Id, comment: Id })

/** Rewords a comment of one's own. */
export const PUT = route(
  { auth: 'viewer', params, body: CommentEditBody, output: CommentView },
  ({ viewer, params, body }) => editComment(viewer, params.class, params.comment, body),
)

/** Takes a comment of one's own away. */
export const DELETE = route(
  { auth: 'viewer', params },
  ({ viewer, params }) => deleteComment(viewer, params.class, params.comment),
)
