import { Slug } from '@/lib/contract/exercise'
import { Id } from '@/lib/contract/id'
import { SimilarityDetail } from '@/lib/contract/similarity'
import { route } from '@/lib/http/route'
import { getSimilarityDetail } from '@/lib/learn/classes/similarity'
import { SET_PATH } from '../../../../../_input'

/** Two of the programs that are compared, and where they are alike; for the staff of the class. */
export const GET = route(
  {
    auth: 'viewer', params: SET_PATH.extend({ exercise: Slug, one: Id, other: Id }), output: SimilarityDetail,
  },
  ({ viewer, params }) => getSimilarityDetail(viewer, params.class, params.set, params.exercise, params),
)
