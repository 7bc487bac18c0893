import type { Person, Role } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import * as people from '@/lib/db/people'
import { findUser, lockAdmins, setRole, type User } from '@/lib/db/users'
import { inTransaction, withDatabase } from './database'

/** Most people that one list holds. */
export const MAX_PEOPLE = 100

export interface PeopleQuery {
  /** Part of a name or an address. */
  search?: string
  /** Id of the last person of the page before. */
  before?: string
  /** At most MAX_PEOPLE, which is also the default. */
  limit?: number
}

/** Accounts for an admin to look at, the latest first. */
export async function listPeople({ search = '', before, limit = MAX_PEOPLE }: PeopleQuery): Promise<Person[]> {
  if (before !== undefined && !Id.safeParse(before).success) return []
  const query = { search: search.trim(), before, limit: Math.max(1, Math.min(limit, MAX_PEOPLE)) }
  return (await withDatabase((db) => people.listPeople(db, query))).map(toPerson)
}

/**
 * Gives somebody else another role.
 * @throws ProblemError as holdPerson
 */
export function changeRole(adminId: string, id: string, role: Role): Promise<Person> {
  return inTransaction(async (db) => {
    await holdPerson(db, adminId, id)
    return toPerson(await setRole(db, id, role))
  })
}

/**
 * Holds somebody whom an admin is about to change, until the transaction ends. Nobody changes their own role or
 * standing, and the admin who does stays one meanwhile, so the site keeps an admin who can sign in.
 * @throws ProblemError `not-found`; `forbidden` for oneself, and for whoever is no admin any more
 */
export async function holdPerson(db: Queries, adminId: string, id: string): Promise<User> {
  if (adminId === id) throw new ProblemError('forbidden', 'Another admin has to change this about you.')
  const isId = Id.safeParse(id).success
  const admins = await lockAdmins(db, isId ? id : adminId)
  if (!admins.includes(adminId)) throw new ProblemError('forbidden', 'You are not an admin any more.')
  const user = isId ? await findUser(db, id) : null
  if (!user) throw new ProblemError('not-found', 'There is no such account.')
  return user
}

export function toPerson({ id, name, email, role, createdAt, suspendedAt, barredAt }: User): Person {
  return {
    id, name, email, role,
    createdAt: createdAt.toISOString(),
    suspended: suspendedAt !== null,
    barred: barredAt !== null,
  }
}
