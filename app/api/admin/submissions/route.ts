import { z } from 'zod'
import { GradedSubmission } from '@/lib/contract/graded-submission'
import { Id } from '@/lib/contract/id'
import { VerdictKind } from '@/lib/contract/verdict'
import { route } from '@/lib/http/route'
import { listGradedSubmissions, MAX_GRADED } from '@/lib/learn/graded-submissions'

/** Graded submissions of everybody, latest first; those that could not be graded unless another verdict is asked for. */
export const GET = route(
  {
    auth: 'admin',
    query: z.strictObject({
      verdict: VerdictKind.default('error'),
      before: Id.optional(),
      limit: z.coerce.number().int().min(1).max(MAX_GRADED).optional(),
    }),
    output: z.array(GradedSubmission),
  },
  ({ query }) => listGradedSubmissions(query),
)
