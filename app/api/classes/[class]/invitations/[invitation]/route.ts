import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { withdrawInvitation } from '@/lib/learn/classes/invitations'

/** Gives up a place that was kept. */
export const DELETE = route(
  { auth: 'viewer', params: z.object({ class: Id, invitation: Id }) },
  ({ viewer, params }) => withdrawInvitation(viewer, params.class, params.invitation),
)
