import { z } from 'zod'
import { forgetViewer } from '@/lib/auth/find-viewer'
import { Person, RoleBody } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { changeRole } from '@/lib/learn/people'

/** Gives somebody else another role. */
export const PUT = route(
  { auth: 'admin', params: z.object({ id: Id }), body: RoleBody, output: Person },
  async ({ viewer, params: { id }, body }) => {
    const person = await changeRole(viewer.id, id, body.role)
    forgetViewer(id)
    return person
  },
)
