import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { useDatabase } from '@/tests/support/database'
import { Visitor } from './visitor'
import { startWeb, type Web } from './web'

export interface Site {
  readonly origin: string
  /** Somebody who has not been here before. */
  visitor(): Visitor
  /** All that the web process has written so far. */
  log(): string
}

/**
 * A site of their own for the tests of one file. Its database is also that of the use cases which a test calls itself.
 */
export function useSite(environment: Record<string, string> = {}): Site {
  const database = useDatabase()
  return useWeb(() => ({ DATABASE_URL: database.url, ...environment }))
}

/** Only the web process, for tests that bring a database. */
export function useWeb(environment: () => Record<string, string>): Site {
  const folder = mkdtempSync(path.join(tmpdir(), 'handroll-web-'))
  let web: Web | undefined
  beforeAll(async () => {
    web = await startWeb({ HANDROLL_DATA: folder, ...environment() })
  })
  afterAll(async () => {
    await web?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const running = (): Web => {
    if (!web) throw new Error('The web process exists only while tests run')
    return web
  }
  return {
    get origin() {
      return running().origin
    },
    visitor: () => new Visitor(running().origin),
    log: () => running().log(),
  }
}
