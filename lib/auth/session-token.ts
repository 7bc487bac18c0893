import { decode as decrypt, encode as encrypt, type JWT } from 'next-auth/jwt'
import { z } from 'zod'
import { sessionSecret } from './secret'

/** A session ends after this long without a request, seconds. */
export const IDLE_SECONDS = 8 * 3600
/** And after this long whatever happens, seconds. */
export const LONGEST_SECONDS = 30 * 24 * 3600
/** An older token is replaced by a fresh one at the next request, seconds. */
export const RENEW_AFTER_SECONDS = 15 * 60

/** What a session token holds. Name and role are not in it: they are read from the database at each use. */
export const SessionClaims = z.object({
  /** Id of the user. */
  sub: z.string().min(1),
  /** The user's sessionEpoch at sign-in; raising it in the database ends the session. */
  epoch: z.number().int(),
  /** When the person signed in, seconds since 1970. Renewing a token does not move it. */
  signedInAt: z.number().int(),
})
export type SessionClaims = z.infer<typeof SessionClaims>

export interface Session extends SessionClaims {
  /** When this token was made, seconds since 1970. */
  issuedAt: number
}

/** Makes the encrypted token (JWE, A256GCM) that the session cookie carries. */
export async function encodeSession(claims: SessionClaims, now = nowSeconds()): Promise<string> {
  const { sub, epoch, signedInAt } = SessionClaims.parse(claims)
  const token: JWT = { sub, epoch, signedInAt }
  return await encrypt({ token, secret: sessionSecret(), maxAge: secondsLeft({ signedInAt }, now) })
}

/** The session a token stands for; null when it is forged, damaged, idle for too long or too old. */
export async function decodeSession(token: string | undefined, now = nowSeconds()): Promise<Session | null> {
  const payload = await decryptToken(token)
  const claims = SessionClaims.safeParse(payload)
  if (!claims.success || typeof payload?.iat !== 'number') return null
  if (now >= claims.data.signedInAt + LONGEST_SECONDS) return null
  return { ...claims.data, issuedAt: payload.iat }
}

/** How long a token made now may be used. */
export function secondsLeft({ signedInAt }: { signedInAt: number }, now = nowSeconds()): number {
  return Math.max(0, Math.min(IDLE_SECONDS, signedInAt + LONGEST_SECONDS - now))
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

async function decryptToken(token: string | undefined): Promise<JWT | null> {
  if (!token) return null
  try {
    return await decrypt({ token, secret: sessionSecret() })
  } catch {
    return null
  }
}
