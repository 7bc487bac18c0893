import { z } from 'zod'
import { RegradeBody, RegradeView } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { listRegrades, startRegrade } from '@/lib/learn/regrades'

/** The latest regrades. */
export const GET = route({ auth: 'admin', output: z.array(RegradeView) }, () => listRegrades())

/** Begins a dry run of grading an exercise's submissions against its present version. */
export const POST = route(
  { auth: 'admin', body: RegradeBody, output: RegradeView, status: 201 },
  ({ viewer, body }) => startRegrade(viewer.id, body.exercise),
)
