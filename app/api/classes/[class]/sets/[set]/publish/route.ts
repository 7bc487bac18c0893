import { SetView } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { publishSet } from '@/lib/learn/classes/set-changes'
import { SET_PATH } from '../../_input'

/** Lets students see the set. */
export const POST = route(
  { auth: 'viewer', params: SET_PATH, output: SetView },
  ({ viewer, params }) => publishSet(viewer, params.class, params.set),
)
