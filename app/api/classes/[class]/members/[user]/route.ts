import { z } from 'zod'
import { MemberBody, MemberView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { changeMember } from '@/lib/learn/classes/people'

/** Changes role, roster name, external id or section of somebody in the class. */
export const PATCH = route(
  {
    auth: 'viewer',
    params: z.object({ class: Id, user: Id }),
    body: MemberBody,
    output: MemberView,
  },
  ({ viewer, params, body }) => changeMember(viewer, params.class, params.user, body),
)
