import { DeleteSetBody, SetChangeBody, SetView } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { changeSet, deleteSet } from '@/lib/learn/classes/set-changes'
import { getSet } from '@/lib/learn/classes/sets'
import { SET_PATH, SETS } from '../_input'

/** One set as the viewer may see it. */
export const GET = route(
  { auth: 'viewer', params: SET_PATH, output: SetView },
  ({ viewer, params }) => getSet(viewer, params.class, params.set),
)

/** Changes a set as a whole. */
export const PUT = route(
  { auth: 'viewer', params: SET_PATH, body: SetChangeBody, bodyLimit: SETS, output: SetView },
  ({ viewer, params, body }) => changeSet(viewer, params.class, params.set, body),
)

/** Deletes a draft, or a published set whose title is typed. */
export const DELETE = route(
  { auth: 'viewer', params: SET_PATH, body: DeleteSetBody },
  ({ viewer, params, body }) => deleteSet(viewer, params.class, params.set, body.title),
)
