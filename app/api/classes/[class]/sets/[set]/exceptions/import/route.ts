import { ExceptionImportBody, ExceptionImportResult } from '@/lib/contract/set-exception'
import { route } from '@/lib/http/route'
import { importExceptions } from '@/lib/learn/classes/exception-import'
import { IMPORTS, SET_PATH } from '../../../_input'

/** Checks a file of exceptions, or grants all of it. */
export const POST = route(
  { auth: 'viewer', params: SET_PATH, body: ExceptionImportBody, bodyLimit: IMPORTS, output: ExceptionImportResult },
  ({ viewer, params, body }) => importExceptions(viewer, params.class, params.set, body),
)
