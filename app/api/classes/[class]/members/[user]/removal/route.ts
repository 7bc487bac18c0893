import { z } from 'zod'
import { MemberView, RemovalBody } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { setRemoved } from '@/lib/learn/classes/people'

/** Removes somebody from the class, or restores them. */
export const PUT = route(
  {
    auth: 'viewer',
    params: z.object({ class: Id, user: Id }),
    body: RemovalBody,
    output: MemberView,
  },
  ({ viewer, params, body }) => setRemoved(viewer, params.class, params.user, body.removed),
)
