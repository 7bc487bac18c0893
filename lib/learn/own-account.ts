import type { PasswordBody } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { setName } from '@/lib/db/people'
import { findUser, raiseSessionEpoch, setPasswordHash } from '@/lib/db/users'
import { toAccountView, type AccountView } from './accounts'
import { inTransaction, withDatabase } from './database'
import { hashPassword, isPassword } from './password-hash'

/** What a person changes of their own account. */

export async function rename(userId: string, name: string): Promise<AccountView> {
  return toAccountView(await withDatabase((db) => setName(db, userId, name)))
}

/** Whether the account can be signed in to with a password; else only through a provider. */
export async function hasPassword(userId: string): Promise<boolean> {
  const user = await withDatabase((db) => findUser(db, userId))
  return user !== null && user.passwordHash !== null
}

/**
 * Changes the password and ends every session, this one too: whoever knew the old one is out.
 * @throws ProblemError `wrong-credentials` when the present password is another
 */
export async function changePassword(userId: string, { current, next }: PasswordBody): Promise<void> {
  const user = await withDatabase((db) => findUser(db, userId))
  if (!user || !(await isPassword(current, user.passwordHash))) {
    throw new ProblemError('wrong-credentials', 'The present password is wrong.')
  }
  const passwordHash = await hashPassword(next)
  await inTransaction(async (db) => {
    await setPasswordHash(db, userId, passwordHash)
    await raiseSessionEpoch(db, userId)
  })
}
