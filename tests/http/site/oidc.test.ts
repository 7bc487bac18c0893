import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Viewer } from '@/lib/contract/account'
import { database } from '@/lib/db/client'
import { CLIENT, startOidcProvider, type OidcProvider, type Person } from '../support/oidc-provider'
import { useDatabase } from '@/tests/support/database'
import { useWeb } from '../support/site'
import { PASSWORD, type Answer, type Visitor } from '../support/visitor'

let provider: OidcProvider
beforeAll(async () => {
  provider = await startOidcProvider()
})
afterAll(() => provider.close())
beforeEach(() => {
  provider.forged = {}
})

const db = useDatabase()
const site = useWeb(() => ({
  DATABASE_URL: db.url,
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: CLIENT.id,
  OIDC_CLIENT_SECRET: CLIENT.secret,
  OIDC_NAME: 'Example School',
}))

function newPerson(change: Partial<Person> = {}): Person {
  const sub = randomUUID()
  return { sub, name: 'Grace', email: `${sub}@school.example`, email_verified: true, ...change }
}

/** Sends the visitor to the provider; answers with the address to which the provider sends them back. */
async function leave(visitor: Visitor, callbackUrl = '/topics'): Promise<string> {
  const { csrfToken } = (await visitor.call('/api/auth/csrf')).json as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, callbackUrl, json: 'true' })
  const { url } = (await visitor.call('/api/auth/signin/oidc', { body })).json as { url: string }
  const { back } = (await (await fetch(url)).json()) as { back: string }
  return back.replace(site.origin, '')
}

/** Follows the site's own redirects between its endpoints to the page where the visitor ends up. */
async function comeBack(visitor: Visitor, path: string): Promise<string> {
  const fromThere = { 'sec-fetch-site': 'cross-site', origin: provider.issuer }
  let answer: Answer = await visitor.call(path, { headers: fromThere })
  let location = answer.headers.get('location') ?? ''
  while (location.includes('/api/auth/')) {
    answer = await visitor.call(location.replace(site.origin, ''))
    location = answer.headers.get('location') ?? ''
  }
  return location.replace(site.origin, '')
}

async function viewerOf(visitor: Visitor): Promise<Viewer | null> {
  const { user } = (await visitor.call('/api/auth/session')).json as { user?: unknown }
  return user === undefined ? null : Viewer.parse(user)
}

async function signIn(person: Person, callbackUrl?: string) {
  provider.person = person
  const visitor = site.visitor()
  const page = await comeBack(visitor, await leave(visitor, callbackUrl))
  return { visitor, page, viewer: await viewerOf(visitor) }
}

describe('signing in at an OpenID Connect provider', () => {
  it('makes an account the first time and finds it again, also when the address has changed there', async () => {
    const person = newPerson()
    const first = await signIn(person, '/exercises/lru-cache')
    expect(first.page).toBe('/exercises/lru-cache')
    expect(first.viewer).toMatchObject({ name: 'Grace', email: person.email, role: 'learner' })
    const again = await signIn({ ...person, email: 'moved@school.example', email_verified: false })
    expect(again.viewer?.id).toBe(first.viewer?.id)
  })

  it('is offered on the sign-in page by its name', async () => {
    expect((await site.visitor().call('/sign-in')).text).toContain('Example School')
  })

  it('comes back to this site, whatever it was told', async () => {
    expect((await signIn(newPerson(), 'https://evil.example/')).page).toBe('/')
  })

  it.each([
    ['does not vouch for', { email_verified: false }],
    ['says nothing about', { email_verified: undefined }],
    ['does not name', { email: undefined }],
  ])('with an address that the provider %s finds nobody and makes nobody', async (_, change) => {
    const victim = site.visitor()
    const { email } = await victim.signUp()
    const { page, viewer } = await signIn(newPerson({ email, ...change }))
    expect(page).toBe('/sign-in?next=%2Ftopics&error=email-not-verified')
    expect(viewer).toBeNull()
    expect(await viewerOf(victim)).not.toBeNull()
  })

  it('with the proven address of an account opens it, and shuts out a stranger who may have made it', async () => {
    const squatter = site.visitor()
    const { id, email } = await squatter.signUp()
    const { viewer } = await signIn(newPerson({ email }))
    expect(viewer?.id).toBe(id)
    expect((await site.visitor().signIn(email, PASSWORD)).status).toBe(401)
    await expect.poll(() => viewerOf(squatter), { timeout: 10_000 }).toBeNull()
  })

  it('to an account that is suspended is refused', async () => {
    const person = newPerson()
    const { viewer } = await signIn(person)
    await database().user.update({ where: { id: viewer?.id }, data: { suspendedAt: new Date() } })
    const again = await signIn(person)
    expect([again.page, again.viewer]).toEqual(['/sign-in?next=%2Ftopics&error=account-suspended', null])
  })
})

describe('coming back from the provider', () => {
  const refused = '/sign-in?next=%2Ftopics&error=provider-failed'

  it.each([
    ['an id token for another site', { aud: 'another site' }],
    ['an id token of another provider', { iss: 'https://evil.example' }],
    ['an id token that is over', { exp: 1 }],
    ['an id token for another sign-in', { nonce: 'another' }],
  ])('with %s is refused', async (_, forged) => {
    provider.forged = forged
    const { page, viewer } = await signIn(newPerson())
    expect([page, viewer]).toEqual([refused, null])
  })

  it("with another visitor's code is refused: nobody can be signed in to an account of somebody else", async () => {
    provider.person = newPerson()
    const attacker = site.visitor()
    const path = await leave(attacker)
    const victim = site.visitor()
    expect(await comeBack(victim, path)).toMatch(/error=provider-failed$/)
    await leave(victim)
    expect(await comeBack(victim, path)).toMatch(/error=provider-failed$/)
    expect(await viewerOf(victim)).toBeNull()
  })

  it('twice with one code works once', async () => {
    provider.person = newPerson()
    const visitor = site.visitor()
    const path = await leave(visitor)
    expect(await comeBack(visitor, path)).toBe('/topics')
    await visitor.signOut()
    expect(await comeBack(visitor, path)).toMatch(/error=provider-failed$/)
    expect(await viewerOf(visitor)).toBeNull()
  })

  it('with an error says only that it failed', async () => {
    const visitor = site.visitor()
    await leave(visitor)
    const page = await comeBack(visitor, '/api/auth/callback/oidc?error=access_denied&error_description=<script>')
    expect(page).toBe(refused)
  })

  it('leaves no personal data in the log', () => {
    expect(site.log()).not.toMatch(/@school\.example|Grace/)
  })
})
