import { z } from 'zod'
import { InvitationBody, InvitationView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { invite } from '@/lib/learn/classes/invitations'

/** Keeps a place for an address. */
export const POST = route(
  {
    auth: 'viewer',
    params: z.object({ class: Id }),
    body: InvitationBody,
    output: InvitationView,
    status: 201,
  },
  ({ viewer, params, body }) => invite(viewer, params.class, body),
)
