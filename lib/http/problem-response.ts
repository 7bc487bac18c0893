import { randomUUID } from 'node:crypto'
import { isProblemError, STATUS_BY_CODE, type ProblemBody, type ProblemError } from '@/lib/contract/problem'
import { describeError } from './describe-error'
import { log } from './log'

const INTERNAL_MESSAGE = 'Something went wrong on our side. Try again; if it stays, report the id of this error.'

/** Where an error happened, for its log line. */
export interface RequestNote {
  method: string
  path: string
}

/**
 * Turns whatever a handler threw into a response. A ProblemError is told as it stands. Anything else is a fault of
 * ours: the caller reads one fixed sentence and an id, and the log has the rest under that id.
 */
export function problemResponse(error: unknown, note: RequestNote): Response {
  if (!isProblemError(error)) return internalErrorResponse(error, note)
  const status = STATUS_BY_CODE[error.code]
  if (status >= 500) log.warn({ ...note, code: error.code, cause: causeOf(error) }, 'request refused')
  const { retryAfterSeconds, issues } = error.details
  return respond(status, { code: error.code, message: error.message, retryAfterSeconds, issues })
}

function causeOf(error: ProblemError) {
  return error.cause === undefined ? undefined : describeError(error.cause)
}

function internalErrorResponse(error: unknown, note: RequestNote): Response {
  const id = randomUUID()
  log.error({ id, ...note, error: describeError(error) }, 'request failed')
  return respond(STATUS_BY_CODE['internal-error'], { code: 'internal-error', message: INTERNAL_MESSAGE, id })
}

function respond(status: number, error: ProblemBody['error']): Response {
  const body: ProblemBody = { error }
  const headers = new Headers({ 'Cache-Control': 'no-store' })
  if (error.retryAfterSeconds !== undefined) headers.set('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
  return Response.json(body, { status, headers })
}
