import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { CommentBody, CommentView } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { addComment } from '@/lib/learn/classes/comments'

/** Says something of a student's submission. */
export const POST = route(
  {
    auth: 'viewer', params: z.object({ class: Id }), body: CommentBody, output: CommentView, status: 201,
    rateLimit: { name: 'comment', per: 'viewer', limit: 120, windowSeconds: 60 },
  },
  ({ viewer, params, body }) => addComment(viewer, params.class, body),
)
