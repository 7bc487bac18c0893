import { SignUpBody, Viewer } from '@/lib/contract/account'
import { toViewer } from '@/lib/auth/find-viewer'
import { route } from '@/lib/http/route'
import { signUp } from '@/lib/learn/accounts'

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
