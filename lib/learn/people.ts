import type { Person, Role } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import * as people from '@/lib/db/people'
import { findUser, setRole, type User } from '@/lib/db/users'
import { withDatabase } from './database'

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
 * Gives somebody else another role. Nobody changes their own, so a site that has an admin keeps one.
 * @throws ProblemError `not-found`, or `forbidden` for oneself
 */
export async function changeRole(adminId: string, id: string, role: Role): Promise<Person> {
  if (adminId === id) throw new ProblemError('forbidden', 'Another admin has to change your role.')
  return withDatabase(async (db) => {
    if (!Id.safeParse(id).success || !(await findUser(db, id))) {
      throw new ProblemError('not-found', 'There is no such account.')
    }
    return toPerson(await setRole(db, id, role))
  })
}

function toPerson({ id, name, email, role, createdAt, suspendedAt }: User): Person {
  return { id, name, email, role, createdAt: createdAt.toISOString(), suspended: suspendedAt !== null }
}
