import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { ProgramKey } from '@/lib/contract/shared-solution'
import { route } from '@/lib/http/route'
import { takeVoteBack, voteForProgram } from '@/lib/learn/solutions/votes'

const params = z.object({ exercise: Slug, program: ProgramKey })
const rateLimit = { name: 'solution-vote', per: 'viewer', limit: 120, windowSeconds: 60 } as const

/** The viewer finds the program good. */
export const PUT = route(
  { auth: 'viewer', rateLimit, params },
  ({ viewer, params: { exercise, program } }) => voteForProgram(viewer.id, exercise, program),
)

/** And not any more. */
export const DELETE = route(
  { auth: 'viewer', rateLimit, params },
  ({ viewer, params: { exercise, program } }) => takeVoteBack(viewer.id, exercise, program),
)
