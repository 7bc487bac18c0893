import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeChangeListener } from '@/lib/db/change-listener'
import { closeDatabase, database, type Database } from '@/lib/db/client'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { TEMPLATE, withName } from './database-names'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A fresh database with all migrations, in some 30 ms. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const answer = await fetch(inject('databaseBroker'))
  const serverUrl = await answer.text()
  if (!answer.ok) throw new Error(`No test database: ${serverUrl}`)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOnce(connectionOptions(serverUrl), `create database ${name} template ${empty ? 'template1' : TEMPLATE}`)
  return {
    url: withName(serverUrl, name),
    drop: async () => void (await runOnce(connectionOptions(serverUrl), `drop database ${name} with (force)`)),
  }
}

/**
 * Gives the test file a database of its own and makes it the one of this process, so that use cases work on it as they
 * are. To be called at the top of the file or of a describe block.
 */
export function useDatabase(): { readonly url: string; readonly db: Database } {
  let created: TestDatabase | undefined
  const given = process.env.DATABASE_URL
  beforeAll(async () => {
    created = await createTestDatabase()
    process.env.DATABASE_URL = created.url
  })
  afterAll(async () => {
    await closeChangeListener()
    await closeDatabase()
    if (given === undefined) delete process.env.DATABASE_URL
    else process.env.DATABASE_URL = given
    await created?.drop()
  })
  return {
    get url() {
      if (!created) throw new Error('The database exists only while tests run')
      return created.url
    },
    get db() {
      return database()
    },
  }
}
