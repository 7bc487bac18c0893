import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '@/lib/db/client'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

let learner: Visitor
let id: string

beforeAll(async () => {
  learner = site.visitor()
  id = (await learner.signUp({ name: 'Grace Hopper' })).id
  for (const [exercise, outcome] of [['lru-cache', 'failed'], ['lru-cache', 'passed'], ['semaphore', 'failed']] as const) {
    const sent = await learner.call('/api/submissions', { body: { exercise, source: 'export class A {}' } })
    await grade((sent.json as { id: string }).id, outcome)
  }
  await database().activeDay.updateMany({ where: { userId: id }, data: { firstZone: 'UTC', lastZone: 'UTC' } })
})

const focusedDay = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-day') ?? null)

describe('the progress of a learner', () => {
  it('says what is next, and why', async () => {
    const page = await browser.open('/progress', { as: learner })
    const next = page.getByRole('list', { name: 'Next for you' })
    await next.getByText('You tried this one once; it is not passed yet.').waitFor()
    expect(await next.getByRole('link').first().innerText()).toBe('Weighted semaphore')
    await page.getByText('How this is chosen').click()
    await page.getByText('that took you 3 or more graded attempts', { exact: false }).waitFor()
  })

  it('has a calendar that keys move through, and that says each day', async () => {
    const page = await browser.open('/progress', { as: learner })
    const grid = page.getByRole('grid', { name: 'Active days of the last 53 weeks: 1' })
    expect(await grid.getByRole('row').count()).toBe(7)
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1)
    const today = await grid.locator('[tabindex="0"]').getAttribute('data-day') ?? ''
    expect(await grid.locator('[tabindex="0"]').getAttribute('aria-label')).toMatch(/: 3 submissions$/)
    await grid.locator('[tabindex="0"]').focus()
    const daysBack = async (key: string) => {
      await page.keyboard.press(key)
      return (Date.parse(today) - Date.parse(await focusedDay(page) ?? '')) / 86_400_000
    }
    expect(await daysBack('ArrowLeft')).toBe(7)
    expect(await daysBack('ArrowUp')).toBe(8)
    expect(await daysBack('PageUp')).toBe(36)
    expect(await daysBack('End')).toBe(0)
    expect(await daysBack('ArrowRight')).toBe(0)
    expect(await daysBack('Home')).toBeGreaterThan(363)
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1)
    await page.getByText('As a table').click()
    expect(await page.locator('details').getByRole('cell').allInnerTexts()).toEqual(['3'])
  })

  it('has badges with rules and dates, those that are still to be had too', async () => {
    const page = await browser.open('/progress', { as: learner })
    const badge = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, level: 3 }) })
    expect(await badge('First pass').getByRole('link').innerText()).toBe('O(1) LRU cache')
    await badge('By hand, all of it').getByText('Not yet').waitFor()
    await page.getByText('Current streak').waitFor()
    expect(await page.getByText('Today counts already.').count()).toBe(1)
  })
})

describe('the home page', () => {
  it('goes on with what comes next, and lists what follows', async () => {
    const page = await browser.open('/', { as: learner })
    await page.getByText('You tried this one once; it is not passed yet.').waitFor()
    const follows = page.getByRole('list', { name: 'And then' })
    await follows.getByText('Next in Caches and eviction, which you have begun.').waitFor()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.waitForURL('**/exercises/semaphore')
  })

  it('offers somebody new a beginning', async () => {
    const newcomer = site.visitor()
    await newcomer.signUp()
    const page = await browser.open('/', { as: newcomer })
    await page.getByText('A good first one.').waitFor()
    expect(await page.getByText('And then').count()).toBe(0)
  })
})

describe('the settings', () => {
  it('make a profile public, which then shows what was passed and not what was tried', async () => {
    const page = await browser.open('/settings', { as: learner })
    const section = page.getByRole('region', { name: 'Public profile' })
    await section.getByRole('checkbox').check()
    await section.getByRole('button', { name: 'Save' }).click()
    await section.getByText('Choose a handle first').waitFor()
    await section.getByLabel('Handle').fill('admin')
    await section.getByText('This one is kept free for the site.').waitFor()
    await section.getByLabel('Handle').fill('Grace-Hopper')
    await section.getByRole('button', { name: 'Save' }).click()
    await section.getByText('Saved').waitFor()
    expect(await section.getByLabel('Handle').inputValue()).toBe('grace-hopper')

    const shown = await browser.open('/people/grace-hopper')
    await shown.getByRole('heading', { name: 'grace-hopper', level: 1 }).waitFor()
    expect(await shown.getByText('Grace Hopper').count()).toBe(0)
    expect(await shown.getByRole('img', { name: /Caches and eviction: 1 of/ }).count()).toBe(1)
    expect(await shown.getByText('Tried').count()).toBe(0)
    expect(await shown.getByText('Weighted semaphore').count()).toBe(0)
  })

  it('say that a handle is taken, and keep what was typed', async () => {
    const other = site.visitor()
    await other.signUp()
    await other.call('/api/account/profile', { method: 'PUT', body: { handle: 'had-by-me', public: false } })
    const page = await browser.open('/settings', { as: learner })
    await page.getByLabel('Handle').fill('had-by-me')
    await page.getByRole('region', { name: 'Public profile' }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('Somebody else has this handle.').waitFor()
    expect(await page.getByLabel('Handle').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Handle').inputValue()).toBe('had-by-me')
  })

  it('change the time zone, and the days that were counted stay', async () => {
    const page = await browser.open('/settings', { as: learner })
    await page.getByLabel('Time zone').selectOption('Pacific/Auckland')
    await page.getByRole('region', { name: 'Your days' }).getByText('Saved').waitFor()
    await page.goto('/progress')
    await page.getByText('Your days are those of Pacific/Auckland').waitFor()
    await page.getByRole('grid', { name: 'Active days of the last 53 weeks: 1' }).waitFor()
  })

  it('give the reader all their data', async () => {
    const page = await browser.open('/settings', { as: learner })
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('link', { name: 'Download my data' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^handroll \d{4}-\d\d-\d\d\.json$/)
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as { account: { id: string }; submissions: unknown[] }
    expect([file.account.id, file.submissions.length]).toEqual([id, 3])
  })
})

describe('a profile that is private', () => {
  it('tells its owner that nobody else sees it', async () => {
    const owner = site.visitor()
    await owner.signUp()
    await owner.call('/api/account/profile', { method: 'PUT', body: { handle: 'just-me', public: false } })
    const page = await browser.open('/people/just-me', { as: owner })
    await page.getByText('Only you can see this page').waitFor()
    const stranger = await browser.open('/people/just-me')
    await stranger.getByRole('heading', { name: 'No such profile' }).waitFor()
    expect((await new AxeBuilder({ page: stranger }).setLegacyMode(true).analyze()).violations).toEqual([])
  })
})
