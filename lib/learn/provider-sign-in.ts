import { DisplayName, EmailAddress } from '@/lib/contract/account'
import type { Locale } from '@/lib/contract/localized'
import { ProblemError } from '@/lib/contract/problem'
import { findUserByIdentity, linkIdentity, type ProviderIdentity } from '@/lib/db/accounts'
import type { Queries } from '@/lib/db/client'
import { isUniqueViolation } from '@/lib/db/errors'
import * as users from '@/lib/db/users'
import { refuseSuspended, toAccountView, type AccountView } from './accounts'
import { inTransaction } from './database'

/** What an outside provider says of the person who signed in there. */
export interface ProviderPerson extends ProviderIdentity {
  email: string | null
  /** Whether the provider itself made sure that the address is this person's. */
  emailVerified: boolean
  name: string | null
  /** Language for a new account. */
  locale: Locale
}

/**
 * The account of somebody who signed in at an outside provider. A new identity finds its account by the e-mail
 * address, but only by one that the provider has verified; if there is none, an account is made.
 * @throws ProblemError `account-suspended`; `email-not-verified` for a new identity without a verified address
 */
export async function signInWithProvider(person: ProviderPerson): Promise<AccountView> {
  const signIn = (): Promise<users.User> => inTransaction(async (db) => {
    return (await findUserByIdentity(db, person)) ?? adopt(db, person)
  })
  // Two first sign-ins at the same moment: the second one finds what the first one made.
  const user = await signIn().catch((error) => (isUniqueViolation(error) ? signIn() : Promise.reject(error)))
  refuseSuspended(user)
  return toAccountView(user)
}

async function adopt(db: Queries, person: ProviderPerson): Promise<users.User> {
  const email = EmailAddress.safeParse(person.email)
  if (!email.success || !person.emailVerified) {
    throw new ProblemError('email-not-verified', 'The provider does not vouch for your e-mail address. Verify it '
      + 'there, then sign in again.')
  }
  const known = await users.findUserByEmail(db, email.data)
  const user = known ? await handOver(db, known) : await createUser(db, email.data, person)
  await linkIdentity(db, user.id, person)
  return user
}

/**
 * Gives an account to the owner of its address. Nobody checked the address when the account was made with a password,
 * so that password, and every session opened with it, might be a stranger's who waited for this moment: both end here.
 */
async function handOver(db: Queries, user: users.User): Promise<users.User> {
  if (user.suspendedAt || user.passwordHash === null) return user
  return users.dropPassword(db, user.id)
}

function createUser(db: Queries, email: string, { name, locale }: ProviderPerson): Promise<users.User> {
  const shown = DisplayName.safeParse(name)
  const user = { email, name: shown.success ? shown.data : (email.split('@')[0] ?? email), locale }
  return users.createUser(db, { ...user, passwordHash: null, role: 'learner' })
}
