import type { AuthOptions, Profile } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import GithubProvider, { type GithubEmail, type GithubProfile } from 'next-auth/providers/github'
import GoogleProvider, { type GoogleProfile } from 'next-auth/providers/google'
import type { SignInProvider } from '@/lib/contract/account'
import { settings, type AuthSettings } from './settings'

/** Waiting longer than this for a provider is a failed sign-in, milliseconds. */
const PROVIDER_TIMEOUT_MS = 10_000

/** What every outside provider tells of a person, in one form. */
export interface ProviderProfile {
  /** The provider's own id of the person. */
  id: string
  name: string
  email: string | null
  /** Whether the provider vouches that the address is theirs. Accounts are linked by such addresses only. */
  emailVerified: boolean
}

/** The claims of OpenID Connect Core, section 5.1, that are of use here. */
interface OidcClaims {
  sub: string
  name?: string
  preferred_username?: string
  email?: string
  email_verified?: boolean | string
}

/** How one can sign in here, in the order in which the sign-in page shows it. */
export function listProviders(from: AuthSettings = settings()): SignInProvider[] {
  return [
    { id: 'credentials', name: 'Password', kind: 'password' },
    ...(from.github ? [{ id: 'github', name: 'GitHub', kind: 'oauth' as const }] : []),
    ...(from.google ? [{ id: 'google', name: 'Google', kind: 'oauth' as const }] : []),
    ...(from.oidc ? [{ id: 'oidc', name: from.oidc.name, kind: 'oauth' as const }] : []),
  ]
}

/** The outside providers whose variables are set, as next-auth takes them. */
export function oauthProviders(from: AuthSettings = settings()): AuthOptions['providers'] {
  return [
    ...(from.github ? [github(from.github)] : []),
    ...(from.google ? [google(from.google)] : []),
    ...(from.oidc ? [oidc(from.oidc)] : []),
  ]
}

type GithubPerson = GithubProfile & { verifiedEmail?: string | null }

function github(client: NonNullable<AuthSettings['github']>): OAuthConfig<GithubPerson> {
  return {
    ...GithubProvider<GithubPerson>(client),
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    userinfo: {
      url: 'https://api.github.com/user',
      async request({ client: github, tokens }) {
        const token = tokens.access_token ?? ''
        const person: Profile = await github.userinfo(token)
        return { ...person, verifiedEmail: await primaryGithubEmail(token) }
      },
    },
    profile: (person): ProviderProfile => ({
      id: String(person.id),
      name: person.name ?? person.login,
      email: person.verifiedEmail ?? null,
      emailVerified: typeof person.verifiedEmail === 'string',
    }),
  }
}

/** The address in a GitHub profile is what the person typed there; only this list says which ones are proven. */
async function primaryGithubEmail(token: string): Promise<string | null> {
  const response = await fetch('https://api.github.com/user/emails', {
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/vnd.github+json' },
    signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
  })
  if (!response.ok) return null
  const emails = (await response.json()) as GithubEmail[]
  return emails.find(({ primary, verified }) => primary && verified)?.email ?? null
}

function google(client: NonNullable<AuthSettings['google']>): OAuthConfig<GoogleProfile> {
  return {
    ...GoogleProvider<GoogleProfile>(client),
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    checks: ['pkce', 'state', 'nonce'],
    profile: (profile): ProviderProfile => fromClaims(profile, false),
  }
}

function oidc(settings: NonNullable<AuthSettings['oidc']>): OAuthConfig<OidcClaims> {
  const { issuer, name, trustEmail, clientId, clientSecret } = settings
  return {
    id: 'oidc',
    name,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    idToken: true,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    clientId,
    clientSecret,
    profile: (claims: OidcClaims): ProviderProfile => fromClaims(claims, trustEmail),
  }
}

/** Some providers write `email_verified` as a word. */
function fromClaims(claims: OidcClaims, trustEmail: boolean): ProviderProfile {
  const email = claims.email ?? null
  return {
    id: claims.sub,
    name: claims.name ?? claims.preferred_username ?? email?.split('@')[0] ?? 'Learner',
    email,
    emailVerified: email !== null && (trustEmail || claims.email_verified === true || claims.email_verified === 'true'),
  }
}
