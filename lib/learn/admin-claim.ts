import { createHash, randomBytes } from 'node:crypto'
import { ProblemError } from '@/lib/contract/problem'
import { isClaimOpen, replaceClaim, useClaim } from '@/lib/db/admin-claims'
import * as users from '@/lib/db/users'
import { createPasswordAccount, toAccountView, type AccountView, type NewAccount } from './accounts'
import { inTransaction, withDatabase } from './database'
import { hashPassword } from './password-hash'

/** How long a link can be used, milliseconds. */
export const CLAIM_LIFETIME_MS = 24 * 3_600_000

/** Who wants to be admin: somebody with an account, or somebody who makes one by this. */
export type Claimant = { userId: string } | { account: NewAccount }

/** Whether there is nobody yet who could make others admin. */
export async function needsAdmin(): Promise<boolean> {
  return withDatabase(async (db) => !(await users.hasAdmin(db)))
}

/**
 * Makes the secret of a link that turns one account into an admin account, once. Links made before stop working.
 * Only a hash of the secret is stored.
 */
export async function createAdminClaim(): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await inTransaction((db) => replaceClaim(db, hashToken(token), new Date(Date.now() + CLAIM_LIFETIME_MS)))
  return token
}

/** Whether a link would work now, for the page that it opens. */
export async function isAdminClaimOpen(token: string): Promise<boolean> {
  return withDatabase(async (db) => (await isClaimOpen(db, hashToken(token))) && !(await users.hasAdmin(db)))
}

/**
 * Uses the link: the claimant becomes admin.
 * @throws ProblemError `claim-invalid` when the link is unknown, used, too old, or somebody is admin by now;
 *   `email-taken` when a new account was asked for, and then the link can still be used
 */
export async function claimAdmin(token: string, claimant: Claimant): Promise<AccountView> {
  // Hashing is dear; a guess does not get that far.
  if (!(await isAdminClaimOpen(token))) throw invalidClaim()
  const passwordHash = 'account' in claimant ? await hashPassword(claimant.account.password) : ''
  return inTransaction(async (db) => {
    if ((await users.hasAdmin(db)) || !(await useClaim(db, hashToken(token)))) throw invalidClaim()
    if ('account' in claimant) return createPasswordAccount(db, claimant.account, passwordHash, 'admin')
    return toAccountView(await users.setRole(db, claimant.userId, 'admin'))
  })
}

function invalidClaim(): ProblemError {
  return new ProblemError('claim-invalid', 'This link does not work any more. While nobody is admin, each start of the '
    + 'server prints a new one.')
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
