import type { Locale } from '@/lib/contract/localized'
import { signInWithProvider } from '@/lib/learn/provider-sign-in'
import type { ProviderProfile } from './providers'

/** What the session needs of an account. */
export interface SignedIn {
  id: string
  epoch: number
}

/**
 * The account of this site that belongs to a person at an outside provider; made when there is none.
 * @param locale language for a new account
 * @throws ProblemError `account-suspended`, `email-not-verified`
 */
export async function accountOfProfile(provider: string, profile: ProviderProfile, locale: Locale): Promise<SignedIn> {
  const { id: providerAccountId, name, email, emailVerified } = profile
  const account = await signInWithProvider({ provider, providerAccountId, name, email, emailVerified, locale })
  return { id: account.id, epoch: account.sessionEpoch }
}
