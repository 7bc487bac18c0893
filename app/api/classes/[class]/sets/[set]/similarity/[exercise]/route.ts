import { Slug } from '@/lib/contract/exercise'
import { SimilarityView } from '@/lib/contract/similarity'
import { route } from '@/lib/http/route'
import { getSimilarity } from '@/lib/learn/classes/similarity'
import { SET_PATH } from '../../../_input'

/** Which programs of a class for one exercise of a set are alike; for its staff. */
export const GET = route(
  {
    auth: 'viewer', params: SET_PATH.extend({ exercise: Slug }), output: SimilarityView,
  },
  ({ viewer, params }) => getSimilarity(viewer, params.class, params.set, params.exercise),
)
