import { PrismaPg } from '@prisma/adapter-pg'
import { connectionOptions, databaseUrl } from './connection'
import { PrismaClient, type Prisma } from './generated/client'
import { statementName } from './planned'

/** The whole client, which can open transactions. */
export type Database = PrismaClient

/** What queries run on: the client itself or one of its transactions. Every function of this folder takes one. */
export type Queries = Prisma.TransactionClient

/** Connections that one process keeps at most. */
const POOL_SIZE = 10

/** Opens a client of its own for the database at `url`. It connects at its first query; end it with `$disconnect`. */
export function openDatabase(url: string, { poolSize = POOL_SIZE } = {}): Database {
  // A connection that breaks while idle leaves the pool by itself; without a listener it would end the process.
  const options = { onPoolError: () => {}, onConnectionError: () => {}, statementNameGenerator: statementName }
  const adapter = new PrismaPg({ ...connectionOptions(url), max: poolSize }, options)
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: { maxWait: 3_000, timeout: 5_000 } })
}

/** Bundlers may load this module more than once in a process; the client is shared by all of its copies. */
const KEY = Symbol.for('handroll.database')
const shared = globalThis as { [KEY]?: Database }

/** The one client of this process, for the database at DATABASE_URL. */
export function database(): Database {
  shared[KEY] ??= openDatabase(databaseUrl(), { poolSize: poolSize() })
  return shared[KEY]
}

/** Ends the connections of this process; the next `database()` opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = shared[KEY]
  delete shared[KEY]
  await open?.$disconnect()
}

/** Connections that the one client of this process keeps at most. */
export function poolSize(): number {
  return Number(process.env.DATABASE_POOL_SIZE) || POOL_SIZE
}
