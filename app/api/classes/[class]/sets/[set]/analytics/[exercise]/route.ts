import { ItemAnalytics } from '@/lib/contract/analytics'
import { Slug } from '@/lib/contract/exercise'
import { route } from '@/lib/http/route'
import { getItemAnalytics } from '@/lib/learn/classes/analytics'
import { SET_PATH } from '../../../_input'

/** How a class does in one exercise of a set; for its staff. */
export const GET = route(
  { auth: 'viewer', params: SET_PATH.extend({ exercise: Slug }), output: ItemAnalytics },
  ({ viewer, params }) => getItemAnalytics(viewer, params.class, params.set, params.exercise),
)
