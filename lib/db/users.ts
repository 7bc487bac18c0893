import type { Role } from '@/lib/contract/account'
import type { Locale } from '@/lib/contract/localized'
import type { Queries } from './client'
import type { User } from './generated/client'

export type { User }

export interface NewUser {
  /** In lower case. */
  email: string
  name: string
  locale: Locale
  /** Null for a person who signs in only through a provider. */
  passwordHash: string | null
  role: Role
}

/** @throws an error that `isUniqueViolation` recognises when the address has an account */
export function createUser(db: Queries, user: NewUser): Promise<User> {
  return db.user.create({ data: user })
}

export function findUser(db: Queries, id: string): Promise<User | null> {
  return db.user.findUnique({ where: { id } })
}

/** @param email in lower case */
export function findUserByEmail(db: Queries, email: string): Promise<User | null> {
  return db.user.findUnique({ where: { email } })
}

export function setLocale(db: Queries, id: string, locale: Locale): Promise<User> {
  return db.user.update({ where: { id }, data: { locale } })
}

export function setRole(db: Queries, id: string, role: Role): Promise<User> {
  return db.user.update({ where: { id }, data: { role } })
}

export function setPasswordHash(db: Queries, id: string, passwordHash: string): Promise<User> {
  return db.user.update({ where: { id }, data: { passwordHash } })
}

/** Takes the password away, and ends the sessions that were opened with it. */
export function dropPassword(db: Queries, id: string): Promise<User> {
  return db.user.update({ where: { id }, data: { passwordHash: null, sessionEpoch: { increment: 1 } } })
}

/** Ends every session of the user: each carries the number that it was made with. */
export function raiseSessionEpoch(db: Queries, id: string): Promise<User> {
  return db.user.update({ where: { id }, data: { sessionEpoch: { increment: 1 } } })
}

/** Suspends the user or lets them sign in again, and keeps them off leaderboards or not. */
export function setStanding(
  db: Queries, id: string, { suspendedAt, barredAt }: Pick<User, 'suspendedAt' | 'barredAt'>,
): Promise<User> {
  return db.user.update({ where: { id }, data: { suspendedAt, barredAt } })
}

export async function hasAdmin(db: Queries): Promise<boolean> {
  return (await db.user.findFirst({ where: { role: 'admin' }, select: { id: true } })) !== null
}

/**
 * The ids of all admins who can sign in. All admins stay what they are until the transaction ends, and so does `also`,
 * whatever that account is: both in one order, so that nobody who holds several accounts waits in a circle.
 */
export async function lockAdmins(db: Queries, also: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; acts: boolean }[]>`
    select id::text, role = 'admin' and suspended_at is null as acts from users
    where role = 'admin' or id = ${also}::uuid order by id for no key update`
  return rows.filter(({ acts }) => acts).map(({ id }) => id)
}

/** Holds an account until the transaction ends; rows that belong to it are not added meanwhile. */
export async function lockUser(db: Queries, id: string): Promise<void> {
  await db.$queryRaw`select 1 from users where id = ${id}::uuid for update`
}

/** Holds what follows from the submissions of some accounts until the transaction ends, as lockTurns does for one. */
export async function lockUsers(db: Queries, ids: readonly string[]): Promise<void> {
  await db.$queryRaw`select 1 from users where id = any(${ids}::uuid[]) order by id for no key update`
}

/** Deletes the user with all rows that belong to them; the schema says which (`onDelete`). */
export async function deleteUser(db: Queries, id: string): Promise<void> {
  await db.user.deleteMany({ where: { id } })
}
