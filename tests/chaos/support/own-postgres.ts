import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { prepareEmbedded } from '@/lib/service/postgres/embedded'
import type { ServerProcess } from '@/lib/service/postgres/server-process'
import { kill9 } from './process-tree'

/** A Postgres that may be killed at any time and keeps what it has committed. */
export interface OwnPostgres {
  url: string
  /** Kills it, waits until it is gone, and starts it again. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts one with all migrations, on a data folder of its own.
 * @param isDurable whether a commit also outlives a crash of the machine, as it does for real
 */
export async function startOwnPostgres({ isDurable = false } = {}): Promise<OwnPostgres> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'handroll-chaos-'))
  chmodSync(dataDir, 0o755)
  // In a test a process may die, but not the machine: what was handed to the system is safe.
  const database = await prepareEmbedded(dataDir, isDurable ? {} : { fsync: 'off' })
  let server: ServerProcess = await database.start()
  await applyMigrations(database.url)
  const folder = path.join(database.movedTo ?? dataDir, database.movedTo ? '' : 'postgres')
  return {
    url: database.url,
    killAndRestart: async () => {
      kill9(Number.parseInt(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8'), 10))
      await server.ended
      server = await database.start()
    },
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
