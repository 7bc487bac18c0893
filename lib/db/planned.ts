import { createHash } from 'node:crypto'
import { Prisma } from './generated/client'

/*
 * A statement that comes as text is planned each time, which for joins of many tables takes several times as long as to
 * run them. One that has a name is planned a few times on each connection; then its plan is kept.
 */

const MARK = '/* planned once */ '

/** The same statement, for one that runs often and whose best plan does not depend on its values. */
export function planned(statement: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(MARK)}${statement}`
}

/** Names by their texts; there are as many as places in the code. */
const names = new Map<string, string>()

/** The name under which connections keep a statement; empty for most, which are planned anew. */
export function statementName({ sql }: { sql: string }): string {
  if (!sql.startsWith(MARK)) return ''
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32)
  names.set(sql, name)
  return name
}
