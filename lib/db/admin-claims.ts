import type { Queries } from './client'

/** Makes `tokenHash` the only claim that is open: a new link replaces those that were printed before. */
export async function replaceClaim(db: Queries, tokenHash: string, expiresAt: Date): Promise<void> {
  await db.adminClaim.deleteMany({ where: { usedAt: null } })
  await db.adminClaim.create({ data: { tokenHash, expiresAt } })
}

/** Whether the claim could be used now. Changes nothing. */
export async function isClaimOpen(db: Queries, tokenHash: string): Promise<boolean> {
  const claim = await db.adminClaim.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: new Date() } },
    select: { tokenHash: true },
  })
  return claim !== null
}

/** Uses up an open claim; of several that try at once, one succeeds. */
export async function useClaim(db: Queries, tokenHash: string): Promise<boolean> {
  const now = new Date()
  const { count } = await db.adminClaim.updateMany({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return count > 0
}
