import { z } from 'zod'
import { GradedSource } from '@/lib/contract/graded-submission'
import { Id } from '@/lib/contract/id'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { findGradedSubmission } from '@/lib/learn/graded-submissions'

/** A graded submission of anybody, with its source. */
export const GET = route(
  { auth: 'admin', params: z.object({ id: Id }), output: GradedSource },
  async ({ params }) => found(await findGradedSubmission(params.id), 'submission'),
)
