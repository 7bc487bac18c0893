import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { removeException } from '@/lib/learn/classes/exceptions'
import { SET_PATH } from '../../../_input'

/** Takes an exception back. */
export const DELETE = route(
  { auth: 'viewer', params: SET_PATH.extend({ exception: Id }) },
  ({ viewer, params }) => removeException(viewer, params.class, params.set, params.exception),
)
