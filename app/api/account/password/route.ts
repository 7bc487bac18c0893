import { forgetViewer } from '@/lib/auth/find-viewer'
import { PasswordBody } from '@/lib/contract/account'
import { route } from '@/lib/http/route'
import { changePassword } from '@/lib/learn/own-account'

/** Changes the password and ends every session of the account; the page signs in again with the new one. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'password', per: 'viewer', limit: 10, windowSeconds: 900 },
    body: PasswordBody,
  },
  async ({ viewer, body }) => {
    await changePassword(viewer.id, body)
    forgetViewer(viewer.id)
  },
)
