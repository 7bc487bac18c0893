import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { ListedSubmission, SubmissionView, SubmitBody } from '@/lib/contract/submission'
import { SOURCES } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { listSubmissions, MAX_LISTED } from '@/lib/learn/submissions'
import { submit } from '@/lib/learn/submit'

/** Hands a solution in for grading. */
export const POST = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'submit', per: 'viewer', limit: 30, windowSeconds: 60 },
    body: SubmitBody,
    bodyLimit: SOURCES,
    output: SubmissionView,
    status: 202,
  },
  ({ viewer, body, locale }) => submit(viewer.id, body, locale),
)

/** The viewer's own submissions, latest first; `before` is the id of the last one of the page before. */
export const GET = route(
  {
    auth: 'viewer',
    query: z.strictObject({
      exercise: Slug.optional(),
      before: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(MAX_LISTED).optional(),
    }),
    output: z.array(ListedSubmission),
  },
  ({ viewer, query, locale }) => listSubmissions(viewer.id, query, locale),
)
