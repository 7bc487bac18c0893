import { forgetViewer, toViewer } from '@/lib/auth/find-viewer'
import { NameBody, Viewer } from '@/lib/contract/account'
import { route } from '@/lib/http/route'
import { rename } from '@/lib/learn/own-account'

/** Changes the name that others see. */
export const PUT = route({ auth: 'viewer', body: NameBody, output: Viewer }, async ({ viewer, body }) => {
  const account = await rename(viewer.id, body.name)
  forgetViewer(viewer.id)
  return toViewer(account)
})
