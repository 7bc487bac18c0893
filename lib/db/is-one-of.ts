import { Prisma } from './generated/client'

/** SQL behind a column of ids: whether it is one of these. For a single one, which most often it is, in a form of its own. */
export function isOneOf([first, ...others]: readonly string[]): Prisma.Sql {
  // A kept plan is one for some ten ids otherwise.
  return others.length === 0 && first !== undefined
    ? Prisma.sql`= ${first}::uuid` : Prisma.sql`= any(${first === undefined ? [] : [first, ...others]}::uuid[])`
}
