import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { RegradeBody, RegradeView } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { listClassRegrades, startClassRegrade } from '@/lib/learn/classes/regrades'

const params = z.object({ class: Id })

/** The latest regrades of the class's work. */
export const GET = route(
  { auth: 'viewer', params, output: z.array(RegradeView) },
  ({ viewer, params }) => listClassRegrades(viewer, params.class),
)

/** Begins a dry run of grading what the class sent for an exercise against its present version. */
export const POST = route(
  { auth: 'viewer', params, body: RegradeBody, output: RegradeView, status: 201 },
  ({ viewer, params, body }) => startClassRegrade(viewer, params.class, body.exercise),
)
