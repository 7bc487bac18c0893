import { beforeAll, expect, it } from 'vitest'
import { useWeb } from '@/tests/http/support/site'
import { useBrowser } from '@/tests/pages/support/browser'
import { useDatabase } from '@/tests/support/database'
import { Line } from './support/line'
import { EXERCISE, read, untilReady, untilRun, write } from './support/workspace'

const database = useDatabase()
let line: Line
let near: URL
beforeAll(async () => {
  near = new URL(database.url)
  line = new Line({ host: near.hostname, port: Number(near.port) })
  near.port = String(await line.open())
  return () => line.cut()
})
const site = useWeb(() => ({ DATABASE_URL: near.href }))
const browser = useBrowser(site)

it('loses nothing while the database is away: the code stays, Run works, and Submit works again afterwards', async () => {
  const visitor = site.visitor()
  await visitor.signUp()
  const page = await (await browser.profile({ width: 1440, as: visitor })).newPage()
  await page.goto(EXERCISE)
  await untilReady(page)
  await line.cut()
  await write(page, 'export class LRUCache {}\n// typed meanwhile')
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('The database does not answer. Your code is kept in this browser').waitFor()
  await page.reload()
  await untilReady(page)
  expect(await read(page)).toContain('// typed meanwhile')
  // Who somebody is, the site knows for some seconds more without asking.
  const notice = page.getByText('Accounts and progress cannot be reached right now.')
  await expect.poll(async () => (await page.reload(), await untilReady(page), notice.isVisible()), { timeout: 30_000 }).toBe(true)
  await page.getByRole('button', { name: 'Run' }).click()
  await untilRun(page, 1)
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('Not submitted').waitFor()
  await line.open()
  await page.getByRole('button', { name: 'Submit again' }).click()
  await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
})

it('says that the network is away, and keeps the code', async () => {
  const visitor = site.visitor()
  await visitor.signUp()
  const page = await (await browser.profile({ width: 1440, as: visitor })).newPage()
  await page.goto(EXERCISE)
  await untilReady(page)
  await page.getByRole('button', { name: 'Run' }).click()
  await untilRun(page, 1)
  await page.context().setOffline(true)
  await page.getByText(/^Offline/).waitFor()
  await write(page, 'export class LRUCache {}\n// typed offline')
  await page.getByRole('button', { name: 'Run' }).click()
  await untilRun(page, 2)
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('Not submitted').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Submit again' }).click()
  await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
  await page.reload()
  await untilReady(page)
  expect(await read(page)).toContain('// typed offline')
})
