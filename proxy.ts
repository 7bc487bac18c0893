import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { visibleOrigin } from '@/lib/auth/public-url'
import { canonicalPath } from '@/lib/http/canonical-path'
import { pagePolicy } from '@/lib/http/content-security-policy'
import { pageStatus } from '@/lib/http/page-status'
import { renewSession } from '@/lib/http/renew-session'

/**
 * Runs before every page: sends visitors to the page's one address, gives it a content security policy with a nonce of
 * its own, says by the status when the database that it needs is away, and keeps the session of an active visitor
 * going. Headers that do not change from request to request are in next.config.js; API routes look after themselves in
 * lib/http.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const path = canonicalPath(request.nextUrl.pathname)
  if (path !== null) return redirectTo(path, request)
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy(nonce, request.headers, process.env.NODE_ENV === 'development')
  // Next reads the nonce for its own scripts from the policy of the request.
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  headers.set('x-nonce', nonce)
  const status = await pageStatus(request)
  const response = NextResponse.next({ request: { headers }, status })
  if (status === 503) response.headers.set('Retry-After', '5')
  response.headers.set('Content-Security-Policy', policy)
  return await renewSession(request, response)
}

function redirectTo(path: string, request: NextRequest): Response {
  const address = new URL(visibleOrigin(request.headers) ?? request.nextUrl.origin)
  // Set part by part: a path that begins with two slashes would name another host.
  address.pathname = path
  address.search = request.nextUrl.search
  return NextResponse.redirect(address, 308)
}

export const config = {
  matcher: ['/((?!api(?:/|$)|_next/|generated/).*)'],
}
