import type { DeleteAccountBody, PasswordBody } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { lockClassesLedOnlyBy } from '@/lib/db/class-members'
import { setName } from '@/lib/db/people'
import { forgetEventsOf } from '@/lib/db/rate-limits'
import { deleteUser, findUser, lockAdmins, raiseSessionEpoch, setPasswordHash } from '@/lib/db/users'
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

/**
 * Deletes the account and everything that belongs to it: ways to sign in, drafts, submissions with their verdicts,
 * progress. What it did as an admin stays in the log, under nobody's name.
 * @throws ProblemError `wrong-credentials` when address or password is another, `last-admin` for the only one,
 * `last-instructor` while a class that is not archived has no other
 */
export async function deleteAccount(userId: string, { email, password = '' }: DeleteAccountBody): Promise<void> {
  const user = await withDatabase((db) => findUser(db, userId))
  const isRight = user?.email === email && (user.passwordHash === null || (await isPassword(password, user.passwordHash)))
  if (!isRight) throw new ProblemError('wrong-credentials', 'The e-mail address or the password is wrong.')
  await inTransaction(async (db) => {
    const admins = await lockAdmins(db)
    if (admins.length === 1 && admins[0] === userId) {
      throw new ProblemError('last-admin', 'You are the only admin. Make somebody else one first.')
    }
    if ((await lockClassesLedOnlyBy(db, userId)).length > 0) {
      throw new ProblemError('last-instructor', 'You are the only instructor of a class. Make somebody else one, or archive it.')
    }
    await deleteUser(db, userId)
    await forgetEventsOf(db, userId)
  })
}
