import { setTimeout as sleep } from 'node:timers/promises'
import { prepareEmbedded } from './embedded'
import type { ServerProcess } from './server-process'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

export interface KeptDatabase {
  url: string
  stop(): Promise<void>
}

/**
 * Starts the database that comes along and starts it again whenever it ends by itself. The others reconnect on their
 * own, since its address stays.
 * @throws Error with one sentence when the first start fails
 */
export async function keepEmbedded(dataDir: string, print: (line: string) => void): Promise<KeptDatabase> {
  const database = await prepareEmbedded(dataDir)
  if (database.movedTo) print(`its files are in ${database.movedTo}: Postgres's own user may not enter ${dataDir}`)
  const stopping = new AbortController()
  let server: ServerProcess | undefined = await database.start()
  const kept = keep()
  return {
    url: database.url,
    stop: async () => {
      stopping.abort()
      await server?.stop()
      await kept
    },
  }

  async function keep(): Promise<void> {
    let wait = FIRST_WAIT_MS
    while (!stopping.signal.aborted) {
      const lastWords = server ? await server.ended : ''
      if (stopping.signal.aborted) return
      if (server) print(`ended (${lastWords}); starting it again`)
      server = undefined
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {})
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
      if (stopping.signal.aborted) return
      try {
        server = await database.start()
        wait = FIRST_WAIT_MS
      } catch (error) {
        print(error instanceof Error ? error.message : String(error))
      }
    }
    await server?.stop()
  }
}
