import { DuplicateBody, SetPlace } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { duplicateSet } from '@/lib/learn/classes/set-copy'
import { SET_PATH } from '../../_input'

/** Copies the set as a draft into a class of the viewer's, with its dates moved. */
export const POST = route(
  { auth: 'viewer', params: SET_PATH, body: DuplicateBody, output: SetPlace, status: 201 },
  ({ viewer, params, body }) => duplicateSet(viewer, params.class, params.set, body),
)
