import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { RegradeApplyBody } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { applyRegrade } from '@/lib/learn/regrades'

/** Makes the results of a regrade part of the learners' progress. */
export const POST = route(
  { auth: 'admin', params: z.object({ id: Id }), body: RegradeApplyBody },
  ({ viewer, params, body }) => applyRegrade(viewer.id, params.id, body.lower),
)
