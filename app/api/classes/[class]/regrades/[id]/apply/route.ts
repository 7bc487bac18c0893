import { RegradeApplyBody } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { applyClassRegrade } from '@/lib/learn/classes/regrades'
import { REGRADE_PATH } from '../../_input'

/** Makes the results of a regrade part of the students' marks and progress. */
export const POST = route(
  { auth: 'viewer', params: REGRADE_PATH, body: RegradeApplyBody },
  ({ viewer, params, body }) => applyClassRegrade(viewer, params.class, params.id, body.lower),
)
