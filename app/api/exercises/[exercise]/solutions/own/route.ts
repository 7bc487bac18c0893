import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { OwnSharing, ShareBody } from '@/lib/contract/shared-solution'
import { route } from '@/lib/http/route'
import { shareSolution, stopSharing } from '@/lib/learn/solutions/sharing'

const params = z.object({ exercise: Slug })
const rateLimit = { name: 'share-solution', per: 'viewer', limit: 60, windowSeconds: 3600 } as const

/** Shares a submission of the viewer in place of what was shared before. */
export const PUT = route(
  { auth: 'viewer', rateLimit, params, body: ShareBody, output: OwnSharing },
  ({ viewer, params: { exercise }, body }) => shareSolution(viewer.id, exercise, body),
)

/** Shares nothing any more. */
export const DELETE = route(
  { auth: 'viewer', rateLimit, params },
  ({ viewer, params: { exercise } }) => stopSharing(viewer.id, exercise),
)
