import { z } from 'zod'
import { ExceptionBody, ExceptionView } from '@/lib/contract/set-exception'
import { route } from '@/lib/http/route'
import { grantException, listExceptions } from '@/lib/learn/classes/exceptions'
import { SET_PATH } from '../../_input'

/** The extensions and exemptions of a set. */
export const GET = route(
  { auth: 'viewer', params: SET_PATH, output: z.array(ExceptionView) },
  ({ viewer, params }) => listExceptions(viewer, params.class, params.set),
)

/** Grants one to a student or a section, in the place of what they had. */
export const PUT = route(
  { auth: 'viewer', params: SET_PATH, body: ExceptionBody },
  ({ viewer, params, body }) => grantException(viewer, params.class, params.set, body),
)
