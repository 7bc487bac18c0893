import type { Queries } from './client'
import type { User } from './generated/client'

/** What an account says of its profile. */
export type ProfileRow = Pick<User, keyof typeof COLUMNS>

const COLUMNS = {
  id: true, handle: true, profilePublic: true, timeZone: true, suspendedAt: true, onBoards: true, barredAt: true,
} as const

export function findProfile(db: Queries, userId: string): Promise<ProfileRow | null> {
  return db.user.findUnique({ where: { id: userId }, select: COLUMNS })
}

/** @param handle in lower case */
export function findProfileByHandle(db: Queries, handle: string): Promise<ProfileRow | null> {
  return db.user.findUnique({ where: { handle }, select: COLUMNS })
}

/** @throws an error that `isUniqueViolation` recognises when somebody else has the handle */
export function setProfile(
  db: Queries, userId: string, profile: Partial<Pick<User, 'handle' | 'profilePublic' | 'onBoards'>>,
): Promise<ProfileRow> {
  return db.user.update({ where: { id: userId }, data: profile, select: COLUMNS })
}

export function setTimeZone(db: Queries, userId: string, timeZone: string): Promise<ProfileRow> {
  return db.user.update({ where: { id: userId }, data: { timeZone }, select: COLUMNS })
}

/** Keeps the zone of somebody of whom none is known yet. */
export async function setFirstTimeZone(db: Queries, userId: string, timeZone: string): Promise<void> {
  await db.user.updateMany({ where: { id: userId, timeZone: null }, data: { timeZone } })
}
