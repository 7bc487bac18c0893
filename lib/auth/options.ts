import type { Account, AuthOptions, Session, User } from 'next-auth'
import { decode, encode, type JWT } from 'next-auth/jwt'
import type { Locale } from '@/lib/contract/localized'
import { findViewerOf } from './find-viewer'
import { passwordProvider } from './password-provider'
import { accountOfProfile } from './provider-account'
import { oauthProviders, type ProviderProfile } from './providers'
import { isHttps, publicUrl } from './public-url'
import { safeRedirectPath } from './redirect'
import { sessionSecret } from './secret'
import { cookieAttributes, cookieName, RETURN_TO, SESSION } from './session-cookie'
import { withNamedFailures, type ErrorLog } from './sign-in-failure'
import { decodeSession, encodeSession, IDLE_SECONDS, nowSeconds, SessionClaims } from './session-token'

/** Time to come back from a provider's site, seconds. */
const HANDSHAKE_SECONDS = 15 * 60

/**
 * How next-auth is used here, for one request: the names of its cookies depend on whether that came by https.
 * @param locale language for an account that is made by this sign-in
 */
export function authOptions(headers: Headers, locale: Locale, log: ErrorLog): AuthOptions {
  // Without a configured address, the one in the request is right; next-auth takes this wish from here only.
  if (!publicUrl()) process.env.AUTH_TRUST_HOST = 'true'
  const secure = isHttps(headers)
  return {
    secret: sessionSecret(),
    useSecureCookies: secure,
    cookies: authCookies(secure),
    session: { strategy: 'jwt', maxAge: IDLE_SECONDS },
    jwt: sessionJwt,
    pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in', verifyRequest: '/sign-in' },
    providers: [passwordProvider(log), ...oauthProviders()],
    callbacks: { ...callbacks, signIn: withNamedFailures(log, adoptAccount(locale)) },
    logger: { error: log.error, warn: () => undefined, debug: () => undefined },
  }
}

function authCookies(secure: boolean): AuthOptions['cookies'] {
  const cookie = (name: string, maxAge?: number) => {
    return { name: cookieName(name, secure), options: { ...cookieAttributes(secure), ...(maxAge ? { maxAge } : {}) } }
  }
  return {
    sessionToken: cookie(SESSION),
    callbackUrl: cookie(RETURN_TO),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce', HANDSHAKE_SECONDS),
    state: cookie('state', HANDSHAKE_SECONDS),
    nonce: cookie('nonce', HANDSHAKE_SECONDS),
  }
}

/** next-auth encrypts its short-lived cookies by the same functions, with a salt; only those are left to it. */
const sessionJwt: AuthOptions['jwt'] = {
  encode: (params) => (params.salt ? encode(params) : encodeSession(SessionClaims.parse(params.token))),
  async decode(params) {
    if (params.salt) return await decode(params)
    const session = await decodeSession(params.token)
    return session && { sub: session.sub, epoch: session.epoch, signedInAt: session.signedInAt }
  },
}

/** With an outside provider, `user` is that provider's profile; from here on it is the account of this site. */
function adoptAccount(locale: Locale) {
  return async ({ user, account }: { user: User; account: Account | null }): Promise<true> => {
    if (account?.type === 'oauth') {
      Object.assign(user, await accountOfProfile(account.provider, user as User & ProviderProfile, locale))
    }
    return true
  }
}

const callbacks: AuthOptions['callbacks'] = {
  jwt({ token, user }: { token: JWT; user?: User }) {
    const { sub, epoch, signedInAt } = user ? { sub: user.id, epoch: user.epoch, signedInAt: nowSeconds() } : token
    return { sub, epoch, signedInAt }
  },

  async session({ session, token }) {
    const claims = SessionClaims.safeParse(token)
    const viewer = claims.success ? await findViewerOf(claims.data) : null
    return viewer ? { ...session, user: viewer } : ({} as Session)
  },

  redirect({ url, baseUrl }) {
    return baseUrl + safeRedirectPath(url, '/', baseUrl)
  },
}
