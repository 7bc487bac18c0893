import { RegradeStateBody } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { setClassRegradeState } from '@/lib/learn/classes/regrades'
import { REGRADE_PATH } from '../../_input'

/** Interrupts a regrade, or goes on with it. */
export const PUT = route(
  { auth: 'viewer', params: REGRADE_PATH, body: RegradeStateBody },
  ({ viewer, params, body }) => setClassRegradeState(viewer, params.class, params.id, body.state),
)
