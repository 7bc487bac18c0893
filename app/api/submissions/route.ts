import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { Id } from '@/lib/contract/id'
import { ListedSubmission, SubmissionView, SubmitBody } from '@/lib/contract/submission'
import { SOURCES } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { listSubmissions, MAX_LISTED } from '@/lib/learn/submissions'
import { submit } from '@/lib/learn/submit'
import { TIME_ZONE_COOKIE } from '../../_i18n/time-zone'

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
  ({ request, viewer, body, locale }) => {
    return submit(viewer.id, body, locale, request.cookies.get(TIME_ZONE_COOKIE)?.value)
  },
)

/** The viewer's own submissions, latest first; `before` is the id of the last one of the page before. */
export const GET = route(
  {
    auth: 'viewer',
    query: z.strictObject({
      exercise: Slug.optional(),
      before: Id.optional(),
      limit: z.coerce.number().int().min(1).max(MAX_LISTED).optional(),
    }),
    output: z.array(ListedSubmission),
  },
  ({ viewer, query, locale }) => listSubmissions(viewer.id, query, locale),
)
