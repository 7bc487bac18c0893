import { forgetViewer, toViewer } from '@/lib/auth/find-viewer'
import { DeleteAccountBody, SignUpBody, Viewer } from '@/lib/contract/account'
import { route } from '@/lib/http/route'
import { signUp } from '@/lib/learn/accounts'
import { deleteAccount } from '@/lib/learn/own-account'

/** Makes a learner's account. The page signs in with the same password afterwards. */
export const POST = route(
  {
    auth: 'none',
    // A whole class may sign up from one address in its first lesson.
    rateLimit: { name: 'sign-up', per: 'address', limit: 300, windowSeconds: 3600 },
    body: SignUpBody,
    output: Viewer,
    status: 201,
  },
  async ({ body, locale }) => toViewer(await signUp({ ...body, locale })),
)

/** Deletes the viewer's account with everything that belongs to it. */
export const DELETE = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'password', per: 'viewer', limit: 10, windowSeconds: 900 },
    body: DeleteAccountBody,
  },
  async ({ viewer, body }) => {
    await deleteAccount(viewer.id, body)
    forgetViewer(viewer.id)
  },
)
