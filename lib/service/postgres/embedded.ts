import { connectionOptions, withClient } from '@/lib/db/connection'
import { freePort } from '../ports'
import { initialise, isInitialised, setAside } from './initialise'
import { clearLeftBehind } from './left-behind'
import { serverFiles } from './server-files'
import { startServer, type ServerProcess } from './server-process'
import { serverUser } from './server-user'
import { NAME, newPassword, readServerSettings, serverUrl, writeServerSettings } from './settings-file'

/** The database that comes along, made and ready to be started. */
export interface EmbeddedDatabase {
  url: string
  /** Set when the data could not stay in the data folder, and says where it is. */
  movedTo: string | null
  /** Starts the server and waits until it takes connections; also again, after it has ended. */
  start(): Promise<ServerProcess>
}

/**
 * Prepares the Postgres of the npm package on a data folder; the first time it makes the cluster and a password. It
 * listens on 127.0.0.1 only, on a port that stays the same from start to start as long as it is free.
 * @param dataDir the caller holds this folder's lock
 * @param serverOptions further settings of the server, by their names in postgresql.conf
 * @throws Error with one sentence when it cannot be had
 */
export async function prepareEmbedded(
  dataDir: string,
  serverOptions: Readonly<Record<string, string>> = {},
): Promise<EmbeddedDatabase> {
  const user = serverUser(dataDir)
  const files = await serverFiles(dataDir, user)
  await clearLeftBehind(files.cluster)
  const known = readServerSettings(dataDir)
  const settings = { port: await freePort('127.0.0.1', known?.port), password: known?.password ?? newPassword() }
  if (!known) setAside(files.cluster)
  if (settings.port !== known?.port) writeServerSettings(dataDir, settings)
  if (!isInitialised(files.cluster)) initialise(files, user, settings.password)
  return {
    url: serverUrl(settings),
    movedTo: files.movedTo,
    start: async () => {
      await clearLeftBehind(files.cluster)
      const server = await startServer(files, user, settings.port, serverOptions)
      await createDatabase(serverUrl(settings, 'postgres'))
      return server
    },
  }
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  await withClient(connectionOptions(maintenanceUrl), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME])
    if (rowCount === 0) await client.query(`create database ${NAME}`)
  })
}
