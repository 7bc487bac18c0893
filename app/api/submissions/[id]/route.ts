import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { SubmissionDetail } from '@/lib/contract/submission'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { findSubmission } from '@/lib/learn/submissions'

/** One of the viewer's own submissions, with its source. */
export const GET = route(
  { auth: 'viewer', params: z.object({ id: Id }), output: SubmissionDetail },
  async ({ viewer, params, locale }) => found(await findSubmission(viewer.id, params.id, locale), 'submission'),
)
