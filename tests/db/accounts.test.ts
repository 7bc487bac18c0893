import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { endSessions, findAccount, signUp, verifyPassword } from '@/lib/learn/accounts'
import { signInWithProvider, type ProviderPerson } from '@/lib/learn/provider-sign-in'
import { useDatabase } from '../support/database'
import { newLearner, PASSWORD } from './support/people'

const test = useDatabase()

const newEmail = () => `${randomUUID()}@example.org`
const person = (email: string | null, more: Partial<ProviderPerson> = {}): ProviderPerson => ({
  provider: 'github', providerAccountId: randomUUID(), email, emailVerified: true, name: 'Grace', locale: 'zh', ...more,
})
const suspend = (id: string) => test.db.user.update({ where: { id }, data: { suspendedAt: new Date() } })

describe('an account with a password', () => {
  it('is a learner whose password is kept only as an argon2id hash', async () => {
    const account = await newLearner()
    expect(account).toMatchObject({ role: 'learner', sessionEpoch: 0, suspendedAt: null })
    const { passwordHash } = await test.db.user.findUniqueOrThrow({ where: { id: account.id } })
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(JSON.stringify(await findAccount(account.id))).not.toContain('argon2')
  })

  it('is found by its address in any case', async () => {
    const email = newEmail()
    const { id } = await newLearner(email.toUpperCase())
    expect(await verifyPassword({ email: ` ${email.toUpperCase()} `, password: PASSWORD })).toMatchObject({ id, email })
  })

  it('needs an address that nobody has, in any case', async () => {
    const { email } = await newLearner()
    await expect(newLearner(email.toUpperCase())).rejects.toMatchObject({ code: 'email-taken' })
  })

  it('is made once when two sign up with one address at the same moment', async () => {
    const email = newEmail()
    const outcomes = await Promise.allSettled([newLearner(email), newLearner(email), newLearner(email)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('does not open with a wrong password, nor without an account', async () => {
    const { email } = await newLearner()
    expect(await verifyPassword({ email, password: `${PASSWORD}!` })).toBeNull()
    expect(await verifyPassword({ email: newEmail(), password: PASSWORD })).toBeNull()
  })

  it('opens with the same characters in another encoding', async () => {
    const email = newEmail()
    await signUp({ email, name: 'Zoë', password: 'caf\u00e9 au lait, s\u2019il te pla\u00eet', locale: 'en' })
    const typed = 'cafe\u0301 au lait, s\u2019il te plai\u0302t'
    expect(await verifyPassword({ email, password: typed })).toMatchObject({ email })
  })

  it('gets a new hash at sign-in when the old one is weak', async () => {
    const { id, email } = await newLearner()
    // argon2id with m=8, t=1 of the same password.
    const { hash } = await import('@node-rs/argon2')
    const weak = await hash(PASSWORD, { algorithm: 2, memoryCost: 8, timeCost: 1 })
    await test.db.user.update({ where: { id }, data: { passwordHash: weak } })
    await verifyPassword({ email, password: PASSWORD })
    const { passwordHash } = await test.db.user.findUniqueOrThrow({ where: { id } })
    expect(passwordHash).toContain('m=19456,t=2,p=1')
    expect(await verifyPassword({ email, password: PASSWORD })).not.toBeNull()
  })

  it('tells of its suspension only to who knows the password', async () => {
    const { id, email } = await newLearner()
    await suspend(id)
    expect(await verifyPassword({ email, password: 'a guess of mine' })).toBeNull()
    await expect(verifyPassword({ email, password: PASSWORD })).rejects.toMatchObject({ code: 'account-suspended' })
  })

  it('has a number that ends its sessions when it is raised', async () => {
    const { id } = await newLearner()
    expect(await endSessions(id)).toMatchObject({ sessionEpoch: 1 })
    expect(await findAccount(id)).toMatchObject({ sessionEpoch: 1 })
  })
})

describe('signing in at a provider', () => {
  it('makes an account the first time and finds it the next time, whatever the address is by then', async () => {
    const visitor = person(newEmail())
    const made = await signInWithProvider(visitor)
    expect(made).toMatchObject({ role: 'learner', name: 'Grace', locale: 'zh', email: visitor.email })
    expect(await signInWithProvider({ ...visitor, email: newEmail() })).toEqual(made)
    expect(await signInWithProvider({ ...visitor, email: null, emailVerified: false })).toEqual(made)
  })

  it('makes one account when the same person arrives twice at the same moment', async () => {
    const visitor = person(newEmail())
    const accounts = await Promise.all([1, 2, 3].map(() => signInWithProvider(visitor)))
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(1)
  })

  it('finds the account with the same address when the provider has verified it', async () => {
    const first = person(newEmail())
    const account = await signInWithProvider(first)
    const other = person(first.email?.toUpperCase() ?? '', { provider: 'google' })
    expect(await signInWithProvider(other)).toMatchObject({ id: account.id })
  })

  it('takes the account from whoever made it with a password and never proved the address', async () => {
    const { id, email } = await newLearner()
    const account = await signInWithProvider(person(email))
    expect(account).toMatchObject({ id, sessionEpoch: 1 })
    expect(await verifyPassword({ email, password: PASSWORD })).toBeNull()
  })

  it.each([
    ['an address that it has not verified', { emailVerified: false }],
    ['no address', { email: null }],
    ['something that is no address', { email: 'ada' }],
  ])('is refused to a newcomer with %s', async (_, more) => {
    const { id, email } = await newLearner()
    await expect(signInWithProvider(person(email, more))).rejects.toMatchObject({ code: 'email-not-verified' })
    expect(await test.db.account.count({ where: { userId: id } })).toBe(0)
    expect(await verifyPassword({ email, password: PASSWORD })).not.toBeNull()
  })

  it('is refused to a suspended account', async () => {
    const visitor = person(newEmail())
    await suspend((await signInWithProvider(visitor)).id)
    await expect(signInWithProvider(visitor)).rejects.toMatchObject({ code: 'account-suspended' })
  })

  it('shows a name that cannot be shown as the first part of the address', async () => {
    const visitor = person('grace@example.org', { name: '\u202Eevil' })
    expect(await signInWithProvider(visitor)).toMatchObject({ name: 'grace' })
  })
})
