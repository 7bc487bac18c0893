import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Health } from '@/lib/contract/health'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { prepareEmbedded, type EmbeddedDatabase } from '@/lib/service/postgres/embedded'
import type { ServerProcess } from '@/lib/service/postgres/server-process'
import { useWeb } from '../support/site'
import { PASSWORD, problemOf, type Visitor } from '../support/visitor'

/** A server of its own, since it is stopped; all other tests share one. */
const folder = mkdtempSync(path.join(tmpdir(), 'handroll-down-'))
let database: EmbeddedDatabase
let server: ServerProcess | undefined

beforeAll(async () => {
  chmodSync(folder, 0o755)
  database = await prepareEmbedded(folder)
  server = await database.start()
  await applyMigrations(database.url)
})

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const site = useWeb(() => ({ DATABASE_URL: database.url }))
const SUBMISSION = { exercise: 'lru-cache', source: 'export class LRUCache {}' }

async function expectUnavailable(answer: Awaited<ReturnType<Visitor['call']>>): Promise<void> {
  expect([answer.status, problemOf(answer).code]).toEqual([503, 'service-unavailable'])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.text).not.toMatch(/prisma|postgres|ECONN|127\.0\.0\.1|stack/i)
}

it('a database that goes away is answered 503 with when to come back, and all goes on when it is back', async () => {
  const learner = site.visitor()
  const { email } = await learner.signUp()
  expect((await learner.call('/api/submissions', { body: SUBMISSION })).status).toBe(202)

  await server?.stop()
  await expectUnavailable(await learner.call('/api/submissions', { body: SUBMISSION }))
  await expectUnavailable(await learner.call('/api/submissions'))
  await expectUnavailable(await learner.call('/api/progress'))
  const draft = { source: 'x', ownTests: '' }
  await expectUnavailable(await learner.call('/api/drafts/lru-cache', { method: 'PUT', body: draft }))
  await expectUnavailable(await site.visitor().signIn(email, PASSWORD))
  const account = { email: 'late@example.com', name: 'Late', password: PASSWORD }
  await expectUnavailable(await site.visitor().call('/api/account', { body: account }))

  const health = await site.visitor().call('/api/health')
  expect(health.status).toBe(503)
  expect(Health.parse(health.json)).toMatchObject({ status: 'down', database: { reachable: false } })
  // Whoever has no session is told to sign in, as always, and pages are there.
  expect((await site.visitor().call('/api/progress')).status).toBe(401)
  expect((await site.visitor().call('/')).status).toBe(200)
  expect((await learner.call('/')).status).toBe(200)

  server = await database.start()
  await expect.poll(async () => (await learner.call('/api/progress')).status, { timeout: 15_000 }).toBe(200)
  expect((await learner.call('/api/submissions', { body: SUBMISSION })).status).toBe(202)
  expect((await site.visitor().signIn(email, PASSWORD)).status).toBe(200)
  expect((await site.visitor().call('/api/health')).status).toBe(200)
})

it('what was logged meanwhile holds nothing that anybody typed', () => {
  expect(site.log()).not.toMatch(/@example\.com|LRUCache \{|quiet workshop/)
})
