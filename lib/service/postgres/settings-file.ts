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

/** The settings of the embedded server, or null before its first start. */
export function readServerSettings(dataDir: string): ServerSettings | null {
  const file = path.join(dataDir, FILE)
  return existsSync(file) ? ServerSettings.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
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
