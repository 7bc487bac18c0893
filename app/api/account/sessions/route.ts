import { forgetViewer } from '@/lib/auth/find-viewer'
import { route } from '@/lib/http/route'
import { endSessions } from '@/lib/learn/accounts'

/** Signs the viewer out everywhere, here too. */
export const DELETE = route({ auth: 'viewer' }, async ({ viewer }) => {
  await endSessions(viewer.id)
  forgetViewer(viewer.id)
})
