import { EmailAddress, type Role, type SignUpBody } from '@/lib/contract/account'
import { Locale } from '@/lib/contract/localized'
import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import { isUniqueViolation } from '@/lib/db/errors'
import * as users from '@/lib/db/users'
import { withDatabase } from './database'
import { hashPassword, isOutdated, isPassword } from './password-hash'

/** An account as the rest of the program may see it; never its password hash. */
export interface AccountView {
  id: string
  name: string
  email: string
  role: Role
  locale: Locale
  /** A session made under a lower number is over. */
  sessionEpoch: number
  suspendedAt: Date | null
}

/** What signing up takes, and the language to greet the new learner in. */
export type NewAccount = SignUpBody & { locale: Locale }

export interface Credentials {
  email: string
  password: string
}

/** The account, or null. */
export async function findAccount(id: string): Promise<AccountView | null> {
  const user = await withDatabase((db) => users.findUser(db, id))
  return user && toAccountView(user)
}

/**
 * Makes a learner's account with a password.
 * @throws ProblemError `email-taken`
 */
export async function signUp(account: NewAccount): Promise<AccountView> {
  const passwordHash = await hashPassword(account.password)
  return withDatabase((db) => createPasswordAccount(db, account, passwordHash, 'learner'))
}

/** The part of signUp that writes, for use in a transaction. Hashing takes too long to hold one open. */
export async function createPasswordAccount(
  db: Queries,
  { email, name, locale }: NewAccount,
  passwordHash: string,
  role: Role,
): Promise<AccountView> {
  try {
    const user = { email: EmailAddress.parse(email), name, locale, passwordHash, role }
    return toAccountView(await users.createUser(db, user))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new ProblemError('email-taken', 'There is an account with this e-mail address. Sign in instead.')
  }
}

/**
 * The account with this address and password; null when either is wrong, which takes equally long.
 * @throws ProblemError `account-suspended`, only after the right password
 */
export async function verifyPassword({ email, password }: Credentials): Promise<AccountView | null> {
  const user = await withDatabase((db) => users.findUserByEmail(db, email.trim().toLowerCase()))
  if (!(await isPassword(password, user?.passwordHash ?? null)) || !user) return null
  refuseSuspended(user)
  if (user.passwordHash && isOutdated(user.passwordHash)) {
    const passwordHash = await hashPassword(password)
    await withDatabase((db) => users.setPasswordHash(db, user.id, passwordHash))
  }
  return toAccountView(user)
}

/** @throws ProblemError `account-suspended` */
export function refuseSuspended({ suspendedAt }: { suspendedAt: Date | null }): void {
  if (suspendedAt) throw new ProblemError('account-suspended', 'This account is suspended. Ask an administrator.')
}

/** Remembers the language that the person reads in. */
export async function setLocale(userId: string, locale: Locale): Promise<AccountView> {
  return toAccountView(await withDatabase((db) => users.setLocale(db, userId, locale)))
}

/** Gives the account another role. Who may do so is the caller's business. */
export async function setRole(userId: string, role: Role): Promise<AccountView> {
  return toAccountView(await withDatabase((db) => users.setRole(db, userId, role)))
}

/** Signs the account out everywhere. */
export async function endSessions(userId: string): Promise<AccountView> {
  return toAccountView(await withDatabase((db) => users.raiseSessionEpoch(db, userId)))
}

export function toAccountView(user: users.User): AccountView {
  const { id, name, email, role, sessionEpoch, suspendedAt } = user
  return { id, name, email, role, locale: Locale.parse(user.locale), sessionEpoch, suspendedAt }
}
