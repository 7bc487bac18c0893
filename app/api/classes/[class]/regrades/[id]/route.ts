import { RegradeDetail } from '@/lib/contract/regrade'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { findClassRegrade } from '@/lib/learn/classes/regrades'
import { REGRADE_PATH } from '../_input'

/** A regrade of the class with who gains and who loses by it, and its log. */
export const GET = route(
  { auth: 'viewer', params: REGRADE_PATH, output: RegradeDetail },
  async ({ viewer, params }) => found(await findClassRegrade(viewer, params.class, params.id), 'regrade'),
)
