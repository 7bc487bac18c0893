import { assertReachable, isReachable } from './database'
import { lockDataDir } from './data-lock'
import { prepareEmbedded } from './postgres/embedded'
import { readServerSettings, serverUrl } from './postgres/settings-file'
import type { Settings } from './settings'

/**
 * Lends a database to a command: the one at DATABASE_URL; else that of the site which runs on the data folder; else the
 * one that comes along, started for as long as the command takes.
 * @throws Error with one sentence when none of them can be had
 */
export async function borrowDatabase<T>(settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = settings
  if (databaseUrl) {
    await assertReachable(databaseUrl)
    return work(databaseUrl)
  }
  const known = readServerSettings(dataDir)
  if (known && (await isReachable(serverUrl(known)))) return work(serverUrl(known))
  const unlock = lockDataDir(dataDir)
  try {
    const database = await prepareEmbedded(dataDir)
    const server = await database.start()
    return await work(database.url).finally(() => server.stop())
  } finally {
    unlock()
  }
}
