import { connectionOptions, runOnce } from '@/lib/db/connection'
import { isUnavailable } from '@/lib/db/errors'
import { readServerSettings, serverUrl } from './postgres/settings-file'
import type { Settings } from './settings'

/**
 * The connection string for a single process (`npm run web`, `npm run grader`): DATABASE_URL, else the database that
 * `npm start` made in the data folder.
 * @throws Error with one sentence when there is neither, or it cannot be reached
 */
export async function findDatabase(settings: Settings): Promise<string> {
  const embedded = readServerSettings(settings.dataDir)
  const url = settings.databaseUrl ?? (embedded && serverUrl(embedded))
  if (!url) throw new Error('There is no database: set DATABASE_URL, or use `npm start`, which brings one along.')
  await assertReachable(url)
  return url
}

/** @throws Error with one sentence when the database does not answer or does not let us in */
export async function assertReachable(url: string): Promise<void> {
  try {
    await runOnce(connectionOptions(url), 'select 1')
  } catch (error) {
    throw new Error(`The database at ${place(url)} cannot be used: ${reason(error)}. Check DATABASE_URL and that the `
      + 'server is running.', { cause: error })
  }
}

export async function isReachable(url: string): Promise<boolean> {
  return assertReachable(url).then(() => true, () => false)
}

/** Where the database is, without the password. */
export function place(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses of one name were tried; each has its own error.
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error
  const code = 'code' in first ? String(first.code) : ''
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host'
  if (code === '' && isUnavailable(first)) return 'it does not answer'
  return first.message
}
