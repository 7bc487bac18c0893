import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { withEngine } from './engine'
import { migrationsDir, readMigrationList } from './folders'

/** The comment that the engine writes when there is nothing to do. */
const EMPTY = '-- This is an empty migration.'

/**
 * What prisma/schema.prisma has that the migrations lack, as SQL; null when they agree. Replays the migrations in a
 * scratch database on the server at `databaseUrl`, whose user must therefore be allowed to create databases.
 * Check constraints and other things that the schema language cannot say are not compared.
 */
export async function schemaDiff(databaseUrl: string, dir = migrationsDir()): Promise<string | null> {
  const schema = path.join(dir, '../schema.prisma')
  const files = [{ path: schema, content: await readFile(schema, 'utf8') }]
  const migrations = await readMigrationList(dir)
  const { stdout } = await withEngine(databaseUrl, (engine) => engine.diff({
    from: { tag: 'migrations', ...migrations },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  }))
  const sql = stdout?.trim() ?? ''
  return sql === '' || sql === EMPTY ? null : `${sql}\n`
}
