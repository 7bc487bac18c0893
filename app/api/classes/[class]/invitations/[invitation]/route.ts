import { z } from 'zod'
import { route } from '@/lib/http/route'
import { withdrawInvitation } from '@/lib/learn/classes/invitations'

/** Gives up a place that was kept. */
export const DELETE = route(
  { auth: 'viewer', params: z.object({ class: z.uuid(), invitation: z.uuid() }) },
  ({ viewer, params }) => withdrawInvitation(viewer, params.class, params.invitation),
)
