import { describe, expect, it } from 'vitest'
import { Viewer } from '@/lib/contract/account'
import { setRole } from '@/lib/learn/accounts'
import { createAdminClaim } from '@/lib/learn/admin-claim'
import { useSite } from '../support/site'
import { PASSWORD, problemOf, type Visitor } from '../support/visitor'

const site = useSite()

async function viewerOf(visitor: Visitor): Promise<Viewer> {
  return Viewer.parse(((await visitor.call('/api/auth/session')).json as { user: unknown }).user)
}

describe('the language of an account', () => {
  const put = (visitor: Visitor, body: unknown) => visitor.call('/api/account/locale', { method: 'PUT', body })

  it('is remembered, and seen at once', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    expect((await viewerOf(visitor)).locale).toBe('en')
    expect((await put(visitor, { locale: 'zh' })).status).toBe(204)
    expect((await viewerOf(visitor)).locale).toBe('zh')
  })

  it.each([{ locale: 'fr' }, { locale: 'zh', role: 'admin' }, {}])('cannot be %j', async (body) => {
    const visitor = site.visitor()
    await visitor.signUp()
    const answer = await put(visitor, body)
    expect([answer.status, problemOf(answer).code]).toEqual([400, 'bad-request'])
  })
})

describe('the name of an account', () => {
  it('is what others see from now on', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const answer = await visitor.call('/api/account/name', { method: 'PUT', body: { name: '  Ada Lovelace ' } })
    expect(answer.json).toMatchObject({ name: 'Ada Lovelace' })
    expect((await viewerOf(visitor)).name).toBe('Ada Lovelace')
  })
})

describe('a password', () => {
  const change = (visitor: Visitor, body: unknown) => visitor.call('/api/account/password', { method: 'PUT', body })
  const NEXT = 'a louder workshop'

  it('is changed by whoever knows the present one, and that ends all sessions', async () => {
    const visitor = site.visitor()
    const other = site.visitor()
    const { email } = await visitor.signUp()
    await other.signIn(email, PASSWORD)
    expect((await change(visitor, { current: PASSWORD, next: NEXT })).status).toBe(204)
    for (const browser of [visitor, other]) expect((await browser.call('/api/progress')).status).toBe(401)
    expect((await site.visitor().signIn(email, PASSWORD)).status).toBe(401)
    expect((await site.visitor().signIn(email, NEXT)).status).toBe(200)
  })

  it('is not changed by somebody who has found an open session', async () => {
    const visitor = site.visitor()
    const { email } = await visitor.signUp()
    const answers = []
    for (let count = 0; count < 11; count++) {
      answers.push(await change(visitor, { current: `guess ${count}`, next: NEXT }))
    }
    expect(new Set(answers.map((answer) => problemOf(answer).code))).toEqual(
      new Set(['wrong-credentials', 'too-many-requests']),
    )
    expect((await site.visitor().signIn(email, PASSWORD)).status).toBe(200)
  })
})

describe('signing out everywhere', () => {
  it('ends the sessions of all browsers at once', async () => {
    const [here, there] = [site.visitor(), site.visitor()]
    const { email } = await here.signUp()
    await there.signIn(email, PASSWORD)
    expect((await here.call('/api/account/sessions', { method: 'DELETE' })).status).toBe(204)
    for (const browser of [here, there]) expect((await browser.call('/api/progress')).status).toBe(401)
  })
})

describe('roles', () => {
  it('are given by admins to others, and count at once', async () => {
    const [admin, learner] = [site.visitor(), site.visitor()]
    const boss = await admin.signUp()
    const { id } = await learner.signUp()
    await setRole(boss.id, 'admin')
    const give = (to: string, role: string) =>
      admin.call(`/api/admin/people/${to}/role`, { method: 'PUT', body: { role } })
    expect((await give(id, 'instructor')).json).toMatchObject({ id, role: 'instructor' })
    expect((await viewerOf(learner)).role).toBe('instructor')
    expect((await give(boss.id, 'learner')).status).toBe(403)
    expect((await give(id, 'emperor')).status).toBe(400)
    await setRole(boss.id, 'learner')
  })
})

describe('the first admin account', () => {
  const claim = (visitor: Visitor, token: string, account?: object) =>
    visitor.call('/api/admin/claim', { body: { token, account } })
  const newAccount = (email: string) => ({ email, name: 'Boss', password: PASSWORD })

  it('is made by whoever has the link, once', async () => {
    const token = await createAdminClaim()
    const visitor = site.visitor()
    const made = await claim(visitor, token, newAccount('boss@example.com'))
    expect(made.status).toBe(200)
    expect(Viewer.parse(made.json)).toMatchObject({ email: 'boss@example.com', role: 'admin' })
    await visitor.signIn('boss@example.com', PASSWORD)
    const again = await claim(site.visitor(), token, newAccount('second@example.com'))
    expect([again.status, problemOf(again).code]).toEqual([403, 'claim-invalid'])
    await setRole(Viewer.parse(made.json).id, 'learner')
  })

  it('can be an account that is there already, which is admin at once', async () => {
    const token = await createAdminClaim()
    const visitor = site.visitor()
    const { id } = await visitor.signUp()
    expect((await viewerOf(visitor)).role).toBe('learner')
    expect((await claim(visitor, token)).json).toMatchObject({ id, role: 'admin' })
    expect((await viewerOf(visitor)).role).toBe('admin')
    await setRole(id, 'learner')
  })

  it('cannot be made twice at the same moment', async () => {
    const token = await createAdminClaim()
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => claim(site.visitor(), token, newAccount(`racer-${name}@example.com`))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403])
    const winner = answers.find(({ status }) => status === 200)
    await setRole(Viewer.parse(winner?.json).id, 'learner')
  })

  it('is not to be had for a guess, or without saying who', async () => {
    const token = await createAdminClaim()
    const guess = await claim(site.visitor(), 'x'.repeat(token.length), newAccount('guess@example.com'))
    expect([guess.status, problemOf(guess).code]).toEqual([403, 'claim-invalid'])
    const nobody = await claim(site.visitor(), token)
    expect([nobody.status, problemOf(nobody).code]).toEqual([401, 'sign-in-required'])
    const weak = await claim(site.visitor(), token, { ...newAccount('weak@example.com'), password: '1234567890' })
    expect([weak.status, problemOf(weak).issues?.[0]?.path]).toEqual([400, 'account.password'])
  })

  it('keeps its link when the address is taken', async () => {
    const { email } = await site.visitor().signUp()
    const token = await createAdminClaim()
    const taken = await claim(site.visitor(), token, newAccount(email))
    expect([taken.status, problemOf(taken).code]).toEqual([409, 'email-taken'])
    expect((await claim(site.visitor(), token, newAccount('other@example.com'))).status).toBe(200)
  })
})
