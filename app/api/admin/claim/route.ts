import { forgetViewer, toViewer } from '@/lib/auth/find-viewer'
import { ClaimBody, Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { route } from '@/lib/http/route'
import type { NewAccount } from '@/lib/learn/accounts'
import { claimAdmin, type Claimant } from '@/lib/learn/admin-claim'

/** Uses the one-time link of the first start: the viewer becomes admin, or a new account that is one is made. */
export const POST = route(
  {
    auth: 'optional',
    rateLimit: { name: 'admin-claim', per: 'address', limit: 30, windowSeconds: 3600 },
    body: ClaimBody,
    output: Viewer,
  },
  async ({ viewer, body: { token, account }, locale }) => {
    const admin = await claimAdmin(token, claimantOf(viewer, account && { ...account, locale }))
    forgetViewer(admin.id)
    return toViewer(admin)
  },
)

function claimantOf(viewer: Viewer | null, account: NewAccount | undefined): Claimant {
  if (viewer) return { userId: viewer.id }
  if (account) return { account }
  throw new ProblemError('sign-in-required', 'Sign in, or send the account to be made.')
}
