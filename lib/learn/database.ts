import { ProblemError } from '@/lib/contract/problem'
import { database, poolSize, type Database, type Queries } from '@/lib/db/client'
import { isUnavailable } from '@/lib/db/errors'
import { DatabaseLine, LineTooLong } from './database-line'

/** When to come back if the database is away, seconds. */
const RETRY_AFTER_SECONDS = 5

/** Bundlers may load this module more than once in a process; all its copies queue up in one line, as they share the pool. */
const KEY = Symbol.for('handroll.database-line')
const shared = globalThis as { [KEY]?: DatabaseLine }

/**
 * Runs `work` on the database of this process, when its turn comes.
 * @throws ProblemError `service-unavailable` when it cannot be reached or does not answer within seconds
 */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await (shared[KEY] ??= new DatabaseLine(poolSize())).run(() => work(database()))
  } catch (error) {
    throw isUnavailable(error) || error instanceof LineTooLong ? unavailable(error) : error
  }
}

/**
 * Like withDatabase, in one transaction: all of it happens, or nothing.
 * @param mostMs after which it is undone, milliseconds; five seconds if not given
 */
export async function inTransaction<T>(work: (db: Queries) => Promise<T>, mostMs?: number): Promise<T> {
  return withDatabase((db) => db.$transaction(work, mostMs === undefined ? {} : { timeout: mostMs }))
}

function unavailable(cause: unknown): ProblemError {
  const message = 'The database does not answer at the moment. Nothing is lost; try again in a few seconds.'
  const problem = new ProblemError('service-unavailable', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  problem.cause = cause
  return problem
}
