import { describe, expect, it, vi } from 'vitest'
import type { Queries } from '@/lib/db/client'
import { connectionOptions, withClient } from '@/lib/db/connection'
import { inTransaction } from '@/lib/learn/database'
import { useDatabase } from '../support/database'

const test = useDatabase()
const UNAVAILABLE = { code: 'service-unavailable', details: { retryAfterSeconds: 5 } }

/** Ends the connection of a transaction as a server does that goes down, and waits until it is gone. */
async function endConnection(db: Queries): Promise<void> {
  const [{ pid } = { pid: 0 }] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
  await withClient(connectionOptions(test.url), async (client) => {
    await client.query('select pg_terminate_backend($1, 5000)', [pid])
  })
}

describe('a connection that ends', () => {
  it.each<[string, (db: Queries) => Promise<unknown>]>([
    ['between two statements of a transaction', async (db) => {
      await endConnection(db)
      return db.user.count()
    }],
    ['between two raw statements of a transaction', async (db) => {
      await endConnection(db)
      return db.$queryRaw`select 1 as one`
    }],
    ['before the transaction is committed', (db) => endConnection(db)],
    ['while a statement runs', async (db) => {
      const [{ pid } = { pid: 0 }] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
      // The statement itself ends its connection.
      return db.$queryRaw`select pg_terminate_backend(${pid}::int)::text, pg_sleep(5)::text`
    }],
    ['during the commit', async (db) => {
      // What a deferred trigger does, it does then.
      await db.$executeRaw`create table last_words (n int)`
      await db.$executeRaw`
        create function pg_temp.die() returns trigger language plpgsql as
        'begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); return null; end'`
      await db.$executeRaw`
        create constraint trigger die after insert on last_words deferrable initially deferred
        for each row execute function pg_temp.die()`
      await db.$executeRaw`insert into last_words values (1)`
    }],
  ])('%s says that the database is away', async (_, work) => {
    await expect(inTransaction(work)).rejects.toMatchObject(UNAVAILABLE)
    // The pool may meet the end of the connection once more.
    await vi.waitFor(async () => expect(await inTransaction((db) => db.user.count())).toBe(0))
  })
})
