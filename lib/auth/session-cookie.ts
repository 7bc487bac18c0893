import { isHttps } from './public-url'
import { encodeSession, nowSeconds, RENEW_AFTER_SECONDS, secondsLeft, type Session } from './session-token'

/** Where cookies are read from: `request.cookies` of a NextRequest, or `await cookies()` in a page. */
export interface CookieReader {
  get(name: string): { value: string } | undefined
}

/** How a cookie of the sign-in is stored: unseen by scripts, not sent by other sites' forms. */
export interface CookieAttributes {
  httpOnly: true
  sameSite: 'lax'
  path: '/'
  secure: boolean
}

export function cookieAttributes(secure: boolean): CookieAttributes {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure }
}

/**
 * Full name of a cookie of the sign-in. The `__Host-` prefix makes browsers refuse the cookie from any other host,
 * also a subdomain; it exists on https only.
 */
export function cookieName(name: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}handroll.${name}`
}

export const SESSION = 'session'
/** Holds where the visitor wants to be after signing in, while at a provider's site. */
export const RETURN_TO = 'return-to'

/** The session token of a request, or undefined. */
export function sessionTokenOf(cookies: CookieReader, headers: Headers): string | undefined {
  return cookies.get(cookieName(SESSION, isHttps(headers)))?.value
}

/** A cookie to be set: name, value and attributes as `response.cookies.set` takes them. */
export interface SetCookie extends CookieAttributes {
  name: string
  value: string
  /** Seconds. */
  maxAge: number
}

/** The cookie that keeps an active session going, or null while the present one is young enough. */
export async function renewedSession(
  session: Session,
  headers: Headers,
  now = nowSeconds(),
): Promise<SetCookie | null> {
  const maxAge = secondsLeft(session, now)
  if (now - session.issuedAt < RENEW_AFTER_SECONDS || maxAge === 0) return null
  const secure = isHttps(headers)
  const value = await encodeSession(session, now)
  return { name: cookieName(SESSION, secure), value, maxAge, ...cookieAttributes(secure) }
}
