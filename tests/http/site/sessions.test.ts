import { describe, expect, it } from 'vitest'
import { Viewer } from '@/lib/contract/account'
import { endSessions } from '@/lib/learn/accounts'
import { useSite } from '../support/site'
import { PASSWORD, problemOf } from '../support/visitor'

const site = useSite()

describe('signing up', () => {
  it('makes a learner, who can then sign in', async () => {
    const visitor = site.visitor()
    const body = { email: ' Eve@Example.com', name: 'Eve', password: PASSWORD }
    const made = await visitor.call('/api/account', { body })
    expect(made.status).toBe(201)
    const learner = { email: 'eve@example.com', name: 'Eve', role: 'learner', locale: 'en' }
    expect(Viewer.parse(made.json)).toMatchObject(learner)
    expect(made.headers.getSetCookie()).toEqual([])
    expect((await visitor.signIn('EVE@example.com', PASSWORD)).status).toBe(200)
  })

  it('greets in the language of the browser', async () => {
    const body = { email: 'mei@example.com', name: '小梅', password: PASSWORD }
    const made = await site.visitor().call('/api/account', { body, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
    expect(made.json).toMatchObject({ name: '小梅', locale: 'zh' })
  })

  it('with an address that has an account is refused, whatever its capitals', async () => {
    const { email } = await site.visitor().signUp()
    const again = await site.visitor().call('/api/account', {
      body: { email: email.toUpperCase(), name: 'Other', password: PASSWORD },
    })
    expect([again.status, problemOf(again).code]).toEqual([409, 'email-taken'])
  })

  it('with a password that everybody tries is refused, and says which field and rule', async () => {
    const body = { email: 'new@example.com', name: 'New', password: 'Password2026!' }
    const refused = await site.visitor().call('/api/account', { body })
    expect(refused.status).toBe(400)
    expect(problemOf(refused).issues).toMatchObject([{ path: 'password', rule: 'common-password' }])
  })

  it('cannot hand out a role', async () => {
    const body = { email: 'boss@example.com', name: 'Boss', password: PASSWORD, role: 'admin' }
    expect((await site.visitor().call('/api/account', { body })).status).toBe(400)
  })
})

describe('signing in', () => {
  it('gives a session in a cookie that scripts cannot read and other sites cannot send', async () => {
    const { email } = await site.visitor().signUp()
    const visitor = site.visitor()
    const answer = await visitor.signIn(email, PASSWORD)
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('handroll.session='))
    expect(cookie).toMatch(/; Path=\/;/)
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect(cookie).not.toMatch(/Domain=/)
    expect((await visitor.call('/api/auth/session')).json).toMatchObject({ user: { email, role: 'learner' } })
  })

  it('answers alike for a wrong password and for an address without account', async () => {
    const { email } = await site.visitor().signUp()
    const wrong = await site.visitor().signIn(email, 'not the password')
    const unknown = await site.visitor().signIn('nobody@example.com', 'not the password')
    expect([wrong.status, problemOf(wrong).code]).toEqual([401, 'wrong-credentials'])
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    const names = ({ headers }: typeof wrong) => [...headers.keys()].sort()
    expect(names(unknown)).toEqual(names(wrong))
    expect(wrong.headers.getSetCookie().some((cookie) => cookie.includes('session'))).toBe(false)
  })

  it.each([
    ['an empty password', { email: 'nobody@example.com', password: '' }],
    ['no address', { email: 'not an address', password: PASSWORD }],
    ['a password of a megabyte', { email: 'nobody@example.com', password: 'x'.repeat(10_000) }],
  ])('answers %s like any wrong one', async (_, { email, password }) => {
    const answer = await site.visitor().signIn(email, password)
    expect([answer.status, problemOf(answer).code]).toEqual([401, 'wrong-credentials'])
  })

  it('without the token of the form is refused', async () => {
    const { email } = await site.visitor().signUp()
    const body = new URLSearchParams({ email, password: PASSWORD, csrfToken: 'guessed', json: 'true' })
    const visitor = site.visitor()
    const answer = await visitor.call('/api/auth/callback/credentials', { body })
    expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden'])
    expect(visitor.cookies.has('handroll.session')).toBe(false)
  })

  it('from a page of another site is refused, also with the right password', async () => {
    const { email } = await site.visitor().signUp()
    const visitor = site.visitor()
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await visitor.signIn(email, PASSWORD, foreign)).status).toBe(403)
    expect(visitor.cookies.has('handroll.session')).toBe(false)
  })

  it('by a form far too large is refused', async () => {
    const answer = await site.visitor().signIn('nobody@example.com', 'x'.repeat(20_000))
    expect([answer.status, problemOf(answer).code]).toEqual([413, 'body-too-large'])
  })

  it('without script leads to the sign-in page with a word for what went wrong, and the way back', async () => {
    const visitor = site.visitor()
    const { csrfToken } = (await visitor.call('/api/auth/csrf')).json as { csrfToken: string }
    const fields = { email: 'nobody@example.com', password: PASSWORD, csrfToken, callbackUrl: '/topics?q=lru' }
    let answer = await visitor.call('/api/auth/callback/credentials', { body: new URLSearchParams(fields) })
    while (answer.headers.get('location')?.includes('/api/auth/')) {
      answer = await visitor.call(answer.headers.get('location')!.replace(site.origin, ''))
    }
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Ftopics%3Fq%3Dlru&error=wrong-credentials')
  })
})

