import { ProblemError } from '@/lib/contract/problem'
import { route } from '@/lib/http/route'

/** Unknown addresses of the API get a problem, not the page that people see. */
const unknown = route({ auth: 'none' }, () => {
  throw new ProblemError('not-found', 'There is nothing at this address.')
})

export { unknown as GET, unknown as POST, unknown as PUT, unknown as PATCH, unknown as DELETE }
