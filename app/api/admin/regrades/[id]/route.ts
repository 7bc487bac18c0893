import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { RegradeDetail } from '@/lib/contract/regrade'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { findRegrade } from '@/lib/learn/regrades'

/** A regrade with who gains and who loses by it, and its log. */
export const GET = route(
  { auth: 'admin', params: z.object({ id: Id }), output: RegradeDetail },
  async ({ params }) => found(await findRegrade(params.id), 'regrade'),
)
