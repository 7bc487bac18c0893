import { visibleOrigin } from '@/lib/auth/public-url'
import { ProblemError } from '@/lib/contract/problem'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that changes something and was made by a page of another site.
 *
 * The rule is that of Go's net/http CrossOriginProtection: browsers say with Sec-Fetch-Site where a request comes
 * from; those that cannot (old ones, and any on plain http with a host other than localhost) send Origin with every
 * POST and PUT. A request with neither was not made by a browser, so it carries nobody's cookies by accident.
 *
 * @throws ProblemError `forbidden`
 */
export function assertSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  if (site !== null ? site === 'same-origin' || site === 'none' : isOwnOrigin(request)) return
  throw new ProblemError('forbidden', 'This request came from a page of another site. Send it from this site.')
}

/** The site as configured and as addressed: no page can choose the Host header of the requests it makes. */
function isOwnOrigin({ headers }: Request): boolean {
  const origin = headers.get('origin')
  if (origin === null || origin === visibleOrigin(headers)) return true
  const host = headers.get('host')
  return host !== null && URL.canParse(origin) && new URL(origin).host === host
}
