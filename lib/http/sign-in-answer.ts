import type { NextRequest } from 'next/server'
import { cookieName, RETURN_TO, SESSION } from '@/lib/auth/session-cookie'
import { safeRedirectPath } from '@/lib/auth/redirect'
import { signInFailure, type SignInFailure } from '@/lib/auth/sign-in-failure'
import { isHttps, visibleOrigin } from '@/lib/auth/public-url'
import { ProblemError, type ProblemCode } from '@/lib/contract/problem'

const SIGN_IN_PAGE = '/sign-in'

const MESSAGES: Partial<Record<SignInFailure, string>> = {
  'wrong-credentials': 'The e-mail or the password is wrong.',
  'account-suspended': 'This account is suspended. Ask whoever runs this site.',
  'service-unavailable': 'Sign-in does not work at the moment. Try again shortly.',
}

/**
 * The answer to a sign-in by script. next-auth answers failures with an address that names them; here they become
 * problems like those of every other route.
 * @throws ProblemError why the visitor is not signed in
 */
export async function passwordAnswer(response: Response): Promise<Response> {
  if (openedSession(response)) return response
  const { url } = (await response.json()) as { url?: string }
  const query = url && URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams()
  if (query.has('csrf')) {
    throw new ProblemError('forbidden', 'The sign-in form is too old, or this browser takes no cookies. Reload it.')
  }
  throw failureToProblem(signInFailure(query.get('error') ?? ''))
}

/** Whether next-auth's answer signs somebody in. */
function openedSession(response: Response): boolean {
  return response.headers.getSetCookie().some((cookie) => {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
    return name.endsWith(`handroll.${SESSION}`) && value !== ''
  })
}

function failureToProblem(failure: SignInFailure): ProblemError {
  const code: ProblemCode = failure === 'provider-failed' ? 'internal-error' : failure
  const details = code === 'service-unavailable' ? { retryAfterSeconds: 5 } : {}
  return new ProblemError(code, MESSAGES[failure] ?? 'Signing in failed on our side. Try again.', details)
}

/**
 * The answer to everything that leads to a page. On the way to the sign-in page, next-auth's `callbackUrl` and its own
 * words for errors become `next` and the codes of this API.
 */
export function pageAnswer(response: Response, request: NextRequest): Response {
  const location = response.headers.get('Location')
  if (!location?.startsWith(`${SIGN_IN_PAGE}?`)) return response
  const given = new URLSearchParams(location.slice(SIGN_IN_PAGE.length))
  const query = new URLSearchParams()
  const wish = given.get('callbackUrl') ?? request.cookies.get(cookieName(RETURN_TO, isHttps(request.headers)))?.value
  const next = safeRedirectPath(wish, '/', visibleOrigin(request.headers) ?? undefined)
  if (next !== '/') query.set('next', next)
  const error = given.get('error')
  if (error) query.set('error', signInFailure(error))
  response.headers.set('Location', query.size > 0 ? `${SIGN_IN_PAGE}?${query}` : SIGN_IN_PAGE)
  return response
}
