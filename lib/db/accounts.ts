import type { Queries } from './client'
import type { User } from './generated/client'

/** A sign-in through an outside provider: the provider's name here, and the person's id there. */
export interface ProviderIdentity {
  provider: string
  providerAccountId: string
}

/** The user who signs in through this identity, or null. */
export async function findUserByIdentity(db: Queries, identity: ProviderIdentity): Promise<User | null> {
  const { provider, providerAccountId } = identity
  const account = await db.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { user: true },
  })
  return account?.user ?? null
}

/** @throws an error that `isUniqueViolation` recognises when the identity belongs to somebody */
export async function linkIdentity(db: Queries, userId: string, identity: ProviderIdentity): Promise<void> {
  const { provider, providerAccountId } = identity
  await db.account.create({ data: { userId, provider, providerAccountId } })
}

/** Whether an outside provider vouches for the address of the account: it was linked by one that the provider verified. */
export async function hasIdentity(db: Queries, userId: string): Promise<boolean> {
  return (await db.account.findFirst({ where: { userId }, select: { userId: true } })) !== null
}
