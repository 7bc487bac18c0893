import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { freePort } from '@/lib/service/ports'
import { prepareEmbedded, type EmbeddedDatabase } from '@/lib/service/postgres/embedded'
import type { ServerProcess } from '@/lib/service/postgres/server-process'
import { useWeb } from '@/tests/http/support/site'
import { useBrowser } from '@/tests/pages/support/browser'
import { newDataDir, type Site as Command } from '@/tests/service/support/site'
import { pressCtrlC, startNpm } from './support/npm-command'
import { LRU_SOLUTION } from './support/solutions'
import { PATIENCE_MS, signUp, Workspace } from './support/workspace'

/* The processes one by one, as an operator with several machines runs them, so that each can be away for a while. */

vi.setConfig({ testTimeout: 2 * PATIENCE_MS })

const dataDir = newDataDir()
let database: EmbeddedDatabase
let server: ServerProcess
let grader: Command | undefined

beforeAll(async () => {
  database = await prepareEmbedded(dataDir)
  server = await database.start()
  await applyMigrations(database.url)
})

afterAll(async () => {
  if (grader) await pressCtrlC(grader)
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const site = useWeb(() => ({ DATABASE_URL: database.url }))
const browser = useBrowser(site)

it('code outlives a database and a grader that are away, and is graded when both are back', async () => {
  const page = await (await browser.profile()).newPage()
  const workspace = new Workspace(page)
  await page.goto('/sign-up?next=/exercises/lru-cache')
  await signUp(page, 'ada@example.org')
  await page.waitForURL('**/exercises/lru-cache')
  await workspace.untilReady()
  await workspace.write(LRU_SOLUTION)

  await server.stop()
  const refused = page.waitForResponse((response) => response.url().endsWith('/api/submissions'))
  await workspace.submit()
  const answer = await refused
  expect(answer.status()).toBe(503)
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0)
  await workspace.says('Not submitted')
  await workspace.picture('7-database-down')
  expect(await workspace.text()).toBe(LRU_SOLUTION)
  await page.reload()
  await workspace.untilReady()
  expect(await workspace.text()).toBe(LRU_SOLUTION)
  await workspace.run()
  await page.getByText(/All \d+ tests pass/).waitFor()
  await workspace.submit()
  await workspace.says('Not submitted')

  server = await database.start()
  await expect.poll(async () => (await site.visitor().call('/api/health')).status, { timeout: PATIENCE_MS }).toBe(200)
  await page.getByRole('button', { name: 'Submit again' }).click()
  await workspace.says(/You are next\.|It is graded as soon as a grader is free\./)
  await workspace.picture('8-queued')

  grader = startNpm('grader', dataDir, await freePort('127.0.0.1'), { DATABASE_URL: database.url })
  await workspace.says('All hidden tests pass.')
})
