import { NextResponse, type NextRequest } from 'next/server'
import { renewedSession, sessionTokenOf } from '@/lib/auth/session-cookie'
import { decodeSession } from '@/lib/auth/session-token'

/** The answer, with a fresh session cookie when the present one has reached the age for that. */
export async function renewSession(request: NextRequest, response: Response): Promise<Response> {
  const session = await decodeSession(sessionTokenOf(request.cookies, request.headers))
  const cookie = session && (await renewedSession(session, request.headers))
  if (!cookie) return response
  const renewed = new NextResponse(response.body, response)
  renewed.cookies.set(cookie)
  return renewed
}
