import { z } from 'zod'
import { Gradebook } from '@/lib/contract/gradebook'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { readGradebook } from '@/lib/learn/classes/gradebook'

/** Marks of everybody in the class at this moment, for its staff. Never kept: the next verdict makes them others. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id }), output: Gradebook },
  ({ viewer, params }) => readGradebook(viewer, params.class),
)
