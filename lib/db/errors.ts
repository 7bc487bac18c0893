/*
 * What an error of the database means, whichever layer it comes from: Prisma, its adapter, pg or the socket below.
 */

/** Prisma's codes for a server that cannot be reached, does not answer in time or closed the connection. */
const UNAVAILABLE_PRISMA = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])

/** The same in the words of Prisma's adapter, which raw statements keep inside a code of their own. */
const UNAVAILABLE_KIND = new Set([
  'AuthenticationFailed', 'ConnectionClosed', 'DatabaseAccessDenied', 'DatabaseDoesNotExist', 'DatabaseNotReachable',
  'SocketTimeout', 'TlsConnectionError', 'TooManyConnections',
])

/** SQLSTATEs: connection exceptions, too many connections, shutting down, crashed, starting up. */
const UNAVAILABLE_SQLSTATE = /^(08...|53300|57P0[1235])$/

/** Errors of the socket. */
const UNAVAILABLE_SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/

/** pg's own errors have no code. */
const UNAVAILABLE_MESSAGE = /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|The server does not support SSL)/

/** Whether the database is out of reach or overloaded: trying again later may help, and nobody did anything wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { kind = '', originalCode = '' } = adapterCause(error)
  return [codeOf(error), originalCode].some(isUnavailableCode)
    || UNAVAILABLE_KIND.has(kind)
    || UNAVAILABLE_MESSAGE.test(error.message)
    || (error instanceof AggregateError && error.errors.some(isUnavailable))
}

function isUnavailableCode(code: string): boolean {
  return UNAVAILABLE_PRISMA.has(code) || UNAVAILABLE_SQLSTATE.test(code) || UNAVAILABLE_SOCKET.test(code)
}

/** Whether a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (codeOf(error) === 'P2002' || adapterCause(error).originalCode === '23505')
}

/** Whether a row that is referred to does not exist, or not any more. */
export function isMissingReference(error: unknown): boolean {
  return error instanceof Error && (codeOf(error) === 'P2003' || adapterCause(error).originalCode === '23503')
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What Prisma's adapter keeps inside its error: its own word for it, and the SQLSTATE. */
interface AdapterCause {
  kind?: string
  originalCode?: string
}

function adapterCause(error: Error): AdapterCause {
  // What fails while a transaction begins or is committed comes as it is, without Prisma's own error around it.
  if (error.name === 'DriverAdapterError') return (error.cause as AdapterCause | undefined) ?? {}
  const meta = 'meta' in error ? (error.meta as { driverAdapterError?: { cause?: AdapterCause } } | undefined) : undefined
  return meta?.driverAdapterError?.cause ?? {}
}
