import type { DeleteAccountBody, PasswordBody } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { leaveBoards } from '@/lib/db/boards/refresh'
import { listClassesLedOnlyBy, lockClassesOf } from '@/lib/db/class-members'
import { setName } from '@/lib/db/people'
import { forgetEventsOf } from '@/lib/db/rate-limits'
import { deleteUser, findUser, lockAdmins, lockUser, raiseSessionEpoch, setPasswordHash } from '@/lib/db/users'
import { toAccountView, type AccountView } from './accounts'
import { leaveClasses } from './classes/departures'
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
 * progress, places in classes with the marks there. Two things stay: what it did in the logs of the site and of classes,
 * under nobody's name, and in each class a hash of the address (see leaveClasses).
 * @throws ProblemError `wrong-credentials` when address or password is another, `last-admin` for the only one,
 * `last-instructor` while a class that is not archived has no other who can sign in
 */
export async function deleteAccount(userId: string, { email, password = '' }: DeleteAccountBody): Promise<void> {
  const user = await withDatabase((db) => findUser(db, userId))
  const isRight = user?.email === email
    && (user.passwordHash === null || (await isPassword(password, user.passwordHash)))
  if (!isRight) throw new ProblemError('wrong-credentials', 'The e-mail address or the password is wrong.')
  await inTransaction(async (db) => {
    // Classes before accounts, as everything that changes a class and writes down by whom.
    await lockClassesOf(db, userId)
    const admins = await lockAdmins(db, userId)
    if (admins.length === 1 && admins[0] === userId) {
      throw new ProblemError('last-admin', 'You are the only admin. Make somebody else one first.')
    }
    const alone = await listClassesLedOnlyBy(db, userId)
    if (alone.length > 0) throw lastInstructor(alone.map(({ name }) => name))
    // Before the account is held so that no row of it can be added: a class that is adding its boards' may hold them.
    await leaveBoards(db, userId)
    await lockUser(db, userId)
    await leaveClasses(db, user)
    await deleteUser(db, userId)
    await forgetEventsOf(db, userId)
  })
}

function lastInstructor(classes: readonly string[]): ProblemError {
  const names = classes.map((name) => `"${name}"`).join(', ')
  const message = `You are the only instructor of ${names}. Make somebody else one there, or archive the class.`
  const issues = classes.map((name) => ({ path: 'class', rule: 'last-instructor', message: name }))
  return new ProblemError('last-instructor', message, { issues })
}
