import { SetAnalytics } from '@/lib/contract/analytics'
import { route } from '@/lib/http/route'
import { getSetAnalytics } from '@/lib/learn/classes/analytics'
import { SET_PATH } from '../../_input'

/** How a class does in a set; for its staff. */
export const GET = route(
  { auth: 'viewer', params: SET_PATH, output: SetAnalytics },
  ({ viewer, params }) => getSetAnalytics(viewer, params.class, params.set),
)
