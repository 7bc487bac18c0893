import type { Instrumentation } from 'next'
import { describeError } from './describe-error'
import { log } from './log'

type Arguments = Parameters<Instrumentation.onRequestError>

/** Writes the log line of an error that reached Next itself. `id` is the digest that an error page can show. */
export function logPageError(error: Arguments[0], request: Arguments[1], context: Arguments[2]): void {
  const id = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  // The query may hold what a person typed; the path does not.
  const path = request.path.split('?')[0]
  log.error({ id, method: request.method, path, route: context.routePath, error: describeError(error) }, 'page failed')
}
