import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** What the embedded server keeps from start to start. */
const ServerSettings = z.strictObject({ port: z.number().int(), password: z.string().min(20) })
export type ServerSettings = z.infer<typeof ServerSettings>

const FILE = 'postgres.json'
/** Name of the database and of its only role. */
export const NAME = 'handroll'

/**
 * The settings of the embedded server, or null before its first start.
 * @throws Error with one sentence when they cannot be read or are damaged
 */
export function readServerSettings(dataDir: string): ServerSettings | null {
  const file = path.join(dataDir, FILE)
  if (!existsSync(file)) return null
  try {
    return ServerSettings.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.message : 'it is damaged'
    throw new Error(`The settings of the database in ${file} cannot be read (${reason}). Start Handroll as the user who `
      + 'made the data folder, or set HANDROLL_DATA to another one.', { cause: error })
  }
}

/** Keeps the settings, readable by the owner alone. */
export function writeServerSettings(dataDir: string, settings: ServerSettings): void {
  const file = path.join(dataDir, FILE)
  writeFileSync(`${file}.new`, JSON.stringify(settings), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function newPassword(): string {
  return randomBytes(32).toString('base64url')
}

/** The connection string of the embedded server. */
export function serverUrl({ port, password }: ServerSettings, database = NAME): string {
  return `postgres://${NAME}:${password}@127.0.0.1:${port}/${database}`
}
