import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { ProgramList, ProgramQuery } from '@/lib/contract/shared-solution'
import { route } from '@/lib/http/route'
import { listSharedPrograms } from '@/lib/learn/solutions/programs'

/** What others who have passed the exercise share, for those who have passed it. */
export const GET = route(
  {
    auth: 'viewer',
    params: z.object({ exercise: Slug }),
    query: ProgramQuery,
    output: ProgramList,
  },
  ({ viewer, params, query }) => listSharedPrograms(viewer.id, params.exercise, query),
)
