import { describe, expect, it } from 'vitest'
import { findAccount, verifyPassword } from '@/lib/learn/accounts'
import { changePassword, hasPassword, rename } from '@/lib/learn/own-account'
import { useDatabase } from '../support/database'
import { newLearner, PASSWORD } from './support/people'

const test = useDatabase()
const NEXT = 'seven quiet harbours'

describe('what a person changes of their own account', () => {
  it('is the name, and nothing else with it', async () => {
    const before = await newLearner()
    const other = await newLearner()
    expect(await rename(before.id, 'Ada')).toEqual({ ...before, name: 'Ada' })
    expect(await findAccount(other.id)).toEqual(other)
  })

  it('is the password, for whoever knows the present one', async () => {
    const { id, email } = await newLearner()
    await changePassword(id, { current: PASSWORD, next: NEXT })
    expect(await verifyPassword({ email, password: NEXT })).toMatchObject({ id })
    expect(await verifyPassword({ email, password: PASSWORD })).toBeNull()
  })

  it('is not the password for anybody else, and then nothing happens', async () => {
    const { id, email } = await newLearner()
    const attempt = changePassword(id, { current: 'not the present one', next: NEXT })
    await expect(attempt).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(await verifyPassword({ email, password: PASSWORD })).toMatchObject({ id, sessionEpoch: 0 })
  })

  it('ends every session together with the old password', async () => {
    const { id } = await newLearner()
    await changePassword(id, { current: PASSWORD, next: NEXT })
    expect((await findAccount(id))?.sessionEpoch).toBe(1)
  })

  it('is never a first password: an account of a provider has none to confirm it with', async () => {
    const { id } = await newLearner()
    await test.db.user.update({ where: { id }, data: { passwordHash: null } })
    expect(await hasPassword(id)).toBe(false)
    await expect(changePassword(id, { current: PASSWORD, next: NEXT })).rejects.toMatchObject({
      code: 'wrong-credentials',
    })
  })
})
