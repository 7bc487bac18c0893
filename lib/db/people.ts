import type { Queries } from './client'
import type { User } from './generated/client'

export interface PeopleQuery {
  /** Part of a name or an address; empty for everybody. */
  search: string
  /** Id of the last person of the page before. */
  before?: string
  limit: number
}

/** Accounts, latest first: their ids grow with time. */
export function listPeople(db: Queries, { search, before, limit }: PeopleQuery): Promise<User[]> {
  // Prisma hands these signs on to LIKE as they are.
  const part = { contains: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const
  return db.user.findMany({
    where: {
      ...(search === '' ? {} : { OR: [{ name: part }, { email: part }] }),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
}

export function setName(db: Queries, id: string, name: string): Promise<User> {
  return db.user.update({ where: { id }, data: { name } })
}
