import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

/** One folder of prisma/migrations. */
export interface MigrationFolder {
  /** `<timestamp>_<name>`; the order of names is the order of migrations. */
  name: string
  sql: string
  /** SHA-256 of the script in hex, as `_prisma_migrations` stores it. */
  checksum: string
}

const LOCK_FILE = 'migration_lock.toml'

/** Where migrations stand: prisma/migrations of the project, which is the working directory of every process. */
export function migrationsDir(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), 'prisma/migrations')
}

/** All migrations of the project, oldest first. */
export async function readMigrations(dir = migrationsDir()): Promise<MigrationFolder[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(path.join(dir, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  }))
}

/** The same in the form in which the schema engine takes it. */
export async function readMigrationList(dir = migrationsDir()): Promise<MigrationList> {
  const lockfile = await readFile(path.join(dir, LOCK_FILE), 'utf8').catch(() => null)
  const migrations = await readMigrations(dir).catch(() => [])
  return {
    baseDir: dir,
    lockfile: { path: LOCK_FILE, content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
