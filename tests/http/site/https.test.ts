import { describe, expect, it } from 'vitest'
import { useSite } from '../support/site'
import { PASSWORD } from '../support/visitor'

/** Behind one proxy that ends https and says so. */
const site = useSite({ TRUST_PROXY_HOPS: '1' })
const HTTPS = {
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'learn.example.edu',
  'x-forwarded-for': '203.0.113.7',
}

describe('behind a proxy that speaks https', () => {
  it('browsers are told to come by https only from now on, on pages, routes and files', async () => {
    for (const path of ['/', '/api/health', '/generated/manifest.json']) {
      const { headers } = await site.visitor().call(path, { headers: HTTPS })
      expect(headers.get('strict-transport-security')).toBe('max-age=63072000')
    }
    expect((await site.visitor().call('/')).headers.has('strict-transport-security')).toBe(false)
  })

  it('every cookie of the sign-in is tied to this host and to https', async () => {
    const { email } = await site.visitor().signUp()
    const visitor = site.visitor()
    const csrf = await visitor.call('/api/auth/csrf', { headers: HTTPS })
    const { csrfToken } = csrf.json as { csrfToken: string }
    const signedIn = await visitor.call('/api/auth/callback/credentials', {
      headers: HTTPS,
      body: new URLSearchParams({ email, password: PASSWORD, csrfToken, json: 'true' }),
    })
    const cookies = [...csrf.headers.getSetCookie(), ...signedIn.headers.getSetCookie()]
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
      '__Host-handroll.csrf', '__Host-handroll.return-to', '__Host-handroll.return-to', '__Host-handroll.session',
    ])
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/(;.*)?; HttpOnly; Secure; SameSite=Lax$/)
    expect((await visitor.call('/api/progress', { headers: HTTPS })).status).toBe(200)
    expect((await visitor.call('/api/progress')).status).toBe(401)
  })

  it('the way back after signing in is under the name that the visitor sees', async () => {
    const visitor = site.visitor()
    const { headers } = await visitor.call('/api/auth/signin?callbackUrl=/topics', { headers: HTTPS })
    expect(headers.getSetCookie().join()).toContain(encodeURIComponent('https://learn.example.edu/topics'))
    expect(headers.get('location')).toBe('/sign-in?next=%2Ftopics')
  })

  it('the page of an https site frames the runner under that name', async () => {
    const { headers } = await site.visitor().call('/', { headers: HTTPS })
    expect(headers.get('content-security-policy')).toContain('frame-src learn.example.edu/generated/runner/')
  })

  it('attempts are counted by the address that the proxy saw', async () => {
    const email = 'nobody@example.com'
    const attempt = (address: string) => site.visitor().signIn(email, 'guess', { 'x-forwarded-for': address })
    for (let count = 0; count < 20; count++) expect((await attempt('203.0.113.8')).status).toBe(401)
    expect((await attempt('203.0.113.8')).status).toBe(429)
    expect((await attempt('6.6.6.6, 203.0.113.8')).status).toBe(429)
    expect((await attempt('203.0.113.9')).status).toBe(401)
  })
})

