import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { prepareEmbedded } from '@/lib/service/postgres/embedded'
import { TEMPLATE, withName } from './database-names'

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked once by whoever needs a database; answers with the address of the server. */
    databaseBroker: string
  }
}

/**
 * Vitest's global set-up: one real Postgres for the whole run, started when the first test asks for it. Test files run
 * in processes of their own, so they ask by HTTP.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | undefined
  const broker = createServer((_, response) => {
    server ??= startTestServer()
    server.then(({ url }) => response.end(url), (error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  project.provide('databaseBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`)
  return async () => {
    broker.close()
    await (await server)?.stop()
  }
}

interface TestServer {
  /** Of the maintenance database. */
  url: string
  stop(): Promise<void>
}

/** Nothing here must outlive a crash of the machine, so nothing waits for the disk. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' }

async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'handroll-test-'))
  chmodSync(dataDir, 0o755)
  const database = await prepareEmbedded(dataDir, FAST)
  const server = await database.start()
  const url = withName(database.url, 'postgres')
  await runOnce(connectionOptions(url), `create database ${TEMPLATE}`)
  await applyMigrations(withName(database.url, TEMPLATE))
  return {
    url,
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
