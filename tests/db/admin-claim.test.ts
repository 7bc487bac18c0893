import { beforeEach, describe, expect, it } from 'vitest'
import { claimAdmin, createAdminClaim, isAdminClaimOpen, needsAdmin } from '@/lib/learn/admin-claim'
import { verifyPassword } from '@/lib/learn/accounts'
import { useDatabase } from '../support/database'
import { newLearner, PASSWORD } from './support/people'

const test = useDatabase()
const account = { email: 'root@example.org', name: 'Root', password: PASSWORD, locale: 'en' as const }

beforeEach(async () => {
  await test.db.user.deleteMany({})
  await test.db.adminClaim.deleteMany({})
})

describe('the one-time link', () => {
  it('makes a new account that is admin', async () => {
    const token = await createAdminClaim()
    expect(await isAdminClaimOpen(token)).toBe(true)
    expect(await claimAdmin(token, { account })).toMatchObject({ email: 'root@example.org', role: 'admin' })
    expect(await needsAdmin()).toBe(false)
    expect(await verifyPassword(account)).toMatchObject({ role: 'admin' })
  })

  it('makes the signed-in account admin', async () => {
    const { id } = await newLearner()
    expect(await claimAdmin(await createAdminClaim(), { userId: id })).toMatchObject({ id, role: 'admin' })
  })

  it('works once, also for several at the same moment', async () => {
    const token = await createAdminClaim()
    const people = [await newLearner(), await newLearner(), await newLearner()]
    const outcomes = await Promise.allSettled(people.map(({ id }) => claimAdmin(token, { userId: id })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await test.db.user.count({ where: { role: 'admin' } })).toBe(1)
  })

  it('is not used up by a claim that fails', async () => {
    await newLearner(account.email)
    const token = await createAdminClaim()
    await expect(claimAdmin(token, { account })).rejects.toMatchObject({ code: 'email-taken' })
    expect(await isAdminClaimOpen(token)).toBe(true)
  })

  it.each([
    ['is unknown', async () => 'x'],
    ['was replaced by a newer one', async (token: string) => (await createAdminClaim(), token)],
    ['is too old', async (token: string) => {
      await test.db.adminClaim.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
      return token
    }],
    ['comes when somebody is admin already', async (token: string) => {
      await test.db.user.update({ where: { id: (await newLearner()).id }, data: { role: 'admin' } })
      return token
    }],
  ])('is refused when it %s', async (_, spoil) => {
    const token = await spoil(await createAdminClaim())
    expect(await isAdminClaimOpen(token)).toBe(false)
    await expect(claimAdmin(token, { account })).rejects.toMatchObject({ code: 'claim-invalid' })
  })

  it('is stored only as a hash', async () => {
    const token = await createAdminClaim()
    expect(JSON.stringify(await test.db.adminClaim.findMany({}))).not.toContain(token)
  })
})
