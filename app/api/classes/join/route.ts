import { JoinBody, JoinPreview } from '@/lib/contract/class'
import { route } from '@/lib/http/route'
import { joinByCode, JOIN_LIMIT } from '@/lib/learn/classes/join'

/** Makes the viewer a student of the class with this code. */
export const POST = route(
  { auth: 'viewer', rateLimit: { ...JOIN_LIMIT, per: 'viewer' }, body: JoinBody, output: JoinPreview },
  ({ viewer, body }) => joinByCode(viewer, body.code),
)
