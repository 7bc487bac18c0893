import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { acceptInvitation } from '@/lib/learn/classes/own-invitations'

/** Takes a place that a class keeps for the viewer's address, if a provider vouches for it. */
export const POST = route(
  {
    auth: 'viewer',
    params: z.object({ invitation: Id }),
    output: z.strictObject({ classId: z.string() }),
  },
  async ({ viewer, params }) => ({ classId: await acceptInvitation(viewer, params.invitation) }),
)
