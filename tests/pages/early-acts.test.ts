import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { useSite } from '@/tests/http/support/site'
import { PASSWORD, type Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

/** A page whose scripts do not come before `release` is called, and what it has asked the site for besides them. */
async function openWithoutScripts(path: string, as?: Visitor) {
  const page = await (await browser.profile({ as })).newPage()
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  await page.goto(path, { waitUntil: 'commit' })
  return { page, release, sent }
}

const isWaiting = (page: Page) => page.evaluate(() => 'waiting' in document.documentElement.dataset)

it('a form that is sent before the page has its script is sent once when it has, with what was typed', async () => {
  const { email } = await site.visitor().signUp()
  const { page, release, sent } = await openWithoutScripts('/sign-in?next=/progress')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  expect(await isWaiting(page)).toBe(true)
  expect(sent).toEqual([])
  release()
  await page.waitForURL(({ pathname }) => pathname === '/progress')
  expect(sent.filter((each) => each.includes('credentials'))).toEqual(['POST /api/auth/callback/credentials'])
})

it('what was typed before the page has its script stays, and so does the caret', async () => {
  const { page, release } = await openWithoutScripts('/sign-up')
  const name = page.getByLabel('Name')
  await name.fill('Ada Lovelace')
  await page.keyboard.press('Home')
  release()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('E-mail').and(page.locator('[aria-invalid=true]')).waitFor()
  await name.focus()
  await page.keyboard.type('Countess ')
  expect(await name.inputValue()).toBe('Countess Ada Lovelace')
  expect(await name.getAttribute('aria-invalid')).not.toBe('true')
})

it('choices that were made before the page has its script can be saved when it has', async () => {
  const visitor = site.visitor()
  await visitor.signUp()
  const { page, release, sent } = await openWithoutScripts('/settings', visitor)
  const handle = page.getByLabel('Handle')
  await handle.fill('countess')
  const isPublic = page.locator('input[name=public]')
  await isPublic.check()
  release()
  const form = page.locator('form').filter({ has: handle })
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Saved', { exact: true }).waitFor()
  expect([await handle.inputValue(), await isPublic.isChecked()]).toEqual(['countess', true])
  expect(sent).toEqual(['PUT /api/account/profile'])
})

it('a class that was described before the page has its script is made as described, the choice from a list too', async () => {
  const visitor = site.visitor()
  const { id } = await visitor.signUp()
  await setRole(id, 'instructor')
  const { page, release, sent } = await openWithoutScripts('/classes/new', visitor)
  await page.getByLabel('Name').fill('Caches')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByLabel('Term').fill('Autumn')
  await page.getByRole('button', { name: 'Create class' }).click()
  release()
  await page.waitForURL(/\/people$/)
  await page.goto(new URL(page.url()).pathname.replace(/people$/, 'settings'))
  expect(await page.getByLabel('Time zone').first().inputValue()).toBe('Asia/Tokyo')
  expect(await page.getByLabel('Term').inputValue()).toBe('Autumn')
  expect(sent.filter((each) => each.startsWith('POST'))).toEqual(['POST /api/classes'])
})

it('a button that is pressed before the page has its script does what it should when it has, once', async () => {
  const { page, release } = await openWithoutScripts('/')
  await page.getByRole('button', { name: 'Language' }).dblclick()
  expect(await isWaiting(page)).toBe(true)
  release()
  await page.getByRole('menuitemradio', { name: '简体中文' }).click()
  await page.getByRole('link', { name: '练习', exact: true }).first().waitFor()
  expect(await isWaiting(page)).toBe(false)
})

it('a form that a browser sends by itself is not held', async () => {
  const { page } = await openWithoutScripts('/exercises')
  await page.getByRole('searchbox').fill('bloom')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/exercises\?q=bloom/, { waitUntil: 'commit' })
})