describe('after signing in', () => {
  it.each([
    ['/exercises/lru-cache?tab=tests', '/exercises/lru-cache?tab=tests'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/api/auth/signout', '/'],
  ])('a wish to go to %s leads to %s of this site', async (wish, path) => {
    const { email } = await site.visitor().signUp()
    const visitor = site.visitor()
    const { csrfToken } = (await visitor.call('/api/auth/csrf')).json as { csrfToken: string }
    const fields = { email, password: PASSWORD, csrfToken, callbackUrl: wish }
    const answer = await visitor.call('/api/auth/callback/credentials', { body: new URLSearchParams(fields) })
    expect(answer.headers.get('location')).toBe(site.origin + path)
  })
})

describe('a session', () => {
  it('ends when the visitor signs out', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    expect((await visitor.call('/api/progress')).status).toBe(200)
    expect((await visitor.signOut()).status).toBe(200)
    expect((await visitor.call('/api/progress')).status).toBe(401)
  })

  it('of an account that has ended its sessions is over within seconds, on every browser', async () => {
    const visitor = site.visitor()
    const { id } = await visitor.signUp()
    expect((await visitor.call('/api/progress')).status).toBe(200)
    await endSessions(id)
    await expect.poll(async () => (await visitor.call('/api/progress')).status, { timeout: 10_000 }).toBe(401)
    expect((await visitor.call('/api/auth/session')).json).toEqual({})
  })

  it('cannot be made by hand', async () => {
    const visitor = site.visitor()
    visitor.cookies.set('handroll.session', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.')
    expect((await visitor.call('/api/progress')).status).toBe(401)
    expect((await visitor.call('/')).status).toBe(200)
  })
})

describe('too many attempts', () => {
  it('on one account are answered 429 with the time to wait, also for the right password', async () => {
    const { email } = await site.visitor().signUp()
    const guesser = site.visitor()
    const statuses = new Set<number>()
    for (let attempt = 0; attempt < 21; attempt++) {
      statuses.add((await guesser.signIn(email, `guess ${attempt}`)).status)
    }
    expect([...statuses]).toEqual([401, 429])
    const refused = await site.visitor().signIn(email, PASSWORD)
    expect([refused.status, problemOf(refused).code]).toEqual([429, 'too-many-requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('on an account that does not exist are answered the same', async () => {
    const guesser = site.visitor()
    const statuses = new Set<number>()
    for (let attempt = 0; attempt < 21; attempt++) {
      statuses.add((await guesser.signIn('nobody-at-all@example.com', `guess ${attempt}`)).status)
    }
    expect([...statuses]).toEqual([401, 429])
  })

  it('are not evaded by writing another address into the request', async () => {
    const email = 'another-nobody@example.com'
    let last = 0
    for (let attempt = 0; attempt < 21; attempt++) {
      const headers = { 'x-forwarded-for': `203.0.113.${attempt}` }
      last = (await site.visitor().signIn(email, `guess ${attempt}`, headers)).status
    }
    expect(last).toBe(429)
  })

  it('leave other accounts alone', async () => {
    const { email } = await site.visitor().signUp()
    expect((await site.visitor().signIn(email, PASSWORD)).status).toBe(200)
  })
})

describe("next-auth's other endpoints", () => {
  it.each([
    ['GET', '/api/auth/_log'], ['POST', '/api/auth/_log'], ['POST', '/api/auth/session'],
    ['GET', '/api/auth/verify-request'], ['GET', '/api/auth/callback/credentials/x'],
    ['POST', '/api/auth/signin/__proto__'],
  ])('%s %s is not there', async (method, path) => {
    const body = method === 'POST' ? new URLSearchParams() : undefined
    const answer = await site.visitor().call(path, { method, body })
    expect(answer.status).toBe(404)
  })
})
