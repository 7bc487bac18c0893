import type { OAuthConfig } from 'next-auth/providers/oauth'
import { describe, expect, it } from 'vitest'
import { listProviders, oauthProviders } from '@/lib/auth/providers'
import { parseSettings } from '@/lib/auth/settings'

const OIDC = { OIDC_ISSUER: 'https://id.example.edu/realm/', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }

describe('the settings of sign-in', () => {
  it('may all be missing, or empty: then there are passwords', () => {
    const settings = parseSettings({ GITHUB_CLIENT_ID: '', NEXTAUTH_URL: '' })
    const nothing = { publicUrl: null, secret: null, github: null, google: null, oidc: null, trustProxyHops: 0 }
    expect(settings).toEqual(nothing)
    expect(listProviders(settings)).toEqual([{ id: 'credentials', name: 'Password', kind: 'password' }])
  })

  it('make a provider of each complete set of variables', () => {
    const settings = parseSettings({
      GITHUB_CLIENT_ID: 'a', GITHUB_CLIENT_SECRET: 'b', GOOGLE_CLIENT_ID: 'c', GOOGLE_CLIENT_SECRET: 'd', ...OIDC,
      OIDC_NAME: 'Example School',
    })
    expect(listProviders(settings).map(({ name }) => name)).toEqual(['Password', 'GitHub', 'Google', 'Example School'])
    expect(oauthProviders(settings).map(({ id }) => id)).toEqual(['github', 'google', 'oidc'])
  })

  it('find the discovery document of any OpenID Connect provider', () => {
    const [provider] = oauthProviders(parseSettings(OIDC)) as OAuthConfig<object>[]
    expect(provider?.wellKnown).toBe('https://id.example.edu/realm/.well-known/openid-configuration')
  })

  it.each([
    [{}, 0],
    [{ NEXTAUTH_URL: 'http://learn.example.edu' }, 0],
    [{ NEXTAUTH_URL: 'https://learn.example.edu' }, 1],
    [{ NEXTAUTH_URL: 'https://learn.example.edu', TRUST_PROXY_HOPS: '0' }, 0],
    [{ TRUST_PROXY_HOPS: '2' }, 2],
  ])('%j trust so many proxies in front: %i', (environment, hops) => {
    expect(parseSettings(environment).trustProxyHops).toBe(hops)
  })

  it.each([
    [{ GITHUB_CLIENT_ID: 'a' }, /GITHUB_CLIENT_SECRET must be set as well/],
    [{ OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }, /OIDC_ISSUER must be set as well/],
    [{ NEXTAUTH_URL: 'learn.example.edu' }, /^NEXTAUTH_URL: /],
    [{ NEXTAUTH_URL: 'javascript:alert(1)' }, /^NEXTAUTH_URL: /],
    [{ NEXTAUTH_SECRET: 'short' }, /^NEXTAUTH_SECRET: must have at least 32 characters/],
    [{ ...OIDC, OIDC_TRUST_EMAIL: 'yes' }, /^OIDC_TRUST_EMAIL: /],
    [{ TRUST_PROXY_HOPS: 'all' }, /^TRUST_PROXY_HOPS: /],
  ])('that are wrong are named: %j', (environment, message) => {
    expect(() => parseSettings(environment)).toThrow(message)
  })
})

describe('what a provider says of a person', () => {
  const claims = { sub: '7', name: 'Ada', email: 'ada@example.com' }
  const profileOf = (id: string, environment: Record<string, string>, raw: object) => {
    const providers = oauthProviders(parseSettings(environment)) as OAuthConfig<object>[]
    return providers.find((provider) => provider.id === id)?.profile(raw, {})
  }

  it.each([
    [{}, false],
    [{ email_verified: false }, false],
    [{ email_verified: 'false' }, false],
    [{ email_verified: true }, true],
    [{ email_verified: 'true' }, true],
  ])('counts an address as proven only when the provider says so: %j', async (more, emailVerified) => {
    expect(await profileOf('oidc', OIDC, { ...claims, ...more })).toMatchObject({ email: claims.email, emailVerified })
  })

  it('counts every address of a provider that the operator trusts', async () => {
    const profile = await profileOf('oidc', { ...OIDC, OIDC_TRUST_EMAIL: 'true' }, claims)
    expect(profile).toMatchObject({ emailVerified: true })
  })

  it('never takes the address that a person typed into a GitHub profile', async () => {
    const environment = { GITHUB_CLIENT_ID: 'a', GITHUB_CLIENT_SECRET: 'b' }
    const typed = await profileOf('github', environment, { id: 7, login: 'ada', name: null, email: 'boss@example.com' })
    expect(typed).toEqual({ id: '7', name: 'ada', email: null, emailVerified: false })
    const proven = await profileOf('github', environment, { id: 7, login: 'ada', verifiedEmail: 'ada@example.com' })
    expect(proven).toMatchObject({ email: 'ada@example.com', emailVerified: true })
  })
})
