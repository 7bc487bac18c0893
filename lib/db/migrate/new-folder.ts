import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { migrationsDir } from './folders'

/** Writes a migration folder named after the moment (UTC) and `name`, and returns its path. */
export async function newMigrationFolder(name: string, sql: string, dir = migrationsDir(), now = new Date()): Promise<string> {
  const label = name.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')
  if (label === '') throw new Error('The name of a migration needs at least one letter or digit.')
  const timestamp = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const folder = path.join(dir, `${timestamp}_${label}`)
  await mkdir(folder)
  await writeFile(path.join(folder, 'migration.sql'), sql)
  return folder
}
