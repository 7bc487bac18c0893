import { Pool } from 'pg'
import { connectionOptions, withClient } from '../connection'
import { migrationsDir, readMigrationList, readMigrations } from './folders'
import { migrationState, type MigrationState, type ReadRows } from './state'

/** Any number will do, as long as it is not the one that the engine itself locks. */
const LOCK = 4_815_162_342

/**
 * Brings the database at `databaseUrl` up to date: the project's migrations first, then the schema of the job queue,
 * so that jobs can be added before any grader has run. Processes that do so at the same time wait for each other. A
 * database that is up to date costs a few small queries.
 * @returns the names of the migrations that were applied
 * @throws Error when a migration fails, was edited after it ran, or is unknown to this version of the project
 */
export async function applyMigrations(databaseUrl: string, dir = migrationsDir()): Promise<string[]> {
  return withClient({ ...connectionOptions(databaseUrl), query_timeout: 0 }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const readRows: ReadRows = async (sql) => (await client.query(sql)).rows
    const applied = await applyPending(databaseUrl, dir, readRows)
    if (!(await hasQueue(readRows))) await installQueue(databaseUrl)
    return applied
  })
}

async function applyPending(databaseUrl: string, dir: string, readRows: ReadRows): Promise<string[]> {
  const state = await migrationState(readRows, await readMigrations(dir))
  refuseUnsound(state)
  if (state.pending.length === 0) return []
  const { withEngine } = await import('./engine')
  const migrationsList = await readMigrationList(dir)
  const filters = { externalTables: [], externalEnums: [] }
  try {
    const { appliedMigrationNames } = await withEngine(databaseUrl, (engine) => {
      return engine.applyMigrations({ migrationsList, filters })
    })
    return appliedMigrationNames
  } catch (error) {
    throw new Error(readable(error), { cause: error })
  }
}

/** The engine ends its message with a trace, in which the name of the migration is the one thing of use. */
function readable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const name = /migration_name=\\?"([^"\\]+)/.exec(message)?.[1]
  const reason = message.split(/\n\s+0: /)[0]?.replace('external connector error\n', '').trim()
  return `Migration${name ? ` ${name}` : ''} failed: ${reason}`
}

function refuseUnsound({ failed, edited, unknown }: MigrationState): void {
  const list = (names: string[]): string => names.join(', ')
  if (failed.length > 0) {
    throw new Error(`Migration ${list(failed)} began and did not finish. Repair the database, then mark it with `
      + '`npx prisma migrate resolve --config prisma/config.ts`.')
  }
  if (edited.length > 0) throw new Error(`Migration ${list(edited)} was changed after it ran; write a new one instead.`)
  if (unknown.length > 0) {
    throw new Error(`The database has migration ${list(unknown)}, which this version of Handroll does not know. `
      + 'Start the version that wrote it, or a newer one.')
  }
}

/** Whether the queue has its tables. Graders bring older ones up to date when they start. */
async function hasQueue(readRows: ReadRows): Promise<boolean> {
  const [row] = await readRows(`select to_regclass('graphile_worker._private_jobs') is not null as found`)
  return (row as { found: boolean } | undefined)?.found ?? false
}

async function installQueue(databaseUrl: string): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker')
  const pgPool = new Pool({ ...connectionOptions(databaseUrl), query_timeout: 0, max: 2 })
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => {}) })
  } finally {
    await pgPool.end()
  }
}
