import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { RegradeStateBody } from '@/lib/contract/regrade'
import { route } from '@/lib/http/route'
import { resumeRegrade, stopRegrade } from '@/lib/learn/regrades'

/** Interrupts a regrade, or goes on with it. */
export const PUT = route(
  { auth: 'admin', params: z.object({ id: Id }), body: RegradeStateBody },
  ({ viewer, params: { id }, body }) => (body.state === 'stopped' ? stopRegrade : resumeRegrade)(viewer.id, id),
)
