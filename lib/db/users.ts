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

export async function hasAdmin(db: Queries): Promise<boolean> {
  return (await db.user.findFirst({ where: { role: 'admin' }, select: { id: true } })) !== null
}

/** The ids of all admins, who stay what they are until the transaction ends. */
export async function lockAdmins(db: Queries): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id::text from users where role = 'admin' order by id for update`
  return rows.map(({ id }) => id)
}

/** Holds an account until the transaction ends; rows that belong to it are not added meanwhile. */
export async function lockUser(db: Queries, id: string): Promise<void> {
  await db.$queryRaw`select 1 from users where id = ${id}::uuid for update`
}

/** Deletes the user with all rows that belong to them; the schema says which (`onDelete`). */
export async function deleteUser(db: Queries, id: string): Promise<void> {
  await db.user.deleteMany({ where: { id } })
}
