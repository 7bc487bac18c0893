import { SetBody, SetPreview } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { previewSet } from '@/lib/learn/classes/set-preview'
import { SET_PATH, SETS } from '../../_input'

/** Whose marks the set would change if it were like this. Stores nothing. */
export const POST = route(
  { auth: 'viewer', params: SET_PATH, body: SetBody, bodyLimit: SETS, output: SetPreview },
  ({ viewer, params, body }) => previewSet(viewer, params.class, params.set, body),
)
